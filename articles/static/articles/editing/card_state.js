// How a card looks: as decided from the key press on, and as before where the newsroom refuses.

const VERDICTS = {
  confirm: "confirmed",
  about: "confirmed",
  mention: "confirmed",
  primary: "confirmed",
  "take-new-words": "confirmed",
  reject: "rejected",
  reconsider: "proposed",
}

// Shows the decision on the card; returns what puts it back as it was.
export function judge(card, decision) {
  const before = card.cloneNode(true)
  const verdict = VERDICTS[decision]
  const state = card.querySelector("[data-state]")
  const wasSaid = state.textContent
  state.textContent = verdict === "proposed" ? state.dataset.saysOpen : verdict
  card.classList.replace(`card-${card.dataset.verdict}`, `card-${verdict}`)
  card.dataset.verdict = verdict
  card.toggleAttribute("data-open", verdict === "proposed" && state.dataset.saysOpen !== "goes out")
  card.removeAttribute("data-together")
  card.setAttribute("aria-label", card.getAttribute("aria-label").replace(new RegExp(`${escaped(wasSaid)}$`), state.textContent))
  for (const button of card.querySelectorAll(".switch [data-change]")) {
    if (decision in { about: 1, mention: 1 }) button.setAttribute("aria-pressed", String(button.dataset.change === decision))
  }
  return () => putBack(card, before)
}

export function complain(card, message) {
  card.querySelector(".card-problem:not([data-quote-problem])")?.remove()
  if (!message) return
  const words = document.createElement("p")
  words.className = "card-problem changed"
  words.setAttribute("role", "alert")
  words.textContent = message
  card.querySelector(".card-head").after(words)
}

function putBack(card, before) {
  const isCurrent = card.classList.contains("is-current")
  card.className = before.className
  card.classList.toggle("is-current", isCurrent)
  card.dataset.verdict = before.dataset.verdict
  for (const name of ["data-open", "data-together"]) card.toggleAttribute(name, before.hasAttribute(name))
  card.setAttribute("aria-label", before.getAttribute("aria-label"))
  card.querySelector("[data-state]").textContent = before.querySelector("[data-state]").textContent
  const pressed = [...before.querySelectorAll(".switch [data-change]")].map((button) => button.getAttribute("aria-pressed"))
  card.querySelectorAll(".switch [data-change]").forEach((button, index) => button.setAttribute("aria-pressed", pressed[index]))
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
