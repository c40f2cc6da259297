// The editing page: the writing surface, saving, and the panel.
import { createEditor, htmlOf, wordsIn } from "./editor.js"
import { connectFields } from "./fields.js"
import { connectKeys } from "./keys.js"
import { Panel } from "./panel.js"
import { Saving } from "./saving.js"
import { connectTabs } from "./tabs.js"
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
  connectKeys({ panel, editor })
  connectEvidenceSwitch()
  countWords(editor)
  if (isEditable) connectSaving(editor, panel)
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
    if (saving.isDirty) {
      event.preventDefault()
      if (!(await saving.save())) return
      verb.elements.lock_version.value = saving.lockVersion
      verb.submit()
    }
    saving.isLeaving = true
  })
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
