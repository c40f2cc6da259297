// A storyline: stories dragged to their place, and found while one types. Without this, numbers and buttons do the same.
import { connectDragging } from "./dragging.js"
import { StoryFinder } from "../editing/story_finder.js"

const form = document.querySelector("[data-storyline][data-is-editable]")
const list = form?.querySelector("[data-rows]")
if (list) {
  connectDragging(list, { rows: "li[data-story]", drop: (row, onto) => move(form, row.dataset.story, onto.dataset.number) })
}
const adding = document.querySelector("[data-storyline-add]")
if (adding) connectAdding(adding)

// As its own button would: the desk answers with the list as it stands then, whoever else works on it.
function move(form, story, number) {
  const button = Object.assign(document.createElement("button"), { name: "move", value: `${story}:${number}`, hidden: true })
  form.append(button)
  form.requestSubmit(button)
}

function connectAdding(form) {
  const field = form.elements.add
  const listed = new Set(form.dataset.listed.split(" "))
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-expanded", "false")
  field.setAttribute("aria-controls", "storyline-found")
  new StoryFinder(field, form.querySelector("#storyline-found"), {
    url: form.dataset.find,
    own: "",
    choices: (typed, stories) =>
      stories
        .filter(({ id }) => !listed.has(String(id)))
        .map((story) => ({
          says: story.headline,
          note: `${story.state}, ${story.date}`,
          take: () => {
            field.value = story.line
            form.requestSubmit()
          },
        })),
    say: (words) => {
      form.querySelector("[data-status]").textContent = words
    },
  })
}
