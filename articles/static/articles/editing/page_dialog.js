// A page of the desk in a dialog: the rule for a name, or a new name to decide, without leaving the story.
// The pages are whole pages without it: links lead there.

export class PageDialog {
  // `onDone(words)` is called when a form of the page has done its work.
  constructor(root, { onDone }) {
    this.onDone = onDone
    this.dialog = document.getElementById("page-dialog")
    this.place = this.dialog.querySelector("[data-page]")
    root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-in-dialog]")
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      this.open(link)
    })
    this.dialog.addEventListener("click", (event) => {
      if (!event.target.closest("[data-close-dialog]")) return
      event.preventDefault()
      this.dialog.close()
    })
    this.dialog.addEventListener("submit", (event) => this.submit(event))
    this.dialog.addEventListener("close", () => this.close())
  }

  open(link) {
    this.opener = link
    this.place.replaceChildren()
    this.dialog.showModal()
    this.go(link.href)
  }

  submit(event) {
    event.preventDefault()
    const { target: form, submitter } = event
    const address = new URL(form.getAttribute("action") || this.address, this.address)
    const data = new FormData(form, submitter)
    if (form.method === "post") this.go(address, { method: "POST", body: data })
    else {
      address.search = String(new URLSearchParams(data))
      this.go(address)
    }
  }

  async go(address, options = {}) {
    this.dialog.setAttribute("aria-busy", "true")
    try {
      const response = await fetch(address, options)
      const page = new DOMParser().parseFromString(await response.text(), "text/html")
      if (options.method === "POST" && response.redirected) this.finish(page)
      else this.show(page, String(address))
    } catch {
      this.say("The newsroom cannot be reached: try again in a moment.")
    } finally {
      this.dialog.removeAttribute("aria-busy")
    }
  }

  show(page, address) {
    const content = page.getElementById("content")
    if (!content) {
      this.say("You may not open this page, or you are signed out.")
      return
    }
    this.address = address
    this.place.replaceChildren(...content.childNodes)
    for (const link of this.place.querySelectorAll("a[href]:not([data-close-dialog])")) link.target = "_blank"
    this.dialog.scrollTop = 0
    const field = this.place.querySelector("[aria-invalid=true], .errorlist + :is(input, select, textarea), input:checked")
    ;(field ?? this.place.querySelector("button, input:not([type=hidden])"))?.focus()
  }

  finish(page) {
    const said = [...page.querySelectorAll(".messagelist li")].map((message) => message.textContent.trim())
    this.dialog.close()
    this.onDone(said.join(" "))
  }

  say(words) {
    const place = document.createElement("p")
    place.setAttribute("role", "alert")
    place.textContent = words
    this.place.replaceChildren(place)
  }

  close() {
    this.place.replaceChildren()
    if (this.opener?.isConnected) this.opener.focus()
  }
}
