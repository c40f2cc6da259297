// Saving in place: the same form, sent by fetch; a conflict hands the whole form over to the page that compares.
import { csrfToken, Problem, send } from "./request.js"
import { openTabOf } from "./tabs.js"

// Sent with the form, but no part of what is written.
const UNWRITTEN = new Set(["csrfmiddlewaretoken", "lock_version", "tab", "typed_by"])

export class Saving {
  constructor(form, { onSaved }) {
    this.form = form
    this.onSaved = onSaved
    this.beforeSending = () => {}
    this.afterSending = () => {}
    this.button = document.querySelector("[data-save]")
    this.state = document.querySelector("[data-save-state]")
    this.problem = form.querySelector("[data-problem]")
    this.savedWords = this.state.textContent.trim()
    this.trouble = ""
    this.hasFailed = false
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
    document.addEventListener("input", (event) => {
      if (event.target.form === this.form || this.form.contains(event.target)) this.lookSoon()
    })
  }

  // What the form holds now is what is saved, unless the newsroom sent the page with unsaved words in it.
  rest() {
    this.saved = "isUnsaved" in this.form.dataset ? "" : this.written()
    this.show()
  }

  // Everything written in the form, as [name, value] pairs.
  entries() {
    return [...new FormData(this.form)].filter(([name, value]) => !UNWRITTEN.has(name) && typeof value === "string")
  }

  written() {
    return JSON.stringify(this.entries())
  }

  get isDirty() {
    return this.written() !== this.saved
  }

  get lockVersion() {
    return Number(this.form.elements.lock_version.value)
  }

  lookSoon() {
    this.hasFailed = false
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.show(), 150)
  }

  // One save at a time; resolves to whether everything typed is now kept.
  save() {
    this.running ??= this.attempt().finally(() => {
      this.running = null
      this.show()
      this.afterSending()
    })
    return this.running
  }

  async attempt() {
    const sent = this.written()
    this.say("Saving …")
    this.button.disabled = true
    this.beforeSending()
    try {
      const answer = await send(this.form.action, new FormData(this.form))
      this.form.elements.lock_version.value = answer.lock_version
      this.saved = sent
      delete this.form.dataset.isUnsaved
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
    this.trouble = ""
    this.hasFailed = false
    this.showProblems("", {})
    this.onSaved(answer)
    document.dispatchEvent(new Event("newsroom:saved"))
  }

  fail(problem) {
    if (!(problem instanceof Problem)) throw problem
    if (problem.code === "stale") {
      this.compare()
      return
    }
    this.hasFailed = true
    this.showProblems(WHEN_NOT_SAVED[problem.code] ?? problem.message, problem.fields)
  }

  // The comparing page gets every typed word as a plain form; somebody may have signed in anew since it was made.
  compare() {
    this.isLeaving = true
    this.form.elements.csrfmiddlewaretoken.value = csrfToken() || this.form.elements.csrfmiddlewaretoken.value
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

  show() {
    if (this.running) return
    if (this.trouble) this.say(this.trouble, "is-failed")
    else if (this.hasFailed) this.say("Not saved", "is-failed")
    else if (this.isDirty) this.say("Unsaved changes", "is-unsaved")
    else this.say(this.savedWords)
  }

  say(words, look = "") {
    if (this.state.textContent !== words) this.state.textContent = words
    this.state.className = `save-state ${look}`
  }
}

// Nothing is saved behind the writer's back: these say so.
const WHEN_NOT_SAVED = {
  offline: "Not saved: the newsroom cannot be reached. Nothing waits to be saved later: press Save again when the line is back.",
  timeout: "Perhaps not saved: the newsroom did not answer in time. Press Save again in a moment.",
  signed_out: "Not saved: you are signed out. Sign in in another tab, then press Save here.",
}
