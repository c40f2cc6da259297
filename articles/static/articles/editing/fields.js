// Headline and standfirst: one line that grows, with its length beside it.

export function connectFields(form) {
  for (const field of form.querySelectorAll(".written > textarea[data-goal]")) {
    const counter = form.querySelector(`[data-counter-for="${field.id}"]`)
    const show = () => {
      const length = [...field.value].length
      const goal = Number(field.dataset.goal)
      counter.textContent = `${length} / ${goal}`
      counter.classList.toggle("is-over", length > goal)
      grow(field)
    }
    field.addEventListener("input", () => {
      keepOneLine(field)
      show()
    })
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault()
        next(form, field)?.focus()
      }
      if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) toText(event, next(form, field))
    })
    show()
  }
}

// From the standfirst on to the words: Shift+Tab and Alt+F10 lead from there to the toolbar between.
function toText(event, text) {
  if (!text?.matches(".story")) return
  event.preventDefault()
  text.focus()
}

// What was pasted with line ends reads on in one line.
function keepOneLine(field) {
  if (!/[\r\n]/.test(field.value)) return
  field.value = field.value.replace(/\s*[\r\n]+\s*/g, " ").trim()
}

// For browsers without field-sizing.
function grow(field) {
  if (CSS.supports("field-sizing", "content")) return
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
}

function next(form, field) {
  const fields = [...form.querySelectorAll(".written textarea:not([hidden]), .story")]
  return fields[fields.indexOf(field) + 1]
}
