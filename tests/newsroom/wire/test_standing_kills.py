"""A kill stands until our story is rid of what was killed, whatever the agency sends after it."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import publishing, workflow
from articles.importing import import_story
from articles.models import Article, Edition, Notification
from articles.states import GuardFailed, NotAllowed
from newsroom.wire import deciding
from newsroom.wire.models import WireItem
from newsroom.wire.rounds import fetch_source
from newsroom.wire.standing import notices_for
from newsroom.wire.standing_kills import hold_for_kill
from tests.agency import WORDS, ninjs, ninjs_item

pytestmark = pytest.mark.django_db

MENDED = f"<p>{WORDS.replace('nine countries', 'eleven countries')}</p>"


@pytest.fixture
def live(send, desk):
    """A story of the agency that readers have."""
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    approved(desk, article)
    publishing.publish(desk.fresh(article), by=desk.chief)
    return desk.fresh(article)


def approved(desk, article: Article) -> Article:
    workflow.submit(desk.fresh(article), by=desk.editor)
    workflow.approve(desk.fresh(article), by=desk.chief, reason="Night.")
    return desk.fresh(article)


def decided(verb: str, item: WireItem, desk) -> None:
    getattr(deciding, verb)(item, by=desk.chief, seen=item.content_hash)


def words_of(number: int) -> str:
    """Fifty that no other story has."""
    return " ".join(f"w{number}x{place}" for place in range(50))


def fetched(source, agency, *items) -> None:
    agency.body = ninjs(*items)
    assert fetch_source(source.pk) is not None


@pytest.mark.parametrize("verb", ["take_update", "leave_update"])
def test_kill_of_a_live_story_stands_until_readers_have_another_version(send, kill, live, desk, verb):
    kill()
    item = send("3", body_html=MENDED)

    decided(verb, item, desk)

    item.refresh_from_db()
    assert [one.pk for one in notices_for(desk.editor).kills] == [item.pk]
    assert "An editor then presses" in desk.fresh(live).hold_reason
    with pytest.raises(GuardFailed, match="still live"):
        deciding.settle_kill(item, by=desk.editor)

    if verb == "leave_update":
        desk.save(desk.fresh(live), by=desk.editor, body="<p>Our own words, and nobody else's at all.</p>")
    approved(desk, live)
    publishing.publish_update(desk.fresh(live), by=desk.chief)
    deciding.settle_kill(item, by=desk.editor)

    assert (desk.fresh(live).hold_reason, notices_for(desk.editor).kills) == ("", [])
    assert kill("4").is_kill_open


def test_live_story_that_was_killed_and_sent_anew_is_on_the_board_with_both(send, kill, live, desk, client):
    kill()
    item = send("3", body_html=MENDED)
    client.force_login(desk.editor)

    pages = [
        client.get(address).content.decode()
        for address in (
            f"/admin/wire/wireitem/{item.pk}/change/",
            f"/admin/articles/article/{live.pk}/change/",
            "/admin/",
        )
    ]

    assert all("killed" in page for page in pages)
    assert "It has sent it anew since; ours may still have what it killed." in pages[0]
    assert "Take the update" in pages[0]
    assert "It is dealt with" in pages[0]
    assert "It has sent it anew since." in pages[1]
    assert "has sent a new version" in pages[1]


def test_open_kill_of_what_readers_have_is_first_on_the_board_however_much_is_offered(send, kill, live, desk, agency):
    stories = [
        ninjs_item(f"urn:other:{number}", headline=f"Story {number}", body_html=f"<p>{words_of(number)}</p>")
        for number in range(21)
    ]
    fetched(send.source, agency, *stories)
    for article in Article.objects.exclude(pk=live.pk):
        desk.save(article, by=desk.editor, standfirst="Ours.")
    fetched(send.source, agency, *(story | {"version": "2", "pubstatus": "canceled"} for story in stories))
    fetched(
        send.source,
        agency,
        *(story | {"version": "3", "headline": f"{story['headline']} anew"} for story in stories[:20]),
    )

    fetched(send.source, agency, ninjs_item(version="2", pubstatus="canceled"))

    notices = notices_for(desk.editor)
    assert [one.guid for one in notices.kills] == ["urn:coast:1", "urn:other:20"]
    assert {one.has_standing_kill for one in notices.offers} == {True}


def test_live_story_that_has_other_words_by_then_is_still_for_an_editor_to_settle(send, kill, live, desk):
    kill()
    desk.save(desk.fresh(live), by=desk.editor, body="<p>Our own words, and nobody else's at all.</p>")
    approved(desk, live)
    publishing.publish_update(desk.fresh(live), by=desk.chief)
    item = send("3", body_html=MENDED)

    decided("take_update", item, desk)

    assert [one.pk for one in notices_for(desk.editor).kills] == [item.pk]
    deciding.settle_kill(item, by=desk.editor)
    assert (desk.fresh(live).hold_reason, notices_for(desk.editor).kills) == ("", [])


def test_kill_of_a_live_story_stands_under_the_id_under_which_it_goes_on(send, kill, live, desk, agency):
    kill()
    send("3", body_html=MENDED)
    agency.body = ninjs(ninjs_item("urn:coast:2", evolvedfrom="urn:coast:1", body_html=MENDED, headline="Further"))
    fetch_source(send.source.pk)

    item = WireItem.objects.get(guid="urn:coast:2")
    assert [one.pk for one in notices_for(desk.editor).kills] == [item.pk]
    assert WireItem.objects.get(guid="urn:coast:1").killed_at is None


def test_second_kill_after_one_that_was_settled_is_open_again(send, kill, desk):
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    deciding.settle_kill(kill(), by=desk.editor)
    send("3", body_html=MENDED)

    item = kill("4")

    assert (item.is_kill_open, bool(desk.fresh(article).hold_reason)) == (True, True)


def test_version_after_a_kill_that_is_left_on_the_spike_frees_nothing(send, kill, desk, client):
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    kill()
    workflow.spike(desk.fresh(article), by=desk.editor, reason="Killed.")
    item = send("3", body_html=MENDED)
    client.force_login(desk.editor)
    page = client.get(f"/admin/wire/wireitem/{item.pk}/change/").content.decode()

    decided("leave_update", item, desk)
    workflow.unspike(desk.fresh(article), by=desk.editor)

    item = WireItem.objects.get()
    assert ("leave_update" in page, "take_update" in page) == (True, False)
    assert "to take it, bring our story back first" in page
    assert bool(desk.fresh(article).hold_reason)
    assert [one.pk for one in notices_for(desk.editor).kills] == [item.pk]
    deciding.settle_kill(item, by=desk.editor)
    assert desk.fresh(article).hold_reason == ""


@pytest.mark.parametrize("makes_drafts", [True, False])
def test_ignored_item_stays_ignored_when_it_is_killed_and_sent_anew(declare, agency, desk, makes_drafts):
    source = declare(format="ninjs", makes_drafts=makes_drafts)
    for version, other in (("1", {}), ("2", {"pubstatus": "canceled"}), ("3", {"headline": "Mended"})):
        agency.body = ninjs(ninjs_item(version=version, **other))
        fetch_source(source.pk)
        if version == "1":
            deciding.ignore(WireItem.objects.get(), by=desk.editor)

    item = WireItem.objects.get()
    assert (item.state, item.headline, item.offered_at) == ("ignored", "Mended", None)
    assert {article.pub_state for article in Article.objects.all()} <= {"spiked"}


def test_ignored_draft_comes_back_with_what_the_agency_has_sent_since(send, kill, desk):
    article = send().article
    deciding.ignore(WireItem.objects.get(), by=desk.editor)
    kill()
    send("3", headline="Mended")

    deciding.bring_back(WireItem.objects.get(), by=desk.editor)

    article = desk.fresh(article)
    assert (article.headline, article.pub_state, article.hold_reason) == ("Mended", "never", "")
    assert WireItem.objects.get().killed_at is None


def test_ignored_draft_that_was_touched_comes_back_held_with_the_version_after_the_kill_to_decide(send, kill, desk):
    article = send().article
    item = WireItem.objects.get()
    deciding.ignore(item, by=desk.editor)
    workflow.unspike(desk.fresh(article), by=desk.editor)
    desk.save(desk.fresh(article), by=desk.editor, standfirst="Two sentences that say why.")
    workflow.spike(desk.fresh(article), by=desk.editor, reason="Not now.")
    kill()
    send("3", headline="Mended")

    deciding.bring_back(WireItem.objects.get(), by=desk.editor)

    item = WireItem.objects.get()
    assert "sent it anew" in desk.fresh(article).hold_reason
    assert [one.pk for one in notices_for(desk.editor).offers] == [item.pk]


def test_embargo_binds_what_lies_on_the_spike(send, desk):
    article = send().article
    workflow.spike(desk.fresh(article), by=desk.editor, reason="Later.")

    send("2", embargoed=(timezone.now() + timedelta(hours=5)).isoformat())
    workflow.unspike(desk.fresh(article), by=desk.editor)

    assert desk.fresh(article).is_under_embargo


def test_embargo_of_a_killed_story_is_not_asked_to_be_set(send, live, desk, client):
    send("2", embargoed=(timezone.now() + timedelta(hours=5)).isoformat())
    client.force_login(desk.editor)
    address = f"/admin/articles/article/{live.pk}/change/"
    asked = "has this story under embargo" in client.get(address).content.decode()

    desk.kill(desk.fresh(live))

    assert (asked, "has this story under embargo" in client.get(address).content.decode()) == (True, False)


def test_button_take_is_not_shown_where_an_embargo_refuses(send, live, desk, client):
    until = (timezone.now() + timedelta(hours=5)).isoformat()
    item = send("2", embargoed=until, headline="Second")
    client.force_login(desk.editor)

    page = client.get(f"/admin/wire/wireitem/{item.pk}/change/").content.decode()

    assert ("take_update" in page, 'value="leave_update"' in page) == (False, True)
    assert "under embargo, and our story is live: to take it, withdraw our story first" in page
    with pytest.raises(GuardFailed, match="under embargo"):
        deciding.take_update(item, by=desk.editor, seen=item.content_hash)


def test_filter_of_the_wire_desk_shows_an_open_kill_of_what_was_sent_anew(send, kill, live, desk, client):
    kill()
    item = send("3", body_html=MENDED)
    client.force_login(desk.editor)

    page = client.get("/admin/wire/wireitem/?state=killed").content.decode()

    assert item.is_taken
    assert f"/admin/wire/wireitem/{item.pk}/change/" in page


@pytest.mark.parametrize("is_spiked", [False, True])
def test_kill_of_an_item_that_only_waits_holds_the_story_into_which_its_words_were_pasted(
    declare, agency, desk, journalist, is_spiked
):
    source = declare(format="ninjs", makes_drafts=False)
    agency.body = ninjs(ninjs_item())
    fetch_source(source.pk)
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    if is_spiked:
        workflow.spike(pasted, by=desk.editor, reason="Later.")

    agency.body = ninjs(ninjs_item(version="2", pubstatus="canceled"))
    fetch_source(source.pk)

    assert "Coast Agency has killed this story" in desk.fresh(pasted).hold_reason
    assert Notification.objects.filter(user=journalist, kind="killed").exists() is not is_spiked


def test_people_are_told_again_of_words_that_come_back(send, desk):
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    Article.objects.filter(pk=article.pk).update(assigned_to=desk.journalist)

    for version, headline in (("2", "Second"), ("3", "Third"), ("4", "Second")):
        send(version, headline=headline)

    assert Notification.objects.filter(user=desk.journalist, message__contains="new version").count() == 3


def test_reporter_is_not_shown_a_button_that_would_be_refused(send, kill, desk, journalist, client):
    article = send().article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    Article.objects.filter(pk=article.pk).update(assigned_to=journalist)
    kill()
    item = send("3", body_html=MENDED)
    client.force_login(journalist)

    page = client.get(f"/admin/wire/wireitem/{item.pk}/change/").content.decode()

    assert ("take_update" in page, 'value="leave_update"' in page) == (True, False)
    with pytest.raises(NotAllowed):
        deciding.leave_update(item, by=journalist, seen=item.content_hash)


@pytest.mark.django_db(transaction=True)
def test_publication_waits_for_a_hold_that_is_being_written_and_is_refused(send, desk):
    item = send()
    article = item.article
    desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    approved(desk, article)
    outcomes = []

    def publish() -> None:
        try:
            publishing.publish(Article.objects.get(pk=article.pk), by=desk.chief)
        except GuardFailed as refusal:
            outcomes.append(refusal.message)
        finally:
            connection.close()

    publishing_at_once = Thread(target=publish)
    with transaction.atomic():
        hold_for_kill(item, Article.objects.get(pk=article.pk))
        publishing_at_once.start()
        publishing_at_once.join(1)
        assert publishing_at_once.is_alive(), "it did not wait for the hold"
    publishing_at_once.join(30)

    assert [message[:40] for message in outcomes] == ["“Frigate leaves port” is held back. Coas"]
    assert not Edition.objects.exists()
