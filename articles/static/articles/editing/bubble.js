// The bubble: buttons beside the selected words. Above them where there is room, else below; under the words on a
// touch screen, where the system's own menu stands above. Alt+F10 or Tab leads into it, Escape back to the text.
import { pm } from "django-prose-editor/editor"

import { ButtonRow } from "./button_row.js"

const { TextSelection } = pm.state ?? pm
const GAP = 8
const HANDLES = 28
const MARGIN = 8

export function connectBubble(root, editor, toolbar) {
  const bubble = new Bubble(root, editor, toolbar)
  // While the focus moves it is nowhere: "focusout" looks when it has arrived.
  editor.on("transaction", ({ transaction }) => transaction.getMeta("blur") || bubble.look())
  editor.on("focus", () => bubble.look())
  return bubble
}

class Bubble {
  constructor(root, editor, toolbar) {
    Object.assign(this, { root, editor, toolbar, isPressing: false, dismissed: null })
    this.row = new ButtonRow(root, editor, "bubble")
    this.connect()
  }

  connect() {
    const text = this.editor.view.dom
    text.addEventListener("pointerdown", () => (this.isPressing = true))
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.release())
    text.addEventListener("keydown", (event) => this.leadIn(event))
    this.root.addEventListener("keydown", (event) => this.leadOut(event))
    for (const element of [text, this.root]) element.addEventListener("focusout", () => requestAnimationFrame(() => this.look()))
    for (const happening of ["scroll", "resize"]) {
      window.addEventListener(happening, () => this.root.hidden || this.look(), { capture: true, passive: true })
    }
  }

  release() {
    if (!this.isPressing) return
    this.isPressing = false
    requestAnimationFrame(() => this.look())
  }

  get isWanted() {
    const { selection, doc } = this.editor.state
    if (!(selection instanceof TextSelection) || selection.empty || this.isPressing || !this.editor.isEditable) return false
    if (this.dismissed?.eq(selection) || !doc.textBetween(selection.from, selection.to, " ").trim()) return false
    return this.editor.view.hasFocus() || this.root.contains(document.activeElement)
  }

  look() {
    this.root.hidden = !this.isWanted
    if (!this.root.hidden) this.place()
  }

  place() {
    const { view, state } = this.editor
    const [start, end] = [view.coordsAtPos(state.selection.from, 1), view.coordsAtPos(state.selection.to, -1)]
    const { width, height } = this.root.getBoundingClientRect()
    const floor = this.toolbar.getBoundingClientRect().bottom
    const { ceiling: foot, left, right } = this.room()
    const isCoarse = matchMedia("(pointer: coarse)").matches
    const above = start.top - height - GAP
    const below = end.bottom + GAP + (isCoarse ? HANDLES : 0)
    const fits = (top) => top >= floor && top + height <= foot
    const top = (isCoarse ? [below, above] : [above, below]).find(fits) ?? foot - height - GAP
    const isOneLine = Math.abs(start.top - end.top) < 4
    const middle = isOneLine ? (start.left + end.right) / 2 : (left + right) / 2
    this.root.style.top = `${Math.round(top)}px`
    this.root.style.left = `${Math.round(Math.max(MARGIN, Math.min(middle - width / 2, window.innerWidth - width - MARGIN)))}px`
    // Words that have scrolled away take their buttons along.
    this.root.classList.toggle("is-away", end.bottom < floor || start.top > foot)
  }

  // Down to where words can be seen, and how wide they stand.
  room() {
    const { left, right } = this.editor.view.dom.getBoundingClientRect()
    const bar = document.querySelector(".panel-bar")
    const isBelow = bar && getComputedStyle(bar).position === "fixed"
    return { ceiling: isBelow ? bar.getBoundingClientRect().top : window.innerHeight, left, right }
  }

  leadIn(event) {
    if (event.key === "F10" && event.altKey) {
      event.preventDefault()
      if (this.root.hidden) this.toolbar.querySelector("[tabindex='0']")?.focus()
      else this.row.focus()
    } else if (event.key === "Escape" && !this.root.hidden) {
      event.stopPropagation()
      this.dismissed = this.editor.state.selection
      this.look()
    }
  }

  leadOut(event) {
    if (event.key !== "Escape") return
    event.stopPropagation()
    this.editor.commands.focus()
  }
}
