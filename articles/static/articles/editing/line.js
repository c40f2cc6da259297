// What the page says when the newsroom does not take what it should: where the words are, and what to do.

const BAR = {
  offline: ["Offline: your words are kept on this computer", "Offline: keep this tab open"],
  timeout: ["No answer: your words are kept on this computer", "No answer: keep this tab open"],
  signed_out: ["Signed out: your words are kept on this computer", "Signed out: keep this tab open"],
  other_person: ["Somebody else is signed in", "Somebody else is signed in"],
}
const OTHERWISE = ["Trouble: your words are kept on this computer", "Trouble: keep this tab open"]

const MORE = {
  offline: "The newsroom cannot be reached. Write on: the page tries again by itself. Saving waits for you: nothing is saved until you press Save.",
  timeout: "The newsroom does not answer in time. Write on: the page tries again by itself. Saving waits for you.",
  signed_out: "You are signed out. Sign in in another tab, then go on here.",
  forbidden: "The newsroom refuses what this page sends (403). Sign in again in another tab, then go on here.",
  broken: "The newsroom has failed on what this page sent, and the page tries again by itself. If it goes on, tell an operator.",
  gone: "This story is not there any more. Copy your words before you leave.",
}

export class Line {
  constructor({ saving, onTry }) {
    Object.assign(this, { saving, onTry })
    this.notice = document.querySelector("[data-trouble]")
    this.problem = null
  }

  // `isKeptHere` says whether this computer has the words.
  show(problem, isKeptHere) {
    this.problem = problem
    const [kept, open] = BAR[problem.code] ?? OTHERWISE
    if (this.saving) {
      this.saving.trouble = isKeptHere || !this.saving.isDirty ? kept : open
      if (!this.saving.isDirty) this.saving.trouble = this.saving.trouble.split(":")[0]
      this.saving.show()
    }
    this.tell(problem)
  }

  clear() {
    if (!this.problem) return
    this.problem = null
    this.notice.hidden = true
    if (this.saving) {
      this.saving.trouble = ""
      this.saving.show()
    }
  }

  tell(problem) {
    const words = MORE[problem.code] ?? problem.message
    if (!this.notice.hidden && this.notice.dataset.said === words) return
    this.notice.dataset.said = words
    const said = document.createElement("span")
    said.textContent = words
    this.notice.replaceChildren(said, this.remedy(problem.code))
    this.notice.hidden = false
  }

  remedy(code) {
    if (code === "signed_out" || code === "forbidden" || code === "other_person") {
      const link = document.createElement("a")
      Object.assign(link, { href: "/admin/login/?next=/admin/", target: "_blank", className: "bar-button" })
      link.textContent = "Sign in in another tab"
      return link
    }
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "bar-button", textContent: "Try now" })
    button.addEventListener("click", () => this.onTry())
    return button
  }
}
