// The frame of the preview: no script, no form; new text is put in place of old, so that it neither flickers nor jumps.

const WIDTHS = { phone: 390, wide: 1200 }
const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/

export class PreviewFrame {
  constructor(root) {
    this.stage = root.querySelector("[data-stage]")
    this.frame = root.querySelector("[data-frame]")
    this.widths = [...root.querySelectorAll("[data-width]")]
    this.schemes = [...root.querySelectorAll("[data-scheme]")]
    this.width = matchMedia("(max-width: 1099px)").matches ? "phone" : "wide"
    this.scheme = getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "dark" : "light"
    for (const button of this.widths) button.addEventListener("click", () => this.setWidth(button.dataset.width))
    for (const button of this.schemes) button.addEventListener("click", () => this.setScheme(button.dataset.scheme))
    new ResizeObserver(() => this.fit()).observe(this.stage)
    this.mark()
  }

  async show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html")
    const shown = this.frame.contentDocument
    if (this.isLoaded && shown?.body) {
      replaced(shown.body, shown.importNode(fresh.body, true))
      return
    }
    const loaded = new Promise((resolve) => this.frame.addEventListener("load", resolve, { once: true }))
    this.frame.srcdoc = html
    await loaded
    this.isLoaded = true
    this.colour()
  }

  setWidth(width) {
    this.width = width
    this.mark()
    this.fit()
  }

  setScheme(scheme) {
    this.scheme = scheme
    this.mark()
    this.colour()
  }

  mark() {
    for (const button of this.widths) button.setAttribute("aria-pressed", String(button.dataset.width === this.width))
    for (const button of this.schemes) button.setAttribute("aria-pressed", String(button.dataset.scheme === this.scheme))
  }

  // A wide page is drawn at its width and made smaller, so that it breaks its lines as it will.
  fit() {
    const { clientWidth: room, clientHeight: height } = this.stage
    if (!room) return
    const width = this.width === "wide" ? Math.max(WIDTHS.wide, room) : WIDTHS.phone
    const scale = Math.min(1, room / width)
    Object.assign(this.frame.style, {
      width: `${width}px`,
      height: `${height / scale}px`,
      transform: `scale(${scale})`,
      left: `${Math.max(0, (room - width * scale) / 2)}px`,
    })
  }

  // The page asks the reader's system for light or dark: here the two buttons answer.
  colour() {
    const shown = this.frame.contentDocument
    if (!this.isLoaded || !shown) return
    shown.documentElement.style.colorScheme = this.scheme
    for (const sheet of shown.styleSheets) {
      for (const rule of rulesOf(sheet)) {
        const asked = SCHEME.exec(rule.askedFor ?? rule.media?.mediaText ?? "")
        if (!asked) continue
        rule.askedFor ??= rule.media.mediaText
        rule.media.mediaText = asked[1] === this.scheme ? "all" : "not all"
      }
    }
  }
}

function rulesOf(sheet) {
  try {
    return sheet.cssRules
  } catch {
    return []
  }
}

// Puts what differs in place of what stands there; the rest stays, with its pictures and the place of the eye.
function replaced(old, fresh) {
  if (old.isEqualNode(fresh)) return
  const isSameElement =
    old.nodeType === Node.ELEMENT_NODE && old.nodeName === fresh.nodeName && old.cloneNode(false).isEqualNode(fresh.cloneNode(false))
  if (!isSameElement) {
    old.replaceWith(fresh)
    return
  }
  const before = [...old.childNodes]
  const after = [...fresh.childNodes]
  let start = 0
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end += 1
  const gone = before.slice(start, before.length - end)
  const come = after.slice(start, after.length - end)
  const common = Math.min(gone.length, come.length)
  for (let place = 0; place < common; place += 1) replaced(gone[place], come[place])
  for (const node of gone.slice(common)) node.remove()
  const anchor = before[before.length - end] ?? null
  for (const node of come.slice(common)) old.insertBefore(node, anchor)
}
