// Keeps `data-block` on paragraphs and headings, for life: through editing, splitting, cutting and pasting.
import { Extension, pm } from "django-prose-editor/editor"

const { Plugin, PluginKey } = pm.state ?? pm
const VALID = /^[a-z0-9]{4,16}$/
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

export const BlockIds = Extension.create({
  name: "blockIds",

  addGlobalAttributes() {
    return [
      {
        types: ["paragraph", "heading"],
        attributes: {
          block: {
            default: null,
            // The second half of a split paragraph is another paragraph.
            keepOnSplit: false,
            parseHTML: (element) => {
              const id = element.getAttribute("data-block") ?? ""
              return VALID.test(id) ? id : null
            },
            renderHTML: ({ block }) => (block ? { "data-block": block } : {}),
          },
        },
      },
    ]
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("blockIds"),
        appendTransaction: (transactions, before, after) => {
          const isNew = transactions.some((transaction) => transaction.docChanged || transaction.getMeta("blockIds"))
          return isNew ? repaired(transactions, before, after) : null
        },
      }),
    ]
  },

  onCreate() {
    this.editor.view.dispatch(this.editor.state.tr.setMeta("blockIds", true).setMeta("addToHistory", false))
  },
})

// Gives an id to every block without one, and another one to copies; the block that stood there before keeps its own.
function repaired(transactions, before, after) {
  const home = homes(transactions, before)
  const owner = new Map()
  const blocks = []
  after.doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    blocks.push({ node, position })
    const id = node.attrs.block
    if (id && (!owner.has(id) || home.get(id) === position)) owner.set(id, position)
    return false
  })
  const taken = new Set(owner.keys())
  const transaction = after.tr
  for (const { node, position } of blocks) {
    if (node.attrs.block && owner.get(node.attrs.block) === position) continue
    transaction.setNodeAttribute(position, "block", freshId(taken))
  }
  return transaction.docChanged ? transaction : null
}

// Where each block of the document before stands now.
function homes(transactions, before) {
  const home = new Map()
  before.doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    if (node.attrs.block) {
      const now = transactions.reduce((place, transaction) => transaction.mapping.map(place, -1), position)
      home.set(node.attrs.block, now)
    }
    return false
  })
  return home
}

function freshId(taken) {
  let id
  do {
    const numbers = crypto.getRandomValues(new Uint8Array(10))
    id = Array.from(numbers, (number) => LETTERS[number % LETTERS.length]).join("")
  } while (taken.has(id))
  taken.add(id)
  return id
}
