// How long the story is: words, minutes of reading, and the words of a selection.

// Silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 109 (2019).
const WORDS_A_MINUTE = 238

export function connectCounts(editor) {
  const words = document.querySelector("[data-word-count]")
  const minutes = document.querySelector("[data-reading-time]")
  const show = () => {
    const { doc, selection } = editor.state
    const all = wordsBetween(doc, 0, doc.content.size)
    const some = selection.empty ? 0 : wordsBetween(doc, selection.from, selection.to)
    words.textContent = some ? `${some} of ${inWords(all)}` : inWords(all)
    minutes.textContent = all ? ` · ${Math.max(1, Math.round(all / WORDS_A_MINUTE))} min` : ""
  }
  let frame = 0
  editor.on("transaction", ({ transaction }) => {
    if (!transaction.docChanged && !transaction.selectionSet) return
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(show)
  })
  show()
}

function inWords(count) {
  return count === 1 ? "1 word" : `${count.toLocaleString("en-GB")} words`
}

// As the server counts them: what white space parts.
function wordsBetween(doc, from, to) {
  return doc.textBetween(from, to, "\n", "\n").split(/\s+/).filter(Boolean).length
}
