"""Verb: bring stories that were published elsewhere into the archive, many at once, with their tags and quotations.

A batch is one transaction. What a save, an approval and a publication write one after the other is written in it at
once, by tables: article, first revision, the verdicts of the person who imports, edition, and a change for partners.
What the public gets of an edition is made by the same function as ever, story by story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.archive.known import Known
from articles.archive.rows import Rows
from articles.archive.story_format import ArchiveStory, external_id
from articles.archive.withheld import in_words, require_importer
from articles.copying import copy_in, next_numbers
from articles.documents import changed_parts, facts_of
from articles.editions import claim_address
from articles.models import (
    Article,
    Byline,
    Change,
    Edition,
    EditionQuote,
    EditionRelated,
    EditionTag,
    Mention,
    Quote,
    RelatedLink,
    Revision,
    Tag,
    TaggingRun,
    Transition,
)
from articles.purging import purge_on_commit
from articles.representations import represent
from articles.states import PubState, WorkState
from articles.waking import wake_on_commit

if TYPE_CHECKING:
    from django.contrib.auth.models import User

REASON = "Imported from an archive."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a story: its article, new or of an earlier import, or why there is none. `unknown_links` counts
    stories under its Related News that are not in the archive yet; they are left out. `has_other_words`: it was
    imported earlier with other words than it has now, which were left as they are. `withheld` says in words that an
    earlier import has read that it may not be used."""

    story: ArchiveStory
    article_id: int | None = None
    is_new: bool = False
    refusal: str = ""
    unknown_links: int = 0
    has_other_words: bool = False
    withheld: str = ""


@transaction.atomic
def import_archive(
    stories: Sequence[ArchiveStory], *, source: str, by: User, as_proposals: bool = False
) -> list[Outcome]:
    """Make live stories of a batch, in the order given; what came with an earlier import is left as it is.

    `source` names the archive: with the id of a story, it is known again. A story that cannot be imported is told in
    its outcome, and keeps no other out. `as_proposals`: tags and quotations that came with the stories wait until a
    person confirms them; else they are verdicts of who imports.

    Raises:
        NotAllowed: the person may not write and publish.
        IntegrityError: somebody else imports the same stories at this moment; nothing of the batch was written.
    """
    require_importer(by)
    known = Known.of(stories, source)
    outcomes, chosen = [], []
    for story in stories:
        outcome = _judged(story, known)
        outcomes.append(outcome)
        if outcome.is_new:
            known.begun.add(story.id)
            chosen.append(story)
    known.meet_authors(chosen)
    made = _make(chosen, known, source=source, by=by, as_proposals=as_proposals)
    return [replace(outcome, article_id=made[outcome.story.id]) if outcome.is_new else outcome for outcome in outcomes]


def _judged(story: ArchiveStory, known: Known) -> Outcome:
    if story.id in known.begun:
        return Outcome(story, refusal=f"“{story.id}” stands twice in this archive: the first one was taken.")
    if (target := known.stories.get(story.id)) is not None:
        return Outcome(story, article_id=target.pk, has_other_words=known.has_other_words(story))
    if (withheld := known.withheld.get(story.id)) is not None:
        return Outcome(story, withheld=in_words(withheld, story.id))
    if refusal := known.refusal(story):
        return Outcome(story, refusal=refusal)
    here = {story.id, *known.begun, *known.stories}
    unknown = sum(identifier not in here for identifier in story.related)
    return Outcome(story, is_new=True, unknown_links=unknown)


def _make(
    stories: Sequence[ArchiveStory], known: Known, *, source: str, by: User, as_proposals: bool
) -> dict[str, int]:
    """Write the stories; the number of each one's article by its id in the archive."""
    if not stories:
        return {}
    keys = zip(*(next_numbers(model, len(stories)) for model in (Article, Revision, Edition)), strict=True)
    made = [
        Rows(story, known, keys=own, external_id=external_id(source, story.id), by=by, as_proposals=as_proposals)
        for story, own in zip(stories, keys, strict=True)
    ]
    copy_in(Article, (rows.article for rows in made))
    copy_in(Revision, (rows.revision for rows in made))
    copy_in(Byline, (byline for rows in made for byline in rows.bylines))
    copy_in(Tag, (tag for rows in made for tag in rows.tags))
    copy_in(Mention, (mention for rows in made for mention in rows.mentions))
    copy_in(Quote, (quote for rows in made for quote in rows.quotes))
    copy_in(RelatedLink, (link for rows in made for link in rows.links))
    copy_in(TaggingRun, (rows.run for rows in made))
    for rows in made:
        rows.set_edition(slug=claim_address(rows.article, version=1))
    copy_in(Edition, (rows.edition for rows in made))
    copy_in(EditionTag, (tag for rows in made for tag in rows.edition_tags))
    copy_in(EditionQuote, (quote for rows in made for quote in rows.edition_quotes))
    copy_in(EditionRelated, (link for rows in made for link in rows.edition_related))
    _announce(made, by)
    return {rows.story.id: rows.article.pk for rows in made}


def _announce(made: Sequence[Rows], by: User) -> None:
    """In the order given, so that a story shows those before it; the changes last, which are numbered at commit."""
    changes = []
    for rows in made:
        shown = represent(rows.article, rows=rows.of_edition())
        changes.append(
            Change(
                article=rows.article,
                kind=Change.Kind.PUBLISH,
                action=Change.Action.UPSERT,
                version=rows.article.version,
                changed=changed_parts(None, shown),
                facts_after=facts_of(shown),
                url=rows.edition.get_absolute_url(),
                by=by,
            )
        )
    copy_in(Transition, (_transition(rows, by) for rows in made))
    copy_in(Change, changes)
    purge_on_commit()
    wake_on_commit()


def _transition(rows: Rows, by: User) -> Transition:
    return Transition(
        article=rows.article,
        verb="publish",
        work_from=WorkState.DRAFT,
        work_to=WorkState.APPROVED,
        pub_from=PubState.NEVER,
        pub_to=PubState.LIVE,
        reason=REASON,
        revision=rows.revision,
        edition=rows.edition,
        by=by,
        at=timezone.now(),
    )
