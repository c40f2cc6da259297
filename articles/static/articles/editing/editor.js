// The rich-text editor of the story: a short list of elements, and no inline style of its own.
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Placeholder,
  Text,
} from "django-prose-editor/editor"

import { BlockIds } from "./block_ids.js"
import { CommentMarks } from "./comment_marks.js"
import { Evidence } from "./evidence.js"
import { Figure } from "./figure.js"
import { askForLink } from "./link.js"
import { Paste } from "./paste.js"
import { PictureFiles } from "./picture_files.js"
import { SmartTyping } from "./smart_typing.js"

// Pasted h1 and h4 to h6 become the two levels that stories have.
const StoryHeading = Heading.extend({
  parseHTML() {
    return ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: tag <= "h2" ? 2 : 3 } }))
  },
}).configure({ levels: [2, 3] })

const StoryLink = Link.extend({
  addMenuItems: undefined,
  addKeyboardShortcuts() {
    return { "Mod-k": () => askForLink(this.editor) }
  },
}).configure({ openOnClick: false, autolink: false, linkOnPaste: false, enableTarget: false, protocols: ["http", "https", "mailto"] })

// Ctrl+Enter is the page's own: it leads to the next step.
const LineBreak = HardBreak.extend({
  addKeyboardShortcuts() {
    return { "Shift-Enter": () => this.editor.commands.setHardBreak() }
  },
})

// The caret stays clear of the toolbar above and, in a narrow window, of the tabs at its foot.
const EDGES = { top: 64, right: 0, bottom: 80, left: 0 }
const ROOM = { scrollThreshold: EDGES, scrollMargin: EDGES }

export function createEditor(surface, textarea, { isEditable }) {
  surface.replaceChildren()
  const editor = new Editor({
    element: surface,
    editable: isEditable,
    content: textarea.value,
    injectCSS: false,
    extensions: [
      ...[Document, Paragraph, StoryHeading, Text, LineBreak, Bold, Italic, StoryLink],
      ...[BulletList, OrderedList.configure({ enableListAttributes: false }), ListItem, Blockquote, Figure, PictureFiles],
      ...[History, Dropcursor, Gapcursor, Placeholder.configure({ placeholder: "Write the story, or paste it here" })],
      ...[BlockIds, Evidence, CommentMarks, Paste, SmartTyping],
    ],
    editorProps: {
      ...ROOM,
      attributes: {
        id: "body-surface",
        class: "story",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": "body-label",
        ...(isEditable ? {} : { "aria-readonly": "true", tabindex: "0" }),
      },
    },
  })
  textarea.hidden = true
  return editor
}

export function htmlOf(editor) {
  return editor.isEmpty ? "" : editor.getHTML()
}
