"""Who said what: confirmed quotations of editions that are live now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Exists, F, Field, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.text import capfirst

from articles.models import Correction, EditionQuote, EditionTag, Listing, Quote, Representation
from articles.page_marks import speaker_address, spoken_words
from articles.views.positions import Position, older_than

if TYPE_CHECKING:
    from django.db.models import QuerySet

STORIES_ON_PAGE = 8
OF_DAY_LENGTHS = range(40, 240)
STORIES_CONSIDERED = 12
# From a quotation of any edition to what the public has of its article.
OF_QUOTE = "edition__article__representation"


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation as a page prints it, with its speaker and the story it stands in."""

    uuid: str
    words: str
    kind: str
    speaker: str
    speaker_url: str
    role: str
    country: str
    country_url: str
    said_on: date | None
    headline: str
    url: str
    published_at: datetime
    retraction: str


@dataclass(frozen=True, slots=True)
class Told:
    """Statements that one story tells of."""

    headline: str
    path: str
    published_at: datetime
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Archive:
    """One page of statements by story; `older` is the position of the next page, empty on the last."""

    stories: Sequence[Told]
    older: str
    is_first: bool


def archive(matching: Q, before: Position | None, *, stories: int | None = None) -> Archive:
    """A page of stories with their quotations that match."""
    most = stories or STORIES_ON_PAGE
    older = older_than(before, moment="published_at", number="article_id")
    taken_back = retracted_quotes(matching)
    found = _merged(
        live_stories_with(matching).filter(older),
        _live_stories().filter(older, article__in=taken_back.values("edition__article")),
        most=most + 1,
    )
    shown = found[:most]
    has_more = len(found) > most
    printed = live_quotes(matching).filter(edition__in=[story.edition_id for story in shown])
    gone = taken_back.filter(edition__article__in=[story.article_id for story in shown])
    return Archive(
        stories=by_story(sorted([*printed, *gone], key=_place, reverse=True)),
        older=str(Position(shown[-1].published_at, shown[-1].article_id)) if has_more else "",
        is_first=before is None,
    )


def _merged(*lists: QuerySet[Representation], most: int) -> list[Representation]:
    """The first stories of lists that are sorted alike, each once. As one statement PostgreSQL would sort them all."""
    stories = {story.pk: story for stories in lists for story in stories.only("edition_id", "published_at")[:most]}
    newest_first = sorted(stories.values(), key=lambda story: (story.published_at, story.pk), reverse=True)
    return newest_first[:most]


def _place(quote: EditionQuote) -> tuple[datetime, int, int]:
    return quote.shown_at, quote.edition.article_id, -quote.ordinal


def newest_quotes(matching: Q, *, stories: int) -> QuerySet[EditionQuote]:
    """Quotations that match in the newest stories that hold any.

    Two statements: as one, PostgreSQL sorts the whole archive (9 s instead of 10 ms at 320,000 quotations).
    """
    newest = list(live_stories_with(matching).values_list("edition_id", flat=True)[:stories])
    return live_quotes(matching).filter(edition__in=newest)


