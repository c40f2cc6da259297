// The editing page's line to the newsroom: one heartbeat that keeps words, says who is here and whether the page
// shows what stands.
import { Autosave } from "./autosave.js"
import { Heartbeat } from "./heartbeat.js"
import { Line } from "./line.js"
import { removeCopy } from "./local_copy.js"
import { Offers } from "./offers.js"
import { showPresence } from "./presence.js"
import { freshTab, takeTab } from "./tab.js"

// `saving` is null where the story can only be read.
export function connectDesk({ form, editor, panel, saving }) {
  const tab = freshTab()
  const was = takeTab(tab)
  const user = Number(form.dataset.user)
  const article = form.dataset.heartbeat
  const heartbeat = new Heartbeat(form.dataset.heartbeat, {
    compose: () => compose(),
    onAnswer: (answer, said) => receive(answer, said),
    onTrouble: (problem) => complain(problem),
  })
  const line = new Line({ saving, onTry: () => heartbeat.now() })
  const autosave =
    saving && new Autosave(saving, { user, article, tab, heartbeat, onLocal: () => line.problem && complain(line.problem) })
  const offers =
    saving &&
    new Offers(document.querySelector("[data-unsaved-offers]"), { user, article, tab, was, saved: () => saving.saved })
  let { restoredTab = "" } = form.dataset
  if (restoredTab) offers?.taken.add(restoredTab)
  let hasBegun = false

  function compose() {
    const report = autosave?.report()
    const message = {
      ...{ tab, user, stamp: panel.stamp, is_saved: true },
      ...(hasBegun ? {} : { was }),
      ...(restoredTab ? { restored: restoredTab } : {}),
      ...report?.words,
    }
    return { message, report }
  }

  function receive(answer, { report }) {
    line.clear()
    if (report) autosave.confirm(report)
    if (report?.isNew && restoredTab) takeOver()
    showKept(answer, report)
    showPresence(answer.people)
    showNewer(answer)
    panel.behind(answer)
    panel.onAnswer?.(answer)
    if (answer.is_panel_stale && answer.stamp !== panel.stamp) panel.ask()
    if (hasBegun) offers?.show(answer.unsaved)
    else begin(answer)
  }

  async function begin(answer) {
    hasBegun = true
    if (await offers?.bringUp(heartbeat.url)) heartbeat.within(0)
    else offers?.show(answer.unsaved)
  }

  // The restored words live on under the name of this tab.
  function takeOver() {
    removeCopy({ user, article, tab: restoredTab })
    offers.taken.add(restoredTab)
    restoredTab = ""
    history.replaceState(null, "", location.pathname)
  }

  function complain(problem) {
    line.show(problem, autosave?.isKeptHere ?? true)
  }

  function showKept({ kept }, report) {
    const words = document.querySelector("[data-kept-state]")
    if (!words || !report) return
    if (report.words.is_saved) words.textContent = ""
    else if (report.isNew) words.textContent = `kept ${kept}`
  }

  function showNewer({ lock_version: newest, saved_by: person, saved }) {
    const notice = document.querySelector("[data-newer]")
    if (!saving || saving.running || newest <= saving.lockVersion) {
      notice.hidden = true
      return
    }
    const said = `${person} saved a newer version at ${saved}${person === "You" ? ", in another tab" : ""}.`
    const state = `${said} ${saving.isDirty}`
    if (!notice.hidden && notice.dataset.said === state) return
    notice.dataset.said = state
    const words = document.createElement("span")
    words.textContent = saving.isDirty ? `${said} When you save, you can compare both.` : said
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "bar-button" })
    button.textContent = saving.isDirty ? "Compare now" : "Show it"
    button.addEventListener("click", () => (saving.isDirty ? saving.compare() : location.reload()))
    notice.replaceChildren(words, button)
    notice.hidden = false
  }

  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && saving) saving.isLeaving = false
  })
  addEventListener("pagehide", () => {
    if (saving?.isLeaving) return
    heartbeat.leave({ ...compose().message, is_leaving: true })
  })
  panel.onWait = () => heartbeat.hurry()
  if ("isTagging" in panel.root.dataset) heartbeat.quickUntil = Date.now() + 30_000
  if (!saving) {
    heartbeat.start()
    return
  }

  form.addEventListener("formdata", ({ formData }) => {
    formData.append("tab", tab)
    if (restoredTab) formData.append("tab", restoredTab)
    formData.set("typed_by", user)
  })
  // Fields of the form stand outside of it as well.
  const touched = ({ target }) => (target.form === form || form.contains(target)) && autosave.touch()
  document.addEventListener("input", touched)
  document.addEventListener("change", touched)
  editor.on("update", () => autosave.touch())
  document.addEventListener("visibilitychange", () => document.hidden && autosave.keepHere())
  addEventListener("beforeunload", (event) => {
    if (!saving.isLeaving && autosave.wouldLose) event.preventDefault()
  })
  // Signing out forgets what this computer holds: first let the newsroom have it.
  document.addEventListener("newsroom:sign-out", (event) => {
    event.detail.wait(saving.isDirty ? keptAtNewsroom() : Promise.resolve(true))
  })
  async function keptAtNewsroom() {
    await heartbeat.running
    await heartbeat.now()
    autosave.isEnded = saving.written() === autosave.atNewsroom
    return autosave.isEnded
  }
  saving.beforeSending = () => heartbeat.hold()
  saving.afterSending = () => heartbeat.release()
  saving.onSaved = () => {
    autosave.forgetHere()
    if (restoredTab) takeOver()
    line.clear()
    heartbeat.quickUntil = Date.now() + 30_000
  }
  heartbeat.start()
  if ("isUnsaved" in form.dataset) autosave.touch()
}
