// The Comments tab: threads beside the words they are about, fresh by themselves, with a box that loses nothing.
import { Drafts } from "./comment_drafts.js"
import { CommentForms } from "./comment_forms.js"
import { CommentList } from "./comment_list.js"
import { markedWords, setCurrentThread, showMarks, wordsOfThread } from "./comment_marks.js"
import { FieldMarks } from "./field_marks.js"
import { MentionBox } from "./mention_box.js"
import { keepTimesTrue } from "./relative_times.js"
import { load, Problem } from "./request.js"

const WIDE = "(min-width: 1100px)"

export class Comments {
  // `fields` are headline and standfirst; `openTab` brings the tab to the front.
  constructor(root, { editor, fields, openTab }) {
    Object.assign(this, { root, editor, openTab })
    this.stamp = root.dataset.stamp
    this.marks = JSON.parse(document.getElementById("comment-marks").textContent)
    this.fields = Object.entries(fields).map(([name, field]) => new FieldMarks(field, name))
    this.composer = root.querySelector("[data-composer]")
    this.source = editor
    this.list = new CommentList(root, { onCurrent: (key) => this.showCurrent(key) })
    this.forms = new CommentForms(root, {
      drafts: new Drafts(root.dataset),
      onAnswer: (answer, form) => this.answered(answer, form),
      onCancel: () => this.showAbout(),
    })
    new MentionBox(root, root.dataset.people, (words) => this.say(words))
    keepTimesTrue(root)
    this.connect()
    this.restoreAbout()
    this.draw()
    this.openAddress()
  }

