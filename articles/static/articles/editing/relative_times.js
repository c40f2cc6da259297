// Keeps "5 min ago" true while a page stays open; the server words it the same way (articles/templatetags/desk.py).
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function keepTimesTrue(root) {
  setInterval(() => {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const words = ago(Date.now() - Date.parse(time.dateTime))
      if (words && time.textContent !== words) time.textContent = words
    }
  }, MINUTE / 2)
}

// Nothing where a date is clearer: the server writes that.
function ago(period) {
  if (!(period >= 0 && period < DAY)) return ""
  if (period < MINUTE) return "just now"
  return period < HOUR ? `${Math.floor(period / MINUTE)} min ago` : `${Math.floor(period / HOUR)} h ago`
}
