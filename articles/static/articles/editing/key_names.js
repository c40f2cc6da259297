// Keys as the person's own keyboard names them: "Mod+Shift+B" is ⌘ ⇧ B on a Mac and Ctrl Shift B elsewhere.

export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform)
const NAMES = IS_MAC ? { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃", Esc: "esc" } : { Mod: "Ctrl" }

export function keyNames(keys) {
  return keys.split("+").map((key) => NAMES[key] ?? key)
}

export function keysInWords(keys) {
  return keyNames(keys).join(IS_MAC ? "" : "+")
}
