// The publish checks while one writes: what is typed is sent to be looked at, not to be saved. One request at a time.
import { Problem, send } from "./request.js"
import { goTo, openTabOf } from "./tabs.js"
import { blocksOf } from "./text_map.js"

const PAUSE = 700

export function connectLiveChecks({ form, editor, panel, saving }) {
  return new LiveChecks(form, editor, panel, saving)
}

class LiveChecks {
  constructor(form, editor, panel, saving) {
    Object.assign(this, { form, editor, panel, saving })
    this.line = document.createElement("p")
    this.line.className = "visually-hidden"
    this.line.setAttribute("role", "status")
    panel.root.append(this.line)
    this.connect()
  }

  get place() {
    return this.panel.content.querySelector("[data-checks]")
  }

  connect() {
    this.panel.root.addEventListener("click", (event) => {
      const finding = event.target.closest("[data-finding]")
      if (!finding) return
      event.preventDefault()
      this.goTo(finding.dataset)
    })
    if (!this.saving) return
    for (const kind of ["input", "change"]) {
      document.addEventListener(kind, ({ target }) => (target.form === this.form || this.form.contains(target)) && this.later())
    }
    this.editor.on("update", () => this.later())
    // Something of it may have been mended in another tab, such as the credit of a picture.
    document.addEventListener("visibilitychange", () => document.hidden || this.later())
    // The server's panel shows what is saved: ask again where more is typed.
    new MutationObserver(() => this.saving.isDirty && this.later()).observe(this.panel.content, { childList: true })
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), PAUSE)
    this.showSlip()
  }

  // "Publish minor update" of a live story appears with the first letter typed.
  showSlip() {
    const slip = this.panel.content.querySelector("[data-when-typed]")
    if (slip) slip.hidden = !this.saving.isDirty
  }

  async ask() {
    if (this.isAsking) {
      this.isWanted = true
      return
    }
    this.isAsking = true
    this.isWanted = false
    const wasDirty = this.saving.isDirty
    try {
      const answer = await send(this.place.dataset.url, this.typed())
      // Saved meanwhile: then the server's panel knows better.
      if (this.saving.isDirty === wasDirty) this.show(answer)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
    } finally {
      this.isAsking = false
      this.showSlip()
      if (this.isWanted) this.later()
    }
  }

  typed() {
    return new FormData(this.form)
  }

  show({ html, says }) {
    const place = this.place
    if (!place || place.innerHTML === html) return
    const isOpen = place.querySelector("details")?.open
    const words = place.contains(document.activeElement) ? document.activeElement.textContent : null
    place.innerHTML = html
    const details = place.querySelector("details")
    if (details && isOpen !== undefined) details.open = isOpen
    if (words !== null) {
      const again = [...place.querySelectorAll("[data-finding]")].find((finding) => finding.textContent === words)
      ;(again ?? this.panel.root).focus()
    }
    if (this.line.textContent !== says) this.line.textContent = says
  }

  goTo({ proposal, blockId, picture, field }) {
    if (proposal && this.toProposal(proposal)) return
    if (blockId && this.toBlock(blockId)) return
    if (picture && this.toPicture(picture)) return
    if (field === "body") this.editor.commands.focus()
    else if (field) this.toField(field)
  }

  toProposal(id) {
    const card = document.getElementById(id)
    if (!card) return false
    openTabOf(card)
    if (card.tabIndex < 0) card.tabIndex = -1
    card.scrollIntoView({ block: "center" })
    card.focus({ preventScroll: true })
    return true
  }

  toBlock(id) {
    const block = blocksOf(this.editor.state.doc).get(id)
    if (!block) return false
    this.editor.chain().setTextSelection(block.position + 1).focus(null, { scrollIntoView: false }).run()
    this.editor.view.domAtPos(block.position + 1).node.parentElement?.scrollIntoView({ block: "center" })
    return true
  }

  toPicture(source) {
    const picture = [...this.editor.view.dom.querySelectorAll("img")].find((image) => image.getAttribute("src") === source)
    if (!picture) return false
    this.editor.chain().setNodeSelection(this.editor.view.posAtDOM(picture, 0)).focus(null, { scrollIntoView: false }).run()
    picture.scrollIntoView({ block: "center" })
    return true
  }

  toField(name) {
    const named = this.form.elements[name]
    const field = named instanceof RadioNodeList ? named[0] : named
    if (!field) return
    for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true
    if (goTo(field.id) && document.activeElement !== document.body) return
    openTabOf(field)
    field.parentElement.querySelector("button, input:not([type=hidden])")?.focus()
  }
}
