"""The story that is measured: 1,800 words, 40 proposals, 20 threads of comments and 30 versions."""

from __future__ import annotations

from typing import Any

from articles.admin.forms import ArticleForm
from articles.admin.panel import loaded
from articles.comment_anchors import Marked
from articles.commenting import comment
from articles.models import Article, Author, Section
from tests.browser.forty_proposals import body_with, propose
from tests.desk import Desk, make_person

WORDS, PROPOSALS, THREADS, VERSIONS = 1800, 40, 20, 30
FILLER = (
    "The harbour master of the northern town kept the log of the winter himself, in pencil, and read from it to "
    "whoever came up the stairs of the tower and asked about the ice, the tugs or the price of fuel."
)


def cast() -> Desk:
    """A desk with its people and an author, on the sections of the seeds."""
    people = (make_person(name, group) for name, group in (("r", "Reporter"), ("e", "Editor"), ("c", "Chief")))
    return Desk(*people, Section.objects.all()[0], Author.objects.create(slug="rita-holm", name="Rita Holm"))


def write_big_story(desk: Desk) -> Article:
    """The story as a draft of its writer, whose newest version the tagger has read."""
    body = body_with(PROPOSALS // 2)
    paragraphs = (WORDS - len(body.split())) // len(FILLER.split()) + 1
    body += f"<p>{FILLER}</p>" * paragraphs
    article = desk.draft("Ships without end, take 1", body=body)
    for number in range(2, VERSIONS + 1):
        article = desk.save(article, headline=f"Ships without end, take {number}")
    propose(article, PROPOSALS // 2)
    for number in range(THREADS):
        words = Marked("body", f"day number {number:02}", prefix="“We sail on ", suffix=",” Captain")
        comment(article, by=desk.editor, text=f"@r Who saw ship {number}? Ask the harbour again.", marked=words)
    return check(desk.fresh(article))


def check(article: Article) -> Article:
    """Raises AssertionError where the story is not what the figures say of it."""
    assert article.revision is not None
    proposals = article.tags.count() + article.quotes.count()
    sizes = (proposals, article.comment_threads.count(), article.revisions.count())
    assert sizes == (PROPOSALS, THREADS, VERSIONS), sizes
    assert len(article.revision.text.split()) >= WORDS
    return article


def form_of(article: Article, **changes: Any) -> dict[str, Any]:
    """What the editing page sends when it saves, with some fields changed."""
    data: dict[str, Any] = {}
    for bound in ArticleForm(instance=loaded(article.pk)):
        value = bound.value()
        if isinstance(value, bool):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list):
            data[bound.html_name] = [str(getattr(item, "pk", item)) for item in value]
        else:
            data[bound.html_name] = "" if value is None else str(value)
    return data | changes
