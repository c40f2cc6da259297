// The editing page: the writing surface, saving, and the panel.
import { connectBubble } from "./bubble.js"
import { addButton } from "./buttons.js"
import { Comments } from "./comments.js"
import { connectCounts } from "./counts.js"
import { connectDesk } from "./desk_line.js"
import { createEditor, htmlOf } from "./editor.js"
import { connectFields } from "./fields.js"
import { connectKeys } from "./keys.js"
import { connectLeadPicture } from "./lead_picture.js"
import { connectLiveChecks } from "./live_checks.js"
import { Panel } from "./panel.js"
import { connectPageTitle } from "./page_title.js"
import { connectPreview } from "./preview.js"
import { connectRelatedNews } from "./related_news.js"
import { connectReviewing } from "./reviewing.js"
import { Saving } from "./saving.js"
import { connectSmartFields, connectSmartSwitch } from "./smart_typing.js"
import { connectTabs, openTab } from "./tabs.js"
import { connectToolbar } from "./toolbar.js"
import { connectVerbs } from "./verbs.js"

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
  connectPageTitle(form.elements)
  if (isEditable) connectWriting(editor)
  const { headline, standfirst } = form.elements
  const panel = new Panel(document.getElementById("panel"), { editor, fields: { headline, standfirst } })
  connectTabs()
  panel.review.onShow = () => openTab("proposals")
  connectComments({ editor, panel, fields: { headline, standfirst } })
  connectKeys({ panel: panel.review, editor })
  connectLeadPicture(document.querySelector("[data-lead-picture]"))
  connectRelatedNews(document.querySelector("[data-related-news]"))
  connectPreview(form, editor)
  connectEvidenceSwitch()
  connectCounts(editor)
  const saving = isEditable ? connectSaving(editor, panel) : null
  connectDesk({ form, editor, panel, saving })
  connectReviewing(panel, { editor, save: async () => !saving?.isDirty || saving.save() })
  connectVerbs({ panel, saving })
  connectLiveChecks({ form, editor, panel, saving })
  document.documentElement.classList.add("is-ready")
}

// What only somebody who may write needs.
function connectWriting(editor) {
  const toolbar = form.querySelector("[data-toolbar]")
  connectToolbar(toolbar, editor)
  connectBubble(form.querySelector("[data-bubble]"), editor, toolbar)
  connectSmartFields(form)
  connectSmartSwitch(toolbar.querySelector("[data-smart-switch]"))
  if (!form.elements.headline.value) form.elements.headline.focus()
}

function connectSaving(editor, panel) {
  const saving = new Saving(form, { onSaved: () => {} })
  // The editor writes the loaded story in its own hand: that is no change.
  editor.on("create", () => saving.rest())
  editor.on("update", () => saving.lookSoon())
  return saving
}

function connectComments({ editor, panel, fields }) {
  const root = document.querySelector("[data-comments]")
  const comments = new Comments(root, { editor, fields, openTab: () => openTab("comments") })
  addButton({ name: "comment", label: "Comment", icon: "edit-comment", keys: "Mod+Alt+M", run: () => comments.begin() })
  panel.onAnswer = ({ comments: stamp }) => comments.notice(stamp)
}

function connectEvidenceSwitch() {
  const box = document.querySelector("[data-evidence-switch]")
  const columns = document.querySelector(".editing-columns")
  box.addEventListener("change", () => columns.toggleAttribute("data-evidence-shown", box.checked))
}
