// The preview beside the text: what is typed now, drawn by the newsroom as readers will see it.
import { ask } from "./preview_answers.js"
import { PreviewFrame } from "./preview_frame.js"
import { Sharing } from "./preview_sharing.js"
import { Problem } from "./request.js"

const PAUSE = 350

export function connectPreview(form, editor) {
  const root = document.querySelector("[data-preview]")
  const toggle = document.querySelector("[data-preview-toggle]")
  if (root && toggle) new Preview(root, toggle, form, editor)
}

class Preview {
  constructor(root, toggle, form, editor) {
    Object.assign(this, { root, toggle, form })
    this.columns = root.closest(".editing-columns")
    this.state = root.querySelector("[data-preview-state]")
    this.problem = root.querySelector("[data-preview-problem]")
    this.frame = new PreviewFrame(root)
    this.sharing = root.querySelector("[data-share-box]") && new Sharing(root)
    toggle.hidden = false
    toggle.addEventListener("click", () => (this.isOpen ? this.close() : this.open()))
    root.querySelector("[data-preview-close]").addEventListener("click", () => this.close())
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.close())
    document.addEventListener("keydown", (event) => this.key(event))
    for (const name of ["input", "change"]) {
      document.addEventListener(name, ({ target }) => target.form === form && this.soon())
    }
    editor.on("update", () => this.soon())
  }

  get isOpen() {
    return !this.root.hidden
  }

  key(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyP" || document.querySelector("dialog[open]")) return
    event.preventDefault()
    if (this.isOpen) this.close()
    else this.open()
  }

  open() {
    this.root.hidden = false
    this.columns.toggleAttribute("data-preview-shown", true)
    this.toggle.setAttribute("aria-expanded", "true")
    this.frame.fit()
    if (getComputedStyle(this.root).position === "fixed") this.root.focus()
    this.refresh()
  }

  close() {
    const hadFocus = this.root.contains(document.activeElement)
    this.root.hidden = true
    this.columns.removeAttribute("data-preview-shown")
    this.toggle.setAttribute("aria-expanded", "false")
    clearTimeout(this.timer)
    if (hadFocus || document.activeElement === document.body) this.toggle.focus()
  }

  soon() {
    if (!this.isOpen) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.refresh(), PAUSE)
  }

  // One question at a time: what is typed meanwhile is asked for afterwards.
  async refresh() {
    if (this.isAsking) {
      this.isStale = true
      return
    }
    this.isAsking = true
    this.isStale = false
    this.root.setAttribute("aria-busy", "true")
    try {
      const { html, open_links: openLinks } = await ask(this.root.dataset.url, new FormData(this.form))
      await this.frame.show(html)
      this.sharing?.count(openLinks)
      this.complain("")
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.complain(problem.message)
    } finally {
      this.isAsking = false
      this.root.removeAttribute("aria-busy")
    }
    if (this.isStale && this.isOpen) this.refresh()
  }

  complain(words) {
    this.problem.textContent = words
    this.problem.hidden = !words
    this.state.textContent = words ? "Not up to date" : "As typed"
  }
}
