// The server counts code points of a block's plain text; ProseMirror counts positions in its document.
// This folds a block's words as articles/body.py does and remembers where each code point stands.

const WHITE_SPACE = /[ \t\r\n\f\v\u2028\u2029\u0085]/
const UNPRINTABLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\u2060\ufeff\ufffe\uffff]/
// A letter with its combining marks: normalised together, so that "e" + acute counts as one.
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu

// [{character, from, to}] of a text block that begins at `position`.
export function codePointsOf(block, position) {
  const points = []
  block.forEach((child, offset) => {
    const start = position + 1 + offset
    if (child.isText) addText(points, child.text, start)
    else if (child.type.name === "hardBreak") points.push({ character: "\n", from: start, to: start + 1 })
  })
  return stripped(points)
}

function addText(points, text, start) {
  for (const cluster of text.matchAll(CLUSTER)) {
    const from = start + cluster.index
    const to = from + cluster[0].length
    for (const character of cluster[0].normalize("NFC")) {
      if (UNPRINTABLE.test(character)) continue
      const folded = WHITE_SPACE.test(character) ? " " : character
      const last = points.at(-1)?.character ?? " "
      if (folded === " " && (last === " " || last === "\n")) continue
      points.push({ character: folded, from, to })
    }
  }
}

function stripped(points) {
  const isGap = ({ character }) => character === " " || character === "\n"
  let start = 0
  let end = points.length
  while (start < end && isGap(points[start])) start += 1
  while (end > start && isGap(points[end - 1])) end -= 1
  return points.slice(start, end)
}

// {from, to} of a span of the server in the document, or null where its words do not stand there any more.
export function positionsOf(place, points) {
  const words = [...place.words]
  const at = nearest(points, words, place.start)
  return at === null ? null : { from: points[at].from, to: points[at + words.length - 1].to }
}

function nearest(points, words, wanted) {
  let best = null
  for (let at = 0; at + words.length <= points.length; at += 1) {
    if (!words.every((character, index) => points[at + index].character === character)) continue
    if (best === null || Math.abs(at - wanted) < Math.abs(best - wanted)) best = at
  }
  return best
}

// Every paragraph and heading with an id, as id -> {node, position}.
export function blocksOf(doc) {
  const blocks = new Map()
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    if (node.attrs.block && !blocks.has(node.attrs.block)) blocks.set(node.attrs.block, { node, position })
    return false
  })
  return blocks
}

// UTF-16 offsets of a span in a plain field (headline, standfirst), for setSelectionRange.
export function selectionIn(value, place) {
  const characters = [...value]
  const at = characters.join("").indexOf(place.words)
  const exact = characters.slice(place.start, place.end).join("") === place.words
  const start = exact ? characters.slice(0, place.start).join("").length : at
  return start < 0 ? null : { start, end: start + place.words.length }
}

// {block, start, words} of what stands between two positions, in the server's own count; null where that is nothing.
export function wordsBetween(doc, from, to) {
  let first = null
  const parts = []
  doc.nodesBetween(from, to, (node, position) => {
    if (!node.isTextblock) return true
    const points = codePointsOf(node, position)
    const inside = points.map((point, index) => ({ ...point, index })).filter((point) => point.from >= from && point.to <= to)
    if (inside.length > 0) {
      first ??= { block: node.attrs.block ?? "", start: inside[0].index }
      parts.push(inside.map(({ character }) => character).join(""))
    }
    return false
  })
  return first && { ...first, words: parts.join("\n\n") }
}
