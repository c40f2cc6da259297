// Requests to our own pages. The CSRF token is read at the moment of sending: it changes when somebody signs in again.

const PATIENCE = 30_000

export class Problem extends Error {
  constructor(message, { status = 0, code = "", fields = {}, form = "" } = {}) {
    super(message)
    Object.assign(this, { status, code, fields, form })
  }
}

export function csrfToken() {
  return /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ""
}

// Sends a form, or anything else as JSON.
export async function send(url, data, options = {}) {
  const isForm = data instanceof FormData
  // The form's own token, where there is one, is of the sign-in that the page was loaded under.
  if (isForm && csrfToken()) data.delete("csrfmiddlewaretoken")
  const headers = { "X-CSRFToken": csrfToken(), ...(isForm ? {} : { "Content-Type": "application/json" }) }
  return answer(url, { method: "POST", body: isForm ? data : JSON.stringify(data), headers }, options)
}

export async function load(url) {
  return answer(url, {})
}

async function answer(url, options, { signal, keepalive = false, patience = PATIENCE } = {}) {
  const response = await reached(url, { ...options, keepalive }, signal, patience)
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw refusal(response)
  let body
  try {
    body = await response.json()
  } catch {
    throw new Problem("The line broke off in the middle. Your words are still here: try again in a moment.", {
      code: "offline",
    })
  }
  if (!response.ok) throw new Problem(body.message, { status: response.status, ...body })
  return body
}

async function reached(url, options, signal, patience) {
  const clock = new AbortController()
  const timer = setTimeout(() => clock.abort("timeout"), patience)
  signal?.addEventListener("abort", () => clock.abort("held"), { once: true })
  try {
    const headers = { ...options.headers, Accept: "application/json" }
    return await fetch(url, { ...options, headers, signal: clock.signal })
  } catch {
    if (clock.signal.reason === "held") throw new Problem("Held back.", { code: "held" })
    if (clock.signal.reason === "timeout") {
      throw new Problem("The newsroom does not answer. Your words are still here: try again in a moment.", {
        code: "timeout",
      })
    }
    throw new Problem("The newsroom cannot be reached. Your words are still here: try again in a moment.", {
      code: "offline",
    })
  } finally {
    clearTimeout(timer)
  }
}

// A page where an answer was expected: of the sign-in, of a refusal, or of a failure.
function refusal({ redirected, status }) {
  if (redirected) {
    return new Problem("You are signed out. Sign in again in another tab, then go on here: your words are still here.", {
      status,
      code: "signed_out",
    })
  }
  if (status === 403) {
    return new Problem("The newsroom refuses this (403). Sign in again in another tab, then go on here: your words are still here.", {
      status,
      code: "forbidden",
    })
  }
  if (status === 404) return new Problem("This story is not there any more (404). Your words are still here: copy them.", { status, code: "gone" })
  return new Problem(`The newsroom answered ${status}. Your words are still here: try again in a moment.`, {
    status,
    code: "broken",
  })
}
