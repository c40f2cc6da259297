"""The rows of one story of an archive, and what the stories of a batch refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import slugify

from articles import text_anchors
from articles.archive_format import ArchiveStory, ArchiveTag, external_id
from articles.body import TEXT_VERSION
from articles.body_pictures import pictures_in
from articles.documents import EditionRows, under_canonical
from articles.editions import edition_of, in_order, printed_bylines, quote_row, related_row
from articles.models import (
    Article,
    Author,
    Byline,
    Edition,
    EditionTag,
    Mention,
    Quote,
    RelatedLink,
    Revision,
    Section,
    Tag,
    TaggingRun,
)
from articles.models.tag import Role
from articles.models.verdict import Origin, Verdict
from articles.revisions import COLUMNS
from articles.states import PubState, WorkState
from articles.text_anchors import AnchorText
from entities.models import Country, Entity

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Of one tag, as evidence. The fiftieth place of a name in a long story tells nothing more.
MOST_MENTIONS = 20
SCORES = {Role.ABOUT: 1.0, Role.MENTION: 0.5}


@dataclass
class Known:
    """What is here already, by the names that the stories use. Stories that are linked to are locked: a kill of one
    waits until those that show its headline are written, and then takes it out of them."""

    sections: dict[str, Section]
    authors: dict[str, Author]
    countries: dict[str, Country]
    entities: dict[str, Entity]
    stories: dict[str, Article]
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, stories: Sequence[ArchiveStory], source: str) -> Known:
        tags = [tag for story in stories for tag in story.tags]
        quotes = [quote for story in stories for quote in story.quotes]
        named = {tag.entity for tag in tags} | {quote.speaker_entity for quote in quotes}
        codes = {tag.country for tag in tags} | {quote.speaker_country for quote in quotes}
        return cls(
            sections={section.slug: section for section in Section.objects.all()},
            authors=_authors(name for story in stories for name in story.authors),
            countries=_countries(codes),
            entities=_entities(named - {""}),
            stories=_stories(stories, source),
        )

    def entity_of(self, tag: ArchiveTag) -> Entity:
        return self.countries[tag.country].entity if tag.country else self.entities[tag.entity]

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


class Rows:
    """What is written of one story, with the numbers that its article, revision and edition will have."""

    def __init__(self, story: ArchiveStory, known: Known, *, keys: Sequence[int], external_id: str, by: User) -> None:
        self.story, self.known, self.by = story, known, by
        self.at = timezone.now()
        self.article = self._article(keys, external_id)
        self.authors = [known.authors[name] for name in story.authors]
        self.bylines = [
            Byline(article=self.article, author=author, ordinal=ordinal) for ordinal, author in enumerate(self.authors)
        ]
        self.links = self._links()
        self.revision = self._revision(keys[1])
        self.article.revision = self.article.approved_revision = self.revision
        # Its tags are given; that they were not read out of the text says the version of the gazetteer, 0.
        self.run = TaggingRun(
            revision=self.revision, status=TaggingRun.Status.FINISHED, started_at=self.at, finished_at=self.at
        )
        self.tags = list(self._tags())
        self.mentions = [mention for tag in self.tags for mention in self._mentions(tag)]
        self.quotes = list(self._quotes())
        self.edition = Edition(pk=keys[2])
        known.stories[story.id] = self.article

    def set_edition(self, *, slug: str) -> None:
        """Once the address is claimed, and tags and quotations are written."""
        edition = edition_of(self.article, self.revision, kind=Edition.Kind.FIRST, version=1, slug=slug)
        edition.pk, edition.created_by = self.edition.pk, self.by
        edition.bylines = printed_bylines(self.authors)
        self.edition = self.article.edition = edition
        self.edition_tags = [self._edition_tag(tag) for tag in self.tags]
        self.edition_quotes = [quote_row(edition, quote, place) for place, quote in enumerate(self.quotes, start=1)]
        self.edition_related = [related_row(edition, link, place) for place, link in enumerate(self.links, start=1)]

    def of_edition(self) -> EditionRows:
        """As they would be read."""
        tags = under_canonical(in_order(self.edition_tags))
        return EditionRows(tags=tags, quotes=self.edition_quotes, related=self.edition_related)

    def _article(self, keys: Sequence[int], external_id: str) -> Article:
        story = self.story
        return Article(
            pk=keys[0],
            revision_id=keys[1],
            approved_revision_id=keys[1],
            edition_id=keys[2],
            body=story.body.html,
            section=self.known.sections[story.section],
            work_state=WorkState.APPROVED,
            pub_state=PubState.LIVE,
            lock_version=1,
            version=1,
            published_at=story.published_at,
            updated_at=story.published_at,
            created_by=self.by,
            external_id=external_id,
            **story.columns,
        )

    def _revision(self, key: int) -> Revision:
        body = self.story.body
        written = {name: getattr(self.article, name) for name in COLUMNS if name not in ("section", "image")}
        return Revision(
            pk=key,
            article=self.article,
            number=1,
            snapshot=written
            | {
                "section": self.article.section_id,
                "image": None,
                "authors": [author.pk for author in self.authors],
                "related": [
                    {"target": link.target_id, "title": "", "url": "", "origin": Origin.IMPORT} for link in self.links
                ],
            },
            text=body.text,
            text_version=TEXT_VERSION,
            text_sha256=body.text_sha256,
            blocks=list(body.blocks),
            note="Imported",
            created_by=self.by,
        )

    def _links(self) -> list[RelatedLink]:
        targets = [self.known.stories[name] for name in self.story.related if name in self.known.stories]
        return [
            RelatedLink(article=self.article, ordinal=place, target=target, origin=Origin.IMPORT)
            for place, target in enumerate(targets)
            if target.pk != self.article.pk
        ]

    @property
    def _verdict(self) -> dict[str, Any]:
        """Of the person who imports."""
        return {
            "origin": Origin.IMPORT,
            "verdict": Verdict.CONFIRMED,
            "verdict_by": self.by,
            "verdict_at": self.at,
        }

    def _tags(self) -> Iterable[Tag]:
        roles: dict[int, str] = {}
        entities: dict[int, Entity] = {}
        for given in self.story.tags:
            entity = self.known.entity_of(given)
            entities.setdefault(entity.pk, entity)
            roles[entity.pk] = Role.ABOUT if Role.ABOUT in (given.role, roles.get(entity.pk)) else given.role
        about = [pk for pk, role in roles.items() if role == Role.ABOUT and entities[pk].kind == "country"]
        for pk, role in roles.items():
            yield Tag(
                article=self.article,
                entity=entities[pk],
                role_by_person=role,
                is_primary=pk in about[:1],
                is_primary_by_person=pk in about[:1],
                score=SCORES[Role(role)],
                is_found=False,
                **self._verdict,
            )

    def _mentions(self, tag: Tag) -> Iterable[Mention]:
        """Where the text has the name of what is tagged."""
        places = list(_places(tag.entity.name, self.revision.text))
        tag.mention_count, tag.is_found = len(places), bool(places)
        for start, end in places[:MOST_MENTIONS]:
            yield Mention(
                tag=tag,
                revision=self.revision,
                start=start,
                end=end,
                surface=self.revision.text[start:end],
                form="name",
                reason="The story came with this tag.",
            )

    def _quotes(self) -> Iterable[Quote]:
        text = AnchorText.of(self.revision)
        for given in self.story.quotes:
            country = self.known.countries.get(given.speaker_country)
            quote = Quote(
                article=self.article,
                revision=self.revision,
                kind=given.kind,
                text=given.text,
                speaker_as_written=given.speaker,
                speaker_name=given.speaker,
                speaker_kind=given.speaker_kind,
                speaker_role=given.speaker_role,
                speaker_entity=self.known.entities.get(given.speaker_entity),
                speaker_country=country,
                confidence=1.0,
                **self._verdict,
            )
            text_anchors.put(quote, text, given.start, given.start + len(given.text))
            yield quote

    def _edition_tag(self, tag: Tag) -> EditionTag:
        spans = [mention for mention in self.mentions if mention.tag is tag]
        return EditionTag(
            edition=self.edition,
            entity=tag.entity,
            role=tag.role,
            is_primary=tag.is_primary,
            salience=tag.score,
            mentions=[
                {"start": span.start, "end": span.end, "as_written": span.surface, "form": span.form} for span in spans
            ],
            source=tag.origin,
            is_reviewed=True,
        )


def _places(name: str, text: str) -> Iterable[tuple[int, int]]:
    """Takes “NATO” in “NATO’s”; refuses it in “NATOs”."""
    return (match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


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


def _stories(stories: Sequence[ArchiveStory], source: str) -> dict[str, Article]:
    """The stories that are here, and those linked to, by their ids in the archive. Locked first and then read: what is
    joined to a row while its lock is waited for is of before."""
    wanted = {identifier for story in stories for identifier in (story.id, *story.related)}
    ids = {external_id(source, identifier): identifier for identifier in wanted}
    rows = Article.objects.filter(external_id__in=ids).order_by("pk")
    locked = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    shown = (
        Article.objects.filter(pk__in=locked)
        .select_related("representation")
        .only(
            *("uuid", "pub_state", "external_id"),
            *(f"representation__{name}" for name in ("status", "headline", "path", "published_at")),
        )
    )
    return {ids[str(row.external_id)]: row for row in shown}
