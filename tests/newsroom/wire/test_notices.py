"""What agencies ask of editors in headlines, and above all headlines that only look so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing, workflow
from articles.models import Article, Notification
from articles.states import GuardFailed, NotAllowed
from newsroom.wire.deciding import mean_another, settle_kill
from newsroom.wire.models import WireItem
from newsroom.wire.notice_headings import Notice, notice_of
from newsroom.wire.receiving import Received
from newsroom.wire.rounds import fetch_source, forget_old_items
from tests.agency import WORDS, deleted, ninjs, ninjs_item, rss, rss_item

pytestmark = pytest.mark.django_db

KILL = ("KILL: Frigate leaves port", "Please kill the story slugged Frigate leaves port. It is false. Mandatory kill.")


def fetched(source, agency, body) -> dict[Received, int]:
    agency.body = body
    tally = fetch_source(source.pk)
    source.refresh_from_db()
    assert tally is not None, source.last_error
    return dict(tally.counts)


@pytest.mark.parametrize(
    "headline",
    [
        *("KILL: Frigate leaves", "Kill: frigate leaves", "MANDATORY KILL - Frigate leaves", "KILL – Frigate leaves"),
        *("(KILL) Frigate leaves", "Frigate leaves (MANDATORY KILL)", "URGENT MANDATORY KILL: Frigate", "WITHHOLD: x"),
        *("Frigate leaves – Mandatory Kill", "*KILL* Frigate leaves", "KILL- Frigate leaves", "KILL"),
    ],
)
def test_headline_that_asks_for_a_kill_is_known(headline):
    assert notice_of(headline) is Notice.KILL


@pytest.mark.parametrize("headline", ["ADVISORY: toll was wrong", "EDITORS ADVISORY – toll", "ADVISORY - Frigate"])
def test_headline_that_advises_editors_is_known(headline):
    assert notice_of(headline) is Notice.ADVISORY


@pytest.mark.parametrize(
    "headline",
    [
        *("Rebels kill 12 sailors", "REBELS KILL 12 SAILORS", "Kill-switch bill is debated", "KILL-SWITCH BILL PASSED"),
        *("Killed in action: 12 sailors", "Mandatory kill switches for drones", "How to kill: a sniper’s memoir"),
        *("Ministers withhold report", "Advisory board is named", "TRAVEL ADVISORY ISSUED FOR BERGEN", ""),
    ],
)
def test_headline_of_a_story_is_none(headline):
    assert notice_of(headline) is None


def test_kill_in_words_is_cried_out_linked_and_no_draft(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("0", "Court hears of port bills", "A court in Oslo heard of bills.")))
    fetched(source, agency, rss(rss_item("1")))
    body = rss(rss_item("2", *KILL), rss_item("1"))

    counts = [fetched(source, agency, body) for _ in range(2)]

    assert counts == [{Received.KNOWN: 1, Received.WARNED: 1}, {Received.KNOWN: 2}]
    article, notice = Article.objects.get(headline="Frigate leaves port"), WireItem.objects.with_open_kill().get()
    assert (Article.objects.count(), article.pub_state, notice.article) == (2, "never", article)
    told = Notification.objects.get(user=desk.chief, kind="killed")
    assert told.message.startswith("MANDATORY KILL by Coast Agency: “Frigate leaves port”.")
    assert "It sent “KILL: Frigate leaves port”, which seems to mean this story." in told.message


def test_kill_in_words_of_no_known_story_stands_on_the_board_until_it_is_dealt_with(declare, agency, desk):
    source = declare()

    counts = fetched(source, agency, rss(rss_item("2", *KILL)))

    notice = WireItem.objects.with_open_kill().get()
    assert (counts, Article.objects.count(), notice.article) == ({Received.WARNED: 1}, 0, None)
    assert notice.kill_note.endswith("Look for it at the wire desk and on the site.")
    assert "is a notice to editors: no draft was made of it" in source.last_faults
    settle_kill(notice, by=desk.editor)
    assert not WireItem.objects.with_open_kill().exists()


def test_kill_in_words_is_not_forgotten_before_it_is_dealt_with(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("2", *KILL)))
    long_ago = timezone.now() - timedelta(days=40)
    WireItem.objects.update(seen_at=long_ago, changed_at=long_ago, received_at=long_ago)

    before = forget_old_items()
    settle_kill(WireItem.objects.with_open_kill().get(), by=desk.editor)

    assert (before, forget_old_items()) == (0, 1)


def test_page_of_a_kill_of_an_unknown_story_says_to_look_for_it(declare, agency, editor, client):
    source = declare()
    fetched(source, agency, rss(rss_item("2", *KILL)))
    client.force_login(editor)

    page = client.get(reverse("admin:wire_wireitem_change", args=[WireItem.objects.get().pk])).content.decode()

    assert "Find the story that it means" in page
    assert ("None/change" in page, "It is held back" in page) == (False, False)


def test_kill_in_words_that_names_its_story_by_id_holds_that(declare, agency):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item("urn:coast:1")))

    kill = ninjs_item("urn:coast:2", headline="MANDATORY KILL", body_html="<p>It is false.</p>")
    fetched(source, agency, ninjs(kill | {"evolvedfrom": "urn:coast:1"}))

    article = Article.objects.get()
    assert ("has killed this story" in article.hold_reason, article.pub_state) == (True, "spiked")
    assert [item.is_killed for item in WireItem.objects.filter(article=article)] == [True, True]


def test_kill_in_words_names_the_story_that_only_waits(declare, agency):
    source = declare(makes_drafts=False)
    fetched(source, agency, rss(rss_item("1")))

    fetched(source, agency, rss(rss_item("2", "KILL: frigate", f"Kill this. {WORDS}")))

    assert "“Frigate leaves port”. That waits at the wire desk" in WireItem.objects.with_open_kill().get().kill_note


def test_kill_written_over_the_story_kills_it(declare, agency):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))

    for _ in range(2):
        fetched(source, agency, rss(rss_item("1", "KILL: Frigate leaves port", "This was false.")))

    item, article = WireItem.objects.get(), Article.objects.get()
    assert (item.state, article.pub_state, article.headline) == ("killed", "spiked", "Frigate leaves port")
    assert item.kill_note == "It is headed “KILL: Frigate leaves port” now."


def test_kill_written_over_the_story_is_obeyed_once_whatever_its_count_says(declare, agency):
    source = declare(format="ninjs")
    kill = ninjs_item(version="2", headline="KILL: Frigate leaves port")
    fetched(source, agency, ninjs(ninjs_item(version="3")))

    assert fetched(source, agency, ninjs(kill)) == {Received.KILLED: 1}
    assert fetched(source, agency, ninjs(kill)) == {Received.KNOWN: 1}
    assert fetched(source, agency, ninjs(ninjs_item(version="4"))) == {Received.UPDATED: 1}
    assert fetched(source, agency, ninjs(kill)) == {Received.KNOWN: 1}
    assert WireItem.objects.get().is_taken


def test_kill_written_over_the_story_twice_brings_nothing_back(declare, agency):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item(version="1")))

    for version in ("2", "3"):
        fetched(source, agency, ninjs(ninjs_item(version=version, headline="KILL: Frigate leaves port")))

    assert (WireItem.objects.get().is_killed, Article.objects.get().pub_state) == (True, "spiked")


def test_advisory_waits_at_the_wire_desk_and_is_told(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))

    counts = fetched(source, agency, rss(rss_item("2", "ADVISORY: Frigate leaves port", "The toll was wrong.")))

    assert (counts, Article.objects.count(), WireItem.objects.get(guid="2").state) == ({Received.WARNED: 1}, 1, "new")
    assert [notice.message for notice in Notification.objects.filter(user=desk.chief)] == [
        "Coast Agency advises editors: “ADVISORY: Frigate leaves port”. It seems to mean “Frigate leaves port”."
    ]


def test_notice_is_listed_for_ever_and_told_once(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))
    newer = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")

    for date in ("", newer):
        fetched(source, agency, rss(rss_item("2", *KILL, date)))

    assert Notification.objects.filter(user=desk.chief).count() == 1
    assert WireItem.objects.get(guid="2").state == "killed"


def test_advisory_under_the_id_of_its_story_is_told_once_and_not_written_over_it(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))

    for _ in range(2):
        fetched(source, agency, rss(rss_item("1", "ADVISORY: Frigate leaves port", "The toll was wrong.")))

    assert (Article.objects.get().headline, WireItem.objects.get().headline) == ("Frigate leaves port",) * 2
    assert [notice.message[:62] for notice in Notification.objects.filter(user=desk.chief)] == [
        "Coast Agency advises editors: “ADVISORY: Frigate leaves port”."
    ]


def test_story_with_the_words_of_an_advisory_is_no_copy_of_it(declare, agency):
    source = declare()
    fetched(source, agency, rss(rss_item("0", "ADVISORY: frigate story follows", WORDS)))

    assert fetched(source, agency, rss(rss_item("1"))) == {Received.NEW: 1}

    assert Article.objects.get().headline == "Frigate leaves port"


def test_kill_in_words_of_what_the_feed_has_deleted_is_no_second_alarm(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(more=deleted("1", when=timezone.now().isoformat())))

    fetched(source, agency, rss(rss_item("2", *KILL)))

    notice = WireItem.objects.get(guid="2")
    assert (notice.article, notice.is_guess) == (Article.objects.get(), False)
    assert not WireItem.objects.with_open_kill().exists()
    assert Notification.objects.filter(user=desk.chief, message__contains="that was killed before").count() == 1


def test_wrong_guess_is_let_go_and_its_kill_stays_open(declare, agency, desk, author, client):
    source = declare(author=author)
    fetched(source, agency, rss(rss_item("1")))
    article = desk.save(Article.objects.get(), by=desk.editor, standfirst="Two sentences that say why.")
    workflow.submit(desk.fresh(article), by=desk.editor)
    workflow.approve(desk.fresh(article), by=desk.chief, reason="Night.")
    publishing.publish(desk.fresh(article), by=desk.chief)
    fetched(source, agency, rss(rss_item("2", *KILL)))
    notice = WireItem.objects.get(guid="2")
    with pytest.raises(GuardFailed, match="still live"):
        settle_kill(notice, by=desk.chief)
    with pytest.raises(NotAllowed):
        mean_another(notice, by=desk.journalist)
    client.force_login(desk.editor)
    address = reverse("admin:wire_wireitem_change", args=[notice.pk])
    offered = "It means another story" in client.get(address).content.decode()

    answer = client.post(address, {"verb": "mean_another"}, follow=True).content.decode()

    notice.refresh_from_db()
    assert (offered, "Find the story that it means" in answer, "It means another story" in answer) == (
        True,
        True,
        False,
    )
    assert (notice.article, notice.is_kill_open, desk.fresh(article).hold_reason) == (None, True, "")
    settle_kill(notice, by=desk.editor)
    assert not WireItem.objects.with_open_kill().exists()


def test_kill_of_which_the_agency_says_the_story_is_no_guess(declare, agency, desk):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item()))
    said = {"headline": "MANDATORY KILL", "body_html": "<p>False.</p>", "evolvedfrom": "urn:coast:1"}
    fetched(source, agency, ninjs(ninjs_item("urn:coast:2", **said)))

    with pytest.raises(GuardFailed, match="No story was guessed"):
        mean_another(WireItem.objects.get(guid="urn:coast:2"), by=desk.editor)
