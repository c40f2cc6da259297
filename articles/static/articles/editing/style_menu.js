// The menu of paragraph styles: it says which one the caret stands in, and changes it.
import { keysInWords } from "./key_names.js"

// Room for the tabs at the foot of a narrow window.
const FOOT = 64

const STYLES = [
  { name: "Text", keys: "Mod+Alt+0", run: (chain) => chain.setParagraph(), isOn: (editor) => !editor.isActive("heading") },
  { name: "Heading", keys: "Mod+Alt+2", run: (chain) => chain.setHeading({ level: 2 }), isOn: (editor) => editor.isActive("heading", { level: 2 }) },
  { name: "Subheading", keys: "Mod+Alt+3", run: (chain) => chain.setHeading({ level: 3 }), isOn: (editor) => editor.isActive("heading", { level: 3 }) },
]

export function connectStyleMenu(button, menu, editor) {
  const items = STYLES.map((style) => drawItem(style))
  menu.append(...items)
  items.forEach((item, index) => {
    item.addEventListener("click", () => {
      menu.hidePopover()
      STYLES[index].run(editor.chain().focus()).run()
    })
  })
  menu.addEventListener("keydown", (event) => moveFocus(event, menu, button, items))
  menu.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"))
    if (event.newState !== "open") return
    place(menu, button)
    ;(items.find((item) => item.ariaChecked === "true") ?? items[0]).focus()
  })
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return
    event.preventDefault()
    menu.showPopover()
  })
  const show = () => {
    STYLES.forEach((style, index) => items[index].setAttribute("aria-checked", String(style.isOn(editor))))
    const name = STYLES.find((style) => style.isOn(editor)).name
    const label = button.querySelector("[data-style-name]")
    if (label.textContent !== name) label.textContent = name
  }
  editor.on("transaction", show)
  show()
}

function drawItem({ name, keys }) {
  const item = document.createElement("button")
  item.type = "button"
  item.setAttribute("role", "menuitemradio")
  item.className = `style-item style-${name.toLowerCase()}`
  item.tabIndex = -1
  const words = document.createElement("span")
  words.textContent = name
  const short = document.createElement("kbd")
  short.textContent = keysInWords(keys)
  short.setAttribute("aria-hidden", "true")
  item.append(words, short)
  return item
}

function moveFocus(event, menu, button, items) {
  const at = items.indexOf(document.activeElement)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (event.key === "Tab") menu.hidePopover()
  else if (event.key === "Escape") button.focus()
  if (!step) return
  event.preventDefault()
  event.stopPropagation()
  items[(at + step + items.length) % items.length].focus()
}

// In the top layer, so that no scrolling row cuts it off.
function place(menu, button) {
  const { left, top, bottom } = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const isBelow = bottom + height + FOOT < window.innerHeight
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`
  menu.style.top = `${isBelow ? bottom + 4 : top - height - 4}px`
}
