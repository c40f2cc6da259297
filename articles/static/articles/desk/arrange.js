// Who writes the story, by when and how soon: asked for in a dialog on the editing page, without leaving it.
// Without this, the link leads to a page that asks the same.

import { load, Problem, send } from "../editing/request.js"

let dialog = null

function open(html) {
  dialog ??= document.body.appendChild(Object.assign(document.createElement("dialog"), { className: "arrange-dialog" }))
  dialog.setAttribute("aria-labelledby", "arrange-title")
  dialog.innerHTML = `<h2 id="arrange-title">Arrange</h2><p class="arrange-problem" role="alert" hidden></p>${html}`
  if (!dialog.open) dialog.showModal()
}

function complain(words) {
  if (!dialog?.open) open("")
  const line = dialog.querySelector(".arrange-problem")
  line.textContent = words
  line.hidden = false
}

async function attempt(work) {
  try {
    await work()
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    if (problem.form) open(problem.form)
    else complain(problem.message)
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-arrange]")
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault()
    attempt(async () => open((await load(link.href)).form))
  }
  if (event.target.closest("[data-arrange-cancel]")) dialog?.close()
})

document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.matches("[data-arrange-form]")) return
  event.preventDefault()
  attempt(async () => {
    const { line } = await send(form.action, new FormData(form))
    dialog.close()
    const shown = document.querySelector("[data-arrangement]")
    if (!shown) return
    shown.insertAdjacentHTML("afterend", line)
    shown.remove()
    document.querySelector("a[data-arrange]")?.focus()
  })
})
