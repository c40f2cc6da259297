// The form of a quotation, in its card or above the cards: who said it, in which part, where, when and how.
import { Combobox } from "./combobox.js"
import { load, Problem } from "./request.js"

let number = 0

export class QuoteForm {
  // `place` is the element that holds it; `send(data)` resolves when it is saved, `onDone` and `onCancel` go on from there.
  constructor(place, { values, words = "", says, address, send, onDone, onCancel }) {
    Object.assign(this, { place, address, send, onDone, onCancel })
    const parts = document.getElementById("quote-form").content.cloneNode(true)
    this.form = parts.querySelector("form")
    this.nameAnew(`quote-form-${(number += 1)}`)
    this.fill(values)
    this.form.querySelector("[data-quote-submit]").textContent = says
    this.form.setAttribute("aria-label", words ? "A new quotation" : "The quotation’s speaker and circumstances")
    this.tell(words)
    place.replaceChildren(this.form)
    this.connect()
    this.form.elements.speaker_name.focus()
    this.form.elements.speaker_name.select()
    place.scrollIntoView({ block: "nearest" })
  }

  // Ids of the template become this form's own.
  nameAnew(prefix) {
    for (const field of this.form.querySelectorAll("[id]")) {
      const label = this.form.querySelector(`label[for="${field.id}"]`)
      field.id = `${prefix}-${field.name}`
      if (label) label.htmlFor = field.id
    }
  }

  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.form.elements[name]
      if (!field) continue
      if (field.type === "checkbox") field.checked = value
      else field.value = value
    }
    this.form.elements.speaker_name.placeholder = values.speaker_as_written ?? ""
  }

  tell(words) {
    const place = this.form.querySelector("[data-quote-words]")
    place.hidden = !words
    place.textContent = `“${words}”`
  }

  connect() {
    const { speaker_name: name, speaker_entity: entity } = this.form.elements
    this.combobox = new Combobox(name, {
      search: async (words) => (await load(`${this.address}entities/?speakers&q=${encodeURIComponent(words)}`)).found,
      onPick: (item) => this.take(item),
      onType: () => (entity.value = ""),
    })
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      event.stopPropagation()
      this.submit()
    })
    this.form.querySelector("[data-quote-cancel]").addEventListener("click", () => this.cancel())
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return
      event.preventDefault()
      event.stopPropagation()
      this.cancel()
    })
  }

  // Who was chosen brings their role and kind, where none is written yet.
  take({ id, kind, detail }) {
    const { speaker_entity: entity, speaker_role: role, speaker_kind: sort } = this.form.elements
    entity.value = id ?? ""
    if (kind === "person" || !id) sort.value = "person"
    else sort.value = "organisation"
    const office = detail.split(",")[0]
    if (!role.value && (kind === "person" || !id)) role.value = office
    role.focus()
  }

  async submit() {
    if (this.isSending) return
    this.isSending = true
    this.showProblem("", {})
    try {
      this.onDone(await this.send(new FormData(this.form)), this.remove())
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.showProblem(problem.message, problem.fields)
    } finally {
      this.isSending = false
    }
  }

  showProblem(message, fields) {
    const place = this.form.querySelector("[data-quote-problem]")
    place.textContent = message
    place.hidden = !message
    for (const error of this.form.querySelectorAll("[data-error-for]")) {
      const field = this.form.elements[error.dataset.errorFor]
      error.id = `${field.id}-error`
      error.textContent = fields[error.dataset.errorFor] ?? ""
      field.toggleAttribute("aria-invalid", Boolean(error.textContent))
      if (error.textContent) field.setAttribute("aria-invalid", "true")
      if (error.textContent) field.setAttribute("aria-describedby", error.id)
      else field.removeAttribute("aria-describedby")
    }
    this.form.querySelector("[aria-invalid=true]")?.focus()
  }

  cancel() {
    this.remove()
    this.onCancel?.()
  }

  remove() {
    this.place.replaceChildren()
  }
}
