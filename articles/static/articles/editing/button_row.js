// A row of buttons from the registry: drawn, pressed, walked with arrow keys, and saying which are on.
import { buttonsIn, whenButtonsChange } from "./buttons.js"
import { keysInWords } from "./key_names.js"

export class ButtonRow {
  constructor(root, editor, place) {
    Object.assign(this, { root, editor, place })
    this.drawn = new Map()
    root.addEventListener("keydown", (event) => this.moveFocus(event))
    // The selection stays where it is.
    root.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault())
    whenButtonsChange(() => this.draw())
    editor.on("transaction", () => this.show())
    this.draw()
  }

  draw() {
    for (const group of this.root.querySelectorAll("[data-group]")) group.replaceChildren()
    this.drawn.clear()
    for (const button of buttonsIn(this.place)) {
      const element = drawButton(button)
      element.addEventListener("click", () => element.getAttribute("aria-disabled") === "true" || button.run(this.editor))
      this.groupOf(button.group).append(element)
      this.drawn.set(element, button)
    }
    this.rove(this.stops[0])
    this.show()
  }

  groupOf(name) {
    return this.root.querySelector(`[data-group~="${name}"]`) ?? this.root
  }

  // Everything in the row that can have the focus, menus and switches of the template too.
  get stops() {
    return [...this.root.querySelectorAll("button, input")].filter((stop) => !stop.closest("[popover]"))
  }

  show() {
    for (const [element, button] of this.drawn) {
      const isOn = button.isOn?.(this.editor)
      if (isOn !== undefined) set(element, "aria-pressed", String(isOn))
      set(element, "aria-disabled", String(!isOn && !button.isPossible(this.editor)))
    }
  }

  rove(stop) {
    for (const other of this.stops) other.tabIndex = other === stop ? 0 : -1
  }

  focus() {
    this.stops.find((stop) => stop.tabIndex === 0)?.focus()
  }

  moveFocus(event) {
    const stops = this.stops
    const at = stops.indexOf(document.activeElement)
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const to = { Home: 0, End: stops.length - 1 }[event.key] ?? (step && (at + step + stops.length) % stops.length)
    if (to === undefined || at < 0) return
    event.preventDefault()
    this.rove(stops[to])
    stops[to].focus()
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

function drawButton({ name, label, icon, keys }) {
  const element = document.createElement("button")
  element.type = "button"
  element.dataset.command = name
  element.setAttribute("aria-label", label)
  element.title = keys ? `${label} (${keysInWords(keys)})` : label
  element.append(drawIcon(icon))
  return element
}

export function drawIcon(name) {
  const space = "http://www.w3.org/2000/svg"
  const icon = document.createElementNS(space, "svg")
  icon.setAttribute("class", "icon")
  icon.setAttribute("aria-hidden", "true")
  const use = document.createElementNS(space, "use")
  use.setAttribute("href", `#${name}`)
  icon.append(use)
  return icon
}
