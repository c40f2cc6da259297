// What is typed and not saved is kept twice: at the newsroom a second after a pause, and every few seconds while
// somebody types on; on this computer within a second. Never in the article: only saving writes there.
import { forgetOthers, keepCopy, removeCopy } from "./local_copy.js"

const PAUSE = 1000
// Three seconds are the most that may be lost: half a second of them is for the way.
const LONGEST = 2500
const LOCAL_PAUSE = 300
const LOCAL_LONGEST = 900

export class Autosave {
  // `source` tells what is written: entries(), written(), isDirty, lockVersion.
  constructor(source, { user, article, tab, heartbeat, onLocal = () => {} }) {
    Object.assign(this, { source, user, article, tab, heartbeat, onLocal })
    this.atNewsroom = null
    this.here = null
    this.isEnded = false
    forgetOthers(user)
  }

  // Something may have been typed.
  touch() {
    this.hasTyped = true
    const now = Date.now()
    this.firstAt ??= now
    this.localFirstAt ??= now
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => this.heartbeat.within(0),
      Math.min(PAUSE, Math.max(0, this.firstAt + LONGEST - now)),
    )
    clearTimeout(this.localTimer)
    this.localTimer = setTimeout(
      () => this.keepHere(),
      Math.min(LOCAL_PAUSE, Math.max(0, this.localFirstAt + LOCAL_LONGEST - now)),
    )
  }

  // What a heartbeat says of the words; `written` is for `confirm`.
  report() {
    const written = this.source.written()
    const isSaved = !this.source.isDirty
    const isNew = !isSaved && written !== this.atNewsroom
    clearTimeout(this.timer)
    this.firstAt = undefined
    // What the editor tidies up by itself is no typing.
    const hasTyped = Boolean(this.hasTyped) && !isSaved
    this.hasTyped = false
    return {
      written,
      isNew,
      words: {
        lock_version: this.source.lockVersion,
        is_saved: isSaved,
        has_typed: hasTyped,
        ...(isNew ? { typed: this.source.entries() } : {}),
      },
    }
  }

  // The newsroom has them, and so has the copy here nothing to tell it later.
  confirm({ written, isNew }) {
    if (!isNew) return
    this.atNewsroom = written
    if (this.copy && this.here === written) keepCopy({ ...this.copy, isUp: true })
  }

  async keepHere() {
    clearTimeout(this.localTimer)
    this.localFirstAt = undefined
    if (this.isEnded) return
    const written = this.source.written()
    if (!this.source.isDirty) {
      this.here = null
      await removeCopy(this.place)
      return
    }
    if (written === this.here) return
    const isUp = written === this.atNewsroom
    this.copy = { ...this.place, entries: this.source.entries(), lockVersion: this.source.lockVersion, isUp }
    this.isKeptHere = await keepCopy(this.copy)
    if (this.isKeptHere) this.here = written
    else await removeCopy(this.place)
    this.onLocal()
  }

  // Saved, or handed on to a page that carries the words.
  forgetHere() {
    clearTimeout(this.localTimer)
    this.localFirstAt = undefined
    this.here = null
    return removeCopy(this.place)
  }

  get place() {
    return { user: this.user, article: this.article, tab: this.tab }
  }

  // Whether leaving now would lose words.
  get wouldLose() {
    if (!this.source.isDirty) return false
    const written = this.source.written()
    return written !== this.atNewsroom && written !== this.here
  }
}
