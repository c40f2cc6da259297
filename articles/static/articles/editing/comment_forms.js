// The boxes of comments: what is typed is kept, what is sent stands at once, and what fails comes back into its box.
import { Problem, send } from "./request.js"

const LONGEST = 5000

export class CommentForms {
  constructor(root, { drafts, onAnswer, onCancel }) {
    Object.assign(this, { root, drafts, onAnswer, onCancel })
    root.addEventListener("input", (event) => this.typed(event.target))
    root.addEventListener("submit", (event) => this.submit(event))
    root.addEventListener("click", (event) => {
      const summary = event.target.closest("summary")
      if (event.target.closest("[data-cancel]")) this.cancel(event.target.closest("form"))
      // Opened here and not by the browser, whose "toggle" comes after the first letters of a quick hand.
      if (!summary) return
      event.preventDefault()
      this.open(summary.parentElement)
    })
    this.restore()
  }

  // Puts kept words into boxes that are new on the page.
  restore() {
    for (const form of this.root.querySelectorAll("[data-draft]")) {
      if ("isRestored" in form.dataset) continue
      form.dataset.isRestored = ""
      for (const button of form.querySelectorAll("[data-cancel]")) button.hidden = "composer" in form.dataset
      const box = form.elements.text
      const draft = this.drafts.restored(form.dataset.draft)
      if (!draft) {
        grow(box)
        continue
      }
      box.value = draft.text
      const details = form.closest("details")
      if (details && draft.text) details.open = true
      this.show(form)
    }
  }

  typed(box) {
    const form = box.closest?.("[data-draft]")
    if (!form || box.name !== "text") return
    this.keep(form)
    this.complain(form, "")
    this.show(form)
  }

  keep(form) {
    const { draft: key } = form.dataset
    const box = form.elements.text
    const isChanged = box.value !== box.defaultValue
    this.drafts.set(key, { text: isChanged ? box.value : "", about: form.about })
  }

  show(form) {
    const box = form.elements.text
    grow(box)
    const length = [...box.value.trim()].length
    const meter = form.querySelector("[data-length]")
    meter.textContent = length > LONGEST - 500 ? `${length.toLocaleString("en")} of ${LONGEST.toLocaleString("en")}` : ""
    meter.classList.toggle("is-over", length > LONGEST)
    if ("composer" in form.dataset) form.querySelector("[data-cancel]").hidden = !box.value && !form.about
  }

  open(details) {
    details.open = !details.open
    if (!details.open) return
    const box = details.querySelector("textarea")
    if (box) {
      grow(box)
      box.focus()
      box.setSelectionRange(box.value.length, box.value.length)
    } else details.querySelector("[type=submit]")?.focus()
  }

  cancel(form) {
    if (form.dataset.draft) {
      const box = form.elements.text
      box.value = box.defaultValue
      form.about = undefined
      this.drafts.remove(form.dataset.draft)
      this.show(form)
    }
    this.complain(form, "")
    const details = form.closest("details")
    if (details) {
      details.open = false
      details.querySelector("summary").focus()
    }
    this.onCancel(form)
  }

  submit(event) {
    const form = event.target
    event.preventDefault()
    if (form.elements.text) this.say(form)
    else this.use(form)
  }

  // A comment, a reply or an edit: shown at once.
  async say(form) {
    const box = form.elements.text
    const text = box.value.trim()
    const problem = problemOf(text)
    if (problem) {
      this.complain(form, problem)
      return box.focus()
    }
    const { draft: key } = form.dataset
    const about = form.about
    this.drafts.set(key, { text, about, uuid: form.sent?.text === text ? form.sent.uuid : freshUuid() })
    const { uuid } = this.drafts.get(key)
    form.sent = { text, uuid }
    this.drafts.sending(key)
    const data = new FormData(form)
    data.set("text", text)
    data.set("uuid", uuid)
    for (const name of ["field", "words", "prefix", "suffix", "block"]) if (about) data.set(name, about[name])
    const undo = shown(form, text, about)
    this.complain(form, "")
    box.value = box.defaultValue
    form.about = undefined
    this.show(form)
    this.onCancel(form)
    try {
      const answer = await send(form.action, data)
      this.drafts.arrived(key)
      form.sent = undefined
      undo()
      this.onAnswer(answer, form)
    } catch (failure) {
      undo()
      this.takeBack(form, failure)
    }
  }

  // What did not arrive is in its box again, before what was typed meanwhile.
  takeBack(form, failure) {
    const standing = form.isConnected ? form : this.root.querySelector(`[data-draft="${form.dataset.draft}"]`)
    const draft = this.drafts.restored(form.dataset.draft)
    if (!standing) return
    standing.elements.text.value = draft.text
    standing.about = draft.about
    standing.sent = form.sent
    const details = standing.closest("details")
    if (details) details.open = true
    this.show(standing)
    this.onCancel(standing)
    if (!(failure instanceof Problem)) throw failure
    this.complain(standing, failure.message)
  }

  // Resolve, reopen, delete.
  async use(form) {
    const button = form.querySelector("[type=submit]")
    const thread = form.closest("[data-thread]")
    button.disabled = true
    thread.classList.add("is-pending")
    try {
      this.onAnswer(await send(form.action, new FormData(form)), form)
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      this.complain(form.querySelector("[data-problem]") ? form : form.parentElement, failure.message)
    } finally {
      button.disabled = false
      thread.classList.remove("is-pending")
    }
  }

  complain(form, message) {
    const place = form.querySelector("[data-problem]")
    if (!place) return
    place.textContent = message
    place.hidden = !message
  }
}

function problemOf(text) {
  const length = [...text].length
  if (length === 0) return "Your comment has no words yet: write some, or cancel."
  if (length <= LONGEST) return ""
  const [has, most] = [length, LONGEST].map((number) => number.toLocaleString("en"))
  return `Your comment has ${has} characters; ${most} is the most. Nothing is lost: shorten it, or send it in two.`
}

// Shows what is being sent where it will stand; returns what takes it away again.
function shown(form, text, about) {
  const remark = document.createElement("div")
  remark.className = "remark is-pending"
  const words = document.createElement("p")
  words.className = "remark-text"
  words.dir = "auto"
  words.textContent = text
  const state = document.createElement("p")
  state.className = "remark-head"
  state.textContent = "Sending …"
  remark.append(state, words)
  if ("composer" in form.dataset) {
    const thread = document.createElement("li")
    thread.className = "thread is-pending"
    if (about) {
      const quoted = document.createElement("blockquote")
      quoted.className = "thread-words"
      quoted.textContent = about.words
      thread.append(quoted)
    }
    thread.append(remark)
    document.querySelector("[data-threads]").prepend(thread)
    return () => thread.remove()
  }
  const details = form.closest("details")
  details.open = false
  if ("reply" in form.dataset) {
    form.closest(".thread-do").before(remark)
    return () => remark.remove()
  }
  const standing = form.closest(".remark")
  const place = standing.querySelector(".remark-text")
  const old = [...place.childNodes]
  place.textContent = text
  standing.classList.add("is-pending")
  return () => {
    place.replaceChildren(...old)
    standing.classList.remove("is-pending")
  }
}

// For browsers without field-sizing.
function grow(box) {
  if (CSS.supports("field-sizing", "content")) return
  box.style.height = "auto"
  box.style.height = `${box.scrollHeight}px`
}

// crypto.randomUUID is for secure contexts alone.
function freshUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}
