// What a photographer or agency wrote into a picture: asked of the newsroom, which reads it before it is taken out.
import { Problem } from "./request.js"
import { sendWithProgress } from "./upload.js"

// In a JPEG nearly always all of it stands at the beginning; of other files, those are asked about that are soon sent.
// What was missed here the newsroom finds in the whole file, since it is told what was shown.
const BEGINNING = 1024 * 1024
const SOON_SENT = 4 * 1024 * 1024

// { caption, credit, notice }, each empty where the file does not say; null where nobody knows: then the newsroom reads
// them with the upload.
export async function factsIn(file, url) {
  if (file.type !== "image/jpeg" && file.size > SOON_SENT) return null
  const data = new FormData()
  data.set("file", file.type === "image/jpeg" ? file.slice(0, BEGINNING, file.type) : file, file.name)
  try {
    return await sendWithProgress(url, data, () => {}).answer
  } catch (problem) {
    if (problem instanceof Problem) return null
    throw problem
  }
}
