// Highlights the words that the desk talks about. Decorations only: nothing of them is stored in the story.
import { Extension, pm } from "django-prose-editor/editor"

import { blocksOf, codePointsOf, positionsOf } from "./text_map.js"

const { Plugin, PluginKey } = pm.state ?? pm
const { Decoration, DecorationSet } = pm.view ?? pm
const key = new PluginKey("comments")
const CONTEXT = 32

export const CommentMarks = Extension.create({
  name: "commentMarks",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => ({ set: DecorationSet.empty, current: "" }),
          apply: (transaction, state) => {
            const news = transaction.getMeta(key)
            const current = news?.current ?? state.current
            if (news?.marks) return { current, set: drawn(transaction.doc, found(transaction.doc, news.marks), current) }
            const set = state.set.map(transaction.mapping, transaction.doc)
            if (!news) return { ...state, set }
            return { current, set: drawn(transaction.doc, set.find().map(({ from, to, spec }) => ({ from, to, ...spec })), current) }
          },
        },
        props: {
          decorations: (state) => key.getState(state).set,
          handleClick: (view, position, event) => {
            const thread = event.target.closest?.("[data-thread-words]")?.dataset.threadWords
            if (thread) view.dom.dispatchEvent(new CustomEvent("thread", { detail: thread, bubbles: true }))
            return false
          },
        },
      }),
    ]
  },
})

// {thread: {parts: [{field, block, start, words}]}} of the threads to be seen.
export function showMarks(editor, marks, current) {
  editor.view.dispatch(editor.state.tr.setMeta(key, { marks, current }).setMeta("addToHistory", false))
}

export function setCurrentThread(editor, current) {
  if (key.getState(editor.state).current === current) return
  editor.view.dispatch(editor.state.tr.setMeta(key, { current }).setMeta("addToHistory", false))
}

export function wordsOfThread(editor, thread) {
  return editor.view.dom.querySelector(`[data-thread-words="${thread}"]`)
}

// The marked words as the server counts them, or those of the paragraph where nothing is marked; null without words.
export function markedWords(editor) {
  const { selection, doc } = editor.state
  const points = pointsOf(doc)
  const [from, to] = selection.empty ? [selection.$from.start(), selection.$from.end()] : [selection.from, selection.to]
  const isWord = ({ character, block }) => block && !/\s/.test(character)
  const isMarked = (point) => isWord(point) && point.from < to && point.to > from
  const first = points.findIndex(isMarked)
  if (first < 0) return null
  const last = points.findLastIndex(isMarked)
  const written = (some) => some.map(({ character }) => character).join("")
  return {
    field: "body",
    words: written(points.slice(first, last + 1)),
    prefix: written(points.slice(Math.max(0, first - CONTEXT), first)),
    suffix: written(points.slice(last + 1, last + 1 + CONTEXT)),
    block: points[first].block,
    parts: partsOf(points, first, last),
  }
}

// Every code point of the story with the block it stands in; blocks are joined by a blank line.
function pointsOf(doc) {
  const points = []
  for (const [block, { node, position }] of blocksOf(doc)) {
    const own = codePointsOf(node, position).map((point, index) => ({ ...point, block, index }))
    if (own.length && points.length) points.push({ character: "\n" }, { character: "\n" })
    points.push(...own)
  }
  return points
}

function partsOf(points, first, last) {
  const parts = []
  for (const { character, block, index } of points.slice(first, last + 1)) {
    if (!block) continue
    if (parts.at(-1)?.block !== block) parts.push({ field: "body", block, start: index, words: "" })
    parts.at(-1).words += character
  }
  return parts
}

function found(doc, marks) {
  const blocks = blocksOf(doc)
  const points = new Map()
  const spans = []
  for (const [thread, { parts }] of Object.entries(marks)) {
    for (const part of parts) {
      const block = part.field === "body" && blocks.get(part.block)
      if (!block) continue
      if (!points.has(part.block)) points.set(part.block, codePointsOf(block.node, block.position))
      const span = positionsOf(part, points.get(part.block))
      if (span) spans.push({ ...span, thread })
    }
  }
  return spans
}

function drawn(doc, spans, current) {
  const decorations = spans.map(({ from, to, thread }) => {
    const look = `commented${thread === current ? " is-current" : ""}${thread === "new" ? " is-new" : ""}`
    return Decoration.inline(from, to, { nodeName: "span", class: look, "data-thread-words": thread }, { thread })
  })
  return DecorationSet.create(doc, decorations)
}
