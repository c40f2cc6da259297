// Every key of the page, for the list under "?". Other modules add theirs: addShortcuts("Comments", [["Mod+Alt+M", "comment"]]).
import { IS_MAC, keyNames } from "./key_names.js"

const groups = new Map([
  [
    "Writing",
    [
      ["Mod+B", "bold"],
      ["Mod+I", "italic"],
      ["Mod+K", "link: to a story of ours, or elsewhere"],
      ["Mod+Alt+0", "text"],
      ["Mod+Alt+2", "heading"],
      ["Mod+Alt+3", "subheading"],
      ["Mod+Shift+B", "block quotation"],
      ["Mod+Shift+8", "list"],
      ["Mod+Shift+7", "numbered list"],
      ["Mod+Alt+P", "picture"],
      ["Shift+Enter", "line break"],
      ["Mod+Z", "undo; also takes back a typographic sign"],
      [IS_MAC ? "Mod+Shift+Z" : "Mod+Y", "redo"],
      ["Mod+Shift+V", "paste words without their look"],
      ["Alt+F10", "to the buttons over the selected words, or to the toolbar"],
    ],
  ],
  [
    "Proposals",
    [
      ["Alt+N", "from the text to the next proposal"],
      ["n", "next"],
      ["p", "previous"],
      ["a", "confirm"],
      ["r", "reject"],
      ["u", "undo its verdict, or the last one"],
      ["e", "show its evidence, or edit a quotation"],
      ["Alt+Q", "mark the selected words as a quotation"],
      ["Esc", "back to the text"],
    ],
  ],
  [
    "Page",
    [
      ["Mod+S", "save"],
      ["Mod+Enter", "from the text to the next step: submit, approve, publish"],
      ["Alt+P", "the preview, as readers will see it"],
      ["Mod+F", "find words in the text: the browser’s own search"],
      ["Mod+/", "these keys, also while writing"],
      ["?", "these keys"],
    ],
  ],
  [
    "Comments",
    [
      ["Mod+Alt+M", "comment on the selected words"],
      ["n", "next thread"],
      ["p", "previous thread"],
      ["r", "reply"],
      ["x", "resolve"],
      ["Mod+Enter", "send"],
    ],
  ],
])

export function addShortcuts(group, entries) {
  groups.set(group, [...(groups.get(group) ?? []), ...entries])
}

export function drawShortcuts(place) {
  place.replaceChildren(...[...groups].filter(([, entries]) => entries.length).map(([name, entries]) => drawGroup(name, entries)))
}

function drawGroup(name, entries) {
  const group = document.createElement("section")
  const title = document.createElement("h3")
  title.textContent = name
  const list = document.createElement("dl")
  list.className = "keys"
  list.append(...entries.map(([keys, says]) => drawEntry(keys, says)))
  group.append(title, list)
  return group
}

function drawEntry(keys, says) {
  const line = document.createElement("div")
  const term = document.createElement("dt")
  for (const name of keyNames(keys)) {
    const key = document.createElement("kbd")
    key.textContent = name
    term.append(key, " ")
  }
  const words = document.createElement("dd")
  words.textContent = says
  line.append(term, words)
  return line
}
