// A field that finds stories of ours while one types: a combobox with a list beneath, by mouse and by keys.
import { load, Problem } from "./request.js"

const PAUSE = 180

// `choices` makes the options from what was typed and what was found: { says, note, take }.
export class StoryFinder {
  constructor(field, list, { url, own, choices, say }) {
    Object.assign(this, { field, list, url, own, choices, say, options: [], at: -1, turn: 0 })
    field.addEventListener("input", () => this.soon())
    field.addEventListener("focus", () => this.soon())
    field.addEventListener("keydown", (event) => this.key(event))
    field.addEventListener("blur", () => this.close())
    // The field keeps the focus while the list is pressed.
    list.addEventListener("mousedown", (event) => event.preventDefault())
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.take(Number(option.dataset.place))
    })
  }

  soon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.find(), PAUSE)
  }

  async find() {
    const typed = this.field.value.trim()
    const turn = (this.turn += 1)
    try {
      const { stories } = await load(`${this.url}?${new URLSearchParams({ q: typed, for: this.own })}`)
      if (turn === this.turn && document.activeElement === this.field) this.show(this.choices(typed, stories))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      if (turn === this.turn) this.show(this.choices(typed, []))
      this.say(problem.message)
    }
  }

  show(options) {
    this.options = options
    this.list.replaceChildren(...options.map((option, place) => this.line(option, place)))
    this.list.hidden = !options.length
    this.field.setAttribute("aria-expanded", String(options.length > 0))
    if (options.length) this.list.scrollIntoView({ block: "nearest" })
    this.mark(this.field.value.trim() && options.length ? 0 : -1)
    this.say(this.field.value.trim() && !options.length ? "Nothing found." : "")
  }

  line({ says, note }, place) {
    const option = document.createElement("li")
    Object.assign(option, { id: `${this.list.id}-${place}`, role: "option" })
    option.setAttribute("role", "option")
    option.dataset.place = place
    option.append(
      Object.assign(document.createElement("span"), { textContent: says }),
      Object.assign(document.createElement("span"), { className: "related-note", textContent: note }),
    )
    return option
  }

  mark(place) {
    this.at = place
    for (const option of this.list.children) option.setAttribute("aria-selected", String(Number(option.dataset.place) === place))
    const option = this.list.children[place]
    if (option) this.field.setAttribute("aria-activedescendant", option.id)
    else this.field.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }

  key(event) {
    if (event.isComposing) return
    const count = this.options.length
    if (event.key === "Enter") {
      event.preventDefault()
      if (this.at >= 0) this.take(this.at)
    } else if (event.key === "Escape" && count) {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    } else if (event.key === "ArrowDown" && count) {
      event.preventDefault()
      this.mark((this.at + 1) % count)
    } else if (event.key === "ArrowUp" && count) {
      event.preventDefault()
      this.mark((this.at - 1 + count) % count)
    } else if (event.key === "ArrowDown") this.soon()
  }

  take(place) {
    const option = this.options[place]
    this.field.value = ""
    this.close()
    option?.take()
  }

  close() {
    clearTimeout(this.timer)
    this.turn += 1
    this.options = []
    this.list.replaceChildren()
    this.list.hidden = true
    this.at = -1
    this.field.setAttribute("aria-expanded", "false")
    this.field.removeAttribute("aria-activedescendant")
  }
}
