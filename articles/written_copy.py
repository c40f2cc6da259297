"""What stands written of a story at one moment, saved or only typed: all that the publish checks look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from articles.body import Block, clean_body, clean_text
from articles.models import Article, Image

if TYPE_CHECKING:
    from articles.models import Revision

# Takes <p data-block="abcd">words</p> whole; refuses a list, which is no block of its own.
LEAF = re.compile(r'<(p|h2|h3) data-block="([a-z0-9]+)">.*?</\1>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence for the editor, and the place it speaks of: a field of the form, a block of the text, the source
    of a picture in it, or the card of a proposal in the panel. The sentence stands alone where there is none.
    `image` is the key of a picture of the desk that is to be mended itself.
    """

    sentence: str
    field: str = ""
    block: str = ""
    picture: str = ""
    card: str = ""
    image: int | None = None

    @property
    def anchor(self) -> str:
        """Where a plain link leads, without JavaScript."""
        if self.card:
            return self.card
        return f"id_{self.field}" if self.field and self.field != "authors" else "article-form"

    @property
    def has_place(self) -> bool:
        return bool(self.field or self.block or self.picture or self.card)


@dataclass(frozen=True, slots=True)
class WrittenCopy:
    """`text` and `blocks` are of the plain-text form of `html`; verdicts and tags are the article's own."""

    article: Article
    revision: Revision
    headline: str
    standfirst: str
    slug: str
    html: str
    text: str
    blocks: Sequence[Block]
    image: Image | None
    has_section: bool
    has_byline: bool
    is_typed: bool = False

    @classmethod
    def of(cls, article: Article) -> WrittenCopy:
        """As it was last saved."""
        revision = article.newest_revision
        return cls(
            article=article,
            revision=revision,
            headline=article.headline,
            standfirst=article.standfirst,
            slug=article.slug,
            html=article.body,
            text=revision.text,
            blocks=revision.blocks,
            image=article.image,
            has_section=article.section_id is not None,
            has_byline=bool(article.bylines.all()),
        )

    def typed(self, *, body: str | None = None, **changes: Any) -> WrittenCopy:
        """As it would be if what was typed were saved now; absent parts stay."""
        for name in ("headline", "standfirst"):
            if name in changes:
                changes[name] = clean_text(changes[name])
        if body is not None:
            clean = clean_body(body)
            changes |= {"html": clean.html, "text": clean.text, "blocks": clean.blocks}
        return replace(self, is_typed=True, **changes)

    def words_of(self, block: Block) -> str:
        return self.text[block["start"] : block["end"]]

    def block_with(self, markup: str) -> str:
        """The id of the first block whose HTML holds this markup; empty where none does."""
        return next((leaf[2] for leaf in LEAF.finditer(self.html) if markup in leaf[0]), "")
