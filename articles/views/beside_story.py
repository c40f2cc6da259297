"""What stands beside a story on its page, joined with it in one statement, so that a killed headline is gone at once:
Related News, the next stories, the story so far, and what its speakers said before.

The story so far is what an editor has put into the storyline of which the story is part; of a story that is in none, it
is what `articles.story_so_far` found by rule when the story was represented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from articles import surrogate_keys
from articles.models import Correction, EditionQuote, EditionRelated, Representation, StorylineStory
from articles.page_marks import spoken_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

NEXT_STORIES = 3
# Some may stand under Related News or in the story so far already.
NEXT_STORIES_READ = 16
STATEMENTS_SHOWN = 2
# Of its storyline, before the story and after it.
STORIES_BEFORE, STORIES_AFTER = 5, 2


@dataclass(frozen=True, slots=True)
class EarlierStory:
    """A line of the story so far."""

    headline: str
    path: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class StorySoFar:
    """Stories before this one, oldest first, and those that followed; with the storyline that they are from, if any."""

    before: Sequence[EarlierStory]
    after: Sequence[EarlierStory] = ()
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class EarlierStatement:
    """What a speaker said in another story that is live."""

    words: str
    headline: str
    path: str
    uuid: str
    published_at: datetime


def beside_story() -> dict[str, ArraySubquery]:
    """Columns for a query of representations."""
    return {
        "related": _related(),
        "next_stories": _next_stories(),
        "earlier_stories": _earlier_stories(),
        "storylines": _storylines(OuterRef("article_id")),
        "earlier_statements": _earlier_statements(),
    }


def next_stories(shown: Any) -> list[dict[str, str]]:
    """Those that stand nowhere else on the page."""
    linked = {entry["path"] for entry in (*shown.related, *shown.earlier_stories, *_in_storyline(shown))}
    return [entry for entry in shown.next_stories if entry["path"] not in linked][:NEXT_STORIES]


def story_so_far(shown: Any) -> StorySoFar | None:
    """In the order of its storyline; without one by date, and nothing where Related News names all of it already."""
    if _in_storyline(shown):
        found = shown.storylines[0]
        before, after = _entries(found["before"][::-1]), _entries(found["after"])
        return StorySoFar(before, after, found["title"], reverse("storyline", args=[found["slug"]]))
    related = {entry["path"] for entry in shown.related}
    if related.issuperset(entry["path"] for entry in shown.earlier_stories):
        return None
    return StorySoFar(_entries(shown.earlier_stories))


def keys_beside(shown: Any) -> Iterator[str]:
    """The surrogate keys of all that is named beside a story."""
    entries = (*shown.related, *shown.next_stories, *shown.earlier_stories, *shown.earlier_statements)
    for entry in (*entries, *_in_storyline(shown)):
        if entry["path"]:
            yield surrogate_keys.story(entry["path"])
    yield from (surrogate_keys.storyline(storyline["slug"]) for storyline in shown.storylines)


def speakers(shown: Any) -> Iterator[dict[str, Any]]:
    """The voices of the story, each with what they said before in stories that are live."""
    said = {entry["quote"]: entry for entry in shown.earlier_statements}
    for voice in shown.voices or ():
        known = [said[quote] for quote in voice["earlier"] if quote in said]
        known.sort(key=lambda entry: entry["published_at"], reverse=True)
        yield voice | {"earlier": [_statement(entry) for entry in known[:STATEMENTS_SHOWN]]}


def join_earlier(story: Representation) -> None:
    """Of a story that is not stored, a preview: read what its numbers of earlier stories and quotations stand for."""
    stories = _story_entries(Q(article_id__in=story.earlier))
    statements = _statement_entries(Q(quote_id__in=story.earlier_quotes))
    story.storylines = list(_storyline_entries(story.article_id).values_list("entry", flat=True))  # type: ignore[attr-defined]
    story.earlier_stories = list(stories.values_list("entry", flat=True))  # type: ignore[attr-defined]
    story.earlier_statements = list(statements.values_list("entry", flat=True))  # type: ignore[attr-defined]


def _entries(entries: Sequence[dict[str, Any]]) -> list[EarlierStory]:
    return [
        EarlierStory(entry["headline"], entry["path"], datetime.fromisoformat(entry["published_at"]))
        for entry in entries
    ]


def _in_storyline(shown: Any) -> list[dict[str, Any]]:
    """The stories of its storyline that are named beside it."""
    return [entry for found in shown.storylines for entry in (*found["before"], *found["after"])]


def _statement(entry: dict[str, Any]) -> EarlierStatement:
    return EarlierStatement(
        words=spoken_words(entry["words"]),
        headline=entry["headline"],
        path=entry["path"],
        uuid=entry["uuid"],
        published_at=datetime.fromisoformat(entry["published_at"]),
    )


def _related() -> ArraySubquery:
    """Related News of the edition: our live stories under today's headline and address, and bare titles."""
    live_or_title = Q(target=None) | Q(target__representation__status=Representation.Status.LIVE)
    entry = JSONObject(
        headline=Coalesce(F("target__representation__headline"), F("title")),
        path="target__representation__path",
        url="url",
    )
    entries = EditionRelated.objects.filter(live_or_title, edition=OuterRef("edition")).order_by("ordinal")
    return ArraySubquery(entries.values(entry=entry))


