// The page of two versions: what is typed by hand chooses itself, and is kept like all that is typed.
import { Autosave } from "./autosave.js"
import { Heartbeat } from "./heartbeat.js"
import { freshTab, takeTab } from "./tab.js"

const form = document.querySelector(".conflict-form")
if (form) start()

function start() {
  for (const hand of form.querySelectorAll("[data-by-hand]")) {
    hand.addEventListener("input", () => {
      hand.closest(".by-hand").querySelector("[type=radio]").checked = true
    })
  }
  for (const words of form.querySelectorAll(".words")) toFirstChange(words)
  const tab = tabOf()
  takeTab(tab)
  const user = Number(form.dataset.user)
  const kept = form.querySelector("[data-kept-state]")
  const heartbeat = new Heartbeat(form.dataset.heartbeat, {
    compose() {
      const report = autosave.report()
      return { report, message: { tab, user, stamp: "", ...report.words } }
    },
    onAnswer(answer, { report }) {
      autosave.confirm(report)
      if (report.isNew) kept.textContent = `Your words are kept, ${answer.kept}.`
    },
    onTrouble: (problem) => (kept.textContent = problem.message),
  })
  const autosave = new Autosave(source(), { user, article: form.dataset.heartbeat, tab, heartbeat })
  let isSending = false
  form.addEventListener("input", () => autosave.touch())
  form.addEventListener("submit", () => {
    isSending = true
    heartbeat.hold()
  })
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return
    isSending = false
    heartbeat.release()
  })
  addEventListener("pagehide", () => isSending || heartbeat.leave({ ...heartbeat.compose().message, is_leaving: true }))
  addEventListener("beforeunload", (event) => {
    if (!isSending && autosave.wouldLose) event.preventDefault()
  })
  heartbeat.start()
}

// A long text begins where it differs, with a line of what stands before.
function toFirstChange(words) {
  const change = words.querySelector("ins, del")
  if (!change || words.scrollHeight <= words.clientHeight) return
  const [top, lead] = [change.getBoundingClientRect().top - words.getBoundingClientRect().top, 48]
  if (top > words.clientHeight - lead) words.scrollTop = top - lead
}

// The tab whose words stand here, so that saving forgets them there.
function tabOf() {
  const given = form.querySelector("[name=tab]")
  if (given) return given.value
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "tab", value: freshTab() })
  form.append(field)
  return field.value
}

// What was typed, with what a hand wrote anew in its place; it still began from the version that both had.
function source() {
  const entries = () => {
    const data = new FormData(form)
    return [...data]
      .filter(([name]) => !/^(choice-|hand-|tab$|csrf|lock_version$|base_version$|resolve$)/.test(name))
      .map(([name, value]) => [name, data.get(`choice-${name}`) === "hand" ? data.get(`hand-${name}`) : value])
  }
  return {
    entries,
    written: () => JSON.stringify(entries()),
    isDirty: true,
    lockVersion: Number(form.elements.base_version.value),
  }
}
