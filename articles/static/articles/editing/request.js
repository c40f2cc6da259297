// Requests to our own pages. The CSRF token is read at the moment of sending: it changes when somebody signs in again.

export class Problem extends Error {
  constructor(message, { status = 0, code = "", fields = {}, form = "" } = {}) {
    super(message)
    Object.assign(this, { status, code, fields, form })
  }
}

export async function send(url, data) {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1]
  return answer(url, { method: "POST", body: data, headers: token ? { "X-CSRFToken": token } : {} })
}

export async function load(url) {
  return answer(url, {})
}

async function answer(url, options) {
  let response
  try {
    response = await fetch(url, { ...options, headers: { ...options.headers, Accept: "application/json" } })
  } catch {
    throw new Problem("The newsroom cannot be reached. Your words are still here: try again in a moment.")
  }
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    throw new Problem(
      response.redirected || response.status === 403
        ? "You are signed out. Sign in again in another tab, then save here: your words are kept."
        : `The newsroom answered ${response.status}. Your words are still here: try again in a moment.`,
      { status: response.status },
    )
  }
  const body = await response.json()
  if (!response.ok) throw new Problem(body.message, { status: response.status, ...body })
  return body
}
