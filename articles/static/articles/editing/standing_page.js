// The editor of pages that stand for years: the elements of a story's text, without what only stories have.
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Text,
} from "django-prose-editor/editor"

import { BlockIds } from "./block_ids.js"

// Takes https://example.org, mailto:desk@example.org and /policies/privacy/; refuses javascript:alert(1).
const ALLOWED = /^(https?:\/\/\S+|mailto:[^\s@]+@\S+|\/\S*)$/i

const BUTTONS = [
  ["Heading", (chain) => chain.toggleHeading({ level: 2 }), (editor) => editor.isActive("heading", { level: 2 })],
  ["Small heading", (chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  ["Bold", (chain) => chain.toggleBold(), (editor) => editor.isActive("bold")],
  ["Italic", (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic")],
  ["List", (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  ["Numbered list", (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  ["Quotation", (chain) => chain.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
]

function createEditor(surface, textarea) {
  return new Editor({
    element: surface,
    editable: !textarea.disabled,
    content: textarea.value,
    injectCSS: false,
    extensions: [
      ...[Document, Paragraph, Heading.configure({ levels: [2, 3] }), Text, HardBreak, Bold, Italic],
      Link.extend({ addMenuItems: undefined, addKeyboardShortcuts: undefined }).configure({
        ...{ openOnClick: false, autolink: false, linkOnPaste: false, enableTarget: false },
        protocols: ["http", "https", "mailto"],
      }),
      ...[BulletList, OrderedList.configure({ enableListAttributes: false }), ListItem, Blockquote],
      ...[History, Gapcursor, BlockIds],
    ],
    editorProps: {
      attributes: { class: "standing-page-surface", role: "textbox", "aria-multiline": "true", "aria-label": "Body" },
    },
    onUpdate: ({ editor }) => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML()
    },
  })
}

function drawButton(editor, label, run, isOn) {
  const button = document.createElement("button")
  Object.assign(button, { type: "button", className: "button is-small", textContent: label })
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => run(editor))
  editor.on("transaction", () => button.setAttribute("aria-pressed", String(isOn(editor))))
  return button
}

function askForLink(editor) {
  const known = editor.getAttributes("link").href ?? ""
  const address = window.prompt("Address of the link; empty takes the link away", known)
  if (address === null) return
  const chain = editor.chain().focus().extendMarkRange("link")
  if (!address.trim()) chain.unsetLink().run()
  else if (ALLOWED.test(address.trim())) chain.setLink({ href: address.trim() }).run()
  else window.alert("An address begins with https://, mailto: or /.")
}

const textarea = document.getElementById("id_body")
if (textarea) {
  const surface = document.createElement("div")
  textarea.before(surface)
  const editor = createEditor(surface, textarea)
  textarea.hidden = true
  if (editor.isEditable) {
    const toolbar = document.createElement("div")
    toolbar.className = "standing-page-toolbar"
    toolbar.setAttribute("role", "group")
    toolbar.setAttribute("aria-label", "Text")
    for (const [label, act, isOn] of BUTTONS) {
      toolbar.append(drawButton(editor, label, (editor) => act(editor.chain().focus()).run(), isOn))
    }
    toolbar.append(drawButton(editor, "Link", askForLink, (editor) => editor.isActive("link")))
    surface.before(toolbar)
  }
}
