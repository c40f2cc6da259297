// The page of a correction: the notice as readers will see it, while it is typed; what sealing does, once it is ticked.

const form = document.querySelector(".verb-form")
const preview = document.querySelector("[data-notice-preview]")
if (form && preview) start()

function start() {
  const frame = preview.querySelector("iframe")
  const show = () => showNotice(frame.contentDocument)
  preview.hidden = false
  frame.addEventListener("load", show)
  form.addEventListener("input", show)
  form.addEventListener("change", show)
  show()
  explainSeal()
}

function explainSeal() {
  const explained = document.querySelector("[data-seal-explained]")
  if (!explained) return
  const follow = () => (explained.hidden = !form.elements.seal.checked)
  form.elements.seal.addEventListener("change", follow)
  follow()
}

function showNotice(page) {
  const notice = page?.querySelector(".correction")
  if (!notice) return
  const kind = form.elements.kind.selectedOptions[0].textContent
  const [says, words] = [notice.querySelector("strong"), notice.querySelector("p")]
  notice.setAttribute("aria-label", kind)
  says.textContent = `${kind}.`
  words.replaceChildren(says, ` ${form.elements.notice.value.trim() || "Your notice stands here."}`)
  const place = page.querySelector(`[data-place="${form.elements.position.value || "top"}"]`)
  if (notice.parentElement !== place) place.append(notice)
  // Not scrollIntoView: it would move the page around the frame as well, under the hands of who types.
  const root = page.scrollingElement
  const { top, bottom } = notice.getBoundingClientRect()
  const isSeenFromTop = bottom + root.scrollTop <= root.clientHeight
  root.scrollTop = isSeenFromTop ? 0 : root.scrollTop + top - root.clientHeight / 3
}
