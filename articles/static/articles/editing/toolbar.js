// The toolbar: buttons that say whether they are pressed; arrow keys move between them.
import { askForLink } from "./link.js"
import { choosePicture } from "./picture_files.js"

const COMMANDS = {
  paragraph: { run: (chain) => chain.setParagraph(), isOn: (editor) => editor.isActive("paragraph") },
  heading2: { run: (chain) => chain.toggleHeading({ level: 2 }), isOn: (editor) => editor.isActive("heading", { level: 2 }) },
  heading3: { run: (chain) => chain.toggleHeading({ level: 3 }), isOn: (editor) => editor.isActive("heading", { level: 3 }) },
  bold: { run: (chain) => chain.toggleBold(), isOn: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), isOn: (editor) => editor.isActive("italic") },
  bulletList: { run: (chain) => chain.toggleBulletList(), isOn: (editor) => editor.isActive("bulletList") },
  orderedList: { run: (chain) => chain.toggleOrderedList(), isOn: (editor) => editor.isActive("orderedList") },
  blockquote: { run: (chain) => chain.toggleBlockquote(), isOn: (editor) => editor.isActive("blockquote") },
  picture: { run: (chain) => chain, open: choosePicture },
  undo: { run: (chain) => chain.undo() },
  redo: { run: (chain) => chain.redo() },
}

export function connectToolbar(toolbar, editor) {
  const buttons = [...toolbar.querySelectorAll("[data-command]")]
  for (const button of buttons) {
    // The selection stays where it is.
    button.addEventListener("mousedown", (event) => event.preventDefault())
    button.addEventListener("click", () => press(editor, button.dataset.command))
  }
  toolbar.addEventListener("keydown", (event) => moveFocus(event, buttons))
  buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0))
  editor.on("transaction", () => show(editor, buttons))
  show(editor, buttons)
  toolbar.hidden = false
}

function press(editor, name) {
  if (name === "link") askForLink(editor)
  else if (COMMANDS[name].open) COMMANDS[name].open(editor)
  else COMMANDS[name].run(editor.chain().focus()).run()
}

function show(editor, buttons) {
  for (const button of buttons) {
    const name = button.dataset.command
    const isOn = name === "link" ? editor.isActive("link") : COMMANDS[name].isOn?.(editor)
    if (isOn !== undefined) button.setAttribute("aria-pressed", String(isOn))
    const isPossible = name === "link" ? isOn || !editor.state.selection.empty : COMMANDS[name].run(editor.can().chain()).run()
    button.setAttribute("aria-disabled", String(!isPossible))
  }
}

function moveFocus(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  const at = buttons.indexOf(document.activeElement)
  if (!step || at < 0) return
  event.preventDefault()
  const next = buttons[(at + step + buttons.length) % buttons.length]
  buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1))
  next.focus()
}
