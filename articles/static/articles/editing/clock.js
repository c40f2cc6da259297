// Times on the newsroom's clock: what each is in UTC, the nights when the clocks change, quick choices, countdowns.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// The time that a clock in this zone shows at a moment, as "2026-11-25T21:42".
export function shownAt(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(moment)
  const part = (type) => parts.find((each) => each.type === type).value
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`
}

// The moments at which that clock shows what was typed: one; none or two in the nights when the clocks change.
export function momentsOf(typed, zone) {
  const asIfUtc = Date.parse(`${typed}Z`)
  if (Number.isNaN(asIfUtc)) return []
  const offset = (time) => Date.parse(`${shownAt(new Date(time), zone)}Z`) - Math.floor(time / MINUTE) * MINUTE
  const offsets = new Set([offset(asIfUtc - DAY), offset(asIfUtc + DAY)])
  return [...offsets]
    .map((minutes) => new Date(asIfUtc - minutes))
    .filter((moment) => shownAt(moment, zone) === typed)
    .sort((one, other) => one - other)
}

export function connectClocks(root) {
  for (const form of root.querySelectorAll("form[data-time-zone]")) {
    for (const field of form.querySelectorAll("[data-newsroom-time]")) connectField(field, form.dataset.timeZone)
    for (const choices of form.querySelectorAll("[data-quick-times]")) connectQuick(choices, form.dataset.timeZone)
    for (const choice of form.querySelectorAll("[data-plan-choice]")) connectChoice(choice)
  }
}

function connectField(field, zone) {
  const turn = field.parentElement.querySelector(`[name="${field.name}-turn"]`)
  const line = document.createElement("output")
  line.className = "in-utc"
  line.id = `${field.id}-utc`
  line.htmlFor = field.id
  ;(turn ?? field).after(line)
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "))
  const say = () => {
    const moments = field.value ? momentsOf(field.value, zone) : []
    if (turn) turn.hidden = moments.length !== 2
    if (turn && moments.length !== 2) turn.value = ""
    line.classList.toggle("is-wrong", Boolean(field.value) && moments.length !== 1 && !turn?.value)
    line.textContent = field.value ? inWords(moments, turn?.value, zone) : ""
  }
  field.addEventListener("input", say)
  turn?.addEventListener("change", say)
  say()
}

function inWords(moments, turn, zone) {
  if (moments.length === 0) return "The clocks go forward over this time: it does not exist. Choose a later one."
  if (moments.length === 1 || turn) return `${inUtc(moments[turn === "2" ? 1 : 0])}${isPast(moments, turn) ? ", which has passed" : ""}`
  return `The clocks go back: this time comes twice, at ${moments.map(inUtc).join(" and at ")}. Choose which.`
}

function isPast(moments, turn) {
  return moments[turn === "2" ? 1 : 0] < new Date()
}

function inUtc(moment) {
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC", weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(moment)
  return `${words} UTC`
}

const QUICK = {
  "1h": (zone) => shownAt(new Date(Date.now() + HOUR), zone),
  "3h": (zone) => shownAt(new Date(Date.now() + 3 * HOUR), zone),
  evening: (zone) => next(zone, "18:00", () => true),
  tomorrow: (zone) => `${shownAt(new Date(Date.now() + DAY), zone).slice(0, 10)}T06:00`,
  monday: (zone) => next(zone, "06:00", (day) => new Date(`${day}T12:00Z`).getUTCDay() === 1),
}

// The first time to come, on the newsroom's clock, at that hour of a day that fits.
function next(zone, hour, fits) {
  const now = shownAt(new Date(), zone)
  for (let days = 0; days < 8; days += 1) {
    const day = shownAt(new Date(Date.now() + days * DAY), zone).slice(0, 10)
    if (fits(day) && `${day}T${hour}` > now) return `${day}T${hour}`
  }
  return now
}

function connectQuick(choices, zone) {
  const field = document.getElementById(choices.dataset.quickTimes)
  if (!field) return
  choices.hidden = false
  choices.addEventListener("click", (event) => {
    const button = event.target.closest("[data-quick]")
    if (!button) return
    field.value = QUICK[button.dataset.quick](zone)
    field.dispatchEvent(new Event("input", { bubbles: true }))
    field.focus()
  })
}

// Shows what belongs to the chosen answer, and only that.
function connectChoice(group) {
  const name = group.dataset.planChoice
  const show = () => {
    const chosen = group.querySelector(`[name="${name}"]:checked`)?.value
    for (const detail of group.querySelectorAll("[data-plan-for]")) {
      if (detail.closest("[data-plan-choice]") === group) detail.hidden = !detail.dataset.planFor.split(" ").includes(chosen)
    }
  }
  group.addEventListener("change", show)
  show()
}

export function countDown() {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const words = until(new Date(place.dataset.countdown))
    if (place.textContent !== words) place.textContent = words
  }
}

function until(moment) {
  const left = Math.ceil((moment - Date.now()) / MINUTE)
  if (left <= 0) return "due now"
  const [days, hours, minutes] = [Math.floor(left / 1440), Math.floor(left / 60) % 24, left % 60]
  const parts = [days && `${days} d`, hours && `${hours} h`, minutes && !days && `${minutes} min`]
  return `in ${parts.filter(Boolean).join(" ")}`
}

connectClocks(document)
setInterval(countDown, 15_000)
