// Highlights in headline and standfirst: a copy of the words behind the field carries the marks.
import { selectionIn } from "./text_map.js"

const CONTEXT = 32
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "textAlign", "textWrap", "textIndent", "textTransform", "wordSpacing"]

export class FieldMarks {
  constructor(field, name) {
    this.field = field
    this.name = name
    this.marks = {}
    this.current = ""
    this.copy = document.createElement("div")
    this.copy.className = "field-marks"
    this.copy.setAttribute("aria-hidden", "true")
    this.copy.hidden = true
    field.before(this.copy)
    field.addEventListener("input", () => this.draw())
    field.addEventListener("click", () => this.openAtCursor())
    new ResizeObserver(() => this.copyLook()).observe(field)
  }

  show(marks, current) {
    this.marks = marks
    this.current = current
    this.draw()
  }

  // The spans of this field, in the order of the words; those that overlap another are left out.
  get spans() {
    const spans = []
    for (const [thread, { parts }] of Object.entries(this.marks)) {
      for (const part of parts.filter(({ field }) => field === this.name)) {
        const span = selectionIn(this.field.value, part)
        if (span) spans.push({ ...span, thread })
      }
    }
    return spans.sort((one, other) => one.start - other.start || other.end - one.end)
  }

  draw() {
    const { value } = this.field
    const pieces = []
    let position = 0
    for (const { start, end, thread } of this.spans) {
      if (start < position) continue
      const mark = document.createElement("span")
      mark.className = `commented${thread === this.current ? " is-current" : ""}${thread === "new" ? " is-new" : ""}`
      mark.dataset.threadWords = thread
      mark.textContent = value.slice(start, end)
      pieces.push(value.slice(position, start), mark)
      position = end
    }
    this.copy.hidden = pieces.length === 0
    this.copy.replaceChildren(...pieces, value.slice(position))
    if (pieces.length) this.copyLook()
  }

  copyLook() {
    if (this.copy.hidden) return
    const look = getComputedStyle(this.field)
    for (const name of COPIED) this.copy.style[name] = look[name]
    this.copy.style.top = `${this.field.offsetTop}px`
    this.copy.style.left = `${this.field.offsetLeft}px`
    this.copy.style.width = `${this.field.offsetWidth}px`
  }

  openAtCursor() {
    const at = this.field.selectionStart
    if (at !== this.field.selectionEnd) return
    const span = this.spans.find(({ start, end }) => start <= at && at <= end)
    if (span) this.field.dispatchEvent(new CustomEvent("thread", { detail: span.thread, bubbles: true }))
  }

  elementOf(thread) {
    return this.copy.querySelector(`[data-thread-words="${thread}"]`)
  }

  get hasMarked() {
    return this.field.selectionStart !== this.field.selectionEnd
  }

  // The marked words, or all of them where none are marked; null without words.
  markedWords() {
    const { value } = this.field
    let [start, end] = this.hasMarked ? [this.field.selectionStart, this.field.selectionEnd] : [0, value.length]
    while (start < end && /\s/.test(value[start])) start += 1
    while (end > start && /\s/.test(value[end - 1])) end -= 1
    if (start === end) return null
    const words = value.slice(start, end)
    const prefix = [...value.slice(0, start)].slice(-CONTEXT).join("")
    const suffix = [...value.slice(end)].slice(0, CONTEXT).join("")
    const place = { field: this.name, block: "", start: [...value.slice(0, start)].length, words }
    return { field: this.name, words, prefix, suffix, block: "", parts: [{ ...place, end: place.start + [...words].length }] }
  }
}