def quotes_naming(family: Sequence[int], editions: Sequence[int]) -> QuerySet[EditionQuote]:
    """Quotations of some few editions in which an entity is named.

    The editions are numbers: of a list within the statement, PostgreSQL takes them for fewer than they are and looks
    for names in the whole archive.
    """
    within = Func(
        "mentions",
        Cast(Value("$[*] ? (@.start >= $start && @.end <= $end)"), _JsonPath()),
        JSONObject(start=OuterRef("start"), end=OuterRef("end")),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
    named = EditionTag.objects.filter(within, edition=OuterRef("edition"), entity_id__in=family)
    return live_quotes(Q(Exists(named))).filter(edition__in=editions)


def editions_of(*lists: QuerySet[Representation]) -> list[list[int]]:
    """The numbers of the editions of several short lists of stories, in one statement."""
    marked = [
        stories.annotate(part=Value(part)).values_list("part", "edition_id") for part, stories in enumerate(lists)
    ]
    found: list[list[int]] = [[] for _ in lists]
    for part, edition in marked[0].union(*marked[1:], all=True):
        found[part].append(edition)
    return found


def stories_of(listings: QuerySet[Listing]) -> QuerySet[Representation]:
    """What the public has of the articles of some few listings, in no order."""
    return Representation.objects.filter(article_id__in=listings.values("article_id")).order_by()


class _JsonPath(Field):
    def db_type(self, connection: object) -> str:
        return "jsonpath"


def live_stories_with(matching: Q) -> QuerySet[Representation]:
    """Live stories, newest first, with a quotation that matches.

    Lists start here and not at the quotations, because stories are indexed in the order of their publication.
    """
    quotes = EditionQuote.objects.filter(matching, edition=OuterRef("edition"))
    return _live_stories().filter(Exists(quotes))


def _live_stories() -> QuerySet[Representation]:
    return Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at", "-article_id")


def live_quotes(matching: Q) -> QuerySet[EditionQuote]:
    """Quotes of current live editions with their story, the newest story first, in the story's order."""
    return _with_story(EditionQuote.objects.filter(matching, **{f"{OF_QUOTE}__edition": F("edition")}))


def live_words(matching: Q | None = None) -> QuerySet[EditionQuote]:
    """As `live_quotes`, without story and order, to count them or to see whether there are any.

    No join: from one over edition and story PostgreSQL expects a single row and then reads the words of every quotation
    (0.5 s of 70,000, 10 ms so).
    """
    current = Representation.objects.filter(edition=OuterRef("edition"), status=Representation.Status.LIVE)
    return EditionQuote.objects.filter(matching or Q(), Exists(current))


def retracted_quotes(matching: Q) -> QuerySet[EditionQuote]:
    """Quotations that a correction has taken back and whose words have left their live story, as the last edition
    printed them that is not sealed. There are few: the list starts at the corrections."""
    again = EditionQuote.objects.filter(
        quote=OuterRef("quote"), edition__version__gt=OuterRef("edition__version"), edition__sealed_at=None
    )
    retracted = Correction.retracts.through.objects.values("quote")
    return _with_story(
        EditionQuote.objects.filter(matching, ~Exists(again), quote__in=retracted, edition__sealed_at=None).exclude(
            **{f"{OF_QUOTE}__edition": F("edition")}
        )
    )


def _with_story(quotes: QuerySet[EditionQuote]) -> QuerySet[EditionQuote]:
    """Of live stories only, with what a page says of them, the newest first."""
    retraction = Correction.objects.filter(retracts=OuterRef("quote")).order_by("-id").values("notice")[:1]
    return (
        quotes.filter(**{f"{OF_QUOTE}__status": Representation.Status.LIVE})
        .select_related("quote", "edition", "speaker_entity__merged_into", "speaker_country__entity")
        .defer("edition__html", "edition__text", "edition__blocks")
        .annotate(
            shown_path=F(f"{OF_QUOTE}__path"),
            shown_headline=F(f"{OF_QUOTE}__headline"),
            shown_at=F(f"{OF_QUOTE}__published_at"),
            retraction=Subquery(retraction),
        )
        .order_by("-shown_at", "-edition__article_id", "ordinal")
    )


def by_story(quotes: Iterable[EditionQuote]) -> list[Told]:
    """Quotations of one story that follow each other stand together under it."""
    return [
        Told(
            headline=headline,
            path=path,
            published_at=published_at,
            statements=[statement(quote) for quote in told],
        )
        for (path, headline, published_at), told in groupby(
            quotes, key=attrgetter("shown_path", "shown_headline", "shown_at")
        )
    ]


def of_day() -> Statement | None:
    """The newest of a named person that stands unretracted and is neither a scrap nor a speech."""
    spoken = Q(kind=Quote.Kind.DIRECT, speaker_kind=Quote.SpeakerKind.PERSON) & ~Q(speaker_name="")
    candidates = (statement(quote) for quote in newest_quotes(spoken, stories=STORIES_CONSIDERED))
    return next((said for said in candidates if not said.retraction and len(said.words) in OF_DAY_LENGTHS), None)


def statement(quote: EditionQuote) -> Statement:
    country = quote.speaker_country.entity if quote.speaker_country else None
    return Statement(
        uuid=str(quote.quote.uuid),
        words=spoken_words(quote.text),
        kind=quote.kind,
        speaker=_speaker(quote),
        speaker_url=_speaker_url(quote),
        role=quote.speaker_role if quote.speaker_kind != Quote.SpeakerKind.UNNAMED else "Not named",
        country=country.name if country else "",
        country_url=country.get_absolute_url() if country and not country.is_hidden else "",
        said_on=quote.said_on,
        headline=quote.shown_headline,
        url=f"{reverse('article', args=[quote.shown_path])}#quote-{quote.quote.uuid}",
        published_at=quote.shown_at,
        retraction=quote.retraction or "",
    )


def _speaker(quote: EditionQuote) -> str:
    """The name; of somebody unnamed what they are, for "he" and "the official" say nothing outside the story."""
    if quote.speaker_kind == Quote.SpeakerKind.UNNAMED:
        return capfirst(quote.speaker_role or quote.speaker_as_written)
    return quote.speaker_name or quote.speaker_as_written


def _speaker_url(quote: EditionQuote) -> str:
    """The speaker's own page, else all that stands under the name; empty for who is not named."""
    entity = quote.speaker_entity.canonical if quote.speaker_entity else None
    if entity and not entity.is_hidden:
        return entity.get_absolute_url()
    is_named = quote.speaker_kind in ("person", "organisation", "document")
    return speaker_address(quote.speaker_name) if quote.speaker_name and is_named else ""
