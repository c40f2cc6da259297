// The panel: fresh by itself when the tagger has finished. What is decided in it is the work of review.js.
import { load, Problem } from "./request.js"
import { Review } from "./review.js"

const QUICK = 1000
const CALM = 10_000
const QUICK_TIME = 30_000

export class Panel {
  constructor(root, { editor, fields }) {
    this.root = root
    this.content = root.querySelector("[data-panel]")
    this.stamp = root.dataset.stamp
    this.quickUntil = "isTagging" in root.dataset ? Date.now() + QUICK_TIME : 0
    const evidence = JSON.parse(document.getElementById("evidence").textContent)
    this.review = new Review(this.content, { editor, fields, evidence, refresh: () => this.refresh() })
    document.addEventListener("visibilitychange", () => document.hidden || this.ask())
    this.ask()
  }

  // After a save the tagger is at work: ask every second for half a minute.
  hurry() {
    this.quickUntil = Date.now() + QUICK_TIME
    this.ask()
  }

  // As the newsroom has it now, whatever was seen before.
  refresh() {
    this.stamp = ""
    return this.ask()
  }

  async ask() {
    clearTimeout(this.timer)
    try {
      if (!document.hidden) await this.load()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), Date.now() < this.quickUntil ? QUICK : CALM)
  }

  async load() {
    const { decisions } = this.review
    const { made } = decisions
    const answer = await load(`${this.root.dataset.url}?stamp=${encodeURIComponent(this.stamp)}`)
    // An answer that does not know of a decision made since would undo what the page shows; another one is on its way.
    if (decisions.isBusy || decisions.made !== made) this.onVersion?.(answer)
    else this.receive(answer)
  }

  receive(answer) {
    this.stamp = answer.stamp
    this.onVersion?.(answer)
    this.onAnswer?.(answer)
    if (answer.panel === undefined) return
    this.replace(answer.panel)
    this.review.renew({ ...(answer.is_tagging ? this.standing() : {}), ...answer.evidence })
    this.onReplaced?.()
  }

  // What the last version rested on, until the tagger has read the new one: so that highlights do not flicker.
  standing() {
    return Object.fromEntries(Object.entries(this.review.evidence).filter(([key]) => document.getElementById(key)))
  }

  // Puts the new parts in place. What is open stays open, what is being filled in stays as it is, and focus and view
  // stay where they were.
  replace(html) {
    const fresh = document.createElement("div")
    fresh.innerHTML = html
    const open = new Map([...this.content.querySelectorAll("details[id]")].map((details) => [details.id, details.open]))
    const focused = this.content.contains(document.activeElement) ? document.activeElement : null
    const focusedCard = focused?.closest("[data-card]")?.id
    const seen = document.getElementById(focusedCard ?? this.review.current)?.getBoundingClientRect().top
    this.keepForms(fresh)
    this.content.replaceChildren(...fresh.childNodes)
    for (const details of this.content.querySelectorAll("details[id]")) details.open = open.get(details.id) ?? details.open
    this.review.opened = this.review.card?.querySelector(".card-body") ?? null
    this.keepView(document.getElementById(focusedCard ?? this.review.current), seen)
    if (!focused) return
    const target = focused.isConnected ? focused : (document.getElementById(focused.id || "-") ?? document.getElementById(focusedCard ?? "-"))
    ;(target ?? this.root).focus({ preventScroll: true })
  }

  keepForms(fresh) {
    for (const place of this.content.querySelectorAll("[data-kept][id]")) {
      const other = place.childElementCount > 0 && fresh.querySelector(`#${place.id}`)
      if (other) other.replaceWith(place)
    }
  }

  keepView(card, seen) {
    if (!card || seen === undefined) return
    const moved = card.getBoundingClientRect().top - seen
    if (window.innerWidth >= 1100) this.root.scrollTop += moved
  }
}
