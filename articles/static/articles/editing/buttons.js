// What can be done to the text. The toolbar and the bubble over a selection draw from here; other modules add to it:
//
//   addButton({ name, label, icon, keys, group, places, run, isOn, isPossible })
//
// `icon` is a symbol of icons.html; `keys` are told in the title, such as "Mod+B"; `group` is one of GROUPS;
// `places` are "toolbar", "bubble" or both; the functions get the editor.

export const GROUPS = ["style", "words", "block", "insert", "more", "history"]

const buttons = []
const watchers = new Set()

export function addButton(button) {
  buttons.push({ group: "more", places: ["toolbar", "bubble"], isPossible: () => true, ...button })
  for (const tell of watchers) tell()
}

// In the order of the groups, and of joining within one.
export function buttonsIn(place) {
  const found = buttons.filter(({ places }) => places.includes(place))
  return found.sort((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group))
}

export function whenButtonsChange(tell) {
  watchers.add(tell)
}

// A command of the editor as a button: whether it is possible is asked of the editor itself.
function command(name, label, icon, keys, group, places, chained, active) {
  addButton({
    ...{ name, label, icon, keys, group, places },
    run: (editor) => chained(editor.chain().focus()).run(),
    isPossible: (editor) => chained(editor.can().chain()).run(),
    ...(active ? { isOn: (editor) => editor.isActive(...active) } : {}),
  })
}

const BOTH = ["toolbar", "bubble"]
command("bold", "Bold", "edit-bold", "Mod+B", "words", BOTH, (chain) => chain.toggleBold(), ["bold"])
command("italic", "Italic", "edit-italic", "Mod+I", "words", BOTH, (chain) => chain.toggleItalic(), ["italic"])
command("heading2", "Heading", "edit-heading", "Mod+Alt+2", "style", ["bubble"], (chain) => chain.toggleHeading({ level: 2 }), [
  ...["heading", { level: 2 }],
])
command("heading3", "Subheading", "edit-subheading", "Mod+Alt+3", "style", ["bubble"], (chain) => chain.toggleHeading({ level: 3 }), [
  ...["heading", { level: 3 }],
])
command("blockquote", "Block quotation", "edit-quote", "Mod+Shift+B", "block", BOTH, (chain) => chain.toggleBlockquote(), ["blockquote"])
command("bulletList", "List", "edit-bullets", "Mod+Shift+8", "block", ["toolbar"], (chain) => chain.toggleBulletList(), ["bulletList"])
command("orderedList", "Numbered list", "edit-numbers", "Mod+Shift+7", "block", ["toolbar"], (chain) => chain.toggleOrderedList(), ["orderedList"])
command("undo", "Undo", "edit-undo", "Mod+Z", "history", ["toolbar"], (chain) => chain.undo())
command("redo", "Redo", "edit-redo", "Mod+Shift+Z", "history", ["toolbar"], (chain) => chain.redo())
