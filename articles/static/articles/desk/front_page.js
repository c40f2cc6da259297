// A page arranged by hand: dragged, moved by buttons and numbers, cleared, found while one types. Nothing of it is live
// before the press; whoever leaves is asked. Without this, the numbers and fields do the same.
import { StoryFinder } from "../editing/story_finder.js"
import { connectDragging } from "./dragging.js"

const MOVED = ["story", "until", "until-turn"]
// Takes "#42 Fleet returns", which is a story already; refuses "fleet".
const CHOSEN = /^#\d+ /

class FrontPage {
  constructor(form) {
    this.form = form
    this.rows = [...form.querySelectorAll("[data-place]")]
    this.ordered = this.rows.filter((row) => row.dataset.number)
    this.atFirst = new Map(this.rows.map((row) => [row, typedIn(row)]))
    this.isSending = false
  }

  connect() {
    for (const row of this.rows) this.connectRow(row)
    const drop = (row, onto) => this.exchange(row, onto)
    connectDragging(this.form.querySelector("[data-rows]"), { rows: "li[data-number]", drop })
    this.form.addEventListener("input", () => this.tell())
    this.form.addEventListener("change", ({ target }) => target.matches("[data-number-field]") && this.toNumber(target))
    this.form.addEventListener("submit", () => (this.isSending = true))
    addEventListener("pageshow", () => (this.isSending = false))
    addEventListener("beforeunload", (event) => {
      if (!this.isSending && this.isUnsaved) event.preventDefault()
    })
    this.tell()
  }

  get isUnsaved() {
    return "unsaved" in this.form.dataset || this.rows.some((row) => this.isChanged(row))
  }

  isChanged(row) {
    return "isChanged" in row.dataset || typedIn(row) !== this.atFirst.get(row)
  }

  connectRow(row) {
    row.querySelector("[data-doors]").hidden = false
    row.querySelector("[data-clear]").addEventListener("click", () => this.clear(row))
    for (const button of row.querySelectorAll("[data-move]")) {
      const other = this.ordered[this.ordered.indexOf(row) + Number(button.dataset.move)]
      button.disabled = !other
      button.addEventListener("click", () => this.moveBy(button, row, other))
    }
    this.connectFinder(row)
  }

  // The focus goes along, so that the same key moves it on.
  moveBy(button, row, other) {
    this.exchange(row, other)
    const same = other.querySelector(`[data-move="${button.dataset.move}"]`)
    ;(same.disabled ? other.querySelector("[data-move]:not(:disabled)") : same).focus()
  }

  toNumber(field) {
    const row = field.closest("[data-place]")
    const other = this.ordered.find((one) => one.dataset.number === field.value.trim())
    // What is no number of this page stays, and the desk says so.
    if (!other || other === row) return
    field.value = row.dataset.number
    this.exchange(row, other)
    other.querySelector("[data-number-field]").focus()
  }

  exchange(row, other) {
    for (const name of MOVED) {
      const [one, two] = [fieldOf(row, name), fieldOf(other, name)]
      ;[one.value, two.value] = [two.value, one.value]
    }
    for (const each of [row, other]) refresh(each)
    this.say(`${headline(other)} stands at ${other.dataset.name} now. Not live yet.`)
  }

  clear(row) {
    for (const name of ["text", ...MOVED]) {
      const field = fieldOf(row, name)
      if (field) field.value = ""
    }
    refresh(row)
    this.say(`Cleared: ${row.dataset.name}. Not live yet.`)
  }

  tell() {
    for (const row of this.rows) row.classList.toggle("is-changed", this.isChanged(row))
    this.form.querySelector("[data-unsaved-note]").hidden = !this.isUnsaved
  }

  say(words) {
    this.form.querySelector("[data-status]").textContent = words
  }

  connectFinder(row) {
    const [field, list] = [fieldOf(row, "story"), row.querySelector("[role=listbox]")]
    field.setAttribute("role", "combobox")
    field.setAttribute("aria-autocomplete", "list")
    field.setAttribute("aria-expanded", "false")
    field.setAttribute("aria-controls", list.id)
    new StoryFinder(field, list, {
      url: this.form.dataset.find,
      own: "",
      choices: (typed, stories) => (CHOSEN.test(typed) ? [] : this.choices(field, stories)),
      say: (words) => this.say(CHOSEN.test(field.value) ? "" : words),
    })
  }

  choices(field, stories) {
    const live = stories.filter((story) => story.is_live)
    return live.map((story) => ({ says: story.headline, note: story.date, take: () => this.take(field, story.line) }))
  }

  take(field, line) {
    field.value = line
    this.tell()
  }
}

// Whoever watches the time, such as the line that says it in UTC, learns of it as if it had been typed.
function refresh(row) {
  fieldOf(row, "until").dispatchEvent(new Event("input", { bubbles: true }))
}

function fieldOf(row, name) {
  return row.closest("form").elements[`${row.dataset.place}-${name}`]
}

function typedIn(row) {
  return ["number", "text", ...MOVED].map((name) => fieldOf(row, name)?.value ?? "").join("\n")
}

function headline(row) {
  return fieldOf(row, "story").value.replace(CHOSEN, "") || "Nothing"
}

const form = document.querySelector("[data-front]")
if (form) new FrontPage(form).connect()
