"""The words of a body with their form written out, so that a comparison of words shows form as well.

`<h2>North</h2><p>Norway <strong>sends</strong> <a href="https://x.org">ships</a>.</p>` reads
"## North", then "Norway **sends** [ships → https://x.org].". For showing only: nothing reads it back.
"""

from __future__ import annotations

from html.parser import HTMLParser

from articles.body import clean_body

_BEFORE = {"h2": "## ", "h3": "### ", "li": "• ", "strong": "**", "em": "_", "a": "["}
_AFTER = {"p": "\n\n", "h2": "\n\n", "h3": "\n\n", "figure": "\n\n", "strong": "**", "em": "_"}


def marked_text(html: str) -> str:
    """Paragraphs parted by an empty line; the same for HTML that cleaning makes the same."""
    reader = _Reader()
    reader.feed(clean_body(html).html)
    reader.close()
    return "".join(reader.parts).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._addresses: list[str] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._addresses.append(given.get("href") or "")
        elif tag == "blockquote":
            self._quoted += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(f"[picture: {given.get('alt') or given.get('src')}] ")
        elif tag == "p" and self._quoted:
            self.parts.append("> ")
        self.parts.append(_BEFORE.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._addresses:
            self.parts.append(f" → {self._addresses.pop()}]")
        elif tag == "blockquote":
            self._quoted -= 1
        self.parts.append(_AFTER.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
