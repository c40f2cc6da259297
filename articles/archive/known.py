"""What the stories of a batch of an archive refer to: sections, authors, countries, entities, and other stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.text import slugify

from articles.archive.story_format import ArchiveStory, ArchiveTag, external_id
from articles.archive.withheld import withheld_before
from articles.body import TEXT_VERSION
from articles.models import Article, Author, Revision, Section, WithheldStory
from articles.pictures.in_bodies import pictures_in
from entities.models import Country, Entity


@dataclass
class Known:
    """What is here already, by the names that the stories use. Stories that are linked to are locked: a kill of one
    waits until those that show its headline are written, and then takes it out of them."""

    sections: dict[str, Section]
    countries: dict[str, Country]
    entities: dict[str, Entity]
    stories: dict[str, Article]
    withheld: dict[str, WithheldStory] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, stories: Sequence[ArchiveStory], source: str) -> Known:
        tags = [tag for story in stories for tag in story.tags]
        quotes = [quote for story in stories for quote in story.quotes]
        named = {tag.entity for tag in tags} | {quote.speaker_entity for quote in quotes}
        codes = {tag.country for tag in tags} | {quote.speaker_country for quote in quotes}
        return cls(
            sections={section.slug: section for section in Section.objects.all()},
            countries=_countries(codes),
            entities=_entities(named - {""}),
            stories=_stories(stories, source),
            withheld=withheld_before(stories, source),
        )

    def meet_authors(self, stories: Iterable[ArchiveStory]) -> None:
        """Of stories that are imported: nobody gets a page for what was refused."""
        self.authors = _authors(name for story in stories for name in story.authors)

    def entity_of(self, tag: ArchiveTag) -> Entity:
        return self.countries[tag.country].entity if tag.country else self.entities[tag.entity]

    def has_other_words(self, story: ArchiveStory) -> bool:
        """Whether a story that is here came with another text than it has now, whatever was made of it since."""
        came_with = getattr(self.stories[story.id], "came_with", None)
        return came_with not in (None, story.body.text_sha256)

    def refusal(self, story: ArchiveStory) -> str:
        """Why a story cannot be imported, in a sentence; empty where it can."""
        if story.section not in self.sections:
            return f"There is no section “{story.section}”; the sections are {', '.join(sorted(self.sections))}."
        if story.published_at > timezone.now():
            return f"It is published on {story.published_at:%-d %B %Y}, which is still to come."
        if pictures_in(story.body.html):
            return "Its body holds pictures: put them into the picture library, and into the story, by hand."
        codes = {tag.country for tag in story.tags} | {quote.speaker_country for quote in story.quotes}
        if unknown := sorted(codes - self.countries.keys() - {""}):
            return f"There is no country “{unknown[0]}”: use its two letters of ISO 3166-1."
        named = {tag.entity for tag in story.tags} | {quote.speaker_entity for quote in story.quotes}
        if unknown := sorted(named - self.entities.keys() - {""}):
            return f"There is no entity “{unknown[0]}”: add it to the gazetteer first, or leave the tag out."
        return ""


def _authors(names: Iterable[str]) -> dict[str, Author]:
    """By name; those who are not known get a page of their own."""
    wanted = set(names)
    found = {author.name: author for author in Author.objects.filter(name__in=wanted).order_by("-pk")}
    for name in sorted(wanted - found.keys()):
        slug, number = slugify(name)[:70] or "author", 1
        free = slug
        while Author.objects.filter(slug=free).exists():
            number += 1
            free = f"{slug}-{number}"
        found[name] = Author.objects.create(slug=free, name=name)
    return found


def _countries(codes: set[str]) -> dict[str, Country]:
    found = Country.objects.filter(alpha2__in=codes - {""}).select_related("entity__merged_into")
    countries = {country.alpha2: country for country in found}
    for country in countries.values():
        # Read once, and asked from both ends.
        country.entity.country_facts = country
    return countries


def _entities(named: set[str]) -> dict[str, Entity]:
    """By kind and slug, as in their addresses."""
    slugs = {name.partition("/")[2] for name in named}
    rows = Entity.objects.filter(slug__in=slugs).select_related("country", "merged_into__country", "country_facts")
    return {f"{entity.kind}/{entity.slug}": entity for entity in rows}


# Shared with other imports, whose stories link to the same ones; not with a verb, which changes them.
_LOCK = "SELECT id FROM articles_article WHERE external_id = ANY (%s) ORDER BY id FOR SHARE"


def _stories(stories: Sequence[ArchiveStory], source: str) -> dict[str, Article]:
    """The stories that are here, and those linked to, by their ids in the archive. Locked first and then read: what is
    joined to a row while its lock is waited for is of before."""
    wanted = {identifier for story in stories for identifier in (story.id, *story.related)}
    ids = {external_id(source, identifier): identifier for identifier in wanted}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(ids)])
        locked = [pk for (pk,) in cursor.fetchall()]
    first = Revision.objects.filter(article=OuterRef("pk"), number=1, text_version=TEXT_VERSION)
    shown = (
        Article.objects.filter(pk__in=locked)
        .annotate(came_with=Subquery(first.exclude(snapshot__has_key="erased").values("text_sha256")))
        .select_related("representation")
        .only(
            *("uuid", "pub_state", "external_id"),
            *(f"representation__{name}" for name in ("status", "headline", "path", "published_at")),
        )
    )
    return {ids[str(row.external_id)]: row for row in shown}
