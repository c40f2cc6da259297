// Everything around the cards: the popover in the text, forms, many at once, and pages in a dialog.
import { TagAdding } from "./add_tag.js"
import { BulkConfirming } from "./bulk.js"
import { spansOf } from "./evidence.js"
import { QuoteMarking } from "./mark_quote.js"
import { PageDialog } from "./page_dialog.js"
import { EvidencePopover } from "./popover.js"
import { QuoteForm } from "./quote_form.js"
import { wordsBetween } from "./text_map.js"

const OPEN_ONLY = "newsroom.open-proposals-only"

// `save()` resolves to whether the newsroom has every word of the text.
export function connectReviewing(panel, { editor, save }) {
  const { review } = panel
  const { address } = review.root.querySelector("[data-review]").dataset
  const popover = new EvidencePopover(review, { editor })
  const bulk = new BulkConfirming(review, { address })
  new TagAdding(review, { address })
  new QuoteMarking(review, { editor, address, save })
  new PageDialog(panel.root, { onDone: (words) => said(panel, words) })
  review.onCurrent = (card) => popover.showCurrent(card)
  review.onCount = (open) => {
    bulk.show()
    document.getElementById("proposals-tab").dataset.count = open
  }
  review.onEdit = (card, edit) => editQuote(review, card, edit, address)
  review.root.addEventListener("click", (event) => {
    const edit = event.target.closest("[data-edit-quote]")
    if (!edit || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    review.onEdit(edit.closest("[data-card]"), edit)
  })
  panel.onReplaced = () => settle(review, bulk)
  editor.on("update", () => sayUnsaved(review, editor))
  settle(review, bulk)
}

function settle(review, bulk) {
  for (const part of review.root.querySelectorAll("[data-review-tools], [data-review-view]")) part.hidden = false
  showOpenOnly(review.root)
  bulk.show()
  const awaited = document.getElementById(review.awaited ?? "-")
  if (!awaited) return
  review.awaited = ""
  awaited.focus()
}

function editQuote(review, card, edit, address) {
  const place = document.getElementById(`${card.id}-form`)
  if (place.childElementCount > 0) {
    place.querySelector("input:not([type=hidden])").focus()
    return
  }
  new QuoteForm(place, {
    values: JSON.parse(edit.dataset.editQuote),
    says: card.dataset.verdict === "confirmed" ? "Save" : "Confirm with these",
    address,
    send: (data) => review.decisions.add({ url: edit.href, data, cards: [card.id], isAsked: true }),
    onDone: () => goOn(review, card.id),
    onCancel: () => document.getElementById(card.id)?.focus(),
  })
}

function goOn(review, key) {
  const card = document.getElementById(key)
  if (!card) return
  const wasOpen = card.dataset.verdict === "proposed"
  review.shown([card], "confirm")
  if (wasOpen) review.history.push(key)
  const next = wasOpen && review.neighbour(card, 1, ({ dataset }) => "open" in dataset)
  ;(next || card).focus()
}

function said(panel, words) {
  const place = document.getElementById("bulk-done")
  if (place) {
    const told = document.createElement("span")
    place.replaceChildren(told)
    told.textContent = words
  }
  panel.onWait?.()
  panel.refresh()
}

// Quotations whose words differ from the saved ones say so while one types.
function sayUnsaved(review, editor) {
  for (const { from, to, card, mark } of spansOf(editor)) {
    const notice = mark === "quote" && document.getElementById(card)?.querySelector("[data-unsaved-words]")
    if (!notice) continue
    const now = wordsBetween(editor.state.doc, from, to)?.words
    notice.hidden = now === review.evidence[card]?.places[0].words
  }
}

function showOpenOnly(root) {
  const box = root.querySelector("[data-open-only]")
  const show = () => root.toggleAttribute("data-open-ones", Boolean(box?.checked))
  if (box) {
    box.checked = kept()
    box.addEventListener("change", () => {
      keep(box.checked)
      show()
    })
  }
  show()
}

function kept() {
  try {
    return localStorage.getItem(OPEN_ONLY) === "yes"
  } catch {
    return false
  }
}

function keep(isOn) {
  try {
    localStorage.setItem(OPEN_ONLY, isOn ? "yes" : "no")
  } catch {
    // A browser that keeps nothing shows all of them.
  }
}
