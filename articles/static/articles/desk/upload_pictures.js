// Several pictures, chosen or dropped, sent one after another, each with its progress and its own answer. Without this
// script the same form sends them all at once.
import { Problem } from "../editing/request.js"
import { sendWithProgress } from "../editing/upload.js"

const MAXIMUM = 25 * 1024 * 1024

class Uploads {
  constructor(form) {
    this.form = form
    this.url = form.dataset.uploadPictures
    this.list = form.querySelector("[data-files]")
    this.field = form.querySelector("input[type=file]")
    this.button = form.querySelector("button[type=submit]")
    this.drop = form.querySelector("[data-drop]")
    this.waiting = []
    form.querySelector("[data-drop-hint]").hidden = false
    form.addEventListener("submit", (event) => this.submit(event))
    this.field.addEventListener("change", () => {
      this.add(this.field.files)
      this.field.value = ""
    })
    addEventListener("dragover", (event) => this.over(event, true))
    addEventListener("dragleave", (event) => event.relatedTarget === null && this.over(event, false))
    addEventListener("drop", (event) => {
      this.over(event, false)
      this.add(event.dataTransfer?.files ?? [])
    })
    addEventListener("beforeunload", (event) => this.waiting.length && event.preventDefault())
  }

  over(event, isOver) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return
    event.preventDefault()
    this.drop.classList.toggle("is-over", isOver)
  }

  add(files) {
    for (const file of files) this.waiting.push({ file, row: this.rowOf(file) })
    this.tell()
  }

  rowOf({ name, size }) {
    const row = element("li", "upload-file")
    const said = element("span", "upload-said", `${(size / 1024 / 1024).toFixed(1)} MB, not uploaded yet`)
    row.append(element("span", "upload-name", name), said)
    this.list.append(row)
    return row
  }

  tell() {
    const many = this.waiting.length
    this.button.textContent = many ? `Upload ${many === 1 ? "1 picture" : `${many} pictures`}` : "Upload"
  }

  async submit(event) {
    event.preventDefault()
    if (this.isSending) return
    if (!this.waiting.length) {
      this.field.focus()
      this.button.textContent = "Choose pictures first"
      return
    }
    this.isSending = this.button.disabled = true
    const failed = []
    while (this.waiting.length) {
      const entry = this.waiting[0]
      if (!(await this.send(entry))) failed.push(entry)
      this.waiting.shift()
      this.tell()
    }
    this.waiting = failed
    this.isSending = this.button.disabled = false
    this.tell()
    if (failed.length) this.button.textContent = `Try ${failed.length} again`
  }

  // Whether there is nothing to try again: a refusal is final, a broken line is not.
  async send({ file, row }) {
    if (file.size > MAXIMUM) {
      say(row, "is-refused", `${Math.round(file.size / 1024 / 1024)} MB; 25 MB is the most: make it smaller.`)
      return true
    }
    const progress = Object.assign(document.createElement("progress"), { max: 1, value: 0, ariaLabel: file.name })
    row.classList.remove("is-refused")
    row.append(progress)
    try {
      const { answer } = sendWithProgress(this.url, this.dataOf(file), (part) => (progress.value = part))
      const { picture, kept_back: keptBack } = await answer
      say(row, "is-taken", "In the library. ", link(picture.address, "Describe it"), keptBack && ` ${keptBack}`)
      return true
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      const words = Object.values(problem.fields ?? {}).join(" ") || problem.message
      say(row, "is-refused", `${words} `, problem.standing && link(problem.standing.address, "Open it"))
      return problem.status === 422
    } finally {
      progress.remove()
    }
  }

  dataOf(file) {
    const data = new FormData(this.form)
    data.delete("files")
    data.set("file", file, file.name)
    data.set("title", file.name.replace(/\.[^.]*$/, "").slice(0, 200))
    return data
  }
}

function say(row, state, ...words) {
  row.classList.remove("is-taken", "is-refused")
  row.classList.add(state)
  row.querySelector(".upload-said").replaceChildren(...words.filter(Boolean))
}

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text })
}

function link(address, text) {
  return Object.assign(document.createElement("a"), { href: address, textContent: text, target: "_blank", rel: "noopener" })
}

const form = document.querySelector("[data-upload-pictures]")
if (form) new Uploads(form)
