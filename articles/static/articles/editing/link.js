// The link dialog: an address, or words that find one of our own stories.
import { addButton } from "./buttons.js"
import { LinkStories } from "./link_stories.js"

const dialog = document.getElementById("link-dialog")
const address = document.getElementById("link-address")
const error = dialog?.querySelector("[data-link-error]")
// Takes https://example.org, mailto:desk@example.org and /news/2026/11/vostok/; refuses javascript:alert(1).
const ALLOWED = /^(https?:\/\/[^\s]+|mailto:[^\s@]+@[^\s]+|\/[^\s]*)$/i
const stories = dialog && new LinkStories(dialog, address, { isAddress: (words) => isElsewhere(completed(words)) })

addButton({
  ...{ name: "link", label: "Link", icon: "edit-link", keys: "Mod+K", group: "words", places: ["toolbar", "bubble"] },
  run: (editor) => askForLink(editor),
  isOn: (editor) => editor.isActive("link"),
})

export function askForLink(editor) {
  if (!dialog || !editor.isEditable) return false
  const { from, to } = editor.state.selection
  const isStanding = editor.isActive("link")
  address.value = editor.getAttributes("link").href ?? ""
  error.textContent = ""
  dialog.querySelector("[value=remove]").hidden = !isStanding
  // At once, not at the later "close": what is typed next belongs behind the linked words.
  const finish = (answer) => {
    dialog.close(answer)
    settle(editor, { from, to })
  }
  dialog.onsubmit = (event) => {
    event.preventDefault()
    if (!isRefused(event.submitter?.value)) finish(event.submitter?.value ?? "set")
  }
  dialog.oncancel = (event) => {
    event.preventDefault()
    finish("cancel")
  }
  stories.onChosen = () => finish("set")
  stories.begin(isStanding ? "" : editor.state.doc.textBetween(from, to, " ").slice(0, 120))
  dialog.showModal()
  address.select()
  return true
}

// An address as it is stored: our own pages without a host, as the checks before publication look for them.
export function completed(value) {
  const text = value.trim()
  // "example.org/page" is what people paste.
  const whole = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(text) ? `https://${text}` : text
  const ours = [location.origin, dialog?.dataset.site].find((site) => site && whole.startsWith(`${site}/news/`))
  return ours ? whole.slice(ours.length) : whole
}

export function isAddress(value) {
  return ALLOWED.test(completed(value))
}

// An address that needs no look at our own stories.
function isElsewhere(href) {
  return ALLOWED.test(href) && !href.startsWith("/") && !href.startsWith(location.origin)
}

function isRefused(answer) {
  if (answer !== "set" || stories.chosen || !address.value.trim()) return false
  const isOfTheDesk = completed(address.value).replace(location.origin, "").startsWith("/admin/")
  if (isAddress(address.value) && !isOfTheDesk) return false
  error.textContent = isOfTheDesk
    ? "This page is the desk’s own, readers cannot open it: choose the story below."
    : "This is no address: choose a story below, or begin with https:// or with / for our own pages."
  return true
}

// The dialog took the browser's own selection away: so the words are selected anew.
function settle(editor, selection) {
  editor.view.focus()
  editor.commands.setTextSelection(selection)
  const chain = editor.chain().extendMarkRange("link")
  const story = stories.chosen
  const href = story?.address ?? completed(address.value)
  if (!["set", "remove"].includes(dialog.returnValue)) return
  if (dialog.returnValue === "remove" || !href) chain.unsetLink().run()
  else if (editor.state.selection.empty && !editor.isActive("link")) insert(editor, story?.headline ?? href, href)
  else chain.setLink({ href }).run()
}

// Nothing was selected: the headline, or the address, becomes the linked words.
function insert(editor, text, href) {
  editor.chain().insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).unsetMark("link").run()
}
