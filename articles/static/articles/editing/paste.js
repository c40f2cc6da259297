// Pasting: HTML cleaned, plain text in paragraphs, an address over selected words as their link, and a notice of what
// was left out.
import { Extension, pm } from "django-prose-editor/editor"

import { completed, isAddress } from "./link.js"
import { cleanHtml } from "./pasted_html.js"
import { paragraphsOf } from "./pasted_text.js"

const { Plugin } = pm.state ?? pm
const { Fragment, Slice } = pm.model ?? pm
const FROM_HERE = "data-pm-slice"

const KINDS = [
  ["pictures", "picture", "pictures"],
  ["notes", "footnote", "footnotes"],
  ["comments", "comment", "comments"],
]

export const Paste = Extension.create({
  name: "storyPaste",
  addProseMirrorPlugins() {
    const props = {
      handlePaste: (view, event) => linkSelection(this.editor, event),
      transformPastedHTML: (html) => (html.includes(FROM_HERE) ? html : cleaned(html)),
      clipboardTextParser: (text, $context) => sliceOf(text, $context),
    }
    return [new Plugin({ props })]
  },
})

function linkSelection(editor, event) {
  const text = event.clipboardData?.getData("text/plain").trim() ?? ""
  if (editor.state.selection.empty || /\s/.test(text) || !/^(https?:\/\/|mailto:)/i.test(text) || !isAddress(text)) return false
  return editor.chain().focus().setLink({ href: completed(text) }).run()
}

function cleaned(html) {
  const { html: clean, left } = cleanHtml(html)
  tell(left)
  return clean
}

function sliceOf(text, $context) {
  const schema = $context.doc.type.schema
  const marks = $context.marks()
  const paragraphs = paragraphsOf(text).map((words) => schema.nodes.paragraph.create(null, schema.text(words, marks)))
  return new Slice(Fragment.from(paragraphs), paragraphs.length ? 1 : 0, paragraphs.length ? 1 : 0)
}

// Left out: 2 pictures and 1 comment.
function tell(left) {
  const notice = document.querySelector("[data-paste-notice]")
  if (!notice) return
  const out = KINDS.filter(([kind]) => left[kind]).map(([kind, one, many]) => `${left[kind]} ${left[kind] === 1 ? one : many}`)
  const sentences = [
    out.length ? `Left out: ${listed(out)}.` : "",
    left.pictures ? "Add pictures with their credit by the picture button." : "",
    left.tables ? `${left.tables === 1 ? "A table became" : `${left.tables} tables became`} paragraphs.` : "",
  ]
  const words = notice.querySelector("[data-paste-words]")
  words.textContent = sentences.filter(Boolean).join(" ")
  notice.hidden = !words.textContent
  notice.querySelector("button").onclick = () => (notice.hidden = true)
}

function listed(parts) {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`
}
