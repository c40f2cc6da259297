// A text field with a list of what the newsroom knows: arrows choose, Enter takes, any other words may stay as typed.
// The pattern is the editable combobox with list autocomplete of the ARIA Authoring Practices.

const PAUSE = 120

export class Combobox {
  // `search(words)` resolves to [{id, name, kind, detail}]; `onPick(item)` takes one, `onType()` is told of other words.
  constructor(input, { search, onPick, onType }) {
    Object.assign(this, { input, search, onPick, onType })
    this.items = []
    this.active = -1
    this.asked = 0
    this.list = document.createElement("ul")
    this.list.id = `${input.id}-list`
    this.list.className = "combobox-list"
    this.list.hidden = true
    this.list.setAttribute("role", "listbox")
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "Found")
    input.after(this.list)
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value)
    this.connect()
  }

  connect() {
    this.input.addEventListener("input", () => this.typed())
    this.input.addEventListener("keydown", (event) => this.key(event))
    this.input.addEventListener("blur", () => this.close())
    // The field keeps the focus.
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.pick(Number(option.dataset.index))
    })
  }

  typed() {
    this.onType?.()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const number = (this.asked += 1)
    const words = this.input.value.trim()
    const items = words ? await this.search(words) : []
    // An answer to fewer letters may come late.
    if (number !== this.asked || document.activeElement !== this.input) return
    this.items = items
    this.show()
  }

  show() {
    this.list.replaceChildren(...this.items.map((item, index) => this.option(item, index)))
    this.list.hidden = this.items.length === 0
    this.input.setAttribute("aria-expanded", String(!this.list.hidden))
    this.activate(-1)
  }

  option({ name, kind, detail }, index) {
    const option = document.createElement("li")
    Object.assign(option, { id: `${this.list.id}-${index}`, className: "combobox-option" })
    Object.assign(option.dataset, { index })
    option.setAttribute("role", "option")
    option.setAttribute("aria-selected", "false")
    const [title, facts] = [document.createElement("span"), document.createElement("span")]
    Object.assign(title, { className: "combobox-name", textContent: name })
    Object.assign(facts, { className: "combobox-facts", textContent: [kind, detail].filter(Boolean).join(" · ") })
    option.append(title, " ", facts)
    return option
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault()
      this.pick(this.active)
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (this.list.hidden) this.ask()
      else this.activate((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.items.length + 1) % (this.items.length + 1))
    }
  }

  // -1, or one past the last, is the field itself.
  activate(index) {
    this.active = index >= this.items.length ? -1 : index
    this.list.querySelectorAll("[role=option]").forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === this.active))
      if (at === this.active) option.scrollIntoView({ block: "nearest" })
    })
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`)
    else this.input.removeAttribute("aria-activedescendant")
  }

  pick(index) {
    const item = this.items[index]
    this.input.value = item.name
    this.close()
    this.onPick(item)
  }

  close() {
    clearTimeout(this.timer)
    this.asked += 1
    this.list.hidden = true
    this.input.setAttribute("aria-expanded", "false")
    this.activate(-1)
  }
}
