// Who else has this story open, in the bar.

export function showPresence(people) {
  const list = document.querySelector("[data-presence]")
  if (!list) return
  const said = people.map(({ says }) => says).join("\n")
  if (list.dataset.said === said) return
  list.dataset.said = said
  list.hidden = people.length === 0
  list.replaceChildren(...people.map(person))
}

function person({ says, is_editing: isEditing, is_you: isYou }) {
  const item = document.createElement("li")
  item.className = `${isEditing ? "is-editing" : ""} ${isYou ? "is-you" : ""}`.trim()
  item.textContent = says
  item.title = says
  return item
}
