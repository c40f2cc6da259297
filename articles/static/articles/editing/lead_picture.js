// The picture above the story: a card in place of the plain list, which stays what is submitted.
import { factsOf, pictureNumbered } from "./known_pictures.js"
import { openPictures } from "./picture_dialog.js"

export function connectLeadPicture(root) {
  const select = root.querySelector("select")
  const card = root.querySelector("[data-lead-card]")
  const image = card.querySelector("img")
  const words = card.querySelector("[data-lead-words]")
  const choose = card.querySelector("[data-lead-choose]")
  const remove = card.querySelector("[data-lead-remove]")

  const show = async () => {
    const id = select.value
    const picture = await pictureNumbered(id)
    if (select.value !== id) return
    card.classList.toggle("is-empty", !picture)
    remove.hidden = !id || select.disabled
    choose.hidden = select.disabled
    choose.textContent = id ? "Replace …" : "Choose or upload …"
    image.hidden = !picture
    if (picture) Object.assign(image, { src: picture.thumbnail, alt: picture.alt })
    words.replaceChildren(...(picture ? linesOf(picture) : [line("lead-none", id ? "The picture cannot be shown now." : "No picture")]))
  }

  const set = (id) => {
    select.value = String(id)
    select.dispatchEvent(new Event("change", { bubbles: true }))
    select.dispatchEvent(new Event("input", { bubbles: true }))
    choose.focus()
  }

  const take = (picture) => {
    if (![...select.options].some(({ value }) => value === String(picture.id))) {
      select.add(new Option(picture.name, picture.id))
    }
    set(picture.id)
  }

  choose.addEventListener("click", () => openPictures({ title: "Picture above the story", onChoose: take }))
  remove.addEventListener("click", () => set(""))
  select.addEventListener("change", show)
  card.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault())
  card.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (!files.length || select.disabled) return
    event.preventDefault()
    openPictures({ title: "Picture above the story", onChoose: take, files })
  })
  select.hidden = true
  card.hidden = false
  show()
}

function linesOf(picture) {
  const isUnfit = Boolean(picture.why_not) || picture.lacks.length > 0
  const needs = picture.lacks.length ? `Still needs: ${picture.lacks.join(" and ")}` : ""
  return [
    line("lead-name", picture.caption || picture.alt || picture.name),
    line(isUnfit ? "lead-facts is-problem" : "lead-facts", [factsOf(picture), needs].filter(Boolean).join(" · ")),
  ]
}

function line(className, textContent) {
  return Object.assign(document.createElement("span"), { className, textContent })
}
