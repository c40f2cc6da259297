// Unsaved words on this computer, for when the newsroom cannot be reached: one copy for each person, story and tab.
// In IndexedDB, not in localStorage: that has room for five megabytes, and Chromium writes it to disk only seconds
// later, so that a browser that is killed has lost it.

const NAME = "newsroom-unsaved"
const STORE = "copies"
const KEPT_FOR = 30 * 24 * 3600 * 1000

let opening = null

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" })
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("blocked"))
  })
  return opening
}

// Runs `work` on the store; resolves to what it asked for once that is on disk.
async function within(mode, work) {
  const transaction = (await database()).transaction(STORE, mode)
  const request = work(transaction.objectStore(STORE))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result)
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
}

function keyOf({ user, article, tab }) {
  return `${user}:${article}:${tab}`
}

// Whether the copy is on disk now. A full disk or a browser that keeps nothing is an answer, not an error.
export async function keepCopy(copy) {
  try {
    await within("readwrite", (store) => store.put({ ...copy, key: keyOf(copy), at: Date.now() }))
    return true
  } catch {
    return false
  }
}

export async function removeCopy(copy) {
  try {
    await within("readwrite", (store) => store.delete(keyOf(copy)))
  } catch {
    // Nothing can be kept here, so nothing is.
  }
}

export async function copiesOf({ user, article }) {
  try {
    const all = await within("readonly", (store) => store.getAll())
    return all.filter((copy) => copy.user === user && copy.article === article)
  } catch {
    return []
  }
}

// Who signs in on this computer finds no words of the person before; nobody finds them after thirty days.
export async function forgetOthers(user) {
  try {
    const all = await within("readonly", (store) => store.getAll())
    const foreign = all.filter((copy) => copy.user !== user || copy.at < Date.now() - KEPT_FOR)
    for (const copy of foreign) await removeCopy(copy)
  } catch {
    // As above.
  }
}

export async function forgetAll() {
  try {
    await within("readwrite", (store) => store.clear())
  } catch {
    // As above.
  }
}
