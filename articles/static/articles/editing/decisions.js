// Decisions go out one after the other, in the order in which they were made, while the page has shown them already.
import { Problem, send } from "./request.js"

export class Decisions {
  // `onRest()` shows what the newsroom has made of them, once the last one is answered; `onFailure(decision, message)` is
  // called for each that was refused. While any of this is under way, the page says so in `data-deciding`.
  constructor({ onRest, onFailure }) {
    Object.assign(this, { onRest, onFailure })
    this.waiting = []
    this.made = 0
    this.resting = []
    window.addEventListener("beforeunload", (event) => this.isBusy && event.preventDefault())
  }

  get isBusy() {
    return this.waiting.length > 0
  }

  // {url, data, cards, putBack}; resolves to the answer. A decision that `isAsked` gets its own problem instead of onFailure.
  add(decision) {
    this.made += 1
    const answered = new Promise((resolve, reject) => Object.assign(decision, { resolve, reject }))
    this.waiting.push(decision)
    document.documentElement.dataset.deciding = ""
    if (this.waiting.length === 1) this.work()
    return answered
  }

  // Resolves when nothing is on its way any more.
  rest() {
    return this.isBusy ? new Promise((resolve) => this.resting.push(resolve)) : Promise.resolve()
  }

  async work() {
    while (this.waiting.length > 0) {
      const decision = this.waiting[0]
      try {
        decision.resolve(await send(decision.url, decision.data))
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        // Where nothing answers, nothing will answer the others.
        const lost = problem.status === 0 ? [...this.waiting] : [decision]
        for (const each of lost.reverse()) this.fail(each, problem)
        if (problem.status === 0) this.waiting.length = 1
      }
      this.waiting.shift()
    }
    this.onRest().finally(() => {
      if (!this.isBusy) delete document.documentElement.dataset.deciding
    })
    for (const resolve of this.resting.splice(0)) resolve()
  }

  fail(decision, problem) {
    decision.putBack?.()
    if (decision.isAsked) {
      decision.reject(problem)
      return
    }
    this.onFailure(decision, problem.message)
    decision.resolve(null)
  }
}
