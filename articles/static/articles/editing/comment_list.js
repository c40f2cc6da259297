// The list of threads: put in anew without losing what is typed, open or focused in it; walking, filtering, finding.

export class CommentList {
  constructor(root, { onCurrent }) {
    this.root = root
    this.place = root.querySelector("[data-comment-list]")
    this.onCurrent = onCurrent
    this.current = ""
    this.filter("open")
    root.addEventListener("change", (event) => event.target.name === "comment-filter" && this.filter(event.target.value))
    root.addEventListener("focusin", (event) => this.follow(event.target.closest("[data-thread]")))
    root.addEventListener("click", (event) => {
      const thread = event.target.closest("[data-thread]")
      if (thread && !event.target.closest("button, a, input, textarea, summary, label, form")) thread.focus()
    })
    this.printed = this.prints()
  }

  get threads() {
    return [...this.place.querySelectorAll("[data-thread]")].filter((thread) => thread.checkVisibility?.() ?? true)
  }

  get thread() {
    return this.find(this.current)
  }

  find(key) {
    return key ? this.place.querySelector(`[data-thread="${key}"]`) : null
  }

  filter(name) {
    this.root.dataset.filter = name
    const filter = this.place.querySelector("[data-comment-filter]")
    filter.hidden = false
    for (const choice of filter.querySelectorAll("input")) choice.checked = choice.value === name
  }

  // The server's list in place of the old one. A thread that says the same keeps its element, and with it its state.
  receive(html) {
    const fresh = document.createElement("div")
    fresh.innerHTML = html
    const prints = new Map([...fresh.querySelectorAll("[data-thread]")].map((thread) => [thread.id, print(thread)]))
    const focus = focusIn(this.place)
    for (const thread of fresh.querySelectorAll("[data-thread]")) {
      const standing = this.find(thread.dataset.thread)
      if (!standing) continue
      if (this.printed.get(thread.id) === prints.get(thread.id)) thread.replaceWith(standing)
      else keepOpen(standing, thread)
    }
    this.place.replaceChildren(...fresh.childNodes)
    this.printed = prints
    this.filter(this.root.dataset.filter)
    focus?.()
    this.mark()
  }

  prints() {
    return new Map([...this.place.querySelectorAll("[data-thread]")].map((thread) => [thread.id, print(thread)]))
  }

  // Shows a thread, whatever the filter says. Focus goes to it only when asked.
  open(key, { isFocused = false } = {}) {
    const thread = this.find(key)
    if (!thread) return false
    if (this.root.dataset.filter !== "all" && thread.dataset.state !== this.root.dataset.filter) this.filter("all")
    thread.scrollIntoView({ block: "nearest" })
    if (isFocused) thread.focus({ preventScroll: true })
    this.follow(thread)
    return true
  }

  step(step) {
    const { threads } = this
    if (threads.length === 0) return
    const at = threads.indexOf(this.thread)
    const next = at < 0 ? (step > 0 ? 0 : threads.length - 1) : (at + step + threads.length) % threads.length
    threads[next].focus()
  }

  follow(thread) {
    const key = thread?.dataset.thread ?? ""
    if (key === this.current) return
    this.current = key
    this.mark()
    this.onCurrent(key)
  }

  mark() {
    for (const thread of this.place.querySelectorAll("[data-thread]")) {
      thread.classList.toggle("is-current", thread.dataset.thread === this.current)
    }
  }
}

// What a thread says, whatever the clock says.
function print(thread) {
  const copy = thread.cloneNode(true)
  for (const time of copy.querySelectorAll("time")) time.textContent = ""
  for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove()
  for (const details of copy.querySelectorAll("details[open]")) details.open = false
  copy.classList.remove("is-current")
  return copy.outerHTML
}

function keepOpen(standing, fresh) {
  for (const details of standing.querySelectorAll("details[open][id]")) {
    const same = fresh.querySelector(`#${details.id}`)
    if (same) same.open = true
  }
}

// Remembers the focused element and its cursor; calling what it returns puts both back.
function focusIn(place) {
  const focused = document.activeElement
  if (!place.contains(focused)) return null
  const { id, selectionStart, selectionEnd } = focused
  const thread = focused.closest("[data-thread]")?.id
  return () => {
    const again = (focused.isConnected && focused) || document.getElementById(id || "-") || document.getElementById(thread ?? "-")
    again?.focus({ preventScroll: true })
    if (selectionStart !== undefined && again?.setSelectionRange) again.setSelectionRange(selectionStart, selectionEnd)
  }
}
