// Related News as a list: found among our stories or pasted, put in order, taken out. The lines stay what is submitted.
import { isAddress, lineOf, readLines } from "./related_lines.js"
import { load, Problem } from "./request.js"
import { StoryFinder } from "./story_finder.js"

export function connectRelatedNews(root) {
  if (root) new RelatedNews(root)
}

class RelatedNews {
  constructor(root) {
    this.root = root
    this.lines = root.querySelector("textarea")
    this.list = root.querySelector("[data-related-list]")
    this.field = root.querySelector("#related-search")
    this.outside = root.querySelector("[data-related-outside]")
    this.title = root.querySelector("#related-title")
    this.status = root.querySelector("[data-related-status]")
    this.known = new Map()
    this.isEditable = !this.lines.disabled
    root.querySelector("[data-related-plain]").hidden = true
    root.querySelector("[data-related-chooser]").hidden = false
    root.querySelector("[data-related-add]").hidden = !this.isEditable
    root.querySelector("[data-related-label]").htmlFor = this.field.id
    this.connect()
    this.show()
    this.learn()
  }

  connect() {
    this.lines.addEventListener("input", () => this.isWriting || this.show())
    this.list.addEventListener("click", (event) => this.press(event.target.closest("[data-move]")))
    this.list.addEventListener("keydown", (event) => this.key(event))
    this.root.querySelector("[data-related-take]").addEventListener("click", () => this.takeOutside())
    this.root.querySelector("[data-related-drop]").addEventListener("click", () => this.leaveOutside())
    this.outside.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === this.title && !event.isComposing) this.takeOutside()
      else if (event.key === "Escape") this.leaveOutside()
      else return
      event.preventDefault()
      event.stopPropagation()
    })
    new StoryFinder(this.field, this.root.querySelector("#related-found"), {
      url: this.root.dataset.find,
      own: this.root.dataset.for,
      choices: (typed, stories) => this.choices(typed, stories),
      say: (words) => this.say(words),
    })
  }

  get entries() {
    return readLines(this.lines.value)
  }

  choices(typed, stories) {
    const listed = new Set(this.entries.map(({ id }) => id))
    const ours = stories
      .filter(({ id }) => !listed.has(String(id)))
      .map((story) => ({ says: story.headline, note: noteOf(story), take: () => this.addStory(story) }))
    if (isAddress(typed) && stories.length === 0) {
      return [{ says: typed, note: "a page elsewhere: give it a title", take: () => this.askForTitle(typed) }]
    }
    const bare = typed && !isAddress(typed) && !/^#?\d+$/.test(typed) && !typed.includes("|")
    return bare ? [...ours, { says: `“${typed}”`, note: "a title alone, without a link", take: () => this.add(typed) }] : ours
  }

  addStory(story) {
    this.known.set(String(story.id), story)
    this.add(story.line)
  }

  askForTitle(address) {
    this.address = address
    this.outside.hidden = false
    this.root.querySelector("[data-related-address]").textContent = address
    this.title.value = ""
    this.title.focus()
  }

  takeOutside() {
    if (!this.title.value.trim()) {
      this.say("Give the page a title: readers see it in place of the address.")
      this.title.focus()
      return
    }
    const line = lineOf({ title: this.title.value.replaceAll("|", "–"), address: this.address })
    this.leaveOutside()
    this.add(line)
  }

  leaveOutside() {
    this.outside.hidden = true
    this.say("")
    this.field.focus()
  }

  add(line) {
    const lines = this.entries.map((entry) => entry.line)
    if (lines.includes(line)) {
      this.say("It is in the list already.")
      return
    }
    this.write([...lines, line])
    this.say("Added.")
    this.field.focus()
  }

  press(button) {
    if (button) this.move(this.placeOf(button), button.dataset.move)
  }

  key(event) {
    const item = event.target.closest("li")
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key]
    if (!item || !way || !event.altKey || !this.isEditable) return
    event.preventDefault()
    this.move(this.placeOf(item), way)
  }

  placeOf(element) {
    return [...this.list.children].indexOf(element.closest("li"))
  }

  // The focus stays with what was moved; after a removal it goes to the next one.
  move(place, way) {
    const lines = this.entries.map(({ line }) => line)
    const [line] = lines.splice(place, 1)
    const to = { up: place - 1, down: place + 1 }[way]
    if (to < 0 || to > lines.length) return
    if (way !== "remove") lines.splice(to, 0, line)
    this.write(lines)
    const shown = this.list.children[way === "remove" ? Math.min(place, lines.length - 1) : to]
    const button = shown?.querySelector(`[data-move="${way}"]`)
    ;(button?.disabled ? shown.querySelector("[data-move]:not(:disabled)") : (button ?? this.field)).focus()
    this.say(way === "remove" ? "Removed." : `Now number ${to + 1} of ${lines.length}.`)
  }

  write(lines) {
    this.isWriting = true
    this.lines.value = lines.join("\n")
    this.lines.dispatchEvent(new Event("input", { bubbles: true }))
    this.isWriting = false
    this.show()
  }

  show() {
    const { entries } = this
    this.list.replaceChildren(...entries.map((entry, place) => this.item(entry, place, entries.length)))
    this.list.hidden = !entries.length
  }

  item({ title, id, address }, place, count) {
    const item = document.createElement("li")
    const story = this.known.get(id)
    const words = element("span", { className: "related-words" })
    const note = id ? (story ? noteOf(story) : "our story") : address ? hostOf(address) : "title only"
    words.append(
      element("span", { className: "related-title", textContent: title }),
      element("span", { className: `related-note${story && !story.is_live ? " is-hidden-now" : ""}`, textContent: note }),
    )
    item.append(words)
    if (this.isEditable) {
      item.append(
        moveButton("up", "↑", `Move up: ${title}`, place === 0),
        moveButton("down", "↓", `Move down: ${title}`, place === count - 1),
        moveButton("remove", "×", `Remove: ${title}`, false),
      )
    }
    return item
  }

  // Whether readers can open the stories that stand here already.
  async learn() {
    const ids = this.entries.map(({ id }) => id).filter(Boolean)
    if (!ids.length) return
    try {
      const { stories } = await load(`${this.root.dataset.find}?${new URLSearchParams(ids.map((id) => ["id", id]))}`)
      for (const story of stories) this.known.set(String(story.id), story)
      if (!this.list.contains(document.activeElement)) this.show()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    }
  }

  say(words) {
    this.status.textContent = words
  }
}

function noteOf({ is_live: isLive, state, section, date }) {
  return [isLive ? "" : `${state}: readers do not see it yet`, section, date].filter(Boolean).join(" · ")
}

function hostOf(address) {
  return address.startsWith("/") ? "our story" : new URL(address).host
}

function moveButton(move, textContent, label, disabled) {
  const button = element("button", { type: "button", textContent, disabled, title: label })
  button.dataset.move = move
  button.setAttribute("aria-label", label)
  return button
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}
