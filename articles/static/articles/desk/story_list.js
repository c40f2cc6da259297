// The list of stories remembers itself for the way back: the editing page of this tab leads to the same filters,
// and the list opens where it was left.

const KEY = "stories"

const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}")
if (kept.search === location.search && kept.scroll) window.scrollTo(0, kept.scroll)

function keep() {
  sessionStorage.setItem(KEY, JSON.stringify({ search: location.search, scroll: window.scrollY }))
}

keep()
window.addEventListener("pagehide", keep)
