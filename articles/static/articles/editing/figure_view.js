// How a picture looks in the writing surface: caption and text alternative written in place, credit and rights shown.
import { pm } from "django-prose-editor/editor"

import { factsOf, pictureAt } from "./known_pictures.js"
import { openPictures } from "./picture_dialog.js"

const { NodeSelection, TextSelection } = pm.state ?? pm
const FIELDS = { caption: "Caption", alt: "Text alternative" }
const HINTS = { caption: "What readers should know beside the picture", alt: "What it shows, for who cannot see it" }

export class FigureView {
  constructor({ node, editor, getPos }) {
    Object.assign(this, { node, editor, getPos })
    this.dom = element("figure", { className: "figure-view", contentEditable: "false" })
    this.image = this.dom.appendChild(element("img", { draggable: false }))
    this.image.addEventListener("error", () => this.dom.classList.add("is-broken"))
    this.image.addEventListener("load", () => this.dom.classList.remove("is-broken"))
    this.fields = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, this.field(name)]))
    this.facts = this.dom.appendChild(element("p", { className: "figure-facts" }))
    if (editor.isEditable) this.dom.append(this.buttons())
    this.show()
  }

  field(name) {
    const label = this.dom.appendChild(element("label", { className: `figure-field figure-${name}` }))
    label.append(element("span", { textContent: FIELDS[name] }))
    const field = label.appendChild(
      element("textarea", { rows: 1, placeholder: HINTS[name], readOnly: !this.editor.isEditable, maxLength: 500 }),
    )
    field.addEventListener("input", () => this.set({ [name]: field.value.replace(/\s*\n\s*/g, " ") }))
    field.addEventListener("keydown", (event) => this.key(event))
    return field
  }

  buttons() {
    const row = element("div", { className: "figure-buttons" })
    const press = { "Replace …": () => this.replace(), Remove: () => this.remove() }
    for (const [says, run] of Object.entries(press)) {
      const button = row.appendChild(element("button", { type: "button", className: "bar-button", textContent: says }))
      button.addEventListener("click", run)
    }
    return row
  }

  // Escape selects the picture itself; Enter goes on writing behind it.
  key(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    const { state, view } = this.editor
    const position = this.getPos()
    if (event.key === "Escape") view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, position)))
    else this.goBehind(position + this.node.nodeSize)
    view.focus()
  }

  goBehind(position) {
    const { state, view } = this.editor
    const transaction = state.tr
    if (!state.doc.nodeAt(position)?.isTextblock) transaction.insert(position, state.schema.nodes.paragraph.create())
    view.dispatch(transaction.setSelection(TextSelection.create(transaction.doc, position + 1)).scrollIntoView())
  }

  set(attributes) {
    this.editor.view.dispatch(
      this.editor.state.tr.setNodeMarkup(this.getPos(), undefined, { ...this.node.attrs, ...attributes }),
    )
  }

  replace() {
    const position = this.getPos()
    openPictures({
      title: "Another picture in its place",
      onChoose: ({ url, alt, width, height, caption }) => {
        this.set({ src: url, alt, width: String(width), height: String(height), caption })
        this.editor.commands.setNodeSelection(position)
        this.editor.commands.focus()
      },
    })
  }

  remove() {
    const from = this.getPos()
    this.editor.chain().focus().deleteRange({ from, to: from + this.node.nodeSize }).run()
  }

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.show()
    return true
  }

  show() {
    const { src, alt, width, height } = this.node.attrs
    if (this.image.getAttribute("src") !== src) {
      this.image.src = src ?? ""
      this.tell(src)
    }
    this.image.alt = alt ?? ""
    if (width && height) Object.assign(this.image, { width, height })
    for (const [name, field] of Object.entries(this.fields)) {
      const value = this.node.attrs[name] ?? ""
      if (field.value.replace(/\s*\n\s*/g, " ") !== value) field.value = value
    }
    this.dom.classList.toggle("lacks-alt", !alt?.trim())
  }

  async tell(src) {
    this.facts.textContent = ""
    const picture = await pictureAt(src)
    if (this.node.attrs.src !== src || picture === undefined) return
    this.facts.classList.toggle("is-problem", !picture || Boolean(picture.why_not) || !picture.credit)
    this.facts.textContent = picture ? factsOf(picture) : "Not one of the desk’s pictures: readers cannot see it. Upload it."
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode")
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode")
  }

  // What is typed and pressed inside is not for the editor around it.
  stopEvent(event) {
    return event.target !== this.dom && Boolean(event.target.closest("textarea, button, label"))
  }

  ignoreMutation() {
    return true
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}
