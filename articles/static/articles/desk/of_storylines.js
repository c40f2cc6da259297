// The storylines of a story change without leaving its page, and without what is typed in it.
import { Problem, send } from "../editing/request.js"

document.addEventListener("submit", async (event) => {
  const form = event.target
  if (!form.matches("[data-storylines-form]")) return
  event.preventDefault()
  const data = new FormData(form, event.submitter)
  // The choice above does not count where something is taken out.
  if (event.submitter?.name === "remove") data.delete("add")
  else if (!data.get("add")) return form.elements.add?.focus()
  try {
    const { part } = await send(form.action, data)
    const shown = form.closest("[data-storylines]")
    shown.insertAdjacentHTML("afterend", part)
    const fresh = shown.nextElementSibling
    shown.remove()
    fresh.querySelector("select, a")?.focus()
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    form.querySelector("[data-storylines-problem]").textContent = problem.message
  }
})
