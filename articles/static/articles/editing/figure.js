// A picture in the story: an address of ours with a text alternative and a caption. Credit and rights are the
// picture's own and are only shown here.
import { Node, pm } from "django-prose-editor/editor"

import { FigureView } from "./figure_view.js"

const { NodeSelection } = pm.state ?? pm
const KEPT = ["src", "alt", "width", "height"]

function pictureOf(image, caption = "") {
  return { ...Object.fromEntries(KEPT.map((name) => [name, image?.getAttribute(name) ?? null])), caption }
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return Object.fromEntries([...KEPT, "caption"].map((name) => [name, { default: null, rendered: false }]))
  },

  parseHTML() {
    return [
      {
        tag: "figure",
        getAttrs: (figure) => {
          const image = figure.querySelector("img")
          return image ? pictureOf(image, figure.querySelector("figcaption")?.textContent ?? "") : false
        },
      },
      { tag: "img[src]", getAttrs: (image) => pictureOf(image) },
    ]
  },

  renderHTML({ node }) {
    const picture = Object.fromEntries(KEPT.filter((name) => node.attrs[name]).map((name) => [name, node.attrs[name]]))
    const caption = node.attrs.caption ? [["figcaption", {}, node.attrs.caption]] : []
    return ["figure", {}, ["img", picture], ...caption]
  },

  addNodeView() {
    return (given) => new FigureView(given)
  },

  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const selected = selectedFigure(this.editor)
        if (selected) this.editor.view.nodeDOM(selected.from)?.querySelector("textarea")?.focus()
        return Boolean(selected)
      },
    }
  },
})

// A picture of ours in the place of the selected one, of the empty paragraph, or behind the block with the cursor.
export function putPicture(editor, picture, position = null) {
  const figure = { type: "figure", attrs: attributesOf(picture) }
  const selected = selectedFigure(editor)
  if (position === null && selected) {
    editor.chain().focus().insertContentAt({ from: selected.from, to: selected.to }, figure).run()
    return
  }
  const resolved = editor.state.doc.resolve(position ?? editor.state.selection.to)
  const isInBlock = resolved.depth > 0
  const isEmpty = resolved.depth === 1 && resolved.parent.content.size === 0
  const place = isEmpty
    ? { from: resolved.before(1), to: resolved.after(1) }
    : isInBlock
      ? resolved.after(1)
      : resolved.pos
  editor.chain().focus().insertContentAt(place, figure).run()
}

export function attributesOf({ url, alt, width, height, caption }) {
  return { src: url, alt, width: String(width), height: String(height), caption }
}

export function selectedFigure(editor) {
  const { selection } = editor.state
  return selection instanceof NodeSelection && selection.node.type.name === "figure" ? selection : null
}
