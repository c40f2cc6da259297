// One request that says what this tab holds and asks how the story stands: every second for half a minute after a
// save, in the first three seconds more often; else every ten seconds, once a minute while nobody looks; ever more
// slowly while nobody answers.
import { Problem, send } from "./request.js"

const SWIFT = 400
const SWIFT_TIME = 3000
const QUICK = 1000
const QUICK_TIME = 30_000
const CALM = 10_000
const HIDDEN = 60_000
const RETRIES = [2000, 4000, 8000, 15_000, 30_000]
// A newsroom that answers, but wants somebody to sign in, need not be spared.
const REFUSED = 4000
const UNREACHED = ["offline", "timeout", "broken"]
const PATIENCE = 10_000

export class Heartbeat {
  // `compose` gives what to say; `onAnswer` gets the answer and what was said; `onTrouble` a Problem.
  constructor(url, { compose, onAnswer, onTrouble }) {
    Object.assign(this, { url, compose, onAnswer, onTrouble })
    this.failures = 0
    this.quickUntil = 0
    this.retryAt = 0
    this.isHeld = false
    this.running = null
  }

  start() {
    const isBack = () => (document.hidden ? this.within(0) : this.now())
    document.addEventListener("visibilitychange", isBack)
    addEventListener("focus", () => this.failures && this.now())
    addEventListener("online", () => this.now())
    addEventListener("pageshow", (event) => event.persisted && this.now())
    this.now()
  }

  // At the latest in so many milliseconds, unless nobody answers just now.
  within(delay) {
    const dueAt = Math.max(Date.now() + delay, this.retryAt)
    if (this.timer && this.dueAt <= dueAt) return
    clearTimeout(this.timer)
    this.dueAt = dueAt
    this.timer = setTimeout(() => this.beat(), dueAt - Date.now())
  }

  // At once, however long nobody has answered.
  now() {
    this.retryAt = 0
    return this.beat()
  }

  hurry() {
    this.quickUntil = Date.now() + QUICK_TIME
    return this.now()
  }

  // Nothing may overtake a save: what is under way is broken off, and the next beat waits for `release`.
  hold() {
    this.isHeld = true
    this.breaking?.abort()
  }

  release() {
    this.isHeld = false
    this.within(0)
  }

  beat() {
    clearTimeout(this.timer)
    this.timer = null
    if (this.isHeld) return null
    if (this.running) {
      this.isWanted = true
      return this.running
    }
    this.isWanted = false
    this.running = this.exchange().finally(() => {
      this.running = null
      if (this.isWanted) this.beat()
      else this.within(this.pace)
    })
    return this.running
  }

  get pace() {
    const left = this.quickUntil - Date.now()
    if (left > QUICK_TIME - SWIFT_TIME) return SWIFT
    if (left > 0) return QUICK
    return document.hidden ? HIDDEN : CALM
  }

  // Whether it was answered.
  async exchange() {
    this.breaking = new AbortController()
    const said = this.compose()
    try {
      const answer = await send(this.url, said.message, { signal: this.breaking.signal, patience: PATIENCE })
      this.failures = 0
      this.retryAt = 0
      this.onAnswer(answer, said)
      return true
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      if (problem.code !== "held") this.fail(problem)
      return false
    }
  }

  fail(problem) {
    const wait = UNREACHED.includes(problem.code) ? RETRIES[Math.min(this.failures, RETRIES.length - 1)] : REFUSED
    this.failures += 1
    this.isWanted = false
    this.quickUntil = 0
    // Not all at the same moment, when the newsroom comes back.
    this.retryAt = Date.now() + wait * (0.8 + 0.4 * Math.random())
    this.onTrouble(problem)
  }

  // The last word of a page that goes; a browser lets it out only while it is short.
  leave(message) {
    const isShort = JSON.stringify(message).length < 50_000
    send(this.url, isShort ? message : { ...message, typed: undefined }, { keepalive: true }).catch(() => {})
  }
}
