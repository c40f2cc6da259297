// Related News as it is submitted: one entry a line (see RelatedLines in the admin's forms).
// "#12 Headline" is a story of ours, "Title | https://address" a page elsewhere, anything else a title alone.

export function readLine(line) {
  const ours = /^#(\d+)(?:\s+(.*))?$/.exec(line)
  if (ours) return { line, id: ours[1], title: ours[2] || line }
  const bar = line.lastIndexOf("|")
  const address = line.slice(bar + 1).trim()
  if (isAddress(address)) return { line, title: line.slice(0, Math.max(bar, 0)).trim() || address, address }
  return { line, title: line }
}

export function readLines(text) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map(readLine)
}

export function lineOf({ title, address }) {
  return `${title.replace(/\s+/g, " ").trim()} | ${address}`
}

export function isAddress(text) {
  return /^(https?:\/\/[^\s|]+|\/news\/[^\s|]+)$/i.test(text)
}
