// Asks the newsroom for a preview; of the words typed nothing is lost whatever it answers.
import { Problem, send } from "./request.js"

export async function ask(url, data) {
  try {
    return await send(url, data)
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 0) {
      throw new Problem("The newsroom cannot be reached: the preview shows an earlier text. It follows as soon as you type on.")
    }
    throw problem
  }
}
