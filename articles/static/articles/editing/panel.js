// The panel: fresh by itself when the tagger has finished, verdicts by mouse and key, evidence shown in the text.
import { elementOf, setCurrent, showEvidence } from "./evidence.js"
import { load, Problem, send } from "./request.js"
import { openTabOf } from "./tabs.js"
import { selectionIn } from "./text_map.js"

const QUICK = 1000
const CALM = 10_000
const QUICK_TIME = 30_000

export class Panel {
  constructor(root, { editor, fields }) {
    this.root = root
    this.content = root.querySelector("[data-panel]")
    this.editor = editor
    this.fields = fields
    this.stamp = root.dataset.stamp
    this.evidence = JSON.parse(document.getElementById("evidence").textContent)
    this.current = ""
    this.quickUntil = "isTagging" in root.dataset ? Date.now() + QUICK_TIME : 0
    showEvidence(editor, this.evidence)
    this.connect()
    this.ask()
  }

  connect() {
    this.root.addEventListener("submit", (event) => this.submit(event))
    this.root.addEventListener("focusin", (event) => this.follow(event.target.closest("[data-card]")))
    this.root.addEventListener("click", (event) => {
      const place = event.target.closest("[data-place]")
      const card = event.target.closest("[data-card]")
      if (place) this.goTo(place.dataset.place, Number(place.dataset.index))
      else if (card && !event.target.closest("button, a, input, select, summary, label")) card.focus()
    })
    document.addEventListener("visibilitychange", () => document.hidden || this.ask())
  }

  get cards() {
    return [...this.content.querySelectorAll("[data-card]")]
  }

  get card() {
    return this.current ? document.getElementById(this.current) : null
  }

  // After a save the tagger is at work: ask every second for half a minute.
  hurry() {
    this.quickUntil = Date.now() + QUICK_TIME
    this.ask()
  }

  async ask() {
    clearTimeout(this.timer)
    try {
      if (!document.hidden) this.receive(await load(`${this.root.dataset.url}?stamp=${encodeURIComponent(this.stamp)}`))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), Date.now() < this.quickUntil ? QUICK : CALM)
  }

  receive(answer) {
    this.stamp = answer.stamp
    this.onVersion?.(answer)
    if (answer.panel === undefined) return
    this.replace(answer.panel)
    this.evidence = { ...(answer.is_tagging ? this.standing() : {}), ...answer.evidence }
    showEvidence(this.editor, this.evidence)
    this.mark()
  }

  // What the last version rested on, until the tagger has read the new one: so that highlights do not flicker.
  standing() {
    return Object.fromEntries(Object.entries(this.evidence).filter(([key]) => document.getElementById(key)))
  }

  // Puts the new parts in place of those that differ; what is open stays open, and focus where it was.
  replace(html) {
    const fresh = document.createElement("div")
    fresh.innerHTML = html
    const open = new Set([...this.content.querySelectorAll("details[open][id]")].map((details) => details.id))
    const closed = new Set([...this.content.querySelectorAll("details:not([open])[id]")].map((details) => details.id))
    const focused = this.content.contains(document.activeElement) ? document.activeElement : null
    const focusedCard = focused?.closest("[data-card]")?.id
    const typed = new Map(
      [...this.content.querySelectorAll("[data-speaker] :is(input[id], select)")]
        .filter((field) => isTyped(field))
        .map((field) => [field.id, field.value]),
    )
    this.content.replaceChildren(...fresh.childNodes)
    for (const details of this.content.querySelectorAll("details[id]")) {
      if (open.has(details.id)) details.open = true
      else if (closed.has(details.id)) details.open = false
    }
    for (const [id, value] of typed) {
      const field = document.getElementById(id)
      if (field) field.value = value
    }
    if (focused) (document.getElementById(focused.id || "-") ?? document.getElementById(focusedCard ?? "-") ?? this.root).focus()
  }

  async submit(event) {
    const form = event.target
    if (!form.matches("[data-decision]")) return
    event.preventDefault()
    await this.decide(form.closest("[data-card]"), form)
  }

  // Sends the verdict of a form of this card, and goes on to the next open one.
  async decide(card, form) {
    if (!card || this.isDeciding) return
    const speaker = card.querySelector("[data-speaker]")
    const isCorrected = speaker && [...speaker.elements].some(isTyped)
    const chosen = form.dataset.decision === "confirm" && isCorrected ? speaker : form
    const following = this.neighbour(card, 1, ({ dataset }) => "open" in dataset)?.id
    this.isDeciding = true
    try {
      this.receive(await send(chosen.action, new FormData(chosen)))
      if (form.dataset.decision !== "reconsider") (document.getElementById(following ?? card.id) ?? this.root).focus()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.complain(card, problem.message)
    } finally {
      this.isDeciding = false
    }
  }

  complain(card, message) {
    card.querySelector(".card-problem")?.remove()
    const words = document.createElement("p")
    words.className = "card-problem changed"
    words.setAttribute("role", "alert")
    words.textContent = message
    card.append(words)
  }

  press(decision) {
    const form = this.card?.querySelector(`[data-decision="${decision}"]`)
    if (form) this.decide(this.card, form)
  }

  neighbour(card, step, matches = () => true) {
    const cards = this.cards
    const from = card ? cards.indexOf(card) : step > 0 ? -1 : cards.length
    for (let turn = 1; turn <= cards.length; turn += 1) {
      const at = (from + step * turn + cards.length * (turn + 1)) % cards.length
      if (matches(cards[at])) return cards[at]
    }
    return null
  }

  // To the next open proposal, or to the next one at all when everything is decided.
  step(step) {
    const isOpen = ({ dataset }) => "open" in dataset
    const next = this.neighbour(this.card, step, isOpen) ?? this.neighbour(this.card, step)
    openTabOf(next)
    next?.focus()
  }

  follow(card) {
    const key = card?.id ?? ""
    if (key === this.current) return
    this.current = key
    this.mark()
    if (!card) return
    const why = card.querySelector(".card-body")
    if (why && card.dataset.verdict === "proposed") why.open = true
    this.reveal(elementOf(this.editor, key, 0))
  }

  mark() {
    for (const card of this.cards) card.classList.toggle("is-current", card.id === this.current)
    setCurrent(this.editor, this.current)
  }

  toggleBody() {
    const why = this.card?.querySelector(".card-body")
    if (!why) return
    why.open = true
    const field = why.querySelector("input[type=text]")
    ;(field ?? why.querySelector(".place"))?.focus()
    field?.select()
  }

  goTo(key, index) {
    const place = this.evidence[key]?.places[index]
    if (!place) return
    if (place.field === "body") this.reveal(elementOf(this.editor, key, index), { isAsked: true })
    else this.select(this.fields[place.field], place)
  }

  select(field, place) {
    const selection = selectionIn(field.value, place)
    field.scrollIntoView({ block: "center" })
    field.focus({ preventScroll: true })
    if (selection) field.setSelectionRange(selection.start, selection.end)
  }

  // In one column the text is far from the panel: only go there when asked.
  reveal(element, { isAsked = false } = {}) {
    if (!element || (!isAsked && window.innerWidth < 1100)) return
    element.scrollIntoView({ block: "center", behavior: isAsked ? "smooth" : "auto" })
  }
}

function isTyped(field) {
  if (field.tagName === "SELECT") return ![...field.options].find((option) => option.selected)?.defaultSelected
  return field.type === "text" && field.value !== field.defaultValue
}
