// Typographic signs for what is typed: given the words before the caret and the typed character, which characters to
// take away before it and what to put in their place; or null where the character stands as typed.

// An opening mark stands at the start, after white space, an opening bracket, a dash or the other opening mark.
const OPENING = /(^|[\s\u00a0([{<–—/-])$/
// Takes ‘tis and ‘em, which begin with an apostrophe; leaves ‘team.
const CLIPPED = /(^|[\s\u00a0([{–—“])‘(tis|twas|twere|em|til|cause|round|bout|n)$/i
// Takes the ‘90 of ‘90s; leaves ‘90 alone.
const DECADE = /‘(\d0)$/

export function typed(before, character) {
  if (character === '"') return put(opens(before, "‘") ? "“" : "”")
  if (character === "'") return put(opens(before, "“") ? "‘" : "’")
  if (character === ".") return before.endsWith("..") && !before.endsWith("...") ? put("…", 2) : null
  if (character === "-") return dashed(before)
  // House style: a dash between words is an en dash with spaces.
  if (character === " " && /\S -$/.test(before)) return put("– ", 1)
  if (character === "s" && DECADE.test(before)) return put(`’${before.slice(-2)}s`, 3)
  if (/[\s.,;:!?’”]/.test(character) && CLIPPED.test(before)) {
    const word = before.slice(before.lastIndexOf("‘") + 1)
    return put(`’${word}${character}`, word.length + 1)
  }
  return null
}

function opens(before, other) {
  return OPENING.test(before) || before.endsWith(other)
}

// Two hyphens are an en dash, three an em dash.
function dashed(before) {
  if (before.endsWith("–")) return put("—", 1)
  return before.endsWith("-") && !before.endsWith("--") ? put("–", 1) : null
}

function put(text, taken = 0) {
  return { text, taken }
}
