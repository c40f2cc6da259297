// The picture dialog: recent pictures and search, one chosen by mouse or key, upload and details.
import { factsOf, remember } from "./known_pictures.js"
import { PictureForm } from "./picture_form.js"
import { PictureGrid } from "./picture_grid.js"

let dialog = null

// Opens the dialog; `onChoose` gets each picture that is chosen or uploaded. `files` go to the upload at once.
export function openPictures({ title, onChoose, files = [], isSingle = true }) {
  dialog ??= new PictureDialog(document.getElementById("picture-dialog"))
  dialog.open({ title, onChoose, files, isSingle })
}

class PictureDialog {
  constructor(root) {
    this.root = root
    this.title = root.querySelector("[data-title]")
    this.browse = root.querySelector("[data-browse]")
    this.status = root.querySelector("[data-status]")
    this.keptBack = root.querySelector("[data-kept-back]")
    this.chosen = root.querySelector("[data-chosen]")
    this.useButton = root.querySelector("[data-use]")
    this.editButton = root.querySelector("[data-edit]")
    this.fileField = root.querySelector("[data-file]")
    this.waiting = []
    this.grid = new PictureGrid(root, {
      onSelect: (picture) => this.show(picture),
      onChoose: (picture) => this.use(picture),
      say: (words) => (this.status.textContent = words),
    })
    this.form = new PictureForm(root.querySelector("[data-form]"), root.dataset, {
      onDone: (done) => this.take(done),
      onBack: () => this.showBrowse(),
    })
    this.connect()
  }

  connect() {
    this.root.querySelector("[data-close]").addEventListener("click", () => this.root.close())
    this.root.querySelector("[data-cancel]").addEventListener("click", () => this.root.close())
    this.root.querySelector("[data-pick-file]").addEventListener("click", () => this.fileField.click())
    this.fileField.addEventListener("change", () => this.upload([...this.fileField.files]))
    this.useButton.addEventListener("click", () => this.use(this.grid.selected))
    this.editButton.addEventListener("click", () => this.edit(this.grid.selected))
    this.root.addEventListener("dragenter", (event) => this.drag(event, true))
    this.root.addEventListener("dragover", (event) => this.drag(event, true))
    this.root.addEventListener("dragleave", (event) => event.relatedTarget || this.drag(event, false))
    this.root.addEventListener("drop", (event) => this.drop(event))
    this.root.addEventListener("paste", (event) => this.paste(event))
  }

  // An upload that was begun and not finished stands where it was left.
  open({ title, onChoose, files, isSingle }) {
    this.onChoose = onChoose
    this.isSingle = isSingle
    this.title.textContent = title
    this.keptBack.textContent = ""
    if (!this.root.open) this.root.showModal()
    if (files.length) this.upload(files)
    else if (this.form.isBegun) this.showForm()
    else this.showBrowse({ isFresh: true })
  }

  upload(files) {
    const fresh = files.filter((file) => file.size || file.type)
    this.fileField.value = ""
    if (!fresh.length) return
    this.waiting = this.isSingle ? [] : fresh.slice(1)
    this.form.begin(fresh[0], { left: this.waiting.length })
    this.showForm()
  }

  edit(picture) {
    this.form.change(picture)
    this.showForm()
  }

  showForm() {
    this.browse.hidden = true
    this.form.show()
  }

  showBrowse({ isFresh = false } = {}) {
    this.form.hide()
    this.browse.hidden = false
    if (isFresh) this.grid.restart()
    this.grid.search.focus()
  }

  show(picture) {
    this.useButton.disabled = !picture || Boolean(picture.why_not)
    this.editButton.hidden = !picture
    const lacking = picture?.lacks.length ? `Still needs: ${picture.lacks.join(" and ")}. ` : ""
    this.chosen.textContent = picture ? `${lacking}${factsOf(picture)}` : "Choose a picture, or upload one."
    this.chosen.classList.toggle("is-problem", Boolean(picture && (picture.why_not || lacking)))
  }

  // After an upload or a change of details: an upload is for use at once, a change goes back to the list. The dialog
  // stays for what somebody has to read who allowed partners a picture that they do not get.
  take({ picture, isNew, meanwhile, keptBack }) {
    remember(picture)
    if (!isNew) {
      this.grid.replace(picture)
      this.showBrowse()
      this.grid.focus(picture.id)
      if (meanwhile) this.status.textContent = `Saved. Somebody else has changed it meanwhile: ${meanwhile}.`
      return
    }
    this.onChoose(picture)
    if (keptBack) this.keptBack.append(`“${picture.name}” is in the story. ${keptBack}\n`)
    const next = this.waiting.shift()
    if (next) {
      this.form.begin(next, { left: this.waiting.length })
      this.form.show()
    } else if (this.keptBack.textContent) this.showBrowse({ isFresh: true })
    else this.root.close()
  }

  use(picture) {
    if (!picture || picture.why_not) return
    remember(picture)
    this.root.close()
    this.onChoose(picture)
  }

  drag(event, isOver) {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.root.classList.toggle("is-over", isOver)
  }

  drop(event) {
    this.drag(event, false)
    if (event.dataTransfer?.files.length) this.upload([...event.dataTransfer.files])
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith("image/"))
    if (!files.length) return
    event.preventDefault()
    this.upload(files)
  }
}
