// The name of this loading of the page, and of the one that stood in the same tab before it.

const KEY = "newsroom-tab"
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

export function freshTab() {
  const numbers = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(numbers, (number) => LETTERS[number % LETTERS.length]).join("")
}

// Takes the tab over for `name`; answers with the name before, or "".
export function takeTab(name) {
  try {
    const was = sessionStorage.getItem(KEY) ?? ""
    sessionStorage.setItem(KEY, name)
    return was === name ? "" : was
  } catch {
    return ""
  }
}
