// HTML from the clipboard of Word, Outlook, Google Docs or a web page, as the few elements that stories have.
// What cannot come along is counted, so that the page can say so.
import { listItems, nestLists } from "./pasted_lists.js"

const UNSEEN = "head, style, script, meta, link, title, xml, template, noscript, iframe, object, form, hr, [data-style*='mso-hide:all' i]"
// Google Docs has none of these on the clipboard, only in its exported pages.
const COMMENTS = ".MsoCommentReference, a.msocomanchor, sup:has(> a[href^='#cmnt'])"
const FOOTNOTES =
  "a[data-style*='mso-footnote-id' i], a[data-style*='mso-endnote-id' i], a[href^='#_ftn'], a[href^='#_edn'], sup:has(> a[href^='#ftnt']), .MsoFootnoteReference"
const ANSWERS = [
  ...["comment", "footnote", "endnote"].map((kind) => `[data-style*='mso-element:${kind}' i]`),
  ...["cmnt", "ftnt"].map((kind) => `div:has(> p > a[href^='#${kind}_ref'])`),
].join()
const PICTURES = "img, svg, picture, video, v\\:imagedata, v\\:shape"
const OWN = /^\/media\//
const KEPT = new Set(
  "P H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE STRONG B EM I A BR FIGURE FIGCAPTION IMG DIV".split(" "),
)
const KEPT_ATTRIBUTES = { A: ["href"], IMG: ["src", "alt", "width", "height"] }
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, div, blockquote"

// {html, left}: the clean words, and how much of each kind was left out.
export function cleanHtml(html) {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html")
  const left = { pictures: 0, notes: 0, comments: 0, tables: 0 }
  dropTracked(body)
  drop(body, ANSWERS)
  left.comments = drop(body, COMMENTS)
  left.notes = drop(body, FOOTNOTES)
  left.pictures = dropPictures(body)
  for (const unseen of body.querySelectorAll(UNSEEN)) unseen.remove()
  left.tables = tablesToParagraphs(body)
  nameStyles(body)
  listItems(body)
  nestLists(body)
  mendLinks(body)
  strip(body)
  tidy(body)
  return { html: body.innerHTML, left }
}

// The page's policy refuses styles, even in a document that is never shown: attributes are read under another name.
function withoutStyles(html) {
  const bare = html.replace(/<style[\s>][\s\S]*?<\/style\s*>/gi, "")
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
}

