// A storyline: stories dragged to their place, and found while one types. Without this, numbers and buttons do the same.
import { StoryFinder } from "../editing/story_finder.js"

const form = document.querySelector("[data-storyline][data-is-editable]")
if (form) connectDragging(form)
const adding = document.querySelector("[data-storyline-add]")
if (adding) connectAdding(adding)

function connectDragging(form) {
  const list = form.querySelector("[data-rows]")
  if (!list) return
  let dragged = null
  for (const row of list.children) row.draggable = true
  list.addEventListener("dragstart", (event) => {
    // A selection of words in a field is no row.
    if (event.target.nodeType !== Node.ELEMENT_NODE || !event.target.matches("li[data-story]")) return
    dragged = event.target
    dragged.classList.add("is-dragged")
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", dragged.dataset.story)
  })
  list.addEventListener("dragover", (event) => {
    const row = event.target.closest("li[data-story]")
    if (!dragged || !row) return
    event.preventDefault()
    unmark(list)
    if (row !== dragged) row.classList.add(isBefore(row, dragged) ? "is-target" : "is-target-after")
  })
  list.addEventListener("drop", (event) => {
    const row = event.target.closest("li[data-story]")
    if (!dragged || !row) return
    event.preventDefault()
    if (row !== dragged) move(form, dragged.dataset.story, row.dataset.number)
  })
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged")
    dragged = null
    unmark(list)
  })
}

function isBefore(row, other) {
  return Number(row.dataset.number) < Number(other.dataset.number)
}

function unmark(list) {
  for (const row of list.children) row.classList.remove("is-target", "is-target-after")
}

// As its own button would: the desk answers with the list as it stands then, whoever else works on it.
function move(form, story, number) {
  const button = Object.assign(document.createElement("button"), { name: "move", value: `${story}:${number}`, hidden: true })
  form.append(button)
  form.requestSubmit(button)
}

function connectAdding(form) {
  const field = form.elements.add
  const listed = new Set([...document.querySelectorAll("[data-story]")].map((row) => row.dataset.story))
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-expanded", "false")
  field.setAttribute("aria-controls", "storyline-found")
  new StoryFinder(field, form.querySelector("#storyline-found"), {
    url: form.dataset.find,
    own: "",
    choices: (typed, stories) =>
      stories
        .filter(({ id }) => !listed.has(String(id)))
        .map((story) => ({
          says: story.headline,
          note: `${story.state}, ${story.date}`,
          take: () => {
            field.value = story.line
            form.requestSubmit()
          },
        })),
    say: (words) => {
      form.querySelector("[data-status]").textContent = words
    },
  })
}
