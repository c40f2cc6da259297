// Saving in place: the same form, sent by fetch; a conflict hands the whole form over to the page that compares.
import { Problem, send } from "./request.js"
import { openTabOf } from "./tabs.js"

export class Saving {
  constructor(form, { onSaved }) {
    this.form = form
    this.onSaved = onSaved
    this.button = document.querySelector("[data-save]")
    this.state = document.querySelector("[data-save-state]")
    this.problem = form.querySelector("[data-problem]")
    this.savedWords = this.state.textContent.trim()
    this.isLeaving = false
    this.running = null
    this.rest()
    this.connect()
  }

  connect() {
    this.form.addEventListener("submit", (event) => {
      if (this.isLeaving) return
      event.preventDefault()
      this.save()
    })
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
        event.preventDefault()
        this.save()
      }
    })
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && this.isDirty) event.preventDefault()
    })
    document.addEventListener("input", (event) => {
      if (event.target.form === this.form || this.form.contains(event.target)) this.lookSoon()
    })
  }

  // What the form holds now is what is saved.
  rest() {
    this.saved = this.written()
  }

  // Everything in the form as one string, without the token and the lock.
  written() {
    const entries = [...new FormData(this.form)].filter(([name]) => !["csrfmiddlewaretoken", "lock_version"].includes(name))
    return JSON.stringify(entries)
  }

  get isDirty() {
    return this.written() !== this.saved
  }

  get lockVersion() {
    return this.form.elements.lock_version.value
  }

  lookSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (!this.running) this.say(this.isDirty ? "Unsaved changes" : this.savedWords, this.isDirty ? "is-unsaved" : "")
    }, 150)
  }

  // One save at a time; resolves to whether everything typed is now kept.
  save() {
    this.running ??= this.attempt().finally(() => (this.running = null))
    return this.running
  }

  async attempt() {
    const sent = this.written()
    this.say("Saving …")
    this.button.disabled = true
    try {
      const answer = await send(this.form.action, new FormData(this.form))
      this.form.elements.lock_version.value = answer.lock_version
      this.saved = sent
      this.settle(answer)
      return true
    } catch (problem) {
      this.fail(problem)
      return false
    } finally {
      this.button.disabled = false
    }
  }

  settle(answer) {
    this.savedWords = `Saved ${answer.saved}`
    this.showProblems("", {})
    this.say(this.isDirty ? "Unsaved changes" : this.savedWords, this.isDirty ? "is-unsaved" : "")
    this.onSaved(answer)
  }

  fail(problem) {
    if (!(problem instanceof Problem)) throw problem
    if (problem.code === "stale") {
      this.compare()
      return
    }
    this.say("Not saved", "is-failed")
    this.showProblems(problem.message, problem.fields)
  }

  // The comparing page gets every typed word as a plain form.
  compare() {
    this.isLeaving = true
    this.form.requestSubmit()
  }

  showProblems(message, fields) {
    this.problem.textContent = message
    this.problem.hidden = !message
    for (const place of document.querySelectorAll("[data-error-for]")) {
      place.textContent = fields[place.dataset.errorFor] ?? ""
      if (place.textContent) openTabOf(place)
    }
    if (message) this.problem.scrollIntoView({ block: "center" })
  }

  say(words, look = "") {
    this.state.textContent = words
    this.state.className = `save-state ${look}`
  }
}
