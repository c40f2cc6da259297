// Smart quotes, dashes and dots while typing, in the story and in the fields above it. What was typed is put in first
// and replaced in a step of its own, so that one undo brings the typed sign back.
import { Extension, pm } from "django-prose-editor/editor"

import { typed } from "./typography.js"

const { Plugin } = pm.state ?? pm
const { closeHistory } = pm.history ?? pm
const KEPT_AS = "newsroom.smart-typing"
const LOOKED_AT = 24

let isOn = kept()

export const SmartTyping = Extension.create({
  name: "smartTyping",
  addProseMirrorPlugins() {
    return [new Plugin({ props: { handleTextInput: (view, from, to, text) => type(view, from, to, text) } })]
  },
})

export function connectSmartFields(form) {
  for (const field of form.querySelectorAll(".written > textarea[data-goal]")) {
    field.addEventListener("beforeinput", typeInField)
    field.addEventListener("input", settleUndo)
  }
}

export function connectSmartSwitch(box) {
  box.checked = isOn
  box.addEventListener("change", () => {
    isOn = box.checked
    keep(isOn)
  })
}

function type(view, from, to, text) {
  if (!isOn || text.length !== 1 || view.composing) return false
  const $from = view.state.doc.resolve(from)
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - LOOKED_AT), $from.parentOffset, null, "\n")
  const change = typed(before, text)
  if (!change) return false
  view.dispatch(view.state.tr.insertText(text, from, to).scrollIntoView())
  view.dispatch(closeHistory(view.state.tr.insertText(change.text, from - change.taken, from + text.length)))
  return true
}

// The browser's own undo knows both steps of a field.
function typeInField(event) {
  const field = event.target
  if (!isOn || event.inputType !== "insertText" || event.data?.length !== 1 || event.isComposing) return
  const start = field.selectionStart
  const change = typed(field.value.slice(Math.max(0, start - LOOKED_AT), start), event.data)
  if (!change) return
  event.preventDefault()
  document.execCommand("insertText", false, event.data)
  field.setSelectionRange(start - change.taken, start + 1)
  document.execCommand("insertText", false, change.text)
}

// The browser selects what it brings back; writing goes on behind it.
function settleUndo({ target, inputType }) {
  if (inputType === "historyUndo") target.setSelectionRange(target.selectionEnd, target.selectionEnd)
}

function kept() {
  try {
    return localStorage.getItem(KEPT_AS) !== "off"
  } catch {
    return true
  }
}

function keep(isWanted) {
  try {
    localStorage.setItem(KEPT_AS, isWanted ? "on" : "off")
  } catch {
    // A browser that keeps nothing types typographic signs.
  }
}
