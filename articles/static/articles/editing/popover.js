// Beside a highlight: why it is one, and the buttons to decide it. For the mouse over the text, and for the current card.

const BEFORE_SHOWING = 150
const BEFORE_HIDING = 250
const GAP = 6

export class EvidencePopover {
  constructor(review, { editor }) {
    Object.assign(this, { review, editor })
    this.box = document.getElementById("evidence-popover")
    const text = editor.view.dom
    text.addEventListener("mouseover", (event) => this.over(event.target.closest?.("[data-evidence]")))
    text.addEventListener("mouseout", () => this.leave())
    text.addEventListener("click", (event) => this.click(event.target.closest?.("[data-evidence]")))
    this.box.addEventListener("mouseenter", () => clearTimeout(this.timer))
    this.box.addEventListener("mouseleave", () => this.leave())
    // The cursor stays in the text.
    this.box.addEventListener("mousedown", (event) => event.preventDefault())
    this.box.addEventListener("click", (event) => this.press(event.target.closest("[data-press]")))
    editor.on("update", () => this.hide())
    editor.on("selectionUpdate", () => editor.state.selection.empty || this.makeRoom())
    document.addEventListener("scroll", () => this.place(), { capture: true, passive: true })
    window.addEventListener("resize", () => this.place())
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.hide(), { capture: true })
    review.root.addEventListener("focusout", () => setTimeout(() => this.left()))
  }

  get areShown() {
    return document.querySelector(".editing-columns").hasAttribute("data-evidence-shown")
  }

  over(element) {
    // Over selected words stand the buttons of the editor.
    if (!element || !this.areShown || !this.editor.state.selection.empty) return
    clearTimeout(this.timer)
    const [key, index] = named(element)
    if (this.key !== key || this.index !== index) this.timer = setTimeout(() => this.show(key, index, element), BEFORE_SHOWING)
  }

  // For the buttons over selected words.
  makeRoom() {
    clearTimeout(this.timer)
    this.hide()
  }

  leave() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.left(), BEFORE_HIDING)
  }

  // Back to the current card's own, while the panel has the focus.
  left() {
    if (this.box.matches(":hover, :focus-within")) return
    if (this.review.root.contains(document.activeElement)) this.showCurrent(this.review.card)
    else this.hide()
  }

  click(element) {
    // To select words is no wish to decide about them.
    if (!element || !this.areShown || !this.editor.state.selection.empty) return
    const [key, index] = named(element)
    // Who writes with another tab open keeps it: the popover leads to the card.
    if (document.getElementById(key)?.checkVisibility()) this.review.show(key)
    this.show(key, index, element)
  }

  // In one column the text is out of sight while a card has the focus.
  showCurrent(card) {
    const anchor = window.innerWidth >= 1100 && card && this.review.anchorOf(card)
    if (anchor) this.show(card.id, 0, anchor)
    else this.hide()
  }

  show(key, index, anchor) {
    const card = document.getElementById(key)
    const evidence = this.review.evidence[key]
    if (!card || !evidence) return
    Object.assign(this, { key, index, anchor })
    const isOpen = card.dataset.verdict === "proposed"
    const mayDecide = Boolean(card.querySelector("[data-decision]"))
    const title = card.matches(".card-quote") ? card.querySelector(".speaker").textContent : card.querySelector(".card-title").textContent
    const head = made("p", "popover-head")
    head.append(made("strong", "", title.trim()), " ", made("span", "popover-state", card.querySelector("[data-state]").textContent))
    const buttons = made("p", "popover-buttons")
    if (mayDecide && isOpen) buttons.append(button("confirm", "Confirm", "a"), button("reject", "Reject", "r"))
    else if (mayDecide) buttons.append(button("reconsider", "Undo", "u"))
    buttons.append(button("show", "Card"))
    const notes = [...card.querySelectorAll(".naming-note")].map((note) => note.cloneNode(true))
    this.box.replaceChildren(head, made("p", "popover-why", evidence.whys[index] || evidence.reason), ...notes, buttons)
    this.box.hidden = false
    this.place()
  }

  // Below the highlight's last line, or above its first where there is no room.
  place() {
    if (this.box.hidden) return
    if (!this.anchor?.isConnected) this.anchor = this.review.anchorOf(document.getElementById(this.key))
    const lines = [...(this.anchor?.getClientRects() ?? [])]
    const last = lines.at(-1)
    if (!last || last.bottom < 48 || last.top > window.innerHeight) {
      this.box.classList.add("is-away")
      return
    }
    this.box.classList.remove("is-away")
    const { width, height } = this.box.getBoundingClientRect()
    const fits = last.bottom + GAP + height < window.innerHeight
    const edge = window.innerWidth >= 1100 ? document.getElementById("panel").getBoundingClientRect().left : window.innerWidth
    const left = Math.max(GAP, Math.min(last.left, edge - width - GAP))
    this.box.style.left = `${left}px`
    this.box.style.top = `${fits ? last.bottom + GAP : Math.max(GAP, lines[0].top - GAP - height)}px`
  }

  press(pressed) {
    const card = document.getElementById(this.key)
    if (!pressed || !card) return
    const keepsFocus = !this.review.root.contains(document.activeElement)
    if (pressed.dataset.press === "show") {
      this.review.show(card.id)
      card.focus()
    } else this.review.decide(card, pressed.dataset.press, { keepsFocus })
    if (keepsFocus) this.hide()
  }

  hide() {
    this.box.hidden = true
    this.key = this.index = null
  }
}

function named(element) {
  const [key, index] = element.dataset.evidence.split(":")
  return [key, Number(index)]
}

function made(tag, look, words = "") {
  const element = document.createElement(tag)
  element.className = look
  element.textContent = words
  return element
}

function button(press, says, key = "") {
  const element = made("button", "tool", says)
  element.type = "button"
  element.dataset.press = press
  if (key) element.append(" ", made("kbd", "", key))
  return element
}
