/* Menus are <details>, which work without this. With it, Escape and a press elsewhere close them. */

function closeOthers(kept) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!kept || !menu.contains(kept)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeOthers(event.target));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  closeOthers(null);
  menu?.querySelector("summary").focus();
});
