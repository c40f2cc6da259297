// The focal point of a picture, set by a click, a drag or the arrow keys, with the crops that follow from it. The two
// fields beneath stay what is sent: without this script they are filled in by hand.
const STEP = 0.01
const FAR = 0.1
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

class FocalPoint {
  constructor(root, x, y) {
    Object.assign(this, { root, x, y })
    this.frame = root.querySelector(".focal-picture")
    this.picture = this.frame.querySelector("img")
    this.crops = [...root.querySelectorAll(".crop")]
    this.marker = Object.assign(document.createElement("button"), { type: "button", className: "focal-point" })
    this.frame.append(this.marker)
    this.frame.addEventListener("pointerdown", (event) => this.grab(event))
    this.frame.addEventListener("pointermove", (event) => event.buttons && this.isHeld && this.follow(event))
    addEventListener("pointerup", () => (this.isHeld = false))
    this.marker.addEventListener("keydown", (event) => this.step(event))
    this.picture.draggable = false
    for (const field of [x, y]) field.addEventListener("input", () => this.show())
    root.querySelector("[data-crops]").hidden = false
    root.classList.add("is-ready")
    this.show()
  }

  get at() {
    return [this.x, this.y].map((field) => inside(Number(field.value)))
  }

  grab(event) {
    event.preventDefault()
    this.isHeld = true
    this.marker.focus()
    this.follow(event)
  }

  follow({ clientX, clientY }) {
    const box = this.picture.getBoundingClientRect()
    this.put((clientX - box.left) / box.width, (clientY - box.top) / box.height)
  }

  step(event) {
    const move = MOVES[event.key]
    if (!move) return
    event.preventDefault()
    const by = event.shiftKey ? FAR : STEP
    const [x, y] = this.at
    this.put(x + move[0] * by, y + move[1] * by)
  }

  put(x, y) {
    this.x.value = inside(x).toFixed(3)
    this.y.value = inside(y).toFixed(3)
    this.show()
  }

  show() {
    const [x, y] = this.at
    this.marker.style.left = `${x * 100}%`
    this.marker.style.top = `${y * 100}%`
    this.marker.ariaLabel = `Focal point: ${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top. Move it with the arrow keys.`
    const ratio = this.picture.getAttribute("width") / this.picture.getAttribute("height")
    for (const crop of this.crops) {
      const wanted = crop.classList.contains("is-hero") ? 16 / 9 : 1200 / 630
      const across = shift(x, Math.min(1, wanted / ratio))
      const down = shift(y, Math.min(1, ratio / wanted))
      crop.querySelector("img").style.objectPosition = `${across * 100}% ${down * 100}%`
    }
  }
}

// Where a window of this part of the whole stands, of the room that it has, when the point is as near its middle as can be.
function shift(point, part) {
  return part >= 1 ? 0.5 : inside((point - part / 2) / (1 - part))
}

function inside(value) {
  return Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.5))
}

const root = document.querySelector("[data-focal]")
const [x, y] = ["id_focal_x", "id_focal_y"].map((id) => document.getElementById(id))
if (root && x && y) new FocalPoint(root, x, y)
