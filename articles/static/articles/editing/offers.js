// Words that were typed in another tab, browser or session and never saved: shown with Compare, Restore, Discard.
import { copiesOf, keepCopy, removeCopy } from "./local_copy.js"
import { Problem, send } from "./request.js"

export class Offers {
  constructor(root, { user, article, tab, was, saved }) {
    Object.assign(this, { root, user, article, tab, was, saved })
    this.list = root.querySelector("ul")
    this.template = root.querySelector("template")
    this.local = new Set()
    this.hidden = new Set()
    // Tabs whose words this page holds itself.
    this.taken = new Set([tab])
    this.atFirst = null
  }

  // Copies of this computer that never reached the newsroom go there now, under the name of their own tab.
  async bringUp(heartbeatUrl) {
    let hasBrought = false
    for (const copy of await copiesOf(this)) {
      if (this.taken.has(copy.tab)) continue
      if (JSON.stringify(copy.entries) === this.saved()) {
        await removeCopy(copy)
        continue
      }
      this.local.add(copy.tab)
      if (!copy.isUp) hasBrought = (await this.bring(heartbeatUrl, copy)) || hasBrought
    }
    return hasBrought
  }

  async bring(url, copy) {
    const { tab, entries, lockVersion } = copy
    try {
      await send(url, { tab, user: this.user, stamp: "", lock_version: lockVersion, is_leaving: true, typed: entries })
      await keepCopy({ ...copy, isUp: true })
      return true
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      return false
    }
  }

  show(unsaved) {
    this.atFirst ??= new Set(unsaved.map(({ id }) => id))
    const offered = unsaved.filter(({ id, tab, is_open: isOpen }) =>
        !this.hidden.has(id) && !this.taken.has(tab) && (!isOpen || this.atFirst.has(id)))
    const said = JSON.stringify([offered, [...this.local]])
    if (said === this.said) return
    this.said = said
    const focused = this.list.contains(document.activeElement)
    this.list.replaceChildren(...offered.map((offer) => this.item(offer)))
    this.root.hidden = offered.length === 0
    if (focused) this.list.querySelector("a, button")?.focus()
  }

  item(offer) {
    const item = this.template.content.cloneNode(true).firstElementChild
    item.querySelector("[data-says]").textContent = this.says(offer)
    const { url, unsavedUrl } = this.root.dataset
    const own = unsavedUrl.replace(/\/0\/$/, `/${offer.id}/`)
    item.querySelector("[data-compare]").href = own
    item.querySelector("[data-restore]").href = `${url}?restore=${offer.id}`
    item.querySelector("[data-discard]").addEventListener("click", () => this.discard(offer, `${own}discard/`, item))
    for (const button of item.querySelectorAll("a, button")) {
      button.setAttribute("aria-label", `${button.textContent.trim()} the words of ${offer.kept}`)
    }
    return item
  }

  says({ tab, kept, words, is_open: isOpen, is_outdated: isOutdated }) {
    const place =
      tab === this.was
        ? "in this tab"
        : this.local.has(tab)
          ? "on this computer"
          : isOpen
            ? "in another tab or browser, open a moment ago"
            : "in another tab or browser"
    const count = words === 1 ? "1 word" : `${words.toLocaleString("en-GB")} words`
    const since = isOutdated ? " The story was saved since: restoring asks what stands." : ""
    return `You have unsaved words from ${kept}, ${count}, ${place}.${since}`
  }

  async discard({ id, tab }, url, item) {
    try {
      await send(url, {})
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      item.querySelector("[data-says]").textContent = `Not discarded: ${problem.message}`
      return
    }
    await removeCopy({ ...this, tab })
    this.hidden.add(id)
    const next = item.nextElementSibling ?? item.previousElementSibling
    item.remove()
    this.root.hidden = this.list.children.length === 0
    ;(next?.querySelector("a") ?? document.querySelector(".story, #article-form"))?.focus()
  }
}
