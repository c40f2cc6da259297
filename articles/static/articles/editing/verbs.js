// Verbs in place: a press saves first, acts, and refreshes the panel; what a verb asks stands in a dialog. The pages
// of the verbs remain for who opens one in a tab of its own, or has no JavaScript.
import { connectClocks } from "./clock.js"

const DIALOG = "X-Newsroom-Dialog"
const UNREACHED = "The newsroom cannot be reached. Nothing was done: try again in a moment."

export function connectVerbs({ panel, saving = null }) {
  return new Verbs(panel, saving)
}

class Verbs {
  constructor(panel, saving) {
    this.panel = panel
    this.saving = saving
    this.typed = new Map()
    this.dialog = document.body.appendChild(makeDialog())
    this.said = panel.root.insertAdjacentElement("afterbegin", makeLine())
    this.connect()
  }

  connect() {
    this.panel.root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-verb-link]")
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      if ("wholePage" in link.dataset) this.leaveFor(link.href)
      else this.open(link.href)
    })
    this.panel.root.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-verb]")) return
      event.preventDefault()
      this.press(event.target)
    })
    this.dialog.addEventListener("submit", (event) => {
      event.preventDefault()
      this.answer(event.target)
    })
    this.dialog.addEventListener("click", (event) => {
      if (!event.target.closest("[data-dialog-close]")) return
      event.preventDefault()
      this.dialog.close()
    })
    this.dialog.addEventListener("close", () => this.keepTyped())
    document.addEventListener("newsroom:saved", () => this.forget())
    document.addEventListener("newsroom:tab", () => this.say(""))
    // The clock, or somebody else, has taken the story further.
    document.addEventListener("newsroom:panel", () => this.state !== this.saidIn && this.say(""))
  }

  // Where the story stands, in the panel's words.
  get state() {
    return this.panel.content.querySelector("[data-part=state] .chips")?.textContent
  }

  say(words) {
    if (this.said.textContent !== words) this.said.textContent = words
    this.saidIn = this.state
  }

  // What was said of the story as it was, on this line or by the page itself.
  forget() {
    this.say("")
    document.querySelector("ul.messagelist")?.remove()
  }

  // A verb acts on what is saved. True when everything typed is.
  async isSaved() {
    await this.panel.review.decisions.rest()
    return !this.saving?.isDirty || (await this.saving.save())
  }

  // A press while another is under way waits for it; two presses of one button are one.
  async open(url) {
    await this.running?.catch(() => {})
    if (this.isBusy || !(await this.isSaved())) return
    await this.work(async () => this.show(await this.ask(url, {})))
  }

  // What needs the room of a page of its own, beside the text.
  async leaveFor(url) {
    if (this.isBusy || !(await this.isSaved())) return
    if (this.saving) this.saving.isLeaving = true
    location.assign(url)
  }

  async press(form) {
    if (this.isBusy || !(await this.isSaved())) return
    if (this.saving) form.elements.lock_version.value = this.saving.lockVersion
    await this.work(() => this.send(form.action, new FormData(form)))
  }

  async answer(form) {
    if (this.isBusy) return
    await this.work(() => this.send(form.action, new FormData(form)))
  }

  work(act) {
    this.isBusy = true
    this.say("")
    this.panel.root.setAttribute("aria-busy", "true")
    this.running = act().finally(() => {
      this.isBusy = false
      this.panel.root.removeAttribute("aria-busy")
    })
    return this.running
  }

  async send(url, data) {
    const token = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1]
    const answer = await this.ask(url, { method: "POST", body: data, headers: token ? { "X-CSRFToken": token } : {} })
    if (answer.done) await this.finish(url, answer.done)
    else this.show(answer)
  }

  async ask(url, options) {
    let response
    try {
      response = await fetch(url, { ...options, headers: { ...options.headers, [DIALOG]: "1" } })
    } catch {
      return { problem: UNREACHED }
    }
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return { done: await response.json() }
    if (response.headers.get(DIALOG)) return { html: await response.text() }
    if (response.redirected) return { problem: "You are signed out. Sign in again in another tab, then press again." }
    return { problem: `The newsroom answered ${response.status}. Nothing was done: load the page again.` }
  }

  // Puts the verb's own words into the dialog; what was typed there before comes back.
  show({ html, problem }) {
    if (problem) this.complain(problem)
    else {
      this.dialog.innerHTML = html
      this.bringBack()
      connectClocks(this.dialog)
    }
    if (!this.dialog.open) this.dialog.showModal()
    const wrong = this.dialog.querySelector(".has-errors :is(input, textarea, select):not([type=hidden])")
    ;(wrong ?? this.dialog.querySelector("[role=alert]") ?? firstField(this.dialog))?.focus()
    this.dialog.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" })
  }

  complain(problem) {
    this.dialog.querySelector("[data-problem]")?.remove()
    const words = document.createElement("p")
    words.className = "note tone-danger"
    words.dataset.problem = ""
    words.setAttribute("role", "alert")
    words.tabIndex = -1
    words.textContent = problem
    this.dialog.prepend(words)
    if (this.dialog.querySelector("[data-dialog-close]")) return
    const close = document.createElement("button")
    Object.assign(close, { type: "button", className: "bar-button", textContent: "Close" })
    close.dataset.dialogClose = ""
    this.dialog.append(close)
  }

  async finish(url, { said, must_reload: mustReload }) {
    this.typed.delete(url)
    this.dialog.querySelector("form")?.remove()
    if (this.dialog.open) this.dialog.close()
    if (mustReload) {
      if (this.saving) this.saving.isLeaving = true
      location.reload()
      return
    }
    // An answer that is on its way may be older than the verb.
    await this.panel.asking
    await this.panel.ask()
    this.forget()
    this.say(said)
    if (document.activeElement === document.body) this.panel.root.focus()
  }

  keepTyped() {
    const form = this.dialog.querySelector("form")
    if (form) {
      const fields = [...form.elements].filter((field) => isText(field) && field.value !== field.defaultValue)
      this.typed.set(form.action, new Map(fields.map((field) => [field.name, field.value])))
    }
    this.dialog.replaceChildren()
  }

  bringBack() {
    const form = this.dialog.querySelector("form")
    for (const [name, value] of (form && this.typed.get(form.action)) ?? []) {
      const field = form.elements[name]
      if (field && isText(field) && !field.value) field.value = value
    }
  }
}

function isText(field) {
  return field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && field.type === "text" && field.name !== "confirmation")
}

function firstField(dialog) {
  const fields = dialog.querySelectorAll("input:not([type=hidden]), textarea, select, button, a[href]")
  return [...fields].find((field) => field.checkVisibility() && (field.type !== "radio" || field.checked))
}

function makeDialog() {
  const dialog = document.createElement("dialog")
  dialog.className = "editing-dialog verb-dialog"
  dialog.setAttribute("aria-labelledby", "verb-title")
  return dialog
}

function makeLine() {
  const line = document.createElement("p")
  line.className = "verb-said"
  line.setAttribute("role", "status")
  return line
}
