// What a photographer or agency wrote into a JPEG: caption and credit, to be read before the newsroom takes them out.
// IPTC-IIM 4.2 (record 2) in the segment APP13, as agencies send it.

const READ = 1024 * 1024
const APP13 = 0xed
const START_OF_SCAN = 0xda
const PHOTOSHOP = "Photoshop 3.0\0"
const IPTC = 0x0404
const NAMES = { 80: "byline", 110: "credit", 115: "source", 120: "caption" }

// { caption, credit }, each empty where the file does not say.
export async function factsIn(file) {
  if (file.type !== "image/jpeg") return { caption: "", credit: "" }
  const bytes = new Uint8Array(await file.slice(0, READ).arrayBuffer())
  const facts = {}
  for (const segment of segmentsOf(bytes)) Object.assign(facts, recordsOf(resourceOf(segment)))
  const names = [...new Set([facts.byline, facts.credit ?? facts.source].filter(Boolean))]
  return { caption: facts.caption ?? "", credit: names.join(" / ") }
}

function* segmentsOf(bytes) {
  let place = 2
  while (place + 4 <= bytes.length && bytes[place] === 0xff && bytes[place + 1] !== START_OF_SCAN) {
    const length = (bytes[place + 2] << 8) | bytes[place + 3]
    if (bytes[place + 1] === APP13) yield bytes.subarray(place + 4, place + 2 + length)
    place += 2 + length
  }
}

// Among Photoshop's resources (each: "8BIM", number, padded name, length, padded data) the one that holds IPTC.
function resourceOf(segment) {
  if (latin(segment.subarray(0, PHOTOSHOP.length)) !== PHOTOSHOP) return new Uint8Array()
  let place = PHOTOSHOP.length
  while (place + 12 <= segment.length && latin(segment.subarray(place, place + 4)) === "8BIM") {
    const number = (segment[place + 4] << 8) | segment[place + 5]
    const start = place + 6 + even(segment[place + 6] + 1) + 4
    const length = new DataView(segment.buffer, segment.byteOffset + start - 4, 4).getUint32(0)
    if (number === IPTC) return segment.subarray(start, start + length)
    place = start + even(length)
  }
  return new Uint8Array()
}

function recordsOf(data) {
  const found = {}
  let place = 0
  while (place + 5 <= data.length && data[place] === 0x1c) {
    const length = (data[place + 3] << 8) | data[place + 4]
    const name = data[place + 1] === 2 ? NAMES[data[place + 2]] : undefined
    if (name) found[name] ??= words(data.subarray(place + 5, place + 5 + length))
    place += 5 + length
  }
  return found
}

function words(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim()
  } catch {
    return new TextDecoder("windows-1252").decode(bytes).trim()
  }
}

function latin(bytes) {
  return String.fromCharCode(...bytes)
}

function even(length) {
  return length + (length % 2)
}
