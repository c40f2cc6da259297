// A picture in the story, carried through unchanged: chosen and edited elsewhere, never lost by editing the words.
import { Node } from "django-prose-editor/editor"

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
})
