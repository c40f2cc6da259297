// Rows of a list dragged onto each other with the mouse. Numbers and buttons do the same by keys.
export function connectDragging(list, { rows, drop }) {
  let dragged = null
  const movable = () => [...list.querySelectorAll(rows)]
  for (const row of movable()) row.draggable = true
  list.addEventListener("dragstart", (event) => {
    // A selection of words in a field is no row.
    if (event.target.nodeType !== Node.ELEMENT_NODE || !event.target.matches(rows)) return
    dragged = event.target
    dragged.classList.add("is-dragged")
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", dragged.dataset.number)
  })
  list.addEventListener("dragover", (event) => {
    const row = event.target.closest(rows)
    if (!dragged || !row) return
    event.preventDefault()
    unmark(movable())
    if (row !== dragged) row.classList.add(isBefore(row, dragged) ? "is-target" : "is-target-after")
  })
  list.addEventListener("drop", (event) => {
    const row = event.target.closest(rows)
    if (!dragged || !row) return
    event.preventDefault()
    if (row !== dragged) drop(dragged, row)
  })
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged")
    dragged = null
    unmark(movable())
  })
}

function isBefore(row, other) {
  return Number(row.dataset.number) < Number(other.dataset.number)
}

function unmark(rows) {
  for (const row of rows) row.classList.remove("is-target", "is-target-after")
}
