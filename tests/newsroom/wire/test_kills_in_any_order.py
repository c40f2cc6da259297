"""Kills among versions, ids, copies, decisions and spikes, in orders that agencies and desks come up with."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from threading import Event, Thread

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from articles import publishing, scheduled_updates, workflow
from articles.importing import import_story
from articles.models import Article, Notification
from articles.sittings import Typed, keep, settle
from articles.states import GuardFailed, Refused
from articles.transitions import lock
from newsroom.wire import deciding, tasks
from newsroom.wire.models import WireItem
from newsroom.wire.rounds import fetch_source
from newsroom.wire.standing import notices_for
from tests.agency import WORDS, deleted, ninjs, ninjs_item, rss, rss_item
from tests.articles.test_locks import somebody_waits
from tests.services import wait_until

pytestmark = pytest.mark.django_db
TAB = "0b8a6c1e-1111-4222-8333-444455556666"
MENDED = f"<p>{WORDS.replace('nine countries', 'eleven countries')}</p>"
KILL = ("KILL: Frigate leaves port", "Please kill the story slugged Frigate leaves port. It is false. Mandatory kill.")


def fetched(source, agency, body) -> str:
    agency.body = body
    assert fetch_source(source.pk) is not None
    source.refresh_from_db()
    return source.last_faults


def sent(minutes: float) -> str:
    return (timezone.now() + timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S GMT")


def approved(desk, article: Article) -> Article:
    workflow.submit(desk.fresh(article), by=desk.editor)
    workflow.approve(desk.fresh(article), by=desk.chief, reason="Night.")
    return desk.fresh(article)


def make_live(desk, article: Article) -> Article:
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    approved(desk, article)
    publishing.publish(desk.fresh(article), by=desk.chief)
    return desk.fresh(article)


def on_board(desk) -> list[int]:
    return [one.pk for one in notices_for(desk.editor).kills]


def test_ignore_of_an_offered_draft_that_is_untouched_again(send, desk):
    article = send().article
    keep(article, Typed({"headline": ["x"]}, article.lock_version), by=desk.journalist, tab=TAB)
    item = send("2", headline="Second")
    assert item.offered_at
    settle(article, by=desk.journalist, tabs=[TAB])
    deciding.ignore(item, by=desk.editor)
    assert WireItem.objects.get().state == "ignored"


def test_wrong_guess_that_hit_the_spike_can_be_taken_back_and_is_on_the_board(declare, agency, desk, client):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))
    workflow.spike(Article.objects.get(), by=desk.editor, reason="Later.")
    fetched(source, agency, rss(rss_item("2", *KILL)))
    notice = WireItem.objects.get(guid="2")
    assert notice.is_guess
    client.force_login(desk.editor)
    page = client.get(f"/admin/wire/wireitem/{notice.pk}/change/").content.decode()
    assert ("mean_another" in page, on_board(desk)) == (True, [notice.pk])


def test_reporter_who_takes_the_update_ends_no_kill_of_what_readers_have(send, kill, desk, journalist):
    live = make_live(desk, send().article)
    kill()
    desk.save(live, by=desk.editor, standfirst="Two sentences that say why, without the slip.")
    publishing.publish_minor_update(desk.fresh(live), by=desk.editor)
    assert "nine countries" in desk.fresh(live).body
    assert desk.fresh(live).edition.version == 2
    Article.objects.filter(pk=live.pk).update(created_by=journalist)
    item = send("3", body_html=MENDED)
    deciding.take_update(item, by=journalist, seen=item.content_hash)
    assert on_board(desk) == [item.pk]


@pytest.mark.parametrize("killed", ["urn:coast:1", "urn:coast:2"])
def test_kill_of_a_waiting_copy_under_another_id_holds_what_was_pasted(declare, agency, desk, journalist, killed):
    source = declare(format="ninjs", makes_drafts=False)
    fetched(source, agency, ninjs(ninjs_item("urn:coast:1")))
    fetched(source, agency, ninjs(ninjs_item("urn:coast:2")))
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    fetched(source, agency, ninjs(ninjs_item(killed, version="2", pubstatus="canceled")))
    assert desk.fresh(pasted).hold_reason


def test_kill_of_a_copy_of_another_waiting_agency_is_told_where_it_was_pasted(declare, agency, desk, journalist):
    first = declare("River", format="ninjs", makes_drafts=False)
    source = declare(format="ninjs", makes_drafts=False)
    fetched(first, agency, ninjs(ninjs_item("urn:river:1")))
    fetched(source, agency, ninjs(ninjs_item("urn:coast:1")))
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="canceled")))
    told = Notification.objects.filter(kind="killed").exists()
    assert (bool(desk.fresh(pasted).hold_reason) or told) is True


def test_leaving_a_version_leaves_our_mend_on_the_clock(send, kill, desk):
    live = make_live(desk, send().article)
    kill()
    item = send("3", body_html=MENDED)
    desk.save(desk.fresh(live), by=desk.editor, body="<p>Our own words, and nobody else's at all.</p>")
    approved(desk, live)
    at = timezone.now() + timedelta(hours=1)
    scheduled_updates.schedule_update(desk.fresh(live), by=desk.chief, at=at)
    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)
    assert desk.fresh(live).update_at == at


def test_hold_is_left_behind_where_an_older_id_comes_back_to_another_story(declare, agency, desk):
    first = declare("River", format="ninjs")
    source = declare(format="ninjs")
    body = lambda words: f"<p>{words}</p>"  # noqa: E731
    fetched(first, agency, ninjs(ninjs_item("urn:river:1")))
    ours = Article.objects.get()
    seven = WORDS.replace("nine countries", "seven countries")
    fetched(source, agency, ninjs(ninjs_item("c1", body_html=body(seven))))
    assert WireItem.objects.get(guid="c1").article == ours
    eight = WORDS.replace("nine countries", "eight countries")
    fetched(source, agency, ninjs(ninjs_item("c2", evolvedfrom="c1", body_html=body(eight))))
    assert WireItem.objects.get(guid="c1").replaced_by.guid == "c2"
    other = (
        "The frigate that left Bergen has come back with a broken shaft, the yard said. Tugs met her at the mouth of "
        "the fjord, and divers will look at the propeller in the morning before anybody says how long that takes. "
        "The minehunters went on without her, and a second frigate was told to be ready for sea within two days."
    )
    fetched(source, agency, ninjs(ninjs_item("c2", version="2", body_html=body(other))))
    theirs = WireItem.objects.get(guid="c2").article
    assert theirs is not None
    assert theirs != ours
    fetched(source, agency, ninjs(ninjs_item("c1", version="3", pubstatus="canceled")))
    assert desk.fresh(ours).hold_reason
    fetched(source, agency, ninjs(ninjs_item("c1", version="4", body_html=body(other.replace("two days", "ten days")))))
    held = bool(desk.fresh(ours).hold_reason)
    standing = WireItem.objects.filter(article=ours, killed_at__isnull=False, settled_at=None).exists()
    assert held == standing


def test_draft_begun_anew_of_a_copy_keeps_its_item(declare, agency, desk, author):
    first = declare("River", format="ninjs", author=author)
    source = declare(format="ninjs", author=author)
    body = lambda words: f"<p>{words}</p>"  # noqa: E731
    fetched(first, agency, ninjs(ninjs_item("urn:river:1")))
    ours = make_live(desk, Article.objects.get())
    fetched(source, agency, ninjs(ninjs_item("c1", body_html=body(WORDS.replace("nine", "seven")))))
    fetched(source, agency, ninjs(ninjs_item("c1", version="2", pubstatus="canceled")))
    desk.kill(desk.fresh(ours))
    fetched(source, agency, ninjs(ninjs_item("c1", version="3", body_html=body(WORDS.replace("nine", "eight")))))
    begun = WireItem.objects.get(guid="c1").article
    assert begun != ours
    assert begun.pub_state == "never"
    fetched(source, agency, ninjs(ninjs_item("c1", version="4", body_html=body(WORDS.replace("nine", "ten")))))
    assert "ten countries" in desk.fresh(begun).body


def test_draft_begun_anew_of_a_copy_is_held_by_its_kill(declare, agency, desk, author):
    first = declare("River", format="ninjs", author=author)
    source = declare(format="ninjs", author=author)
    body = lambda words: f"<p>{words}</p>"  # noqa: E731
    fetched(first, agency, ninjs(ninjs_item("urn:river:1")))
    ours = make_live(desk, Article.objects.get())
    fetched(source, agency, ninjs(ninjs_item("c1", body_html=body(WORDS.replace("nine", "seven")))))
    fetched(source, agency, ninjs(ninjs_item("c1", version="2", pubstatus="canceled")))
    fetched(first, agency, ninjs(ninjs_item("urn:river:1", version="2", pubstatus="canceled")))
    desk.kill(desk.fresh(ours))
    fetched(source, agency, ninjs(ninjs_item("c1", version="3", body_html=body(WORDS.replace("nine", "eight")))))
    begun = WireItem.objects.get(guid="c1").article
    fetched(first, agency, ninjs(ninjs_item("urn:river:1", version="3", body_html=body(WORDS.replace("nine", "ten")))))
    fetched(source, agency, ninjs(ninjs_item("c1", version="4", body_html=body(WORDS.replace("nine", "twelve")))))
    fetched(source, agency, ninjs(ninjs_item("c1", version="5", pubstatus="canceled")))
    begun = desk.fresh(begun)
    assert begun.hold_reason
    assert begun.pub_state == "spiked"


def test_kill_of_an_unknown_story_stays_on_the_board_when_its_id_is_sent_anew(declare, agency, desk):
    source = declare()
    timezone.now()
    fetched(source, agency, rss(rss_item("2", *KILL, sent(-10))))
    assert on_board(desk)
    fetched(source, agency, rss(rss_item("2", "Note on the frigate", KILL[1], sent(-5))))
    assert on_board(desk)


def test_notice_in_words_of_a_kill_that_was_settled_holds_nothing_anew(declare, agency, desk, author):
    source = declare(author=author)
    fetched(source, agency, rss(rss_item("1")))
    live = make_live(desk, Article.objects.get())
    fetched(source, agency, rss(more=deleted("1", when=timezone.now().isoformat())))
    item = WireItem.objects.get()
    desk.save(desk.fresh(live), by=desk.editor, body="<p>Our own words, and nobody else's at all.</p>")
    approved(desk, live)
    publishing.publish_update(desk.fresh(live), by=desk.chief)
    deciding.settle_kill(item, by=desk.editor)
    fetched(source, agency, rss(rss_item("2", *KILL)))
    assert desk.fresh(live).hold_reason == ""
    assert not WireItem.objects.with_open_kill().exists()


def test_embargo_that_the_agency_lifts_while_ours_is_spiked_is_lifted_with_bring_back(send, desk):
    until = (timezone.now() + timedelta(hours=5)).isoformat()
    article = send(embargoed=until).article
    assert article.is_under_embargo
    deciding.ignore(WireItem.objects.get(), by=desk.editor)
    send("2")
    deciding.bring_back(WireItem.objects.get(), by=desk.editor)
    assert not desk.fresh(article).is_under_embargo


def test_chief_who_has_the_draft_hears_of_killed_words_that_come_again(send, kill, desk, agency):
    send()
    deciding.take(WireItem.objects.get(), by=desk.chief)
    kill()
    agency.body = ninjs(ninjs_item("urn:coast:2"))
    fetch_source(send.source.pk)
    assert Notification.objects.filter(user=desk.chief, message__contains="in the words that it killed").exists()


def test_killed_words_that_come_late_after_the_story_was_sent_anew_are_not_written_over(send, kill, desk, agency):
    article = send().article
    kill()
    send("3", body_html=MENDED, headline="Frigate leaves port, mended")
    assert "eleven" in desk.fresh(article).body
    agency.body = ninjs(ninjs_item("urn:coast:2"))
    fetch_source(send.source.pk)
    assert "nine countries" not in desk.fresh(article).body


def test_kill_in_words_that_is_like_an_older_killed_headline_stands_on_the_board(declare, agency, desk, author):
    source = declare(author=author)
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(more=deleted("1", when=timezone.now().isoformat())))
    other = " ".join(f"word{n}" for n in range(60))
    fetched(source, agency, rss(rss_item("3", "Frigate leaves port of Bergen for Iceland exercise", other)))
    live = make_live(desk, Article.objects.get(headline__contains="Iceland"))
    fetched(source, agency, rss(rss_item("2", "KILL: Frigate leaves port for Iceland", "It is false.")))
    assert live.is_live
    assert on_board(desk) == [WireItem.objects.get(guid="2").pk]


def test_story_that_a_kill_in_words_names_by_id_cannot_be_taken(declare, agency, desk, journalist):
    source = declare(format="ninjs", makes_drafts=False)
    fetched(source, agency, ninjs(ninjs_item("urn:coast:1")))
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    said = {"headline": "MANDATORY KILL", "body_html": "<p>False.</p>", "evolvedfrom": "urn:coast:1"}
    fetched(source, agency, ninjs(ninjs_item("urn:coast:2", **said)))
    assert desk.fresh(pasted).hold_reason


def test_story_that_a_kill_in_words_names_by_id_is_no_free_draft(declare, agency, desk, journalist):
    source = declare(format="ninjs", makes_drafts=False)
    fetched(source, agency, ninjs(ninjs_item("urn:coast:1")))
    said = {"headline": "MANDATORY KILL", "body_html": "<p>False.</p>", "evolvedfrom": "urn:coast:1"}
    fetched(source, agency, ninjs(ninjs_item("urn:coast:2", **said)))
    try:
        article = deciding.take(WireItem.objects.get(guid="urn:coast:1"), by=journalist)
    except Refused:
        return
    assert desk.fresh(article).hold_reason


def test_what_an_old_id_was_killed_for_is_freed_where_the_new_one_only_waits(declare, agency, desk):
    """As 9, where the source makes no drafts."""
    first = declare("River", format="ninjs")
    source = declare(format="ninjs", makes_drafts=False)
    body = lambda words: f"<p>{words}</p>"  # noqa: E731
    fetched(first, agency, ninjs(ninjs_item("urn:river:1")))
    ours = Article.objects.get()
    fetched(source, agency, ninjs(ninjs_item("c1", body_html=body(WORDS.replace("nine", "seven")))))
    fetched(source, agency, ninjs(ninjs_item("c2", evolvedfrom="c1", body_html=body(WORDS.replace("nine", "eight")))))
    other = " ".join(f"word{n}" for n in range(60)) + " frigate Bergen spokesman minehunters exercise Norwegian"
    fetched(source, agency, ninjs(ninjs_item("c2", version="2", body_html=body(other))))
    fetched(source, agency, ninjs(ninjs_item("c1", version="3", pubstatus="canceled")))
    assert desk.fresh(ours).hold_reason
    fetched(source, agency, ninjs(ninjs_item("c1", version="4", body_html=body(other + " more"))))
    buttons = WireItem.objects.filter(article=ours, killed_at__isnull=False, settled_at=None)
    assert bool(desk.fresh(ours).hold_reason) == buttons.exists()


def test_new_story_under_an_id_of_which_the_kill_is_still_listed(declare, agency, desk):
    source = declare()
    now = timezone.now()
    gone = deleted("1", when=(now - timedelta(minutes=9)).isoformat())
    fetched(source, agency, rss(rss_item("1", date=sent(-20))))
    fetched(source, agency, rss(more=gone))
    other = " ".join(f"word{n}" for n in range(60))
    fetched(source, agency, rss(rss_item("1", "Another", other, sent(-5))))
    fetched(source, agency, rss(rss_item("1", "Another", other, sent(-5)), more=gone))
    assert [i.state for i in WireItem.objects.filter(guid="1")] == ["taken"]


def test_kill_listed_on_after_ids_were_given_twice(declare, agency, desk):
    """The kill alone, still listed for a moment after the new story has left the feed."""
    source = declare()
    now = timezone.now()
    gone = deleted("1", when=(now - timedelta(minutes=9)).isoformat())
    fetched(source, agency, rss(rss_item("1", date=sent(-20))))
    fetched(source, agency, rss(more=gone))
    other = " ".join(f"word{n}" for n in range(60))
    fetched(source, agency, rss(rss_item("1", "Another", other, sent(-5))))
    fetched(source, agency, rss(more=gone))
    assert [i.state for i in WireItem.objects.filter(guid="1")] == ["taken"]


def test_new_story_under_an_id_listed_together_with_its_kill(declare, agency, desk):
    source = declare()
    now = timezone.now()
    gone = deleted("1", when=(now - timedelta(minutes=9)).isoformat())
    other = " ".join(f"word{n}" for n in range(60))
    fetched(source, agency, rss(rss_item("1", date=sent(-20))))
    fetched(source, agency, rss(more=gone))
    for _ in range(2):
        fetched(source, agency, rss(rss_item("1", "Another", other, sent(-5)), more=gone))
    assert [i.state for i in WireItem.objects.filter(guid="1")] == ["taken"]


def test_killed_words_of_an_id_given_twice(declare, agency, desk, author):
    """A kill under the id is of the story that stands under it now."""
    source = declare(format="ninjs", author=author)
    fetched(source, agency, ninjs(ninjs_item()))
    live = make_live(desk, Article.objects.get())
    other = "<p>" + " ".join(f"word{n}" for n in range(60)) + "</p>"
    fetched(source, agency, ninjs(ninjs_item(version="2", body_html=other, headline="Another")))
    fetched(source, agency, ninjs(ninjs_item(version="3", pubstatus="canceled")))
    second = Article.objects.exclude(pk=live.pk).get()
    assert (desk.fresh(live).hold_reason, second.pub_state) == ("", "spiked")


def test_kill_written_over_a_waiting_story_holds_what_was_pasted(declare, agency, desk, journalist):
    source = declare(makes_drafts=False)
    fetched(source, agency, rss(rss_item("1")))
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    fetched(source, agency, rss(rss_item("1", "KILL: Frigate leaves port", "It is false.")))
    assert desk.fresh(pasted).hold_reason


def test_leave_on_a_live_story_with_a_newer_edition_needs_an_editor_who_settles(send, kill, desk):
    live = make_live(desk, send().article)
    kill()
    desk.save(live, by=desk.editor, standfirst="Two sentences that say why, without the slip.")
    publishing.publish_minor_update(desk.fresh(live), by=desk.editor)
    item = send("3", body_html=MENDED)
    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)
    assert on_board(desk) == [item.pk]


@pytest.mark.parametrize(
    "after", ["<p>First paragraph of the navy.</p><p>It was towed.</p>", "<p>First paragraph of the navy.</p>"]
)
def test_killed_paragraph_that_the_desk_had_worked_on_is_not_free_after_take(send, kill, desk, journalist, after):
    killed = "<p>First paragraph of the navy.</p><p>The frigate sank with all hands.</p>"
    article = send(body_html=killed).article
    article = desk.save(
        article, by=desk.editor, body=desk.fresh(article).body.replace("all hands.", "all hands, the navy said.")
    )
    Article.objects.filter(pk=article.pk).update(assigned_to=journalist)
    kill()
    item = send("3", body_html=after)
    deciding.take_update(item, by=journalist, seen=item.content_hash)
    article = desk.fresh(article)
    assert "sank" not in article.body or article.hold_reason


def test_killed_headline_of_ours_is_not_free_after_take(send, kill, desk, journalist):
    article = send(headline="Frigate sinks").article
    article = desk.save(article, by=desk.editor, headline="Frigate sinks off Bergen")
    Article.objects.filter(pk=article.pk).update(assigned_to=journalist)
    kill()
    item = send("3", headline="Frigate towed", body_html=MENDED)
    deciding.take_update(item, by=journalist, seen=item.content_hash)
    article = desk.fresh(article)
    assert "sinks" not in article.headline or article.hold_reason


def test_heir_of_a_killed_story_is_one_that_goes_on(declare, agency, desk):
    coast, river = declare("Coast", format="ninjs"), declare("River", format="ninjs")
    fetched(coast, agency, ninjs(ninjs_item("c1")))
    fetched(river, agency, ninjs(ninjs_item("r1")))
    fetched(river, agency, ninjs(ninjs_item("r2", evolvedfrom="r1")))
    fetched(coast, agency, ninjs(ninjs_item("c1", version="2", pubstatus="canceled")))
    assert WireItem.objects.first_copies().filter(source=river).exists(), "nobody sees it at the wire desk"


def test_older_id_of_a_copy_of_a_killed_story_comes_back(declare, agency, desk):
    coast, river = declare("Coast", format="ninjs"), declare("River", format="ninjs")
    fetched(coast, agency, ninjs(ninjs_item("c1")))
    fetched(river, agency, ninjs(ninjs_item("r1")))
    fetched(river, agency, ninjs(ninjs_item("r2", evolvedfrom="r1")))
    fetched(coast, agency, ninjs(ninjs_item("c1", version="2", pubstatus="canceled")))
    faults = fetched(river, agency, ninjs(ninjs_item("r1", version="3", headline="Frigate leaves port, mended")))
    assert faults == ""


def test_ignore_of_a_draft_brought_back_from_the_spike_with_the_version_after_its_kill(send, kill, desk, client):
    article = send().article
    workflow.spike(article, by=desk.editor, reason="Later.")
    kill()
    send("3", body_html=MENDED)
    workflow.unspike(desk.fresh(article), by=desk.editor)
    item = WireItem.objects.get()
    client.force_login(desk.editor)
    client.raise_request_exception = False
    address = f"/admin/wire/wireitem/{item.pk}/change/"
    assert 'value="ignore"' in client.get(address).content.decode()
    assert client.post(address, {"verb": "ignore"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_edition_that_was_on_its_way_when_the_kill_came_is_no_new_one(send, kill, desk):
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    approved(desk, article)
    has_story, kill_waits = Event(), Event()

    def publish() -> None:
        with transaction.atomic():
            lock(Article.objects.get(pk=article.pk))
            has_story.set()
            kill_waits.wait(10)
            publishing.publish(Article.objects.get(pk=article.pk), by=desk.chief)
        connection.close()

    def end() -> None:
        kill()
        connection.close()

    threads = [Thread(target=publish), Thread(target=end)]
    threads[0].start()
    assert has_story.wait(10)
    threads[1].start()
    wait_until(somebody_waits, what="the kill waits for the story")
    kill_waits.set()
    for thread in threads:
        thread.join(30)

    item = WireItem.objects.select_related("article__edition").get()
    assert item.killed_at > item.article.edition.created_at
    with pytest.raises(GuardFailed, match="still live"):
        deciding.settle_kill(item, by=desk.editor)


def test_notice_sent_anew_as_a_story_stays_a_kill_and_the_story_is_another(declare, agency, desk, author):
    source = declare(author=author)
    fetched(source, agency, rss(rss_item("1")))
    live = make_live(desk, Article.objects.get())
    fetched(source, agency, rss(rss_item("2", *KILL, sent(-10))))
    notice = WireItem.objects.get(guid="2")

    fetched(source, agency, rss(rss_item("2", "Frigate leaves port after all", KILL[1], sent(-5))))

    notice.refresh_from_db()
    assert (notice.is_killed, notice.article, on_board(desk)) == (True, live, [notice.pk])
    assert WireItem.objects.get(guid="2").article != live
    deciding.mean_another(notice, by=desk.editor)
    assert desk.fresh(live).hold_reason == ""


def test_kill_of_before_the_migration_is_known_by_the_hold(send, kill, desk):
    """As the code of before left it: taken, offered, and held, without the time of its kill."""
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    killed_at = kill().killed_at
    send("3", body_html=MENDED)
    WireItem.objects.update(killed_at=None, kill_note="")

    import_module("newsroom.wire.migrations.0008_kills_that_stand").know_kills_that_stand(apps, None)

    item = WireItem.objects.get()
    assert item.has_standing_kill
    assert item.killed_at >= killed_at


@pytest.mark.parametrize("makes_drafts", [True, False])
def test_what_is_pasted_after_the_kill_is_held_at_the_next_round(declare, agency, desk, journalist, makes_drafts):
    """Where the wire has drafted it, that draft has the words; pasted, they are the same story."""
    source = declare(format="ninjs", makes_drafts=makes_drafts)
    fetched(source, agency, ninjs(ninjs_item()))
    fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="canceled")))
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article

    tasks.ask_for_due()
    tasks.ask_for_due()

    assert "has killed this story" in desk.fresh(pasted).hold_reason
    assert Notification.objects.filter(user=journalist, kind="killed").count() == (0 if makes_drafts else 1)


def test_what_is_pasted_after_a_kill_that_an_editor_settled_is_free(declare, agency, desk, journalist):
    source = declare(format="ninjs", makes_drafts=False)
    fetched(source, agency, ninjs(ninjs_item()))
    fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="canceled")))
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    tasks.ask_for_due()
    deciding.settle_kill(WireItem.objects.get(), by=desk.editor)

    tasks.ask_for_due()

    assert desk.fresh(pasted).hold_reason == ""
