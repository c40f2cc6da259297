// Unsent words of comments: kept through a reload, a crash and a dead network, for this person and this story.
const LONGEST_KEPT = 40 * 24 * 3600 * 1000

export class Drafts {
  constructor({ person, article }) {
    this.prefix = `newsroom.comment.${person}.${article}.`
    // For browsers that keep nothing.
    this.memory = new Map()
    this.forgetOld()
  }

  get(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.prefix + key))
      if (kept) return kept
    } catch {
      // Nothing kept, or nothing that can be read.
    }
    return this.memory.get(key) ?? null
  }

  set(key, draft) {
    if (!draft.text && !draft.about) return this.remove(key)
    const kept = { ...draft, at: Date.now() }
    this.memory.set(key, kept)
    try {
      localStorage.setItem(this.prefix + key, JSON.stringify(kept))
    } catch {
      // A full or closed storage: the memory has it while the page is open.
    }
  }

  remove(key) {
    this.memory.delete(key)
    try {
      localStorage.removeItem(this.prefix + key)
    } catch {
      // Nothing was kept.
    }
  }

  // The words are on their way: they come back into their box unless the newsroom says that it has them.
  sending(key) {
    const draft = this.get(key)
    if (draft) this.set(`${key}.sent`, draft)
    this.remove(key)
  }

  arrived(key) {
    this.remove(`${key}.sent`)
  }

  // What a box should show: words that may not have arrived, and those typed since.
  restored(key) {
    const sent = this.get(`${key}.sent`)
    const draft = this.get(key)
    if (!sent) return draft
    const text = [sent.text, draft?.text].filter(Boolean).join("\n\n")
    const joined = { ...sent, ...draft, about: draft?.about ?? sent.about, text, uuid: draft?.text ? undefined : sent.uuid }
    this.remove(`${key}.sent`)
    this.set(key, joined)
    return joined
  }

  forgetOld() {
    try {
      for (const name of Object.keys(localStorage).filter((name) => name.startsWith("newsroom.comment."))) {
        const kept = JSON.parse(localStorage.getItem(name))
        if (!(Date.now() - kept?.at < LONGEST_KEPT)) localStorage.removeItem(name)
      }
    } catch {
      // Nothing can be kept, so nothing is old.
    }
  }
}
