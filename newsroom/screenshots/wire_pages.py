"""The wire desk: two agencies that send, update, kill and contradict, and the pages on which that is decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles import publishing, revisions, workflow
from articles.models import Article, Author, Section
from newsroom.screenshots.shot import BRIEF, Shot
from newsroom.screenshots.stage import Stage
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.reading import read_feed
from newsroom.wire.rounds import bring_in

FERRY = (
    "<p>The ferry Astrid lost power eight miles off Ystad on Tuesday and was towed in by two tugs, the coast guard "
    "said. Nobody was hurt.</p><p>{count} passengers were on board.</p><p>The company has taken her sister ship out of "
    "service until the engines are looked at.</p>"
)
DEPOT = (
    "<p>A fire in a depot of the home guard near Rakvere was put out after three hours, the rescue board said. Twelve "
    "engines came from as far as Narva, and a train to Tallinn waited outside the town until the smoke had gone.</p>"
    "<p>The depot held blankets, tents and field kitchens, and no ammunition. A guard who was taken to hospital went "
    "home in the evening, and the home guard will buy new tents before the autumn exercise.</p>"
)
CABLE = (
    "<p>A cable between two islands stopped working on Monday night, its owner said. Divers will look at it when the "
    "wind drops.</p><p>The owner would not say what had cut it.</p>"
)
WAITING = (
    ("Minesweepers of four navies meet off Turku", "They practise for eight days, the Finnish navy said on Tuesday."),
    ("Bodø asks for a second runway", "The council will hear the air force in September before it decides."),
    ("Conscripts to learn to repair drones", "A course of six weeks begins in Jūrmala, the Latvian army said."),
)


@dataclass
class Agencies:
    """What two agencies have sent to this desk. Made when it is first asked for, and once."""

    stage: Stage

    @cached_property
    def coast(self) -> WireSource:
        return self._source("Coast Wire", author=Author.objects.all()[0], section=Section.objects.get(slug="sea"))

    @cached_property
    def updated(self) -> WireItem:
        """A draft that somebody has worked on, and the agency's next version of it."""
        item = self._send(self.coast, "ferry", headline="Ferry towed into Ystad", body=FERRY.format(count="Forty"))
        self._edited(item.article, standfirst="Her sister ship stays in port until the engines are looked at.")
        return self._send(
            self.coast,
            "ferry",
            version="2",
            headline="Ferry with 140 on board towed into Ystad",
            body=FERRY.format(count="A hundred and forty"),
            usageterms="Not for use in Denmark.",
        )

    @cached_property
    def killed(self) -> WireItem:
        """A live story that its agency has killed, and sent anew."""
        item = self._send(self.coast, "cable", headline="Cable between two islands cut", body=CABLE)
        article = self._edited(item.article, standfirst="Its owner waits for the wind to drop before divers go down.")
        workflow.submit(article, by=self.stage.people.editor)
        workflow.approve(_fresh(article), by=self.stage.people.chief, reason="The night desk is one person.")
        publishing.publish(_fresh(article), by=self.stage.people.chief)
        self._send(self.coast, "cable", version="2", pubstatus="canceled", ednote="The cable works. Do not use.")
        return self._send(
            self.coast, "cable", version="3", headline="Cable between two islands works", body=CABLE.split("</p>")[0]
        )

    @cached_property
    def told_otherwise(self) -> WireItem:
        """What another agency says of a story that the desk has."""
        self._send(self.coast, "depot", headline="Fire in a depot near Rakvere put out", body=DEPOT)
        river = self._source("River Press", section=Section.objects.get(slug="land"))
        told = DEPOT.replace("three hours", "seven hours")
        return self._send(river, "r-9", headline="Correction: fire near Rakvere burnt for seven hours", body=told)

    @cached_property
    def waiting(self) -> list[WireItem]:
        """Of a source whose stories nobody drafts by itself."""
        north = self._source("North Bureau", makes_drafts=False)
        return [
            self._send(north, f"n-{number}", headline=headline, body=f"<p>{words}</p>")
            for number, (headline, words) in enumerate(WAITING)
        ]

    def send(self) -> None:
        """Everything, so that the lists show it."""
        for name in ("updated", "killed", "told_otherwise", "waiting"):
            getattr(self, name)

    def _source(self, name: str, **columns: Any) -> WireSource:
        slug = name.split()[0].lower()
        given = {"url": f"https://{slug}.example/feed", "format": "ninjs", "credit": name, "language": "en"}
        now = timezone.now()
        asked = dict.fromkeys(("read_at", "asked_at", "last_success_at", "last_new_at"), now)
        asked["fetch_at"] = now + timedelta(days=1)
        return WireSource.objects.get_or_create(name=name, defaults=given | asked | columns)[0]

    def _send(self, source: WireSource, uri: str, *, version: str = "1", body: str = "", **said: str) -> WireItem:
        item = {"uri": uri, "version": version, "type": "text", "body_html": body, **said}
        feed = read_feed(source.format, json.dumps(item).encode(), content_type="application/json", now=timezone.now())
        bring_in(source, feed)
        return WireItem.objects.select_related("article").get(source=source, guid=uri)

    def _edited(self, article: Article | None, **content: Any) -> Article:
        assert article is not None
        by = self.stage.people.editor
        revisions.save_revision(article, expected_version=article.lock_version, by=by, **content)
        return _fresh(article)


def wire_shots(stage: Stage) -> list[Shot]:
    agencies = Agencies(stage)
    agencies.send()
    item, story = "admin:wire_wireitem_change", "admin:articles_article_change"
    return [
        Shot("wire", reverse("admin:wire_wireitem_changelist"), "editor"),
        Shot("wire-update", reverse(item, args=[agencies.updated.pk]), "editor"),
        Shot("wire-killed", reverse(item, args=[agencies.killed.pk]), "editor"),
        Shot("wire-otherwise", reverse(item, args=[agencies.told_otherwise.pk]), "editor", views=BRIEF),
        Shot("wire-waiting", reverse(item, args=[agencies.waiting[0].pk]), "reporter", views=BRIEF),
        Shot("wire-story", reverse(story, args=[agencies.updated.article_id]), "editor", views=BRIEF),
        Shot("wire-story-killed", reverse(story, args=[agencies.killed.article_id]), "editor"),
        Shot("wire-sources", reverse("admin:wire_wiresource_changelist"), "editor", views=BRIEF),
        Shot("wire-source", reverse("admin:wire_wiresource_change", args=[agencies.coast.pk]), "editor", views=BRIEF),
    ]


def _fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)
