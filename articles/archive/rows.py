"""The rows of one story of an archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles import text_anchors
from articles.archive.known import Known
from articles.archive.story_format import ArchiveStory
from articles.body import TEXT_VERSION
from articles.edition_rows import EditionRows, under_canonical
from articles.editions import edition_of, in_order, printed_bylines, quote_row, related_row
from articles.models import (
    Article,
    Byline,
    Edition,
    EditionTag,
    Mention,
    Quote,
    RelatedLink,
    Revision,
    Tag,
    TaggingRun,
)
from articles.models.tag import Role
from articles.models.verdict import Origin, Verdict
from articles.revisions import COLUMNS
from articles.states import PubState, WorkState
from articles.text_anchors import AnchorText
from entities.models import Entity

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Of one tag, as evidence. The fiftieth place of a name in a long story tells nothing more.
MOST_MENTIONS = 20
FORM = "name"
SCORES = {Role.ABOUT: 1.0, Role.MENTION: 0.5}
# How sure a proposal is that nobody has measured.
UNMEASURED = 0.5


class Rows:
    """What is written of one story, with the numbers that its article, revision and edition will have. `as_proposals`:
    nobody vouches for its tags and quotations, which wait for a person before the public gets them."""

    def __init__(
        self,
        story: ArchiveStory,
        known: Known,
        *,
        keys: Sequence[int],
        external_id: str,
        by: User,
        as_proposals: bool = False,
    ) -> None:
        self.story, self.known, self.by, self.as_proposals = story, known, by, as_proposals
        self.at = timezone.now()
        self.article = self._article(keys, external_id)
        self.authors = [known.authors[name] for name in story.authors]
        self.bylines = [
            Byline(article_id=keys[0], author_id=author.pk, ordinal=ordinal)
            for ordinal, author in enumerate(self.authors)
        ]
        self.links = self._links()
        self.revision = self._revision(keys[1])
        self.article.revision = self.article.approved_revision = self.revision
        # Its tags are given; that they were not read out of the text says the version of the gazetteer, 0.
        self.run = TaggingRun(
            revision_id=keys[1], status=TaggingRun.Status.FINISHED, started_at=self.at, finished_at=self.at
        )
        self.tags = list(self._tags())
        self.places = [list(_places(tag.entity.name, self.revision.text)) for tag in self.tags]
        for tag, places in zip(self.tags, self.places, strict=True):
            tag.mention_count, tag.is_found = len(places), bool(places)
        self.quotes = list(self._quotes())
        self.edition = Edition(pk=keys[2])
        known.stories[story.id] = self.article

    def set_edition(self, *, slug: str) -> None:
        """Once the address is claimed, and tags and quotations are written."""
        edition = edition_of(self.article, self.revision, kind=Edition.Kind.FIRST, version=1, slug=slug)
        edition.pk, edition.created_by = self.edition.pk, self.by
        edition.bylines = printed_bylines(self.authors)
        self.edition = self.article.edition = edition
        tags = [] if self.as_proposals else zip(self.tags, self.places, strict=True)
        quotes = [] if self.as_proposals else self.quotes
        self.edition_tags = [self._edition_tag(tag, places) for tag, places in tags]
        self.edition_quotes = [quote_row(edition, quote, place) for place, quote in enumerate(quotes, start=1)]
        self.edition_related = [related_row(edition, link, place) for place, link in enumerate(self.links, start=1)]

    @property
    def mentions(self) -> Iterable[Mention]:
        """Where the text has the name of what is tagged; of tags that are written."""
        text = self.revision.text
        for tag, places in zip(self.tags, self.places, strict=True):
            for start, end in places[:MOST_MENTIONS]:
                yield Mention(
                    tag_id=tag.pk,
                    revision_id=self.revision.pk,
                    start=start,
                    end=end,
                    surface=text[start:end],
                    form=FORM,
                    reason="The story came with this tag.",
                )

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
            article_id=self.article.pk,
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
            RelatedLink(article_id=self.article.pk, ordinal=place, target=target, origin=Origin.IMPORT)
            for place, target in enumerate(targets)
            if target.pk != self.article.pk
        ]

    @property
    def _verdict(self) -> dict[str, Any]:
        """Of the person who imports, or nobody's."""
        if self.as_proposals:
            return {"origin": Origin.IMPORT, "verdict": Verdict.PROPOSED}
        return {
            "origin": Origin.IMPORT,
            "verdict": Verdict.CONFIRMED,
            "verdict_by_id": self.by.pk,
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
                article_id=self.article.pk,
                entity=entities[pk],
                is_primary=pk in about[:1],
                is_found=False,
                **self._choice(role, is_primary=pk in about[:1]),
                **self._verdict,
            )

    def _choice(self, role: str, *, is_primary: bool) -> dict[str, Any]:
        """A person's, of the role and of the primary country; the reason of a proposal tells it to whoever decides."""
        if self.as_proposals:
            said = " as what it is about" if role == Role.ABOUT else ""
            return {"score": UNMEASURED, "reason": f"The story came with this tag{said}."}
        return {"score": SCORES[Role(role)], "role_by_person": role, "is_primary_by_person": is_primary}

    def _quotes(self) -> Iterable[Quote]:
        text = AnchorText.of(self.revision)
        for given in self.story.quotes:
            country = self.known.countries.get(given.speaker_country)
            quote = Quote(
                article_id=self.article.pk,
                revision_id=self.revision.pk,
                kind=given.kind,
                text=given.text,
                speaker_as_written=given.speaker,
                speaker_name=given.speaker,
                speaker_kind=given.speaker_kind,
                speaker_role=given.speaker_role,
                speaker_entity=self.known.entities.get(given.speaker_entity),
                speaker_country=country,
                confidence=UNMEASURED if self.as_proposals else 1.0,
                reason="The story came with this quotation." if self.as_proposals else "",
                **self._verdict,
            )
            text_anchors.put(quote, text, given.start, given.start + len(given.text))
            yield quote

    def _edition_tag(self, tag: Tag, places: Sequence[tuple[int, int]]) -> EditionTag:
        text = self.revision.text
        return EditionTag(
            edition_id=self.edition.pk,
            entity=tag.entity,
            role=tag.role,
            is_primary=tag.is_primary,
            salience=tag.score,
            mentions=[
                {"start": start, "end": end, "as_written": text[start:end], "form": FORM}
                for start, end in places[:MOST_MENTIONS]
            ],
            source=tag.origin,
            is_reviewed=True,
        )


def _places(name: str, text: str) -> Iterable[tuple[int, int]]:
    """Takes “NATO” in “NATO’s”; refuses it in “NATOs”."""
    return (match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
