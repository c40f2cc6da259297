// Sends a form with a file and says how far it is; fetch cannot.
import { Problem } from "./request.js"

export function sendWithProgress(url, data, onProgress) {
  const request = new XMLHttpRequest()
  const answer = new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total ? loaded / total : 0))
    request.addEventListener("load", () => settle(request, resolve, reject))
    request.addEventListener("error", () => reject(new Problem("The newsroom cannot be reached. The picture and your words are still here: try again in a moment.")))
    request.addEventListener("abort", () => reject(new Problem("Not uploaded.")))
  })
  request.open("POST", url)
  request.setRequestHeader("Accept", "application/json")
  const token = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1]
  if (token) request.setRequestHeader("X-CSRFToken", token)
  request.send(data)
  return { answer, abort: () => request.abort() }
}

function settle(request, resolve, reject) {
  const { status } = request
  if (!request.getResponseHeader("Content-Type")?.startsWith("application/json")) {
    reject(new Problem(refusal(request), { status }))
    return
  }
  const body = JSON.parse(request.responseText)
  if (status < 400) resolve(body)
  else reject(Object.assign(new Problem(body.message, { status, ...body }), { standing: body.standing, picture: body.picture }))
}

function refusal({ status, responseURL }) {
  if (status === 413) return "The file is larger than the newsroom takes: make it smaller. Your words are still here."
  if (status === 403 || responseURL.includes("/login/")) {
    return "You may not upload pictures, or you are signed out: sign in again in another tab, then try again. Nothing is lost."
  }
  return `The newsroom answered ${status}. The picture and your words are still here: try again in a moment.`
}