  connect() {
    this.root.addEventListener("click", (event) => {
      if (event.target.closest("[data-show-words]")) this.reveal(event.target.closest("[data-thread]").dataset.thread, { isAsked: true })
      else if (event.target.closest("[data-forget-words]")) this.about(undefined)
      else if (event.target.closest("[data-mark-words]")) this.begin()
    })
    this.root.addEventListener("keydown", (event) => this.press(event))
    // The button must not take the selection away.
    this.root.querySelector("[data-mark-words]")?.addEventListener("mousedown", (event) => event.preventDefault())
    document.addEventListener("thread", (event) => this.clicked(event.detail))
    document.addEventListener("selectionchange", () => this.noteSource())
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || !(event.ctrlKey || event.metaKey) || event.code !== "KeyM") return
      event.preventDefault()
      this.begin()
    })
    // It closes after a click elsewhere, not before: nothing may move away under the mouse.
    this.composer?.addEventListener("focusin", () => this.composer.classList.add("is-open"))
    document.addEventListener("click", (event) => {
      if (!this.composer || this.composer.contains(event.target) || this.composer.about || this.composer.elements.text.value) return
      this.composer.classList.remove("is-open")
    })
    window.addEventListener("hashchange", () => this.openAddress())
    for (const button of document.querySelectorAll("[data-comment]")) {
      button.addEventListener("mousedown", (event) => event.preventDefault())
      button.addEventListener("click", () => this.begin())
    }
  }

  // A newer stamp, from the heartbeat: somebody has said something.
  async notice(stamp) {
    if (!stamp || stamp === this.stamp || this.isAsking) return
    this.isAsking = true
    try {
      this.receive(await load(`${this.root.dataset.url}?stamp=${encodeURIComponent(this.stamp)}`))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    } finally {
      this.isAsking = false
    }
  }

  receive({ stamp, list, marks }) {
    this.stamp = stamp
    if (list === undefined) return
    const before = this.remarks
    this.marks = marks
    this.list.receive(list)
    this.forms.restore()
    this.draw()
    const fresh = this.remarks.filter((id) => !before.includes(id)).length
    if (fresh) this.say(fresh === 1 ? "A new comment." : `${fresh} new comments.`)
  }

  get remarks() {
    return [...this.root.querySelectorAll(".remark[id]")].map(({ id }) => id)
  }

  answered(answer, form) {
    this.receive(answer)
    const key = String(answer.thread)
    if ("delete" in form.dataset && !this.list.find(key)) return this.composer?.elements.text.focus()
    if (form.dataset.threadVerb === "resolve") {
      // Its place in the list is empty now, and its mark in the text goes: on to the next one.
      this.say("Resolved.")
      this.list.follow(null)
      const next = this.list.threads.find((thread) => thread.dataset.thread !== key)
      return next ? next.focus({ preventScroll: true }) : this.composer.elements.text.focus()
    }
    this.list.open(key, { isFocused: true })
  }

  // The composer, for the marked words where there are any.
  begin() {
    if (!this.composer) return
    const about = this.source === this.editor ? markedWords(this.editor) : this.source.markedWords()
    this.about(about ?? undefined)
    this.openTab()
    const box = this.composer.elements.text
    box.scrollIntoView({ block: "nearest" })
    box.focus()
  }

  about(about) {
    this.composer.about = about
    this.forms.keep(this.composer)
    this.forms.show(this.composer)
    this.showAbout()
  }

  showAbout() {
    if (!this.composer) return
    const { about } = this.composer
    this.composer.querySelector("[data-about]").hidden = !about
    if (about) this.composer.querySelector("[data-mark-words]").hidden = true
    this.composer.querySelector("[data-about-words]").textContent = about?.words ?? ""
    this.composer.elements.text.placeholder = about ? "Comment on these words" : "Comment on the story, or mark words first"
    this.draw()
  }

  restoreAbout() {
    if (!this.composer) return
    this.composer.about = this.forms.drafts.get("new")?.about
    this.forms.show(this.composer)
    this.showAbout()
  }

  // Where the person last marked something: the story, the headline or the standfirst.
  noteSource() {
    const active = document.activeElement
    const field = this.fields.find(({ field }) => field === active)
    const isInStory = this.editor.view.dom.contains(document.getSelection().anchorNode) && !field
    if (field) this.source = field
    else if (isInStory) this.source = this.editor
    const button = this.composer?.querySelector("[data-mark-words]")
    const hasMarked = this.source === this.editor ? !this.editor.state.selection.empty : this.source.hasMarked
    if (button) button.hidden = !hasMarked || Boolean(this.composer.about)
  }

  // Open threads are seen in the text; a resolved one while it is looked at.
  draw() {
    const { current } = this.list
    const seen = Object.entries(this.marks).filter(([thread, { is_open: isOpen }]) => isOpen || thread === current)
    const marks = Object.fromEntries(seen)
    this.showsResolved = seen.some(([, { is_open: isOpen }]) => !isOpen)
    if (this.composer?.about) marks.new = this.composer.about
    showMarks(this.editor, marks, current)
    for (const field of this.fields) field.show(marks, current)
  }

  showCurrent(key) {
    if (this.showsResolved || (this.marks[key] && !this.marks[key].is_open)) this.draw()
    setCurrentThread(this.editor, key)
    for (const field of this.fields) field.show(field.marks, key)
    if (!this.isFromText) this.reveal(key)
  }

  // In one column the text is far from the panel: only go there when asked.
  reveal(key, { isAsked = false } = {}) {
    const place = wordsOfThread(this.editor, key) ?? this.fields.map((field) => field.elementOf(key)).find(Boolean)
    if (!place || (!isAsked && !matchMedia(WIDE).matches)) return
    place.scrollIntoView({ block: "center", behavior: isAsked ? "smooth" : "auto" })
  }

  // Words that are talked about were clicked: beside them their thread opens; in one column a button leads there.
  clicked(key) {
    if (key === "new") return
    if (matchMedia(WIDE).matches) this.openFromText(key)
    else this.offer(key)
  }

  openFromText(key) {
    this.isFromText = true
    this.openTab()
    this.list.open(key)
    this.isFromText = false
  }

  offer(key) {
    this.way ??= this.wayThere()
    this.way.hidden = false
    this.way.dataset.key = key
  }

  wayThere() {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "bar-button comment-way"
    button.textContent = "Show comment"
    button.addEventListener("click", () => {
      button.hidden = true
      this.openTab()
      this.list.open(button.dataset.key, { isFocused: true })
    })
    document.addEventListener("pointerdown", (event) => event.target === button || (button.hidden = true))
    this.editor.view.dom.closest(".writing-column").append(button)
    return button
  }

  // Keys of the tab: n and p walk, r replies, x resolves; Control and Enter send; Escape leads back.
  press(event) {
    const box = event.target.closest("textarea")
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && box) {
      event.preventDefault()
      box.form.requestSubmit()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const action = box ? event.key === "Escape" && (() => this.leave(box)) : this.keys[event.key]
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }

  get keys() {
    const { thread } = this.list
    const press = (selector) => thread?.querySelector(selector)?.click()
    return {
      n: () => this.list.step(1),
      p: () => this.list.step(-1),
      r: () => press(".thread-reply > summary"),
      x: () => press("[data-thread-verb] button"),
      Escape: () => this.editor.commands.focus(),
    }
  }

  // Out of a box with what is typed in it kept.
  leave(box) {
    const thread = box.closest("[data-thread]")
    const details = box.closest("details")
    if (details && box.value === box.defaultValue) details.open = false
    if (thread) thread.focus()
    else this.editor.commands.focus()
  }

  // #comment-12 and #thread-3 in the address lead there.
  openAddress() {
    const [, kind, number] = /^#(comment|thread)-(\d+)$/.exec(location.hash) ?? []
    if (location.hash === "#comments") this.openTab()
    if (!kind) return
    const target = document.getElementById(`${kind}-${number}`)
    this.openTab()
    if (!target) return this.say("This comment was deleted.")
    this.list.open(target.closest("[data-thread]").dataset.thread)
    target.scrollIntoView({ block: "center" })
    target.focus({ preventScroll: true })
  }

  say(words) {
    this.root.querySelector("[data-comments-say]").textContent = words
  }
}
