// Reviewing proposals: one card is current, its evidence shows in the text, and keys or buttons decide it.
import { complain, judge } from "./card_state.js"
import { Decisions } from "./decisions.js"
import { elementOf, setCurrent, showEvidence } from "./evidence.js"
import { selectionIn } from "./text_map.js"

const isOpen = (card) => "open" in card.dataset

export class Review {
  // `refresh` asks for the panel as the newsroom has it; `onShow(card)` makes its part of the panel visible.
  constructor(root, { editor, fields, evidence, refresh }) {
    Object.assign(this, { root, editor, fields, evidence })
    this.current = ""
    this.history = []
    this.complaints = new Map()
    this.decisions = new Decisions({
      onRest: refresh,
      onFailure: ({ cards }, message) => this.fail(cards, message),
    })
    this.showEvidence()
    this.connect()
  }

  connect() {
    this.root.addEventListener("submit", (event) => this.submit(event))
    this.root.addEventListener("focusin", (event) => {
      const card = event.target.closest("[data-card]")
      if (card) this.come(card)
    })
    this.root.addEventListener("pointerdown", () => (this.isPressing = true))
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.release())
    this.root.addEventListener("click", (event) => {
      const place = event.target.closest("[data-place]")
      const card = event.target.closest("[data-card]")
      if (place) this.goTo(place.dataset.place, Number(place.dataset.index))
      else if (card && !event.target.closest("button, a, input, select, summary, label, form")) card.focus()
    })
  }

  get allCards() {
    return [...this.root.querySelectorAll("[data-card]")]
  }

  get cards() {
    return this.allCards.filter((card) => card.checkVisibility())
  }

  get card() {
    return this.current ? document.getElementById(this.current) : null
  }

  submit(event) {
    const button = event.submitter
    const card = event.target.closest("[data-card]")
    const decision = button?.dataset.decision ?? button?.dataset.change
    if (!card || !decision) return
    event.preventDefault()
    if (button.dataset.change) this.decide(card, decision, { staysHere: true })
    else this.decide(card, decision)
  }

  press(decision) {
    const card = this.card
    if (decision === "reconsider" && (!card || card.dataset.verdict === "proposed")) this.undoLast()
    else if (card?.querySelector("[data-decision]") && !card.matches(`.card-${decision}ed`)) this.decide(card, decision)
  }

  // Shows the verdict at once, sends it behind, and goes on to the next open one.
  decide(card, decision, { staysHere = decision === "reconsider", keepsFocus = false } = {}) {
    const following = staysHere ? card : (this.neighbour(card, 1, isOpen) ?? card)
    complain(card, "")
    this.complaints.delete(card.id)
    const putBack = this.shown([card], decision)
    this.decisions.add({ url: `${card.dataset.address}${decision}/`, data: new FormData(), cards: [card.id], putBack })
    if (decision !== "reconsider") this.history.push(card.id)
    if (keepsFocus) return
    following.focus()
  }

  // Gives cards the look of a decision, in the panel and in the text; returns what undoes that.
  shown(cards, decision) {
    const backs = cards.map((card) => judge(card, decision))
    const verdicts = cards.map((card) => [card.id, this.evidence[card.id]?.verdict])
    for (const card of cards) this.setVerdict(card.id, card.dataset.verdict)
    this.showEvidence()
    this.count()
    return () => {
      for (const back of backs) back()
      for (const [key, verdict] of verdicts) this.setVerdict(key, verdict)
      this.showEvidence()
      this.count()
    }
  }

  setVerdict(key, verdict) {
    if (this.evidence[key]) this.evidence[key] = { ...this.evidence[key], verdict }
  }

  fail(cards, message) {
    for (const key of cards) this.complaints.set(key, message)
    this.showComplaints()
  }

  showComplaints() {
    for (const [key, message] of this.complaints) {
      const card = document.getElementById(key)
      if (card) complain(card, message)
      else this.complaints.delete(key)
    }
  }

  undoLast() {
    const card = document.getElementById(this.history.pop() ?? "-")
    if (!card) return
    const folded = card.closest("details.rejected")
    if (folded) folded.open = true
    if (card.dataset.verdict !== "proposed") this.decide(card, "reconsider")
    card.focus()
  }

  neighbour(card, step, matches = () => true) {
    const cards = this.cards
    const from = card ? cards.indexOf(card) : step > 0 ? -1 : cards.length
    for (let turn = 1; turn <= cards.length; turn += 1) {
      const at = (from + step * turn + cards.length * (turn + 1)) % cards.length
      if (cards[at] !== card && matches(cards[at])) return cards[at]
    }
    return null
  }

  // To the next open proposal, or to the next one at all when everything is decided.
  step(step) {
    this.onShow?.()
    const next = this.neighbour(this.card, step, isOpen) ?? this.neighbour(this.card, step) ?? this.card
    next?.focus()
  }

  // While a button is being pressed nothing moves, or the press would miss it.
  come(card) {
    if (this.isPressing) this.pressed = card.id
    else this.follow(card)
  }

  release() {
    if (!this.isPressing) return
    setTimeout(() => {
      const card = document.getElementById(this.pressed ?? "-")
      this.isPressing = false
      this.pressed = null
      if (card?.contains(document.activeElement)) this.follow(card)
    })
  }

  follow(card) {
    const key = card?.id ?? ""
    if (key === this.current) return
    this.current = key
    this.mark()
    const why = card?.querySelector(".card-body")
    if (this.opened && this.opened !== why) this.opened.open = false
    this.opened = null
    if (why && !why.open && card.dataset.verdict === "proposed") {
      why.open = true
      this.opened = why
    }
    this.reveal(card)
    this.onCurrent?.(card)
  }

  mark() {
    for (const card of this.allCards) card.classList.toggle("is-current", card.id === this.current)
    setCurrent(this.editor, this.current)
    const field = this.evidence[this.current]?.places[0]?.field
    for (const [name, element] of Object.entries(this.fields)) element.classList.toggle("has-evidence", name === field)
  }

  // Brings its card in sight for one who reads the text; the cursor stays where it is.
  show(key) {
    const card = document.getElementById(key)
    if (!card) return
    this.onShow?.(card)
    this.follow(card)
    card.scrollIntoView({ block: "nearest" })
  }

  toggleBody() {
    const card = this.card
    const edit = card?.querySelector("[data-edit-quote]")
    if (edit) this.onEdit?.(card, edit)
    else if (card) {
      card.querySelector(".card-body").open = true
      card.querySelector(".card-body :is(.place, .switch button, a)")?.focus()
    }
  }

  goTo(key, index) {
    const place = this.evidence[key]?.places[index]
    if (!place) return
    const element = elementOf(this.editor, key, index)
    if (place.field !== "body") this.select(this.fields[place.field], place)
    else element?.scrollIntoView({ block: "center", behavior: "smooth" })
  }

  select(field, place) {
    const selection = selectionIn(field.value, place)
    field.scrollIntoView({ block: "center" })
    field.focus({ preventScroll: true })
    if (selection) field.setSelectionRange(selection.start, selection.end)
  }

  // Where the evidence of a card shows first: in the text, or in the headline or standfirst.
  anchorOf(card) {
    const place = this.evidence[card?.id]?.places[0]
    if (place && place.field !== "body") return this.fields[place.field]
    return card && elementOf(this.editor, card.id)
  }

  // In one column the text is far from the panel: only go there when asked.
  reveal(card) {
    const anchor = window.innerWidth >= 1100 && this.anchorOf(card)
    const column = anchor && anchor.closest(".writing-column")
    if (!column) return
    // By hand: the browser's own way scrolls whatever else can be scrolled, too.
    const [place, frame] = [anchor.getBoundingClientRect(), column.getBoundingClientRect()]
    column.scrollTop += (place.top + place.bottom - frame.top - frame.bottom) / 2
  }

  // After the panel was put in anew.
  renew(evidence) {
    this.evidence = evidence
    if (this.current && !this.card) this.current = ""
    this.showEvidence()
    this.mark()
    this.showComplaints()
    this.count()
  }

  // Drawing it anew moves a cursor that is just on its way: only where it differs, or the text does.
  showEvidence() {
    const { doc } = this.editor.state
    const written = JSON.stringify(this.evidence)
    if (written === this.drawn && doc === this.drawnIn) return
    Object.assign(this, { drawn: written, drawnIn: doc })
    showEvidence(this.editor, this.evidence)
  }

  // As the lists and the board count: related news holds nothing up.
  count() {
    const open = this.allCards.filter((card) => isOpen(card) && !card.matches(".card-related")).length
    for (const place of this.root.querySelectorAll("[data-open-count]")) place.textContent = open ? `${open} to decide` : ""
    this.onCount?.(open)
  }
}
