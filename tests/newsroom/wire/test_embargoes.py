"""An embargo of the agency binds our story whoever has it, and what a person decided of one is never made shorter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import publishing, workflow
from articles.embargoes import lift_embargo, set_embargo
from articles.importing import import_story
from articles.models import Article, Notification
from articles.states import GuardFailed
from newsroom.wire.deciding import take_update
from newsroom.wire.models import WireItem
from newsroom.wire.rounds import fetch_source
from tests.agency import WORDS, ninjs, ninjs_item

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
SOON, LATER, LATEST = (NOW + timedelta(hours=hours) for hours in (2, 5, 9))


@pytest.fixture
def send(declare, agency, author):
    """Brings a version of the one story in, under the embargo that is given; the article as it then is."""
    source = declare(format="ninjs", author=author)

    def bring(version: str = "1", embargoed: object = None, **other) -> Article:
        said = embargoed.isoformat() if isinstance(embargoed, datetime) else embargoed
        agency.body = ninjs(ninjs_item(version=version, embargoed=said, **other))
        assert fetch_source(source.pk) is not None
        return Article.objects.get()

    bring.source = source
    return bring


def terms(article: Article) -> tuple[datetime | None, bool, str]:
    fresh = Article.objects.get(pk=article.pk)
    return fresh.embargo_until, fresh.is_embargoed_indefinitely, fresh.embargo_note


def touched(desk, article: Article) -> Article:
    return desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")


def published(desk, article: Article) -> Article:
    workflow.submit(desk.fresh(article), by=desk.editor)
    workflow.approve(desk.fresh(article), by=desk.chief, reason="Night.")
    publishing.publish(desk.fresh(article), by=desk.chief)
    return desk.fresh(article)


def test_embargo_that_comes_for_a_touched_draft_binds_it_before_anybody_takes_the_update(send, desk):
    article = touched(desk, send())

    send("2", LATER)

    assert terms(article) == (LATER, False, "Of Coast Agency")
    workflow.submit(desk.fresh(article), by=desk.editor)
    workflow.approve(desk.fresh(article), by=desk.chief, reason="Night.")
    with pytest.raises(GuardFailed, match="say why it is lifted"):
        publishing.publish(desk.fresh(article), by=desk.chief)


def test_embargo_that_comes_for_a_scheduled_story_takes_it_off(send, desk):
    article = touched(desk, send())
    workflow.submit(article, by=desk.editor)
    workflow.approve(article, by=desk.chief, reason="Night.")
    publishing.schedule(article, by=desk.editor, publish_at=SOON)

    send("2", LATER)

    assert (desk.fresh(article).pub_state, terms(article)[0]) == ("never", LATER)
    assert "off the schedule" in Notification.objects.get(user=desk.editor, kind="descheduled").message


def test_embargo_comes_with_an_update_that_is_taken(send, desk):
    article = touched(desk, send())
    send("2", LATER, headline="Theirs", body_html=f"<p>{WORDS} More.</p>")
    Article.objects.update(embargo_until=None, embargo_note="")
    WireItem.objects.update(used_embargo="")
    item = WireItem.objects.get()

    take_update(item, by=desk.editor, seen=item.content_hash)

    assert terms(article) == (LATER, False, "Of Coast Agency")


def test_embargo_binds_a_story_that_was_pasted_before(send, journalist):
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article

    send("1", LATER)

    assert WireItem.objects.get().article == pasted
    assert terms(pasted) == (LATER, False, "Of Coast Agency")


@pytest.mark.parametrize(
    "said",
    [
        *("9999-12-31T23:59:59Z", "26.11.2030 14:00", "Thu 26 Nov 2030 1400 GMT", "until further notice"),
        *(1900000000, True, {"until": "noon"}),
    ],
)
def test_embargo_that_cannot_be_read_has_no_end_and_is_a_fault_of_the_source(send, desk, said):
    article = send("1", said)

    words = WireItem.objects.get().embargo_words
    send.source.refresh_from_db()
    assert words
    assert terms(article) == (None, True, f"Of Coast Agency: “{words}”")
    assert "no time can be read of its embargo" in send.source.last_faults
    lift_embargo(article, by=desk.chief, reason="The agency says that it meant none.")
    send("2", said, headline="Another headline")
    assert terms(article) == (None, False, "")


@pytest.mark.parametrize("name", ["embargoeduntil", "embargoedUntil"])
def test_embargo_is_read_under_the_names_that_later_versions_of_ninjs_give_it(send, name):
    article = send(**{name: LATER.isoformat()})

    assert terms(article) == (LATER, False, "Of Coast Agency")


@pytest.mark.parametrize("said", ["", "  ", None, False, []])
def test_embargo_that_is_none_binds_nothing(send, said):
    article = send("1", said)

    send.source.refresh_from_db()
    assert (terms(article), send.source.last_faults) == ((None, False, ""), "")


def test_embargo_without_an_end_gets_the_one_that_the_agency_then_names(send):
    article = send("1", "until further notice")

    send("2", SOON)

    assert terms(article) == (SOON, False, "Of Coast Agency")


def test_embargo_that_the_agency_words_anew_still_is_its_own_to_lift(send):
    article = send("1", "until further notice")
    send("2", "until the minister has spoken")

    assert terms(article) == (None, True, "Of Coast Agency: “until the minister has spoken”")
    send("3")
    assert terms(article) == (None, False, "")


def test_embargo_that_was_lifted_is_set_again_only_when_the_agency_says_something_else(send, desk):
    article = send("1", LATER)
    lift_embargo(article, by=desk.chief, reason="They told us on the telephone.")

    send("2", LATER, headline="Another headline")
    assert terms(article) == (None, False, "")

    send("3", LATEST, headline="Another headline")
    assert terms(article) == (LATEST, False, "Of Coast Agency")


def test_embargo_that_a_person_made_longer_is_not_made_shorter(send, desk):
    article = send("1", SOON)
    set_embargo(article, by=desk.editor, until=LATEST, note="Of Coast Agency")

    send("2", LATER)

    assert terms(article) == (LATEST, False, "Of Coast Agency")


def test_longer_embargo_of_a_person_in_the_words_of_the_agency_is_lifted_by_no_agency(send, desk):
    article = send("1", SOON)
    set_embargo(article, by=desk.editor, until=LATER, note="Of Coast Agency")

    send("2", LATEST)
    send("3")

    assert terms(article) == (LATEST, False, "Of the desk; of Coast Agency")


def test_embargo_of_a_person_is_made_longer_and_then_lifted_by_no_agency(send, desk):
    article = send()
    set_embargo(article, by=desk.editor, until=SOON, note="Of the ministry")

    send("2", LATER)
    assert terms(article) == (LATER, False, "Of the ministry; of Coast Agency")

    send("3")
    assert terms(article) == (LATER, False, "Of the ministry; of Coast Agency")


def test_embargo_that_the_agency_lifts_ends_on_a_touched_draft_when_the_update_is_taken(send, desk):
    article = touched(desk, send("1", LATER))

    send("2")
    item = WireItem.objects.get()
    assert (item.offered_at is not None, terms(article)[0]) == (True, LATER)
    take_update(item, by=desk.editor, seen=item.content_hash)

    assert terms(article) == (None, False, "")


def test_embargo_of_what_is_live_is_cried_out_once_and_its_words_are_not_taken(send, desk, client):
    article = published(desk, touched(desk, send()))

    for _ in range(2):
        send("2", LATER, headline="Theirs")

    cries = Notification.objects.filter(kind="not_done", message__contains="It is LIVE: withdraw it")
    assert [cry.user for cry in cries] == [desk.chief]
    assert (desk.fresh(article).pub_state, terms(article)) == ("live", (None, False, ""))
    item = WireItem.objects.get()
    with pytest.raises(GuardFailed, match="under embargo, and"):
        take_update(item, by=desk.editor, seen=item.content_hash)
    client.force_login(desk.editor)
    page = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "Coast Agency has this story under embargo until" in page


def test_embargo_of_what_is_live_stays_unread_while_versions_come(send, desk):
    published(desk, touched(desk, send()))
    send("2", LATER, headline="Theirs")

    send("3", LATER, headline="Theirs again")

    assert Notification.objects.filter(user=desk.chief, kind="not_done", read_at=None).count() == 1


def test_embargo_that_has_passed_binds_nothing(send, desk):
    article = touched(desk, send())

    send("2", timezone.now() - timedelta(minutes=1))

    assert terms(article) == (None, False, "")
