// The search field of a picker says to who cannot see it what is picked there: select2 leaves it without a name.
function name(field) {
  const picker = field.closest(".select2-container")
  const select = picker?.previousElementSibling ?? document.querySelector(".select2-container--open")?.previousElementSibling
  const label = select?.labels?.[0]?.textContent.trim()
  field.setAttribute("aria-label", label || "Search")
}

// What is closed is named by what is chosen in it, which is nothing at first.
function nameClosed(box) {
  const select = box.closest(".select2-container")?.previousElementSibling
  const label = select?.labels?.[0]
  if (!label || box.dataset.isNamed) return
  label.id ||= `${select.id}-label`
  box.dataset.isNamed = ""
  box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby") ?? ""}`.trim())
  box.querySelector("[role=textbox]")?.setAttribute("aria-labelledby", label.id)
}

function nameAll() {
  for (const box of document.querySelectorAll(".select2-selection[role=combobox]")) nameClosed(box)
  for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) name(field)
}

// select2 makes its fields some time after the page is ready, and that of a list when the list opens.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true })
nameAll()
