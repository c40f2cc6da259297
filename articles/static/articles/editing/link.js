// The dialog for a link: its address, or no link any more.
const dialog = document.getElementById("link-dialog")
const address = document.getElementById("link-address")
const error = dialog?.querySelector("[data-link-error]")
// Takes https://example.org, mailto:desk@example.org and /news/2026/11/vostok/; refuses javascript:alert(1).
const ALLOWED = /^(https?:\/\/[^\s]+|mailto:[^\s@]+@[^\s]+|\/[^\s]*)$/i

export function askForLink(editor) {
  if (!dialog || (editor.state.selection.empty && !editor.isActive("link"))) return false
  address.value = editor.getAttributes("link").href ?? ""
  error.textContent = ""
  dialog.returnValue = "cancel"
  dialog.onsubmit = (event) => {
    if (event.submitter?.value === "set" && address.value.trim() && !ALLOWED.test(completed(address.value))) {
      event.preventDefault()
      error.textContent = "This is no address: begin with https:// or with / for our own pages."
    }
  }
  dialog.onclose = () => {
    const chain = editor.chain().focus().extendMarkRange("link")
    const href = completed(address.value)
    if (dialog.returnValue === "remove" || (dialog.returnValue === "set" && !href)) chain.unsetLink().run()
    else if (dialog.returnValue === "set") chain.setLink({ href }).run()
    else editor.commands.focus()
  }
  dialog.showModal()
  address.select()
  return true
}

// "example.org/page" is what people paste.
function completed(value) {
  const text = value.trim()
  return /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(text) ? `https://${text}` : text
}
