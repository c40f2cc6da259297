// The list under the link dialog's field: our own stories for what is typed, walked with arrow keys, chosen with Enter.
import { load, Problem } from "./request.js"

const PAUSE = 150
// Takes the 57 of https://desk.example/admin/articles/article/57/change/, the address that an editor has at hand.
const OWN_PAGE = /\/admin\/articles\/article\/(\d+)\//

export class LinkStories {
  constructor(dialog, field, { isAddress }) {
    Object.assign(this, { field, isAddress, chosen: null, turn: 0, active: -1, stories: [] })
    this.list = dialog.querySelector("[data-link-stories]")
    this.status = dialog.querySelector("[data-link-status]")
    field.addEventListener("input", () => this.askSoon())
    field.addEventListener("keydown", (event) => this.walk(event))
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.choose([...this.list.children].indexOf(option))
    })
  }

  // With the selected words as the first question, where the field is empty.
  begin(words) {
    this.chosen = null
    this.words = words
    this.show([])
    this.ask()
  }

  askSoon() {
    clearTimeout(this.timer)
    this.chosen = null
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const turn = (this.turn += 1)
    const words = this.field.value.trim() || this.words
    const number = OWN_PAGE.exec(words)?.[1]
    const asked = number ? `#${number}` : words
    if (!asked || this.isAddress(asked)) return this.show([])
    try {
      const { stories } = await load(`${this.list.dataset.url}?for=${this.list.dataset.for}&q=${encodeURIComponent(asked)}`)
      if (turn === this.turn) this.show(stories, asked)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      if (turn === this.turn) this.show([], "", "Our stories cannot be searched just now. An address can still be given.")
    }
  }

  show(stories, asked = "", trouble = "") {
    this.stories = stories
    this.active = -1
    this.list.replaceChildren(...stories.map((story, index) => drawOption(story, index)))
    this.list.hidden = stories.length === 0
    this.field.setAttribute("aria-expanded", String(stories.length > 0))
    this.field.removeAttribute("aria-activedescendant")
    const count = stories.length === 1 ? "1 story" : `${stories.length} stories`
    this.status.textContent = trouble || (asked ? (stories.length ? `${count} for “${asked}”` : `No story of ours for “${asked}”`) : "")
  }

  walk(event) {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && this.stories.length) {
      event.preventDefault()
      this.mark((this.active + step + this.stories.length + (this.active < 0 && step < 0 ? 1 : 0)) % this.stories.length)
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault()
      this.choose(this.active)
    }
  }

  mark(at) {
    this.active = at
    for (const [index, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(index === at))
      if (index === at) option.scrollIntoView({ block: "nearest" })
    }
    this.field.setAttribute("aria-activedescendant", this.list.children[at].id)
  }

  choose(at) {
    const story = this.stories[at]
    if (!story?.address) {
      this.status.textContent = `“${story.headline}” is not live: readers would find nothing there.`
      return
    }
    this.chosen = story
    this.onChosen()
  }
}

function drawOption({ headline, address, state, date }, index) {
  const option = document.createElement("li")
  option.id = `link-story-${index}`
  option.className = "link-story"
  option.setAttribute("role", "option")
  option.setAttribute("aria-selected", "false")
  if (!address) option.setAttribute("aria-disabled", "true")
  const title = document.createElement("span")
  title.className = "link-story-headline"
  title.textContent = headline
  const facts = document.createElement("span")
  facts.className = "link-story-facts"
  facts.textContent = address ? `${state} · ${date}` : `${state} · ${date} · cannot be linked to yet`
  option.append(title, facts)
  return option
}
