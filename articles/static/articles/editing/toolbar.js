// The toolbar over the story: the menu of paragraph styles, and the buttons of the registry.
import { ButtonRow } from "./button_row.js"
import { connectStyleMenu } from "./style_menu.js"

export function connectToolbar(toolbar, editor) {
  connectStyleMenu(toolbar.querySelector("[data-style-button]"), toolbar.querySelector("[data-style-menu]"), editor)
  const row = new ButtonRow(toolbar, editor, "toolbar")
  toolbar.hidden = false
  return row
}
