// The panel: fresh by itself when the tagger has finished. What is decided in it is the work of review.js.
import { load, Problem } from "./request.js"
import { Review } from "./review.js"

export class Panel {
  constructor(root, { editor, fields }) {
    this.root = root
    this.content = root.querySelector("[data-panel]")
    this.stamp = root.dataset.stamp
    const evidence = JSON.parse(document.getElementById("evidence").textContent)
    this.review = new Review(this.content, { editor, fields, evidence, refresh: () => this.refresh() })
  }

  // As the newsroom has it now, whatever was seen before.
  async refresh() {
    await this.asking
    this.stamp = ""
    return this.ask()
  }

  // The tagger is at work: the heartbeat is to look often.
  hurry() {
    this.onWait?.()
  }

  // Fetches what it shows now; the page's heartbeat says when that differs.
  ask() {
    this.asking ??= this.load().finally(() => (this.asking = null))
    return this.asking
  }

  async load() {
    const { decisions } = this.review
    const { made } = decisions
    try {
      const answer = await load(`${this.root.dataset.url}?stamp=${encodeURIComponent(this.stamp)}`)
      // An answer that does not know of a decision made since would undo what the page shows; another one is on its way.
      if (!decisions.isBusy && decisions.made === made) this.receive(answer)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    }
  }

  // Says how long the tagger has been at it, once that is longer than usual.
  behind({ is_tagging: isTagging, seconds_behind: seconds }) {
    const place = this.content.querySelector("[data-behind]")
    const says = isTagging && seconds > 10 ? `It is ${seconds} s behind.` : ""
    if (place && place.textContent !== says) place.textContent = says
  }

  receive(answer) {
    this.stamp = answer.stamp
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
    document.dispatchEvent(new Event("newsroom:panel"))
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
