// Signing out leaves no unsaved words on this computer: first the newsroom gets them, then the copies go.
import { forgetAll } from "../articles/editing/local_copy.js"

const PATIENCE = 5000

document.getElementById("logout-form")?.addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.target
  const waiting = []
  document.dispatchEvent(new CustomEvent("newsroom:sign-out", { detail: { wait: (promise) => waiting.push(promise) } }))
  const late = new Promise((resolve) => setTimeout(() => resolve([false]), PATIENCE))
  const areKept = (await Promise.race([Promise.all(waiting), late])).every(Boolean)
  const question = "Your last words could not be kept at the newsroom. Sign out and lose them?"
  if (!areKept && !confirm(question)) return
  await forgetAll()
  form.submit()
})
