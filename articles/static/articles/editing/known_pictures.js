// What the desk knows of a picture, asked for once: by its address in a story, or by its number.
import { load, Problem } from "./request.js"

const known = new Map()
let asked = new Map()

export function remember(picture) {
  known.set(picture.url, picture)
  known.set(String(picture.id), picture)
  return picture
}

// Resolves to null for a picture that is not ours, and to undefined where the newsroom does not answer.
export async function pictureAt(address) {
  const path = pathOf(address)
  return path ? find("src", path) : null
}

export async function pictureNumbered(id) {
  return id ? find("id", String(id)) : null
}

// Credit and rights in one line.
export function factsOf({ credit, expires, why_not, may_syndicate }) {
  const rights = why_not || (expires ? `rights until ${expires}` : "")
  return [credit || "No credit yet", rights, may_syndicate ? "" : "not for partners"].filter(Boolean).join(" · ")
}

function find(name, key) {
  if (known.has(key)) return known.get(key)
  if (!asked.size) queueMicrotask(ask)
  if (!asked.has(key)) {
    let answer
    const promise = new Promise((resolve) => (answer = resolve))
    asked.set(key, { name, answer, promise })
  }
  return asked.get(key).promise
}

async function ask() {
  const questions = asked
  asked = new Map()
  const query = new URLSearchParams([...questions].map(([key, { name }]) => [name, key]))
  try {
    const { pictures } = await load(`${document.getElementById("picture-dialog").dataset.chooser}?${query}`)
    pictures.forEach(remember)
    for (const [key, { answer }] of questions) answer(known.get(key) ?? null)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    for (const { answer } of questions.values()) answer(undefined)
  }
}

// "http://127.0.0.1/media/a.webp" of our own house and "/media/a.webp" are one picture.
function pathOf(address) {
  try {
    const url = new URL(address, location.href)
    return url.protocol.startsWith("http") && (url.host === location.host || !/^https?:/.test(address)) ? url.pathname : address
  } catch {
    return ""
  }
}
