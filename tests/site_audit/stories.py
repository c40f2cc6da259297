"""The demo stories of the seeds, and odd ones beside them: long, bare, hostile, corrected, sealed, taken down."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import timedelta

import time_machine
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from articles import correcting, proposing, suggestions
from articles.models import Article, Author, Image, Section
from entities.models import Entity, Kind
from newsroom import broker
from newsroom.seeding.desk import cast
from tests.desk import Desk

PARAGRAPH = (
    "The harbour master of the northern town kept the log of the winter himself, in pencil, and read from it to "
    "whoever came up the stairs of the tower and asked about the ice, the tugs or the price of fuel. Norway and "
    "Finland had each promised a second icebreaker, and neither had said when."
)
LONG_HEADLINE = (
    "Donaudampfschifffahrtsgesellschaft of the counter-intelligence-coordination-subcommittee asks for seventeen "
    "more minehunters, two tenders and an answer to the letter of 3 March that nobody has opened, while the "
    "ministry counts its tugs once more"
)
HOSTILE_HEADLINE = "<script>alert(1)</script> & “quotes” ‮backwards‬ 舰队返航 أسطول 🚢 it’s"
LONG_WORD = "Unterseebootabwehrhubschrauberbesatzungsausbildungsverordnung"


@dataclass(frozen=True, slots=True)
class Odd:
    """The odd stories that pages are named by."""

    long: Article
    bare: Article
    hostile: Article
    corrected: Article
    sealed: Article
    withdrawn: Article
    killed: Article


def fill() -> Odd:
    """Fill the empty database: tables, queue, seeds, odd stories."""
    from django.db import connection

    call_command("migrate", verbosity=0)
    broker.install(connection)
    # A release in all but its stories, which production refuses.
    with override_settings(PRODUCTION=False):
        call_command("seed", stdout=sys.stderr)
    return odd_stories()


def odd_stories() -> Odd:
    desk = desk_of_seeds()
    bare = desk.live("Tug aground", standfirst="It is.", body="<p>A tug is aground.</p>", image=None)
    return Odd(
        long=_long(desk, beside=bare),
        bare=bare,
        hostile=_hostile(desk),
        corrected=_corrected(desk),
        sealed=_sealed(desk),
        withdrawn=desk.withdrawn("Fleet withdrawn from the record"),
        killed=desk.killed("Fleet struck from the record"),
    )


def _hostile(desk: Desk) -> Article:
    """Published weeks ago: on its page and in its lists, and not on the front page, whose speed is judged with the
    scripts that a paper in English prints."""
    with time_machine.travel(timezone.now() - timedelta(weeks=6)):
        return desk.live(HOSTILE_HEADLINE, slug="hostile", body=f"<p>{HOSTILE_HEADLINE.replace('<', '&lt;')}</p>")


def desk_of_seeds() -> Desk:
    """The people of the demonstration, at work on its section “Sea”."""
    people = cast()
    section = Section.objects.get(slug="sea")
    return Desk(people.reporter, people.editor, people.chief, section, Author.objects.order_by("pk")[0])


def _long(desk: Desk, *, beside: Article) -> Article:
    """3,000 words with every element that a body may hold, all authors, and Related News of every kind."""
    parts = [
        f"<h2>Part {number}: what {LONG_WORD} means</h2>"
        + f"<p>{PARAGRAPH}</p>" * 4
        + "<h3>By the numbers</h3>"
        + "<ul><li><p>Seventeen minehunters</p></li><li><p>Two <strong>tenders</strong></p></li></ul>"
        + "<ol><li><p>Ask</p></li><li><p><em>Ask again</em></p></li></ol>"
        + "<blockquote><p>Nobody has opened the letter.</p></blockquote>"
        + '<p>The letter is <a href="https://example.org/letter">public</a>, '
        + f"and so is https://example.org/{'very-' * 30}long</p>"
        for number in range(1, 13)
    ]
    body = f"<p>“We will count them again,” Norwegian Defence Minister Ida Berg said in Oslo.</p>{''.join(parts)}"
    related = [
        {"kind": "internal", "target": beside, "title": "", "url": ""},
        {"kind": "external", "target": None, "title": "The letter", "url": "https://example.org/letter"},
        {"kind": "unresolved", "target": None, "title": "A story that nobody has", "url": ""},
    ]
    article = desk.draft(
        LONG_HEADLINE,
        slug="long-headline",
        standfirst=f"{PARAGRAPH} {LONG_WORD}.",
        body=body,
        authors=list(Author.objects.all()),
        image=Image.objects.order_by("pk")[0],
        related=related,
        dateline="LONGYEARBYEN, SVALBARD AND JAN MAYEN",
    )
    return publish_confirmed(desk, article)


def publish_confirmed(desk: Desk, article: Article) -> Article:
    """Read by the tagger, every proposal confirmed by the editor, an entity of each kind added, reviewed, published."""
    from articles import publishing, workflow

    proposing.suggest(desk.fresh(article).revision_id)
    for quote in article.quotes.all():
        suggestions.confirm_quote(quote, by=desk.editor)
    for tag in article.tags.undecided():
        suggestions.confirm_tag(tag, by=desk.editor)
    for kind in Kind:
        entity = Entity.objects.canonical().filter(kind=kind, is_hidden=False).order_by("-pk").first()
        if entity is not None:
            suggestions.add_tag(desk.fresh(article), entity, by=desk.editor)
    workflow.submit(desk.fresh(article), by=desk.journalist)
    workflow.approve(desk.fresh(article), by=desk.editor)
    publishing.publish(desk.fresh(article), by=desk.editor)
    return desk.fresh(article)


def _corrected(desk: Desk) -> Article:
    """Three notices, one of them below the story."""
    article = desk.live(
        "Fleet counted three times", slug="counted", body="<p>Ten ships sailed.</p><p>All came back.</p>"
    )
    for number, position in ((11, "top"), (12, "foot"), (13, "top")):
        desk.save(article, body=f"<p>{number} ships sailed.</p><p>All came back.</p>")
        notice = f"An earlier version of this story gave the number of ships wrongly. It is {number}."
        correcting.correct(desk.approve_again(article), by=desk.editor, notice=notice, position=position)
    return desk.fresh(article)


def _sealed(desk: Desk) -> Article:
    """Two earlier versions that nobody may read, and one that is live."""
    article = desk.live("Fleet names no captain", slug="sealed", body="<p>The captain is Unspeakable Name.</p>")
    desk.save(article, body="<p>The captain is not named here.</p>")
    notice = "An earlier version of this story named a person who must not be named."
    correcting.correct(desk.approve_again(article), by=desk.editor, notice=notice, seal=True)
    return desk.fresh(article)
