// Highlights what proposals rest on. Decorations only: nothing of them is stored in the story.
import { Extension, pm } from "django-prose-editor/editor"

import { blocksOf, codePointsOf, positionsOf } from "./text_map.js"

const { Plugin, PluginKey } = pm.state ?? pm
const { Decoration, DecorationSet } = pm.view ?? pm
const key = new PluginKey("evidence")
// Words that are being marked as a quotation stand among the spans under this name.
const MARKED = "marked"

export const Evidence = Extension.create({
  name: "evidence",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => ({ set: DecorationSet.empty, current: "" }),
          apply: (transaction, state) => {
            const set = state.set.map(transaction.mapping, transaction.doc)
            const news = transaction.getMeta(key)
            if (!news) return { ...state, set }
            const current = news.current ?? state.current
            const spans = spansIn(set)
            const marked = "marked" in news ? news.marked && [{ ...news.marked, card: MARKED, mark: MARKED, index: 0 }] : null
            const others = news.evidence ? found(transaction.doc, news.evidence, spans) : spans.filter(({ card }) => card !== MARKED)
            const kept = marked ?? ("marked" in news ? [] : spans.filter(({ card }) => card === MARKED))
            return { current, set: drawn(transaction.doc, [...others, ...kept], current) }
          },
        },
        props: { decorations: (state) => key.getState(state).set },
      }),
    ]
  },
})

export function showEvidence(editor, evidence) {
  tell(editor, { evidence })
}

export function setCurrent(editor, current) {
  if (key.getState(editor.state).current !== current) tell(editor, { current })
}

// Shows words as those to be marked, which go on following the text; null shows none.
export function setMarked(editor, span) {
  tell(editor, { marked: span })
}

// {from, to} of the words to be marked as they stand now, or null where they are gone.
export function markedIn(editor) {
  return spansOf(editor).find(({ card }) => card === MARKED) ?? null
}

// [{from, to, card, mark, index}] as they stand now, also in a text that is not saved.
export function spansOf(editor) {
  return spansIn(key.getState(editor.state).set)
}

// The element of one place, or of the first of a card; null where its words are no longer in the text.
export function elementOf(editor, card, index) {
  const wanted = index === undefined ? `[data-evidence^="${card}:"]` : `[data-evidence="${card}:${index}"]`
  return editor.view.dom.querySelector(wanted)
}

function tell(editor, news) {
  editor.view.dispatch(editor.state.tr.setMeta(key, news).setMeta("addToHistory", false))
}

function spansIn(set) {
  return set.find().map(({ from, to, spec }) => ({ from, to, ...spec }))
}

function found(doc, evidence, before) {
  const blocks = blocksOf(doc)
  const points = new Map()
  const spans = []
  for (const [card, { mark, verdict, places }] of Object.entries(evidence)) {
    if (verdict === "rejected") continue
    places.forEach((place, index) => {
      const block = place.field === "body" && blocks.get(place.block)
      if (block && !points.has(place.block)) points.set(place.block, codePointsOf(block.node, block.position))
      const span = (block && positionsOf(place, points.get(place.block))) || followed(before, card, mark, index)
      if (span) spans.push({ from: span.from, to: span.to, card, mark, index, isDecided: verdict === "confirmed" })
    })
  }
  return spans
}

// A quotation whose words are being edited keeps its highlight.
function followed(before, card, mark, index) {
  return mark === "quote" && before.find((span) => span.card === card && span.index === index)
}

function drawn(doc, spans, current) {
  const decorations = spans.map(({ from, to, ...spec }) => {
    const { card, mark, index, isDecided } = spec
    const look = ["evidence", `evidence-${mark}`, isDecided && "is-decided", card === current && "is-current"].filter(Boolean)
    return Decoration.inline(from, to, { class: look.join(" "), "data-evidence": `${card}:${index}` }, spec)
  })
  return DecorationSet.create(doc, decorations)
}
