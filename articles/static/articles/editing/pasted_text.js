// Plain text from the clipboard as paragraphs: one a line, as an imported file is read. Lines that an e-mail or an
// agency wire broke at a fixed width are joined again where blank lines part the paragraphs.

const WIRE_WIDTH = 90
const SHORTEST = 45

export function paragraphsOf(text) {
  const chunks = text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n+/)
  return chunks.flatMap((chunk) => linesOf(chunk, chunks.length > 1)).filter(Boolean)
}

function linesOf(chunk, isParted) {
  const lines = chunk.split("\n").map((line) => line.trim())
  const isBroken = isParted && lines.length > 1 && lines.slice(0, -1).every(({ length }) => length >= SHORTEST && length <= WIRE_WIDTH)
  return isBroken ? [lines.join(" ")] : lines
}
