"""The desk made ready for its pictures: states that no demo story stands in, each reached by the desk's own verbs.

Never on a desk that somebody uses: it writes stories, rejects tags, merges entities and makes accounts.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import CommandError
from django.utils import timezone

from articles import (
    assignment,
    commenting,
    error_reports,
    preview_links,
    proposing,
    revisions,
    saved_lists,
    sittings,
    suggestions,
    workflow,
)
from articles.admin.forms import ArticleForm
from articles.comment_anchors import Marked
from articles.models import Article, Author, ErrorReport, PreviewLink, Priority, Sitting, Tag
from articles.sittings import Typed
from articles.states import PubState, WorkState
from entities.merging import merge
from entities.models import Entity, Kind
from newsroom.seeding.desk import Cast, cast

ADDED = " The ministry counted again on Thursday and came to the same sum."
LONG_HEADLINE = (
    "Defence ministers of eleven northern and Baltic countries agree in Gothenburg to share the cost of watching "
    "cables, pipelines and the ships that pass over them, and to say so in one voice when something breaks"
)
# Stories that name a bus line and no aircraft: what is rejected on one after another is a name to make weak.
MISREAD = (
    ("Dogs find cigarettes on the Gdynia ferry", "The F-16 bus to the port was late, the dog handlers said."),
    ("Night bus to the barracks gets a new number", "The F-16 stops at the north gate, then at the hospital."),
    ("Bus drivers ask for heated shelters", "Passengers of the F-16 wait for up to forty minutes in the snow."),
    ("Barracks road closed for a week", "The F-16 will turn at the station until the bridge is mended."),
    ("Town council argues about a timetable", "Only the F-16 runs after midnight, two councillors said."),
    ("A bus line turns sixty", "The F-16 carried conscripts to the station before there was a road for cars."),
)


@dataclass
class Stage:
    """The people, and what each picture needs. Everything is made when it is first asked for, and once."""

    people: Cast
    passwords: dict[str, str]

    @cached_property
    def newcomer(self) -> User:
        """A reporter on the first day, with nothing of their own."""
        return self._account("newcomer", groups=Group.objects.filter(name="Reporter"))

    @cached_property
    def operator(self) -> User:
        """Who looks after accounts."""
        return self._account("operator", is_superuser=True)

    @cached_property
    def waiting(self) -> Article:
        """A story in review that people talk about, due soon."""
        article = self._of(work_state=WorkState.IN_REVIEW)
        assignment.assign(article, to=self.people.reporter, by=self.people.editor)
        assignment.set_due(article, at=timezone.now() + timedelta(hours=2), by=self.people.editor)
        assignment.set_priority(article, priority=Priority.BREAKING, by=self.people.editor)
        self._talk(article)
        return article

    @cached_property
    def unfinished(self) -> Article:
        """A draft that lacks most of what a publication needs; overdue by the time that it is looked at."""
        article = self._write(
            LONG_HEADLINE,
            "<h3>Who pays</h3><p>“We will share the bill, and the blame,” the Swedish minister said. A source close to "
            "the talks called the sum “not small”.</p><p>More at <a href='/news/2020/01/nothing/'>our first report</a>."
            "</p>",
            authors=[],
        )
        assignment.assign(article, to=self.people.reporter, by=self.people.editor)
        assignment.set_due(article, at=timezone.now() + timedelta(seconds=1), by=self.people.editor)
        return article

    @cached_property
    def blocked(self) -> Article:
        """The same in review, so that an approval is refused."""
        article = self._write("Eleven ministers share a bill", "<p>They met in Gothenburg.</p>", authors=[])
        workflow.submit(article, by=self.people.reporter, comment="Section and standfirst are yours to choose.")
        return article

    @cached_property
    def rewritten(self) -> Article:
        """A live story with new words in review."""
        article = self._live(1)
        self._save(article, headline=f"{article.headline}, ministry says", body=_with_added(article.body))
        return self._submitted(article)

    @cached_property
    def updated(self) -> Article:
        """A live story whose next version is approved."""
        article = self._live(2)
        self._save(article, body=_with_added(article.body))
        workflow.approve(self._submitted(article), by=self.people.editor)
        return article

    @cached_property
    def of_an_exercise(self) -> Article:
        """A live story of which an exercise has figures, with new words in review."""
        live = Article.objects.filter(pub_state=PubState.LIVE, reported_facts__kind="figure")
        article = live.order_by("pk").first() or _missing("a live story with a figure of an exercise")
        self._save(article, body=_with_added(article.body))
        return self._submitted(article)

    @cached_property
    def withdrawn(self) -> Article:
        return self._of(pub_state=PubState.WITHDRAWN)

    @cached_property
    def live(self) -> Article:
        return self._live(3)

    @cached_property
    def report(self) -> ErrorReport:
        """What a reader says is wrong in a live story."""
        return error_reports.report_error(
            self.live,
            version=self.live.version,
            passage="nineteen pilots",
            message="The ministry’s own page says twenty-one, and has since Monday.",
            contact="reader@mail.example",
            sender="stage",
        )

    @cached_property
    def draft(self) -> Article:
        return self._of(work_state=WorkState.DRAFT, pub_state=PubState.NEVER, headline__gt="")

    @cached_property
    def approved(self) -> Article:
        return self._of(work_state=WorkState.APPROVED, pub_state=PubState.NEVER, embargo_until=None)

    @cached_property
    def scheduled(self) -> Article:
        return self._of(pub_state=PubState.SCHEDULED)

    @cached_property
    def killed(self) -> Article:
        return self._of(pub_state=PubState.KILLED)

    @cached_property
    def conflict(self) -> Sitting:
        """Words of the editor that began from a version which the reporter has saved over."""
        article = self._of(work_state=WorkState.CHANGES_REQUESTED)
        paragraphs = article.body.split("</p>")
        mine = "</p>".join([f"{paragraphs[0]} Two harbour pilots saw it.", *paragraphs[1:]])
        kept = self._type(article, by=self.people.editor, headline=f"{article.headline}, pilots say", body=mine)
        theirs = "</p>".join([*paragraphs[:1], f"{paragraphs[1]} A second source confirms it.", *paragraphs[2:]])
        self._save(article, headline=f"{article.headline} again", body=theirs, dateline="Suez")
        return kept

    @cached_property
    def unsaved(self) -> Sitting:
        """Words of the reporter that nobody has saved, from an hour ago."""
        article = self.draft
        kept = self._type(article, by=self.people.reporter, body=_with_added(article.body), slugline="still-typing")
        Sitting.objects.filter(pk=kept.pk).update(kept_at=timezone.now() - timedelta(hours=1))
        return kept

    @cached_property
    def preview(self) -> PreviewLink:
        return preview_links.share_preview(self.draft, by=self.people.reporter)

    @cached_property
    def ended_preview(self) -> PreviewLink:
        link = preview_links.share_preview(self.approved, by=self.people.editor)
        preview_links.revoke_previews(self.approved, by=self.people.editor)
        return link

    @cached_property
    def misread(self) -> Tag:
        """A tag that people reject on one story after another; one proposal of it is left."""
        for headline, words in MISREAD:
            article = self._write(headline, f"<p>{words}</p>")
            assert article.revision_id is not None
            proposing.suggest(article.revision_id)
            for tag in Tag.objects.filter(article=article, entity__name="F-16"):
                suggestions.reject(tag, by=self.people.editor)
            workflow.spike(article, by=self.people.editor, reason="The town’s paper has it.")
        left = Tag.objects.filter(entity__name="F-16").undecided().order_by("-article__saved_at").first()
        return left or _missing("a proposal that it is an F-16")

    @cached_property
    def entity(self) -> Entity:
        """One that several stories name, with names of every strength."""
        return Entity.objects.get(pk=self.misread.entity_id)

    @cached_property
    def country(self) -> Entity:
        """The country with the most names."""
        return Entity.objects.get(kind=Kind.COUNTRY, name="United Kingdom")

    @cached_property
    def double(self) -> Entity:
        """A second entry for what the gazetteer has."""
        return Entity.objects.get_or_create(
            kind=Kind.ALLIANCE, slug="atlantic-alliance", defaults={"name": "Atlantic Alliance"}
        )[0]

    @cached_property
    def nato(self) -> Entity:
        return Entity.objects.get(kind=Kind.ALLIANCE, name="NATO")

    @cached_property
    def merged(self) -> Entity:
        """An entry that was merged into another."""
        entity = Entity.objects.get_or_create(
            kind=Kind.ALLIANCE, slug="european-community", defaults={"name": "European Community"}
        )[0]
        if entity.merged_into_id is None:
            merge(entity, into=Entity.objects.get(kind=Kind.ALLIANCE, name="European Union"))
        return entity

    def keep_lists(self) -> None:
        saved_lists.keep_list("Baltic, to approve", "work_state__exact=in_review&section=sea", by=self.people.editor)
        saved_lists.keep_list("Nobody’s yet", "assigned_to=nobody", by=self.people.editor)

    def _account(self, name: str, *, groups: Iterable[Group] = (), **columns: Any) -> User:
        person, _ = User.objects.get_or_create(
            username=name, defaults={"first_name": name.title(), "is_staff": True, **columns}
        )
        self.passwords[name] = secrets.token_urlsafe(12)
        person.set_password(self.passwords[name])
        person.save()
        person.groups.set(groups)
        return person

    def _submitted(self, article: Article) -> Article:
        if article.work_state != WorkState.IN_REVIEW:
            workflow.submit(article, by=self.people.reporter)
        return article

    def _of(self, **columns: Any) -> Article:
        """One of the demo's own: what is written here has no fingerprint of an import."""
        found = Article.objects.filter(import_fingerprint__isnull=False, **columns).order_by("pk").last()
        return found or _missing(f"a story of {columns}")

    def _live(self, place: int) -> Article:
        live = Article.objects.filter(import_fingerprint__isnull=False, pub_state=PubState.LIVE, quotes__isnull=False)
        return live.distinct().order_by("pk")[place]

    def _write(self, headline: str, body: str, **content: Any) -> Article:
        given = {"authors": [Author.objects.all()[0]]} | content
        return revisions.create_article(by=self.people.reporter, headline=headline, body=body, **given)

    def _save(self, article: Article, **content: Any) -> None:
        article.refresh_from_db()
        revisions.save_revision(article, expected_version=article.lock_version, by=self.people.reporter, **content)
        article.refresh_from_db()

    def _type(self, article: Article, *, by: User, **words: str) -> Sitting:
        """Unsaved words, as the page keeps them."""
        form = ArticleForm(
            instance=Article.objects.prefetch_related("bylines", "related_links__target").get(pk=article.pk)
        )
        fields = {bound.html_name: _sent(bound.value()) for bound in form if bound.html_name != "lock_version"}
        fields |= {name: [value] for name, value in words.items()}
        return sittings.keep(article, Typed(fields, article.lock_version), by=by, tab=f"stage-{article.pk}")

    def _talk(self, article: Article) -> None:
        """Threads about words, about the whole story, and one that is done with."""
        text = article.newest_revision.text.split("\n\n")
        people = self.people
        first = commenting.comment(
            article, by=people.editor, marked=_first_words(text[0]), text="@reporter Who saw this? One name, please."
        )
        commenting.reply(first.thread, by=people.reporter, text="The harbour master. He lets us name him from noon.")
        commenting.comment(article, by=people.chief, marked=_first_words(text[1]), text="@editor Legal has read it.")
        commenting.comment(article, by=people.editor, text="Picture desk sends a map by six.")
        done = commenting.comment(article, by=people.editor, text="Is the second quote on record?")
        commenting.resolve(done.thread, by=people.reporter)


def set_stage(passwords: dict[str, str]) -> Stage:
    """A stage with the demonstration's people; `passwords` are theirs, and gain those of the accounts made here."""
    stage = Stage(cast(), dict(passwords))
    stage.keep_lists()
    return stage


def _with_added(body: str) -> str:
    """With a sentence more at the end of the first paragraph."""
    return body.replace("</p>", f"{ADDED}</p>", 1)


def _first_words(paragraph: str) -> Marked:
    words = " ".join(paragraph.split()[:6])
    return Marked("body", words, suffix=paragraph.removeprefix(words)[:80])


def _sent(value: Any) -> list[str]:
    """A field's value as a browser sends it: a box that is not ticked sends nothing."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list):
        return [str(getattr(item, "pk", item)) for item in value]
    return ["" if value is None else str(value)]


def _missing(what: str) -> Any:
    raise CommandError(f"The demonstration has not {what}, which a picture needs.")
