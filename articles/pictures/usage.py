"""Where a picture is used: in which stories, live and in work, above them or in their text, and of whom it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.models import Article, Author, Edition, EditionPicture, Image
from articles.states import PubState

MOST_SHOWN = 50
ABOVE, IN_TEXT = "above the story", "in the text"


@dataclass(frozen=True, slots=True)
class Use:
    """A story with the places in which it shows the picture."""

    article: Article
    places: list[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """Where a picture stands. Each list is cut at `MOST_SHOWN`."""

    live: list[Use] = field(default_factory=list)
    in_work: list[Use] = field(default_factory=list)
    earlier: list[Article] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.live or self.in_work or self.earlier or self.authors)


def usage_of(image: Image) -> Usage:
    """Six statements, however many stories there are."""
    live, work = Article.objects.filter(pub_state=PubState.LIVE), _in_work()
    above, inside = _newest(live.filter(edition__image=image)), _newest(live.filter(edition__pictures__image=image))
    shown = [article.pk for article in (*above, *inside)]
    # The name of the file is the digest of the picture: it stands in no body by chance. The first words are those of an
    # index: most stories have no picture in their text, and these are not read.
    written = _newest(work.filter(body__contains="<img").filter(body__contains=str(image.file)))
    return Usage(
        live=_uses((ABOVE, above), (IN_TEXT, inside)),
        in_work=_uses((ABOVE, _newest(work.filter(image=image))), (IN_TEXT, written)),
        earlier=_newest(Article.objects.filter(_printed(image)).exclude(pk__in=shown).distinct()),
        authors=list(Author.objects.filter(picture=image)[:MOST_SHOWN]),
    )


def with_use(images: QuerySet[Image]) -> QuerySet[Image]:
    """Pictures annotated with `is_live`: a story shows it to readers now."""
    live = Edition.objects.filter(article__pub_state=PubState.LIVE, article__edition=F("pk"))
    above = Exists(live.filter(image=OuterRef("pk")))
    return images.annotate(is_live=Q(above) | Q(Exists(live.filter(pictures__image=OuterRef("pk")))))


def unused(images: QuerySet[Image]) -> QuerySet[Image]:
    """Pictures that were never printed, stand above no story in work, and are of no author."""
    own = OuterRef("pk")
    return images.exclude(
        Exists(Edition.objects.filter(image=own))
        | Exists(EditionPicture.objects.filter(image=own))
        | Exists(Article.objects.filter(image=own))
        | Exists(Author.objects.filter(picture=own))
    )


def _in_work() -> QuerySet[Article]:
    """Stories whose working copy is not what readers have: the bodies of all others need not be looked through."""
    unpublished = Q(edition=None) | ~Q(edition__revision=F("revision"))
    return Article.objects.filter(unpublished).exclude(pub_state__in=(PubState.KILLED, PubState.SPIKED))


def _printed(image: Image) -> Q:
    return Q(editions__image=image) | Q(editions__pictures__image=image)


def _newest(articles: QuerySet[Article]) -> list[Article]:
    return list(articles.order_by("-pk")[:MOST_SHOWN])


def _uses(*found: tuple[str, Iterable[Article]]) -> list[Use]:
    uses: dict[int, Use] = {}
    for place, articles in found:
        for article in articles:
            uses.setdefault(article.pk, Use(article, [])).places.append(place)
    return [uses[pk] for pk in sorted(uses, reverse=True)]
