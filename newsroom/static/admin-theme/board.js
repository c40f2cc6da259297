/* The board stays fresh by itself: every 20 seconds while somebody looks, without a reload, and without taking
   focus, scroll or a press that is under way. Its clocks and countdowns tick every second. */

const REFRESH = 20_000;
const board = document.querySelector("[data-board]");
const state = document.querySelector("[data-board-state]");
let timer, refreshedAt = new Date(), isPressed = false;

function hourOf(moment, zone) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(moment);
}

function until(moment) {
  const seconds = Math.round((moment - Date.now()) / 1000);
  const late = seconds < 0 ? "late by " : "in ";
  const [hours, minutes, rest] = [Math.floor(Math.abs(seconds) / 3600), Math.floor(Math.abs(seconds) / 60) % 60, Math.abs(seconds) % 60];
  if (hours >= 48) return `${late}${Math.floor(hours / 24)} days`;
  if (hours) return `${late}${hours} h ${String(minutes).padStart(2, "0")} min`;
  return `${late}${minutes}:${String(rest).padStart(2, "0")}`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = hourOf(new Date(), clock.dataset.clock);
  for (const countdown of board.querySelectorAll("[data-countdown]")) {
    const moment = new Date(countdown.dataset.countdown);
    countdown.textContent = until(moment);
    countdown.classList.toggle("is-late", moment < Date.now() - 60_000);
  }
}

// How to find again what has the focus: by its id, or as the nth link to the same place.
function markOf(element) {
  if (!element || !board.contains(element)) return null;
  if (element.id) return { id: element.id };
  const href = element.getAttribute("href");
  return { href, pile: element.closest("section")?.className.split(" ")[1] };
}

function refocus(mark) {
  if (!mark) return;
  const links = mark.href ? [...board.querySelectorAll(`a[href="${CSS.escape(mark.href)}"]`)] : [];
  const there = mark.id
    ? document.getElementById(mark.id)
    : (links.find((link) => link.closest("section")?.classList.contains(mark.pile)) ?? links[0]);
  (there ?? document.getElementById("content-start")).focus({ preventScroll: true });
}

function show(html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const mark = markOf(document.activeElement);
  const [x, y] = [window.scrollX, window.scrollY];
  board.replaceChildren(...fresh.childNodes);
  tick();
  refocus(mark);
  window.scrollTo(x, y);
}

function complain(words) {
  state.hidden = !words;
  if (state.textContent !== words) state.textContent = words;
}

async function refresh() {
  clearTimeout(timer);
  if (!document.hidden && !isPressed) {
    try {
      const answer = await fetch(board.dataset.board, { headers: { Accept: "text/html" } });
      if (answer.redirected) complain("You are signed out: sign in again to see what is new.");
      else if (!answer.ok) throw new Error(String(answer.status));
      else if (!isPressed) {
        show(await answer.text());
        refreshedAt = new Date();
        complain("");
      }
    } catch {
      complain(`The newsroom does not answer: this is the board of ${hourOf(refreshedAt)}.`);
    }
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, REFRESH);
}

// What is being pressed must not be replaced between the press and the release.
document.addEventListener("pointerdown", () => { isPressed = true; });
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => { isPressed = false; }));
document.addEventListener("visibilitychange", () => document.hidden || refresh());

tick();
setInterval(tick, 1000);
timer = setTimeout(refresh, REFRESH);