// Takes the 700 of "font-size:11pt;font-weight:700"; "" where the style does not say.
function styleOf(element, name) {
  const style = element.getAttribute("data-style") ?? ""
  return new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([\\w-]+)`, "i").exec(style)?.[1].toLowerCase() ?? ""
}

// Changes that Word tracks: what was deleted goes, what was put in stays.
function dropTracked(body) {
  for (const gone of body.querySelectorAll("del, .msoDel")) gone.remove()
}

// A note inside a note counts once.
function drop(body, what) {
  let count = 0
  for (const element of body.querySelectorAll(what)) {
    if (!element.isConnected) continue
    if (!element.parentElement.closest(what)) count += element.textContent.trim() ? 1 : 0
    element.remove()
  }
  return count
}

// A picture needs a credit and rights: it comes in by the picture button. Our own, already in the house, stay.
function dropPictures(body) {
  let count = 0
  for (const picture of body.querySelectorAll(PICTURES)) {
    const source = picture.getAttribute("src") ?? ""
    const path = source.startsWith(`${location.origin}/`) ? source.slice(location.origin.length) : source
    if (picture.matches("img") && OWN.test(path)) {
      picture.setAttribute("src", path)
      continue
    }
    if (picture.isConnected) count += isTiny(picture) ? 0 : 1
    picture.remove()
  }
  return count
}

// Tracking dots and the hidden twin of a Word shape.
function isTiny(picture) {
  return [picture.getAttribute("width"), picture.getAttribute("height")].some((size) => size !== null && Number(size) <= 2)
}

// A row becomes a paragraph; a table of one column is only a frame around paragraphs.
function tablesToParagraphs(body) {
  const tables = [...body.querySelectorAll("table")].reverse()
  let count = 0
  for (const table of tables) {
    const rows = [...table.querySelectorAll("tr")]
    const isFrame = rows.every((row) => row.cells.length < 2)
    if (!isFrame) count += 1
    table.replaceWith(...rows.flatMap((row) => (isFrame ? [...(row.cells[0]?.childNodes ?? [])] : [rowAsParagraph(row)])))
  }
  return count
}

function rowAsParagraph(row) {
  const paragraph = row.ownerDocument.createElement("p")
  for (const cell of row.cells) {
    if (!cell.textContent.trim()) continue
    if (paragraph.hasChildNodes()) paragraph.append(" | ")
    for (const block of cell.querySelectorAll(BLOCKS)) block.replaceWith(" ", ...block.childNodes, " ")
    paragraph.append(...cell.childNodes)
  }
  return paragraph
}

// Bold and italic that are only said by a style, as both Word and Google Docs do.
function nameStyles(body) {
  for (const element of [...body.querySelectorAll("[data-style]")]) {
    const weight = styleOf(element, "font-weight")
    const slant = styleOf(element, "font-style")
    if (element.matches("b, strong") && /^(normal|[1-4]00)$/.test(weight)) replace(element)
    else if (element.matches("i, em") && slant === "normal") replace(element)
    else if (element.matches("span, font, a, u")) {
      if (/^(bold|bolder|[6-9]00)$/.test(weight)) wrapInside(element, "strong")
      if (/^(italic|oblique)$/.test(slant)) wrapInside(element, "em")
    }
  }
  for (const quotation of body.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) wrapAround(quotation, "blockquote")
  for (const title of body.querySelectorAll("p.MsoTitle")) rename(title, "h2")
  for (const bold of body.querySelectorAll(":is(h1, h2, h3, h4, h5, h6) :is(b, strong)")) replace(bold)
}

function mendLinks(body) {
  for (const link of body.querySelectorAll("a")) {
    const href = targetOf(link.getAttribute("href") ?? "")
    if (/^(https?:\/\/|mailto:|\/)/i.test(href)) link.setAttribute("href", href)
    else replace(link)
  }
}

// Google Docs leads through its own address; ours are stored without a host.
function targetOf(href) {
  const text = href.trim()
  if (text.startsWith(`${location.origin}/`)) return text.slice(location.origin.length)
  if (!text.startsWith("https://www.google.com/url?")) return text
  return new URLSearchParams(text.slice(text.indexOf("?"))).get("q") ?? text
}

// Everything else gives up its element, but not its words: spans, smart tags (st1:place), o:p, font, ins …
function strip(body) {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const gone = []
  while (comments.nextNode()) gone.push(comments.currentNode)
  for (const comment of gone) comment.remove()
  for (const space of body.querySelectorAll("[data-style*='mso-spacerun' i], .Apple-converted-space")) space.textContent = " "
  for (const element of [...body.querySelectorAll("*")]) {
    if (!KEPT.has(element.tagName)) {
      replace(element)
      continue
    }
    const kept = KEPT_ATTRIBUTES[element.tagName] ?? []
    for (const { name } of [...element.attributes]) if (!kept.includes(name)) element.removeAttribute(name)
  }
}

// Lines that were only there to make room, and breaks that stand for paragraphs.
function tidy(body) {
  for (const end of body.querySelectorAll(":scope > br")) end.remove()
  for (const end of [...body.querySelectorAll("br + br")]) splitAt(end)
  for (const block of [...body.querySelectorAll(BLOCKS)].reverse()) {
    if (!block.textContent.replaceAll("\u00a0", " ").trim() && !block.querySelector("img")) block.remove()
  }
  for (const list of [...body.querySelectorAll("ul, ol")].reverse()) if (!list.querySelector("li")) list.remove()
}

function splitAt(end) {
  const paragraph = end.parentElement
  if (paragraph?.tagName !== "P" || !paragraph.isConnected) return
  const rest = paragraph.ownerDocument.createElement("p")
  while (end.nextSibling) rest.append(end.nextSibling)
  end.previousElementSibling?.remove()
  end.remove()
  paragraph.after(rest)
}

function replace(element) {
  element.replaceWith(...element.childNodes)
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

function wrapInside(element, name) {
  const wrapper = element.ownerDocument.createElement(name)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

function wrapAround(element, name) {
  const wrapper = element.ownerDocument.createElement(name)
  element.replaceWith(wrapper)
  wrapper.append(element)
}