def _next_stories() -> ArraySubquery:
    """The stories before this one in its section."""
    older = Q(published_at__lt=OuterRef("published_at"))
    same_moment = Q(published_at=OuterRef("published_at"), article_id__lt=OuterRef("article_id"))
    stories = _live().filter(older | same_moment, section=OuterRef("section")).order_by("-published_at", "-article_id")
    entry = JSONObject(headline="headline", standfirst="standfirst", path="path")
    return ArraySubquery(stories.values(entry=entry)[:NEXT_STORIES_READ])


def _earlier_stories() -> ArraySubquery:
    return ArraySubquery(_story_entries(_is_one_of("article_id", "earlier")).values("entry"))


def _storylines(article: Any) -> ArraySubquery:
    return ArraySubquery(_storyline_entries(article).values("entry"))


def _storyline_entries(article: Any) -> QuerySet[StorylineStory, Any]:
    """The foremost storyline that an article is in."""
    entry = JSONObject(
        title="storyline__title",
        slug="storyline__slug",
        before=ArraySubquery(_beside_in_storyline("-ordinal", ordinal__lt=OuterRef("ordinal"))[:STORIES_BEFORE]),
        after=ArraySubquery(_beside_in_storyline("ordinal", ordinal__gt=OuterRef("ordinal"))[:STORIES_AFTER]),
    )
    return StorylineStory.objects.foremost_of(article).annotate(entry=entry)[:1]


def _beside_in_storyline(order: str, **where: Any) -> QuerySet[StorylineStory, Any]:
    shown = "article__representation"
    entry = JSONObject(headline=f"{shown}__headline", path=f"{shown}__path", published_at=f"{shown}__published_at")
    rows = StorylineStory.objects.live().filter(storyline=OuterRef("storyline"), **where).order_by(order)
    return rows.values(entry=entry)


def _story_entries(which: Any) -> QuerySet[Representation, Any]:
    stories = _live().filter(which).order_by("published_at", "article_id")
    return stories.annotate(entry=JSONObject(headline="headline", path="path", published_at="published_at"))


def _earlier_statements() -> ArraySubquery:
    return ArraySubquery(_statement_entries(_is_one_of("quote_id", "earlier_quotes")).values("entry"))


def _statement_entries(which: Any) -> QuerySet[EditionQuote, Any]:
    """In the words of the editions that are live now, without what was retracted."""
    story = "edition__article__representation"
    retracted = Correction.retracts.through.objects.filter(quote=OuterRef("quote"))
    quotes = EditionQuote.objects.filter(
        which,
        ~Exists(retracted),
        **{f"{story}__status": Representation.Status.LIVE, f"{story}__edition": F("edition")},
    ).order_by()
    entry = JSONObject(
        quote="quote_id",
        uuid="quote__uuid",
        words="text",
        headline=f"{story}__headline",
        path=f"{story}__path",
        published_at=f"{story}__published_at",
    )
    return quotes.annotate(entry=entry)


def _live() -> QuerySet[Representation]:
    return Representation.objects.filter(status=Representation.Status.LIVE)


def _is_one_of(column: str, numbers: str) -> Func:
    """Whether a column is among the numbers that the story's own row holds."""
    return Func(
        F(column), OuterRef(numbers), template="(%(expressions)s)", arg_joiner=") = ANY (", output_field=BooleanField()
    )
