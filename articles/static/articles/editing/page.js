// The editing page: the writing surface, saving, and the panel.
import { Comments } from "./comments.js"
import { createEditor, htmlOf, wordsIn } from "./editor.js"
import { connectFields } from "./fields.js"
import { connectKeys } from "./keys.js"
import { connectLeadPicture } from "./lead_picture.js"
import { Panel } from "./panel.js"
import { connectReviewing } from "./reviewing.js"
import { Saving } from "./saving.js"
import { connectTabs, openTab } from "./tabs.js"
import { connectToolbar } from "./toolbar.js"

const form = document.getElementById("article-form")
if (form) start()

function start() {
  document.documentElement.classList.add("has-modules")
  const isEditable = "isEditable" in form.dataset
  const textarea = form.elements.body
  const editor = createEditor(form.querySelector("[data-surface]"), textarea, { isEditable })
  // Every way of sending the form, by fetch or plainly, takes the words from the editor.
  form.addEventListener("formdata", (event) => event.formData.set("body", htmlOf(editor)))
  connectFields(form)
  if (isEditable) connectToolbar(form.querySelector("[data-toolbar]"), editor)
  const { headline, standfirst } = form.elements
  const panel = new Panel(document.getElementById("panel"), { editor, fields: { headline, standfirst } })
  connectTabs()
  panel.review.onShow = () => openTab("proposals")
  connectComments({ editor, panel, fields: { headline, standfirst } })
  connectKeys({ panel: panel.review, editor })
  connectLeadPicture(document.querySelector("[data-lead-picture]"))
  connectEvidenceSwitch()
  countWords(editor)
  const saving = isEditable ? connectSaving(editor, panel) : null
  connectReviewing(panel, { editor, save: async () => !saving?.isDirty || saving.save() })
  document.documentElement.classList.add("is-ready")
}

function connectSaving(editor, panel) {
  const saving = new Saving(form, { onSaved: () => panel.hurry() })
  // The editor writes the loaded story in its own hand: that is no change.
  editor.on("create", () => saving.rest())
  editor.on("update", () => saving.lookSoon())
  panel.onVersion = ({ lock_version: newest, saved_by: person }) => {
    if (person && Number(newest) > Number(saving.lockVersion) && !saving.running) {
      saving.say(`${person} saved a newer version: when you save, you can compare both.`, "is-unsaved")
    }
  }
  // A verb acts on what is saved: so save first.
  panel.root.addEventListener("submit", async (event) => {
    const verb = event.target
    if (!verb.matches("[data-verb]")) return
    const { decisions } = panel.review
    if (saving.isDirty || decisions.isBusy) {
      event.preventDefault()
      await decisions.rest()
      if (saving.isDirty && !(await saving.save())) return
      verb.elements.lock_version.value = saving.lockVersion
      verb.submit()
    }
    saving.isLeaving = true
  })
  return saving
}

function connectComments({ editor, panel, fields }) {
  const root = document.querySelector("[data-comments]")
  const comments = new Comments(root, { editor, fields, openTab: () => openTab("comments") })
  panel.onAnswer = ({ comments: stamp }) => comments.notice(stamp)
}

function connectEvidenceSwitch() {
  const box = document.querySelector("[data-evidence-switch]")
  const columns = document.querySelector(".editing-columns")
  box.addEventListener("change", () => columns.toggleAttribute("data-evidence-shown", box.checked))
}

function countWords(editor) {
  const output = document.querySelector("[data-word-count]")
  const show = () => {
    const words = wordsIn(editor)
    output.textContent = words === 1 ? "1 word" : `${words} words`
  }
  editor.on("update", show)
  show()
}
