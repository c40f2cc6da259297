// Words of the story become a quotation: select them, press Alt+Q or a button, say who said it.
import { addButton } from "./buttons.js"
import { markedIn, setMarked } from "./evidence.js"
import { QuoteForm } from "./quote_form.js"
import { Problem } from "./request.js"
import { wordsBetween } from "./text_map.js"

// Takes the marks and blanks around “return to port”; refuses the apostrophe within “the fleet's”.
const AROUND = /^[\s“”„"‘’«»]+|[\s“”„"‘’«»]+$/gu

export class QuoteMarking {
  // `save()` resolves to whether the newsroom has every word of the text.
  constructor(review, { editor, address, save }) {
    Object.assign(this, { review, editor, address, save })
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.code !== "KeyQ" || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.begin()
    })
    const button = { label: "Mark as a quotation", icon: "edit-speech", keys: "Alt+Q", places: ["bubble"] }
    if (this.place) addButton({ name: "quotation", ...button, run: () => this.begin() })
    const root = review.root
    // The selection stays where it is.
    root.addEventListener("mousedown", (event) => event.target.closest("[data-add-quote]") && event.preventDefault())
    root.addEventListener("click", (event) => event.target.closest("[data-add-quote]") && this.begin())
  }

  get place() {
    return document.getElementById("new-quote")
  }

  begin() {
    if (!this.place) return
    this.review.onShow?.(this.place)
    const span = this.selected()
    if (!span) {
      this.hint("Select the words in the story first, without their marks, then press Alt+Q.")
      return
    }
    setMarked(this.editor, span)
    const { words } = wordsBetween(this.editor.state.doc, span.from, span.to)
    this.form = new QuoteForm(this.place, {
      values: { kind: /^\p{Ll}/u.test(words) ? "partial" : "direct" },
      words,
      says: "Add the quotation",
      address: this.address,
      send: (data) => this.add(data),
      onDone: (answer) => this.end(answer?.card),
      onCancel: () => this.end(),
    })
  }

  // The selection without the blanks and marks at its ends.
  selected() {
    const { from, to } = this.editor.state.selection
    const text = this.editor.state.doc.textBetween(from, to, "\n", "\n")
    const inner = text.replace(AROUND, "")
    if (!inner) return null
    const start = text.indexOf(inner)
    return { from: from + start, to: to - (text.length - start - inner.length) }
  }

  async add(data) {
    if (!(await this.save())) throw new Problem("The story could not be saved, so the quotation was not marked: save it first.")
    const span = markedIn(this.editor)
    const place = span && wordsBetween(this.editor.state.doc, span.from, span.to)
    if (!place) throw new Problem("These words are no longer in the story: select them again.")
    for (const [name, value] of Object.entries(place)) data.set(name, value)
    return this.review.decisions.add({ url: `${this.address}quote/add/`, data, cards: [], isAsked: true })
  }

  async end(card) {
    setMarked(this.editor, null)
    if (!card) {
      this.editor.commands.focus()
      return
    }
    this.review.awaited = card
  }

  hint(words) {
    const hint = document.createElement("p")
    hint.className = "tool-hint"
    hint.setAttribute("role", "status")
    this.place.replaceChildren(hint)
    hint.textContent = words
    clearTimeout(this.timer)
    this.timer = setTimeout(() => hint.remove(), 8000)
  }
}
