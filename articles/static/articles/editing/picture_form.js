// The form of a picture: of a new file that is uploaded, or of a picture whose details are changed.
import { factsIn } from "./picture_facts.js"
import { Problem } from "./request.js"
import { sendWithProgress } from "./upload.js"

const MAXIMUM = 25 * 1024 * 1024
const TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif"]
const DETAILS = ["alt", "caption", "credit", "rights", "expires_on"]

export class PictureForm {
  constructor(form, { upload, chooser }, { onDone, onBack }) {
    Object.assign(this, { form, uploadUrl: upload, chooserUrl: chooser, onDone, onBack, file: null, standing: null })
    this.look = form.querySelector("[data-look]")
    this.about = form.querySelector("[data-about]")
    this.problem = form.querySelector("[data-form-problem]")
    this.progress = form.querySelector("progress")
    this.notice = form.querySelector("[data-notice]")
    this.submitButton = form.querySelector("[data-submit]")
    this.standingButton = form.querySelector("[data-use-standing]")
    form.addEventListener("submit", (event) => this.submit(event))
    form.querySelector("[data-back]").addEventListener("click", () => this.leave())
    this.standingButton.addEventListener("click", () => this.finish(this.standing, true))
  }

  // Whether something was typed or chosen that has not arrived yet.
  get isBegun() {
    return Boolean(this.file || this.changed)
  }

  begin(file, { left = 0 } = {}) {
    this.reset()
    this.file = file
    this.form.elements.title.value = file.name.replace(/\.[^.]*$/, "").slice(0, 200)
    this.form.elements.may_syndicate.checked = true
    this.submitButton.textContent = "Upload and use"
    this.about.textContent = `${file.name}, ${sizeOf(file)}${left ? `; ${left} more after this one` : ""}`
    this.draw(file)
    this.fill(file)
    this.complain(refusalOf(file))
  }

  change(picture) {
    this.reset()
    this.changed = picture
    for (const name of DETAILS) this.form.elements[name].value = picture[name]
    this.form.elements.may_syndicate.checked = picture.may_syndicate
    this.submitButton.textContent = "Save details"
    this.about.textContent = `${picture.width} × ${picture.height} pixels. A change shows wherever the picture stands.`
    this.drawFrom(picture.thumbnail)
  }

  show() {
    this.form.hidden = false
    this.form.elements.title.closest("p").hidden = !this.file
    this.form.elements.alt.focus()
  }

  hide() {
    this.form.hidden = true
  }

  leave() {
    this.running?.abort()
    this.reset()
    this.onBack()
  }

  reset() {
    this.form.reset()
    Object.assign(this, { file: null, changed: null, standing: null, running: null, shownFacts: {} })
    this.notice.textContent = ""
    this.look.width = 0
    this.complain("")
  }

  async submit(event) {
    event.preventDefault()
    if (this.running) return
    const refusal = this.file && refusalOf(this.file)
    if (refusal) {
      this.complain(refusal)
      return
    }
    const data = new FormData(this.form)
    if (this.file) data.set("file", this.file, this.file.name)
    for (const [name, words] of Object.entries(this.shownFacts)) data.set(`shown_${name}`, words)
    if (this.changed) data.set("read", JSON.stringify(this.changed.read))
    this.complain("")
    this.running = sendWithProgress(this.file ? this.uploadUrl : this.detailsUrl, data, (part) => this.advance(part))
    this.advance(0)
    try {
      const { picture, meanwhile, kept_back: keptBack } = await this.running.answer
      this.finish(picture, Boolean(this.file), { meanwhile, keptBack })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.fail(problem)
    } finally {
      this.running = null
      this.progress.hidden = true
      this.submitButton.disabled = false
    }
  }

  get detailsUrl() {
    return this.chooserUrl.replace("chooser/", `${this.changed.id}/details/`)
  }

  // The last part is the newsroom's own work: reading the file to its end.
  advance(part) {
    this.progress.hidden = false
    this.progress.value = part
    this.submitButton.disabled = true
    this.progress.setAttribute("aria-valuetext", part < 1 ? `${Math.round(part * 100)} per cent` : "The newsroom reads it")
  }

  finish(picture, isNew, { meanwhile = "", keptBack = "" } = {}) {
    this.reset()
    this.onDone({ picture, isNew, meanwhile, keptBack })
  }

  fail({ message, fields, standing, picture }) {
    this.standing = standing ?? null
    if (picture) this.bringUpToDate(picture)
    this.complain(fields.file ?? fields.__all__ ?? message, fields)
    this.standingButton.hidden = !standing || Boolean(standing.why_not)
    this.form.querySelector("[aria-invalid=true]")?.focus()
  }

  // Somebody else changed it meanwhile: what was left alone here is as it stands now, and the next press knows of it.
  bringUpToDate(picture) {
    const { elements } = this.form
    for (const name of DETAILS) if (elements[name].value === this.changed[name]) elements[name].value = picture[name]
    if (elements.may_syndicate.checked === this.changed.may_syndicate) elements.may_syndicate.checked = picture.may_syndicate
    this.changed = picture
  }

  complain(words, fields = {}) {
    this.problem.textContent = words
    this.standingButton.hidden = true
    for (const place of this.form.querySelectorAll("[data-problem-of]")) {
      const name = place.dataset.problemOf
      place.textContent = fields[name] ?? ""
      this.form.elements[name].setAttribute("aria-invalid", String(name in fields))
    }
  }

  // What the file says of itself, where nothing is typed yet. What it claims keeps it from partners until somebody who
  // has read so decides otherwise.
  async fill(file) {
    const facts = await factsIn(file, this.chooserUrl.replace("chooser/", "facts/"))
    if (file !== this.file || !facts) return
    for (const name of ["caption", "credit"]) {
      const field = this.form.elements[name]
      if (field.value) continue
      field.value = this.shownFacts[name] = facts[name]
    }
    if (!facts.notice) return
    this.shownFacts.notice = facts.notice
    this.form.elements.may_syndicate.checked = false
    this.notice.textContent = `The file says: “${facts.notice}”. Partners get it only if you tick this.`
  }

  // A canvas, since the page's policy shows no blob.
  async draw(file) {
    try {
      const bitmap = await createImageBitmap(file, { resizeWidth: 640, resizeQuality: "medium" })
      if (file === this.file) this.paint(bitmap, bitmap.width, bitmap.height)
    } catch {
      if (file === this.file && !this.problem.textContent) this.complain("The browser cannot show this file; the newsroom will say whether it is sound.")
    }
  }

  drawFrom(address) {
    const image = new Image()
    image.addEventListener("load", () => this.changed && this.paint(image, image.naturalWidth, image.naturalHeight))
    image.src = address
  }

  paint(source, width, height) {
    Object.assign(this.look, { width, height })
    this.look.getContext("2d").drawImage(source, 0, 0)
  }
}

function refusalOf({ size, type, name }) {
  if (size > MAXIMUM) return `“${name}” has ${Math.round(size / 1024 / 1024)} MB; 25 MB is the most: make it smaller.`
  if (type && !TYPES.includes(type)) return `“${name}” cannot be used: save it as JPEG, PNG, WebP or AVIF.`
  return ""
}

function sizeOf({ size }) {
  return size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} kB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}
