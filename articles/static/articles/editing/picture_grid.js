// The pictures of a search as a grid: one is selected, arrow keys move, Enter chooses.
import { load, Problem } from "./request.js"

const PAUSE = 200

export class PictureGrid {
  constructor(root, { onSelect, onChoose, say }) {
    Object.assign(this, { onSelect, onChoose, say })
    this.url = root.dataset.chooser
    this.search = root.querySelector("[data-search]")
    this.list = root.querySelector("[data-grid]")
    this.more = root.querySelector("[data-more]")
    this.pictures = []
    this.turn = 0
    this.connect()
  }

  connect() {
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.restart(), PAUSE)
    })
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && this.pictures.length) {
        event.preventDefault()
        this.focus(this.selected?.id ?? this.pictures[0].id)
      } else if (event.key === "Enter") event.preventDefault()
    })
    this.more.addEventListener("click", () => this.fetch({ before: this.next }))
    this.list.addEventListener("keydown", (event) => this.key(event))
    this.list.addEventListener("focusin", (event) => this.select(pictureId(event.target)))
    this.list.addEventListener("click", (event) => this.select(pictureId(event.target)))
    this.list.addEventListener("dblclick", (event) => pictureId(event.target) && this.onChoose(this.selected))
  }

  get selected() {
    return this.pictures.find(({ id }) => id === this.selectedId)
  }

  restart() {
    this.select(null)
    return this.fetch({})
  }

  async fetch({ before = "" }) {
    const turn = (this.turn += 1)
    const words = this.search.value.trim()
    this.list.setAttribute("aria-busy", "true")
    try {
      const answer = await load(`${this.url}?${new URLSearchParams({ q: words, before })}`)
      if (turn === this.turn) this.receive(answer, { words, isFirst: !before })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      if (turn === this.turn) this.say(problem.message)
    } finally {
      this.list.removeAttribute("aria-busy")
    }
  }

  receive({ pictures, next }, { words, isFirst }) {
    if (isFirst) {
      this.pictures = []
      this.list.replaceChildren()
    }
    const first = pictures[0]
    this.pictures.push(...pictures)
    this.list.append(...pictures.map(cellOf))
    this.next = next
    this.more.hidden = next === null
    if (!isFirst && first) this.focus(first.id)
    this.rove()
    this.say(this.summary(words))
  }

  summary(words) {
    const number = `${this.pictures.length}${this.next === null ? "" : " or more"}`
    if (this.pictures.length) return words ? `${number} found, newest first` : "The newest first"
    return words ? `No picture has all of these words: “${words}”.` : "The desk has no pictures yet: upload the first."
  }

  replace(picture) {
    this.pictures = this.pictures.map((known) => (known.id === picture.id ? picture : known))
    this.cell(picture.id)?.replaceWith(cellOf(picture))
    this.select(picture.id)
  }

  select(id) {
    if (id === undefined) return
    this.selectedId = id
    for (const cell of this.list.children) cell.setAttribute("aria-selected", String(pictureId(cell) === id))
    this.rove()
    this.onSelect(this.selected)
  }

  focus(id) {
    this.cell(id)?.focus()
  }

  cell(id) {
    return this.list.querySelector(`[data-picture="${id}"]`)
  }

  // One cell can be reached by Tab: the selected one, or the first.
  rove() {
    const reachable = this.cell(this.selectedId) ?? this.list.firstElementChild
    for (const cell of this.list.children) cell.tabIndex = cell === reachable ? 0 : -1
  }

  key(event) {
    const cells = [...this.list.children]
    const at = cells.indexOf(document.activeElement)
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const columns = cells.filter(({ offsetTop }) => offsetTop === cells[0].offsetTop).length
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -at, End: cells.length - 1 - at }
    if (event.key === "Enter") this.onChoose(this.selected)
    else if (event.key === "ArrowUp" && at < columns) this.search.focus()
    else if (event.key in steps) cells[at + steps[event.key]]?.focus()
    else return
    event.preventDefault()
  }
}

function pictureId(target) {
  const cell = target.closest("[data-picture]")
  return cell ? Number(cell.dataset.picture) : undefined
}

function cellOf(picture) {
  const cell = document.createElement("li")
  cell.className = "picture-cell"
  cell.dataset.picture = picture.id
  cell.tabIndex = -1
  cell.setAttribute("role", "option")
  cell.setAttribute("aria-selected", "false")
  if (picture.why_not) cell.setAttribute("aria-disabled", "true")
  const image = document.createElement("img")
  Object.assign(image, { src: picture.thumbnail, alt: "", loading: "lazy", width: 240, height: 160 })
  cell.append(image, line("picture-name", picture.caption || picture.alt || picture.name), line("picture-credit", picture.credit || "No credit"))
  const mark = picture.why_not || (picture.expires ? `Until ${picture.expires}` : "")
  if (mark) cell.append(line(picture.why_not ? "picture-mark is-forbidden" : "picture-mark", mark))
  return cell
}

function line(className, textContent) {
  return Object.assign(document.createElement("span"), { className, textContent })
}
