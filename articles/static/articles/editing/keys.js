// Single letters while the panel has the focus; Alt+N brings it there, Escape back to the text.
import { drawShortcuts } from "./shortcuts.js"
import { chooseTab } from "./tabs.js"

const CHORDS = {
  "/": ({ showKeys }) => showKeys(),
  Enter: () => toNextStep(document.getElementById("panel")),
}

export function connectKeys({ panel, editor }) {
  const dialog = document.getElementById("keys-dialog")
  const showKeys = () => {
    drawShortcuts(dialog.querySelector("[data-key-groups]"))
    dialog.showModal()
  }
  const actions = {
    a: () => panel.press("confirm"),
    r: () => panel.press("reject"),
    u: () => panel.press("reconsider"),
    n: () => panel.step(1),
    p: () => panel.step(-1),
    e: () => panel.toggleBody(),
    "?": showKeys,
    Escape: () => editor.commands.focus(),
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyN" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      panel.step(1)
      return
    }
    const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && CHORDS[event.key]
    // A comment is sent by Ctrl+Enter: what stands in the panel is left alone.
    const isFree = !event.target.closest("#panel") && !document.querySelector("dialog[open]")
    if (chord && isFree) {
      event.preventDefault()
      chord({ showKeys })
      return
    }
    const action = actions[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return
    if (event.key === "Escape" ? !panel.root.contains(event.target) : isWriting(event.target)) return
    event.preventDefault()
    action()
  })
  for (const button of document.querySelectorAll("[data-show-keys]")) {
    button.hidden = false
    button.addEventListener("click", showKeys)
  }
}

// The button that stands out in the panel: pressing Enter again takes the step.
function toNextStep(root) {
  chooseTab("desk")
  const step = root.querySelector("#desk-tab .is-foremost, #desk-tab [data-part=state] .bar-button") ?? root
  step.focus()
}

function isWriting(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select")
}
