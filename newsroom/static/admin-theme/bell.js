/* The bell says how many notifications are unread, and a message that is followed counts as read.
   "/" puts the cursor into the search of stories. */

const bell = document.querySelector("[data-bell]");
const EVERY = 60_000;

function say(unread) {
  const count = bell.querySelector("[data-unread]");
  count.textContent = unread > 99 ? "99+" : String(unread);
  count.hidden = !unread;
  bell.setAttribute("aria-label", unread ? `Notifications, ${unread} unread` : "Notifications");
  sessionStorage.setItem("unread", String(unread));
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(bell.dataset.bell, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) say((await answer.json()).unread);
  } catch { /* the next time */ }
}

if (bell) {
  // What the last page knew, until the answer is there.
  if (!bell.hasAttribute("data-is-counted")) say(Number(sessionStorage.getItem("unread") ?? 0));
  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}

document.addEventListener("click", (event) => {
  const told = event.target.closest("[data-notification]");
  const token = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (!told || !token || !bell) return;
  const body = new URLSearchParams({ read: told.dataset.notification });
  fetch(bell.dataset.read, { method: "POST", body, keepalive: true, headers: { Accept: "application/json", "X-CSRFToken": token } });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.getElementById("masthead-q");
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (!search || isTyping || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  search.focus();
  search.select();
});
