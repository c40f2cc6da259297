// Picture files that are pasted or dropped on the writing surface go to the upload, and then where they were dropped.
import { Extension, pm } from "django-prose-editor/editor"

import { addButton } from "./buttons.js"
import { putPicture } from "./figure.js"
import { openPictures } from "./picture_dialog.js"

const { Plugin, PluginKey } = pm.state ?? pm

export const PictureFiles = Extension.create({
  name: "pictureFiles",

  addKeyboardShortcuts() {
    return { "Mod-Alt-p": () => choosePicture(this.editor) }
  },

  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey("pictureFiles"),
        props: {
          // Word puts a picture of the words beside the words themselves: then the words are meant.
          handlePaste: (view, event) => {
            const hasWords = [...(event.clipboardData?.types ?? [])].some((type) => type.startsWith("text/"))
            return hasWords ? false : take(editor, filesOf(event.clipboardData))
          },
          handleDrop: (view, event) => {
            const files = filesOf(event.dataTransfer)
            if (!files.length) return false
            event.preventDefault()
            return take(editor, files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null)
          },
        },
      }),
    ]
  },
})

addButton({
  ...{ name: "picture", label: "Picture", icon: "edit-picture", keys: "Mod+Alt+P", group: "insert", places: ["toolbar"] },
  run: (editor) => choosePicture(editor),
})

export function choosePicture(editor) {
  openPictures({ title: "Picture in the text", onChoose: (picture) => putPicture(editor, picture), isSingle: false })
  return true
}

function take(editor, files, position = null) {
  if (!files.length || !editor.isEditable) return false
  const onChoose = (picture) => {
    putPicture(editor, picture, position)
    position = null
  }
  openPictures({ title: "Picture in the text", onChoose, files, isSingle: false })
  return true
}

function filesOf(transfer) {
  return [...(transfer?.files ?? [])].filter(({ type }) => type.startsWith("image/"))
}
