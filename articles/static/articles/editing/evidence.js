// Highlights what proposals rest on. Decorations only: nothing of them is stored in the story.
import { Extension, pm } from "django-prose-editor/editor"

import { blocksOf, codePointsOf, positionsOf } from "./text_map.js"

const { Plugin, PluginKey } = pm.state ?? pm
const { Decoration, DecorationSet } = pm.view ?? pm
const key = new PluginKey("evidence")

export const Evidence = Extension.create({
  name: "evidence",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => ({ set: DecorationSet.empty, current: "" }),
          apply: (transaction, state) => {
            const news = transaction.getMeta(key)
            if (news?.evidence) return { ...state, set: drawn(transaction.doc, found(transaction.doc, news.evidence), state.current) }
            const set = state.set.map(transaction.mapping, transaction.doc)
            if (!news) return { ...state, set }
            const spans = set.find().map(({ from, to, spec }) => ({ from, to, ...spec }))
            return { current: news.current, set: drawn(transaction.doc, spans, news.current) }
          },
        },
        props: { decorations: (state) => key.getState(state).set },
      }),
    ]
  },
})

export function showEvidence(editor, evidence) {
  editor.view.dispatch(editor.state.tr.setMeta(key, { evidence }).setMeta("addToHistory", false))
}

export function setCurrent(editor, current) {
  if (key.getState(editor.state).current === current) return
  editor.view.dispatch(editor.state.tr.setMeta(key, { current }).setMeta("addToHistory", false))
}

// The element of one place, or null where its words are no longer in the text.
export function elementOf(editor, card, index) {
  return editor.view.dom.querySelector(`[data-evidence~="${card}:${index}"]`)
}

function found(doc, evidence) {
  const blocks = blocksOf(doc)
  const points = new Map()
  const spans = []
  for (const [card, { mark, verdict, places }] of Object.entries(evidence)) {
    if (verdict === "rejected") continue
    places.forEach((place, index) => {
      const block = place.field === "body" && blocks.get(place.block)
      if (!block) return
      if (!points.has(place.block)) points.set(place.block, codePointsOf(block.node, block.position))
      const span = positionsOf(place, points.get(place.block))
      if (span) spans.push({ ...span, card, mark, index })
    })
  }
  return spans
}

function drawn(doc, spans, current) {
  const decorations = spans.map(({ from, to, card, mark, index }) => {
    const look = `evidence evidence-${mark}${card === current ? " is-current" : ""}`
    return Decoration.inline(from, to, { class: look, "data-evidence": `${card}:${index}` }, { card, mark, index })
  })
  return DecorationSet.create(doc, decorations)
}
