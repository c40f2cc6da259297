// Lists of the clipboard: Word's are paragraphs that look like a list, Google Docs' nest a list beside its item.

// Takes level2 of "mso-list:l0 level2 lfo1".
const LEVEL = /mso-list:[^;"]*level(\d)/i
// Takes "1." and "b)" and "(iv)"; leaves "·" and "o".
const NUMBERED = /^\s*\(?(\d+|[a-z]|[ivxlc]+)[.)]/i

export function listItems(body) {
  let open = []
  let last = null
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3")]) {
    const level = Number(LEVEL.exec(paragraph.getAttribute("data-style") ?? "")?.[1] ?? 0)
    const marker = paragraph.querySelector("[data-style*='mso-list:ignore' i]")
    if (!level || !marker) {
      open = []
      continue
    }
    if (last && paragraph.previousElementSibling !== last.element) open = []
    const kind = NUMBERED.test(marker.textContent) ? "ol" : "ul"
    marker.remove()
    open.length = Math.min(open.length, level)
    if (open.length === level && open[level - 1].tagName.toLowerCase() !== kind) open.length = level - 1
    if (open.length === 0) {
      const list = paragraph.ownerDocument.createElement(kind)
      paragraph.before(list)
      open.push(list)
    }
    while (open.length < level) open.push(nested(open.at(-1), kind))
    const item = paragraph.ownerDocument.createElement("li")
    open.at(-1).append(item)
    item.append(asParagraph(paragraph))
    last = { element: open[0] }
  }
}

// A list inside a list stands in the item before it.
export function nestLists(body) {
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const item = list.previousElementSibling
    if (item?.tagName === "LI") item.append(list)
    else list.replaceWith(...list.children)
  }
}

function nested(list, kind) {
  const item = list.lastElementChild ?? list.appendChild(list.ownerDocument.createElement("li"))
  return item.appendChild(list.ownerDocument.createElement(kind))
}

function asParagraph(paragraph) {
  if (paragraph.tagName === "P") return paragraph
  const plain = paragraph.ownerDocument.createElement("p")
  plain.append(...paragraph.childNodes)
  paragraph.remove()
  return plain
}
