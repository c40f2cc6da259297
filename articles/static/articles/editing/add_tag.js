// A tag that the tagger did not find: search an entity, say whether the story is about it.
import { Combobox } from "./combobox.js"
import { load, Problem } from "./request.js"

export class TagAdding {
  constructor(review, { address }) {
    Object.assign(this, { review, address })
    review.root.addEventListener("click", (event) => event.target.closest("[data-add-tag]") && this.toggle())
  }

  get place() {
    return document.getElementById("add-tag")
  }

  get button() {
    return this.review.root.querySelector("[data-add-tag]")
  }

  toggle() {
    if (this.place.childElementCount > 0) {
      this.close()
      return
    }
    this.place.append(document.getElementById("tag-form").content.cloneNode(true))
    this.form = this.place.querySelector("form")
    this.button.setAttribute("aria-expanded", "true")
    const { entity, named } = this.form.elements
    new Combobox(named, {
      search: async (words) => (await load(`${this.address}entities/?q=${encodeURIComponent(words)}`)).found,
      onPick: (item) => (entity.value = item.id),
      onType: () => (entity.value = ""),
    })
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      event.stopPropagation()
      this.add()
    })
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close()
    })
    this.form.querySelector("[data-cancel]").addEventListener("click", () => this.close())
    named.focus()
  }

  async add() {
    const data = new FormData(this.form)
    try {
      const answer = await this.review.decisions.add({ url: `${this.address}tag/add/`, data, cards: [], isAsked: true })
      this.close()
      this.review.awaited = answer.card
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.form.querySelector("[data-problem]").textContent = problem.message
      this.form.elements.named.focus()
    }
  }

  close() {
    this.place.replaceChildren()
    this.button?.setAttribute("aria-expanded", "false")
    this.button?.focus()
  }
}
