// The link to share: made when it is asked for, with a warning first where an embargo stands, and ended with one press.
import { Problem, send } from "./request.js"

export class Sharing {
  constructor(root) {
    this.urls = root.dataset
    this.button = root.querySelector("[data-share]")
    this.box = root.querySelector("[data-share-box]")
    this.warning = root.querySelector("[data-share-warning]")
    this.address = root.querySelector("[data-share-address]")
    this.state = root.querySelector("[data-share-state]")
    this.copyButton = root.querySelector("[data-copy]")
    this.revokeButton = root.querySelector("[data-revoke]")
    this.button.addEventListener("click", () => this.toggle())
    this.copyButton.addEventListener("click", () => this.copy())
    this.revokeButton.addEventListener("click", () => this.revoke())
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      this.toggle()
    })
  }

  toggle() {
    this.box.hidden = !this.box.hidden
    this.button.setAttribute("aria-expanded", String(!this.box.hidden))
    if (this.box.hidden) this.button.focus()
    else this.copyButton.focus()
  }

  count(open) {
    this.revokeButton.hidden = !open
    this.revokeButton.textContent = open === 1 ? "Revoke the one link" : `Revoke all ${open} links`
  }

  async copy() {
    const data = new FormData()
    if (this.isWarned) data.set("knows_of_embargo", "1")
    await this.try(async () => {
      const { address, until, open_links: open } = await send(this.urls.shareUrl, data)
      this.warn("")
      this.count(open)
      this.show(address)
      const isCopied = await copied(address)
      this.state.textContent = `${isCopied ? "Copied." : "Copy it from the field above."} It works until ${until}.`
    })
  }

  async revoke() {
    await this.try(async () => {
      const { ended } = await send(this.urls.revokeUrl, new FormData())
      this.count(0)
      this.address.hidden = true
      this.copyButton.focus()
      this.state.textContent = ended === 1 ? "The link no longer works." : `${ended} links no longer work.`
    })
  }

  async try(act) {
    try {
      await act()
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      this.state.textContent = ""
      this.warn(problem.message, { isEmbargo: problem.code === "under_embargo" })
    }
  }

  warn(words, { isEmbargo = false } = {}) {
    this.isWarned = isEmbargo
    this.warning.textContent = words
    this.warning.hidden = !words
    this.copyButton.textContent = isEmbargo ? "I know: copy the link all the same" : "Copy preview link"
  }

  show(address) {
    const field = this.address.querySelector("input")
    this.address.hidden = false
    field.value = address
    field.select()
  }
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
