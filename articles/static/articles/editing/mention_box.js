// Completion of @names in the boxes of comments: a list to choose from with arrow keys, Enter or the mouse.
import { load, Problem } from "./request.js"

// Takes "ask @an" and "(@"; refuses "desk@example".
const BEGUN = /(?:^|[^\w.@+-])@([\w.+-]*)$/u
const MOST = 8

export class MentionBox {
  constructor(root, url, say) {
    this.url = url
    this.say = say
    this.people = []
    this.turn = 0
    this.list = document.createElement("ul")
    this.list.id = "mention-list"
    this.list.className = "mention-list"
    this.list.setAttribute("role", "listbox")
    this.list.setAttribute("aria-label", "People of the desk")
    root.addEventListener("input", (event) => event.target.matches("[data-mentions]") && this.offer(event.target))
    root.addEventListener("click", (event) => event.target.matches("[data-mentions]") && this.offer(event.target))
    root.addEventListener("focusout", () => this.close())
    root.addEventListener("keydown", (event) => this.press(event), { capture: true })
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.take(option)
    })
  }

  get options() {
    return [...this.list.children]
  }

  get chosen() {
    return this.options.find((option) => option.getAttribute("aria-selected") === "true")
  }

  async offer(box) {
    const begun = this.begun(box)
    if (begun === null) return this.close()
    this.turn += 1
    const { turn } = this
    await this.know()
    // Meanwhile more was typed, or the list was sent away.
    if (turn !== this.turn) return
    const found = this.matching(begun)
    if (found.length === 0) this.close()
    else this.show(box, found)
  }

  async know() {
    try {
      this.asked ??= load(this.url)
      this.people = (await this.asked).people
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.asked = null
    }
  }

  // What is typed of a name before the cursor, or null where none is begun.
  begun(box) {
    if (box.selectionStart !== box.selectionEnd) return null
    return BEGUN.exec(box.value.slice(0, box.selectionStart))?.[1] ?? null
  }

  matching(typed) {
    const wanted = typed.toLowerCase()
    const begins = ({ username, name }) => [username, ...name.split(/\s+/)].some((word) => word.toLowerCase().startsWith(wanted))
    const found = this.people.filter(begins)
    // The whole name is typed: there is nothing left to offer.
    return found.length === 1 && found[0].username.toLowerCase() === wanted ? [] : found.slice(0, MOST)
  }

  show(box, people) {
    this.list.replaceChildren(...people.map((person, index) => optionOf(person, index)))
    if (this.box !== box) {
      this.close()
      this.box = box
      box.after(this.list)
      this.list.style.top = `${box.offsetTop + box.offsetHeight + 4}px`
      // HTML gives a box of several lines no role of a combobox; what makes one otherwise is said.
      box.setAttribute("aria-autocomplete", "list")
      box.setAttribute("aria-haspopup", "listbox")
      box.setAttribute("aria-controls", this.list.id)
    }
    this.choose(0)
    this.say(people.length === 1 ? "1 person" : `${people.length} people`)
  }

  choose(index) {
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)))
    this.box.setAttribute("aria-activedescendant", this.chosen.id)
    this.chosen.scrollIntoView({ block: "nearest" })
  }

  press(event) {
    if (!this.box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const at = this.options.indexOf(this.chosen)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.choose((at + step + this.options.length) % this.options.length)
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.take(this.chosen)
    else if (event.key === "Escape") this.close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  take(option) {
    const { box } = this
    const end = box.selectionStart
    box.setRangeText(`@${option.dataset.username} `, end - this.begun(box).length - 1, end, "end")
    this.close()
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  close() {
    const { box } = this
    this.turn += 1
    if (!box) return
    this.box = null
    this.list.remove()
    for (const name of ["aria-autocomplete", "aria-haspopup", "aria-controls", "aria-activedescendant"]) box.removeAttribute(name)
  }
}

function optionOf({ username, name }, index) {
  const option = document.createElement("li")
  option.id = `mention-${index}`
  option.setAttribute("role", "option")
  option.dataset.username = username
  const short = document.createElement("strong")
  short.textContent = `@${username}`
  option.append(short, ` ${name}`)
  return option
}
