// On the pages of a story: “Stories” leads back to the list as this tab left it.

const link = document.querySelector("[data-way-back]")
const { search } = JSON.parse(sessionStorage.getItem("stories") ?? "{}")
if (link && search) link.href += search
