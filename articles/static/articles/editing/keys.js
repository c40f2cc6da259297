// Single letters while the panel has the focus; Alt+N brings it there, Escape back to the text.

export function connectKeys({ panel, editor }) {
  const dialog = document.getElementById("keys-dialog")
  const actions = {
    a: () => panel.press("confirm"),
    r: () => panel.press("reject"),
    u: () => panel.press("reconsider"),
    n: () => panel.step(1),
    p: () => panel.step(-1),
    e: () => panel.toggleBody(),
    "?": () => dialog.showModal(),
    Escape: () => editor.commands.focus(),
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyN" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      panel.step(1)
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
    button.addEventListener("click", () => dialog.showModal())
  }
}

function isWriting(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select")
}
