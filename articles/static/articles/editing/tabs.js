// The panel's tabs: one part at a time, with what waits in each; without this module all parts stand one below the other.
// Which tab is shown is an attribute of the panel, so that parts may be put in anew at any time.

const KEPT_AS = "newsroom.panel-tab"
const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

const root = document.getElementById("panel")
const list = root?.querySelector("[role=tablist]")
const parts = root?.querySelector("[data-tab-panels]")
const scrolled = new Map()

export function connectTabs() {
  for (const tab of allTabs()) tab.addEventListener("click", () => pressed(tab))
  list.addEventListener("keydown", moveFocus)
  root.querySelector("[data-to-text]")?.addEventListener("click", () => window.scrollTo({ top: 0 }))
  const changes = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-count"] }
  new MutationObserver(showCounts).observe(parts, changes)
  showCounts()
  openTab(tabOf(firstProblem()) ?? kept() ?? "desk")
}

export function openTab(name) {
  const tabs = shownTabs()
  const tab = tabs.find(({ dataset }) => dataset.tab === name) ?? tabs[0]
  if (root.dataset.tab === tab.dataset.tab) return
  if (root.dataset.tab) scrolled.set(root.dataset.tab, root.scrollTop)
  root.dataset.tab = tab.dataset.tab
  document.dispatchEvent(new Event("newsroom:tab"))
  root.scrollTop = scrolled.get(tab.dataset.tab) ?? 0
  for (const other of allTabs()) {
    other.setAttribute("aria-selected", String(other === tab))
    other.tabIndex = other === tab ? 0 : -1
  }
}

// Opens the part that an element stands in, so that it can be seen and take the focus.
export function openTabOf(element) {
  const name = tabOf(element)
  if (name) openTab(name)
}

// To a field or a place of the page, wherever it is: its tab opens, the first thing in it that can be used gets the focus.
export function goTo(id) {
  const target = document.getElementById(id === "id_body" ? "body-surface" : id)
  if (!target) return false
  openTabOf(target)
  const usable = target.matches(FOCUSABLE) ? target : (target.querySelector(FOCUSABLE) ?? target)
  usable.scrollIntoView({ block: "center" })
  usable.focus({ preventScroll: true })
  return true
}

const FOCUSABLE = "input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled), button, a[href], [contenteditable=true]"

function allTabs() {
  return [...list.querySelectorAll("[role=tab]")]
}

function shownTabs() {
  return allTabs().filter((tab) => !tab.hidden)
}

function tabOf(element) {
  return element?.closest("[data-tab-panel]")?.dataset.tabPanel
}

// Opened by the person's own wish: so it is remembered.
export function chooseTab(name) {
  openTab(name)
  keep(name)
}

function pressed(tab) {
  chooseTab(tab.dataset.tab)
  // In one column the tabs stand at the foot of the window, and lead to their part.
  if (getComputedStyle(list.parentElement).position === "fixed") root.scrollIntoView({ block: "start" })
}

function moveFocus(event) {
  const tabs = shownTabs()
  const at = tabs.indexOf(document.activeElement)
  const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? (STEPS[event.key] && (at + STEPS[event.key] + tabs.length) % tabs.length)
  if (to === undefined || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  tabs[to].focus()
  chooseTab(tabs[to].dataset.tab)
}

function firstProblem() {
  return parts.querySelector(".field-error:not(:empty)")
}

// What waits in each part is said by an element of it: data-count, and in words data-count-says.
function showCounts() {
  for (const tab of allTabs()) {
    const part = document.getElementById(tab.getAttribute("aria-controls"))
    const counted = part.matches("[data-count]") ? part : part.querySelector("[data-count]")
    const count = Number(counted?.dataset.count ?? 0)
    write(tab.querySelector("[data-tab-count]"), count ? String(count) : "")
    write(tab.querySelector("[data-tab-says]"), count ? ` ${counted.dataset.countSays ?? ""}` : "")
    tab.classList.toggle("has-problem", Boolean(part.querySelector(".field-error:not(:empty)")))
    tab.hidden = part.childElementCount === 0
  }
  if (allTabs().some((tab) => tab.hidden && tab.dataset.tab === root.dataset.tab)) openTab("desk")
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words
}

// Of the story that was open last: another one begins with what can be done to it.
function kept() {
  try {
    const [place, name] = (localStorage.getItem(KEPT_AS) ?? "").split(" ")
    return place === location.pathname ? name : null
  } catch {
    return null
  }
}

function keep(name) {
  try {
    localStorage.setItem(KEPT_AS, `${location.pathname} ${name}`)
  } catch {
    // A browser that keeps nothing opens the first tab.
  }
}
