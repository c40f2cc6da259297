// The page's title and its hidden heading follow the headline, so that the browser's tabs tell stories apart.

const WITHOUT = "Untitled story"

export function connectPageTitle({ headline }) {
  const heading = document.querySelector("[data-page-heading]")
  const show = () => {
    const name = headline.value.replace(/\s+/g, " ").trim() || WITHOUT
    heading.textContent = `Editing ${name}`
    document.title = `${name} | ${heading.dataset.pageHeading}`
  }
  headline.addEventListener("input", show)
  show()
}
