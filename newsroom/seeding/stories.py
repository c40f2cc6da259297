"""Take every demo story through the desk's own verbs, as far as its front matter says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import importing, proposing, publishing, revisions, suggestions, workflow
from articles.models import Article, Notification, Quote, Tag
from articles.models.verdict import Verdict
from entities.models import Country, Entity, Kind
from newsroom.seeding.desk import Cast, cast
from newsroom.seeding.story_seeds import StorySeed, read_story_seeds


def load_stories(*, progress: Callable[[str], None] = lambda line: None) -> int:
    """Load the demo stories that are not there yet, each in one transaction; how many that were."""
    people = cast()
    known = set(Article.objects.exclude(import_fingerprint=None).values_list("import_fingerprint", flat=True))
    loaded = 0
    seeds = read_story_seeds()
    for place, seed in enumerate(seeds, start=1):
        if seed.story.fingerprint in known:
            continue
        progress(f"Story {place} of {len(seeds)}: {seed.matter.get('headline') or seed.path.stem}")
        with transaction.atomic():
            Telling(seed, people).tell()
        loaded += 1
    return loaded


@dataclass
class Telling:
    """One story on its way through the desk."""

    seed: StorySeed
    people: Cast

    def tell(self) -> Article:
        """Write, tag, decide, and go on to the state that the front matter names."""
        self.article = importing.draft_of(self.seed.story, by=self.people.reporter, **self.seed.content())
        self.tag()
        self.decide()
        STATES[self.seed.state](self)
        self.article.refresh_from_db()
        if self.article.version:
            # The desk has long heard of what readers have.
            Notification.objects.filter(article=self.article).read()
        return self.article

    def tag(self) -> None:
        self.article.refresh_from_db()
        assert self.article.revision_id is not None
        proposing.suggest(self.article.revision_id)

    def decide(self) -> None:
        """Confirm what the front matter lists, add what the tagger missed, reject what it must not be."""
        self.decide_quotes()
        self.decide_countries()

    def decide_quotes(self) -> None:
        text = self.article.newest_revision.text
        confirmed = set()
        for entry in self.seed.matter.get("quotes", []):
            start = text.index(entry["text"])
            details = self.speaker_of(entry)
            quote = self.article.quotes.filter(start=start, end=start + len(entry["text"])).first()
            if quote is None:
                quote = suggestions.add_quote(
                    self.article,
                    start=start,
                    end=start + len(entry["text"]),
                    by=self.people.editor,
                    **details,
                )
            else:
                quote = suggestions.confirm_quote(quote, by=self.people.editor, **details)
            confirmed.add(quote.pk)
        for quote in self.article.quotes.filter(verdict=Verdict.PROPOSED).exclude(pk__in=confirmed):
            suggestions.reject(quote, by=self.people.editor)

    def speaker_of(self, entry: dict[str, Any]) -> dict[str, Any]:
        name = entry.get("resolved") or entry.get("speaker", "")
        entity = Entity.objects.canonical().filter(name=name).first()
        country = Country.objects.filter(alpha2=entry.get("country", "")).first()
        return {
            "kind": entry.get("kind", Quote.Kind.DIRECT),
            "cue": entry.get("cue", ""),
            "speaker_as_written": entry.get("speaker", ""),
            "speaker_name": name,
            "speaker_kind": entry.get("speaker_kind", ""),
            "speaker_role": entry.get("role", ""),
            "speaker_entity": entity,
            "speaker_country": country,
        }

    def decide_countries(self) -> None:
        wanted = self.seed.matter.get("countries", [])
        primary = self.seed.matter.get("primary", "")
        facts = {country.alpha2: country.entity for country in Country.objects.filter(alpha2__in=wanted)}
        for code in wanted:
            role = Tag.Role.ABOUT if code == primary else ""
            suggestions.add_tag(self.article, facts[code], by=self.people.editor, role=role)
        others = self.article.tags.undecided().filter(entity__kind=Kind.COUNTRY)
        for tag in others.exclude(entity__in=facts.values()):
            suggestions.reject(tag, by=self.people.editor)

    def draft(self) -> None:
        """Stays with the reporter."""

    def in_review(self) -> None:
        workflow.submit(self.article, by=self.people.reporter)

    def changes_requested(self) -> None:
        self.in_review()
        comment = self.seed.matter.get("comment", "Who else confirms this? One more source, please.")
        workflow.request_changes(self.article, by=self.people.editor, comment=str(comment))

    def approved(self) -> None:
        self.in_review()
        workflow.approve(self.article, by=self.people.editor)

    def scheduled(self) -> None:
        self.approved()
        hours = self.seed.matter.get("publish_in_hours", 30)
        publishing.schedule(self.article, by=self.people.editor, publish_at=timezone.now() + timedelta(hours=hours))

    def embargoed(self) -> None:
        self.approved()
        hours = self.seed.matter.get("embargo_until_hours", 72)
        Article.objects.filter(pk=self.article.pk).update(
            embargo_until=timezone.now() + timedelta(hours=hours), embargo_note="Agreed with the source."
        )

    def live(self) -> None:
        self.approved()
        published: datetime | None = self.seed.matter.get("published")
        at = min(published, timezone.now()) if published else None
        publishing.publish(self.article, by=self.people.editor, published_at=at)

    def updated(self) -> None:
        self.live()
        self.rewrite()
        publishing.publish_update(self.article, by=self.people.editor)

    def corrected(self) -> None:
        self.live()
        self.rewrite()
        correction = self.seed.matter["correction"]
        publishing.correct(
            self.article,
            by=self.people.editor,
            notice=correction["notice"],
            kind=correction.get("kind", "correction"),
            seal=bool(correction.get("seal", False)),
        )

    def withdrawn(self) -> None:
        self.live()
        withdrawal = self.seed.matter["withdrawal"]
        publishing.withdraw(self.article, by=self.people.editor, reason=withdrawal["reason"])

    def killed(self) -> None:
        self.live()
        kill = self.seed.matter["kill"]
        self.article.refresh_from_db()
        assert self.article.edition is not None
        publishing.kill(
            self.article,
            by=self.people.chief,
            reason=kill["reason"],
            public_note=kill["notice"],
            confirmation=self.article.edition.slug,
        )

    def rewrite(self) -> None:
        """The next version: words replaced as the front matter says, tagged, reviewed and approved again."""
        self.article.refresh_from_db()
        correction = self.seed.matter["correction"]
        body = self.article.body.replace(correction["find"], correction["replace"])
        if body == self.article.body:
            raise ValueError(f"{self.seed.path.name}: the words to replace do not stand in the body.")
        revisions.save_revision(
            self.article, expected_version=self.article.lock_version, by=self.people.reporter, body=body
        )
        self.tag()
        self.approved()


STATES: dict[str, Callable[[Telling], None]] = {
    "live": Telling.live,
    "draft": Telling.draft,
    "in_review": Telling.in_review,
    "changes_requested": Telling.changes_requested,
    "approved": Telling.approved,
    "scheduled": Telling.scheduled,
    "embargoed": Telling.embargoed,
    "withdrawn": Telling.withdrawn,
    "killed": Telling.killed,
    "corrected": Telling.corrected,
    "sealed": Telling.corrected,
    "updated": Telling.updated,
}
