// Many proposals confirmed at once: those as sure as asked, shown one by one before the button is pressed.

const KEPT_AS = "newsroom.confirm-above"
const USUAL = 90

export class BulkConfirming {
  constructor(review, { address }) {
    Object.assign(this, { review, address })
    this.threshold = kept() ?? USUAL
    review.root.addEventListener("click", (event) => {
      const group = event.target.closest("[data-confirm-group]")
      if (event.target.closest("[data-open-bulk]")) this.toggle()
      else if (group) this.confirm(this.chosen(group.dataset.confirmGroup))
    })
  }

  get place() {
    return document.getElementById("bulk")
  }

  get isOpen() {
    return Boolean(this.place?.childElementCount)
  }

  // The cards that are to be confirmed: of one group, or of all.
  chosen(group = "") {
    const scope = group ? `[data-part="${group}"] ` : ""
    const together = [...this.review.root.querySelectorAll(`${scope}[data-together]`)]
    return together.filter((card) => Number(card.dataset.percent) >= this.threshold)
  }

  toggle() {
    if (this.isOpen) this.place.replaceChildren()
    else this.open()
    this.show()
  }

  open() {
    this.place.append(document.getElementById("bulk-form").content.cloneNode(true))
    for (const field of this.place.querySelectorAll("[data-threshold]")) {
      field.value = this.threshold
      field.addEventListener("input", () => this.set(Number(field.value), field))
    }
    this.place.querySelector("[data-confirm-all]").addEventListener("click", () => this.confirm(this.chosen()))
    this.place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return
      this.toggle()
      this.review.root.querySelector("[data-open-bulk]")?.focus()
    })
    this.place.querySelector("[data-threshold]").focus()
  }

  set(value, source) {
    this.threshold = Math.min(100, Math.max(0, Math.round(value) || 0))
    for (const field of this.place.querySelectorAll("[data-threshold]")) {
      if (field !== source) field.value = this.threshold
    }
    keep(this.threshold)
    this.show()
  }

  // Says and marks what would be confirmed now.
  show() {
    const { root } = this.review
    root.querySelector("[data-open-bulk]")?.setAttribute("aria-expanded", String(this.isOpen))
    const chosen = this.isOpen ? this.chosen() : []
    for (const card of root.querySelectorAll("[data-card]")) card.classList.toggle("goes-along", chosen.includes(card))
    for (const button of root.querySelectorAll("[data-confirm-group]")) {
      const count = this.isOpen ? this.chosen(button.dataset.confirmGroup).length : 0
      button.hidden = count === 0
      button.textContent = `Confirm ${count}`
      button.setAttribute("aria-label", `Confirm ${count} of ${button.dataset.title} with ${this.threshold} % or more`)
    }
    if (this.isOpen) this.tell(chosen)
  }

  tell(chosen) {
    const button = this.place.querySelector("[data-confirm-all]")
    button.textContent = chosen.length ? `Confirm all ${chosen.length} with ${this.threshold} % or more` : `Nothing open with ${this.threshold} % or more`
    button.setAttribute("aria-disabled", String(chosen.length === 0))
    const list = this.place.querySelector("[data-chosen]")
    list.replaceChildren(...chosen.map((card) => line(card)))
    list.hidden = chosen.length === 0
    const left = this.review.root.querySelectorAll("[data-open]:not([data-together])").length
    this.place.querySelector("[data-left]").textContent = left
      ? `${left === 1 ? "One stays" : `${left} stay`} open in any case: no speaker, or words that have changed.`
      : ""
  }

  async confirm(cards) {
    if (cards.length === 0) return
    const data = new FormData()
    for (const card of cards) data.append("card", card.id)
    const keys = cards.map((card) => card.id)
    const putBack = this.review.shown(cards, "confirm")
    this.show()
    const answer = await this.review.decisions.add({ url: `${this.address}confirm-all/`, data, cards: keys, putBack })
    if (answer) this.offerUndo(answer)
  }

  offerUndo({ count, decided_at: decidedAt }) {
    const place = document.getElementById("bulk-done")
    const undo = document.createElement("button")
    Object.assign(undo, { type: "button", className: "tool", textContent: "Undo" })
    undo.addEventListener("click", () => this.undo(decidedAt))
    const said = document.createElement("span")
    said.textContent = `${count} confirmed. `
    place.replaceChildren(said, undo)
    this.undoing = () => this.undo(decidedAt)
  }

  async undo(decidedAt) {
    const place = document.getElementById("bulk-done")
    this.undoing = null
    const data = new FormData()
    data.set("decided_at", decidedAt)
    const told = document.createElement("span")
    place.replaceChildren(told)
    try {
      const { count } = await this.review.decisions.add({ url: `${this.address}take-back/`, data, cards: [], isAsked: true })
      told.textContent = count === 1 ? "One is open again." : `${count} are open again.`
    } catch (problem) {
      told.textContent = problem.message
    }
    if (!document.activeElement || document.activeElement === document.body) this.review.step(1)
  }
}

function line(card) {
  const item = document.createElement("li")
  // Of a quotation the speaker as well: confirming it stands for both.
  const speaker = card.querySelector(".speaker")?.firstChild?.textContent.trim()
  const words = card.querySelector(".card-title, .words").textContent.trim()
  item.textContent = speaker ? `${words} – ${speaker} ` : `${words} `
  const sure = document.createElement("span")
  sure.className = "bulk-percent"
  sure.textContent = `${card.dataset.percent} %`
  item.append(sure)
  return item
}

function kept() {
  try {
    const value = localStorage.getItem(KEPT_AS)
    return value === null ? null : Number(value)
  } catch {
    return null
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT_AS, String(value))
  } catch {
    // A browser that keeps nothing begins at the usual threshold.
  }
}
