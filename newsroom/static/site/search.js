/* The search box as a combobox: pages on what is being typed, chosen with the arrows. Without it the form works. */

const PAUSE = 150;
const FEWEST_LETTERS = 2;

for (const box of document.querySelectorAll("input[data-suggest]")) enhance(box);

function enhance(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Pages on this");
  list.hidden = true;
  box.form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    box.setAttribute(name, value);
  }
  const state = { box, list, timer: 0, asked: null };
  close(state);
  box.addEventListener("input", () => askSoon(state));
  box.addEventListener("keydown", (event) => steer(state, event));
  box.addEventListener("blur", () => close(state));
  // Before the box loses the focus, which would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => open(event.target.closest("[role=option]")));
}

function askSoon(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(state), PAUSE);
}

async function ask(state) {
  const words = state.box.value.trim();
  state.asked?.abort();
  if (words.length < FEWEST_LETTERS) return close(state);
  state.asked = new AbortController();
  try {
    const address = `${state.box.dataset.suggest}?${new URLSearchParams({ q: words })}`;
    const answer = await fetch(address, { signal: state.asked.signal });
    if (answer.ok) show(state, (await answer.json()).suggestions);
  } catch (error) {
    // Another letter was typed, or there is no connection: the form still works.
    if (error.name !== "AbortError") close(state);
  }
}

function show(state, suggestions) {
  if (!suggestions.length || document.activeElement !== state.box) return close(state);
  state.list.replaceChildren(...suggestions.map((entry, number) => option(state, entry, number)));
  state.list.hidden = false;
  state.box.setAttribute("aria-expanded", "true");
  state.box.removeAttribute("aria-activedescendant");
}

function option(state, { name, kind, url }, number) {
  const entry = document.createElement("li");
  entry.id = `${state.list.id}-${number}`;
  entry.setAttribute("role", "option");
  entry.setAttribute("aria-selected", "false");
  entry.dataset.url = url;
  const sort = document.createElement("span");
  sort.className = "entity-kind";
  sort.textContent = kind;
  entry.append(name, sort);
  return entry;
}

function steer(state, event) {
  if (state.list.hidden) return;
  const options = [...state.list.children];
  const current = options.findIndex((entry) => entry.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    // One place before the first is the box itself.
    select(state, options, ((current + 1 + step + options.length + 1) % (options.length + 1)) - 1);
  } else if (event.key === "Enter" && current >= 0) {
    event.preventDefault();
    open(options[current]);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close(state);
  }
}

function select(state, options, chosen) {
  options.forEach((entry, number) => entry.setAttribute("aria-selected", String(number === chosen)));
  if (chosen < 0) state.box.removeAttribute("aria-activedescendant");
  else {
    state.box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }
}

function open(entry) {
  if (entry) location.assign(entry.dataset.url);
}

function close(state) {
  state.list.hidden = true;
  state.box.setAttribute("aria-expanded", "false");
  state.box.removeAttribute("aria-activedescendant");
}
