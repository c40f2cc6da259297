"""Copies: which are known for what they are, and which say something that the desk should see."""

from __future__ import annotations

import random
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Notification
from articles.states import GuardFailed
from newsroom.wire import copies, deciding, receiving
from newsroom.wire.deciding import take_update
from newsroom.wire.models import WireItem
from newsroom.wire.reading import read_feed
from newsroom.wire.receiving import Received, receive
from newsroom.wire.rounds import fetch_source
from tests.agency import WORDS, deleted, ninjs, ninjs_item, rss, rss_item

pytestmark = pytest.mark.django_db

MORE = (
    " The minister has resigned over the affair, his office said late in the evening, and the chief of the navy has "
    "offered to go as well."
)
UPDATED = WORDS.replace("nine countries", "eleven countries")
OTHER = "Now the truth about minehunters, residents and the exercise: " + " ".join(f"word{n}" for n in range(60))
FOOT = (
    " Sign up for our daily defence newsletter to receive the latest news from land sea and air straight to your inbox "
    "every morning at seven. Copyright Coast Agency, all rights reserved. This material may not be published, "
    "broadcast, rewritten or redistributed."
)


def fetched(source, agency, body) -> dict[Received, int]:
    agency.body = body
    tally = fetch_source(source.pk)
    source.refresh_from_db()
    assert tally is not None, source.last_error
    return dict(tally.counts)


def dated(hours: float) -> str:
    return (timezone.now() + timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("UPDATE 1 - Minister resigns; CORRECTS toll to 2 sailors", WORDS + MORE),
        ("Frigate leaves port", UPDATED),
        ("Two sailors killed", WORDS),
    ],
)
def test_update_under_a_new_id_of_the_same_source_writes_the_untouched_draft(declare, agency, title, words):
    source = declare()
    fetched(source, agency, rss(rss_item("1", date=dated(-2))))
    body = rss(rss_item("2", title, words, dated(-1)), rss_item("1", date=dated(-2)))

    counts = [fetched(source, agency, body) for _ in range(2)]

    assert counts == [{Received.UPDATED: 1, Received.KNOWN: 1}, {Received.KNOWN: 2}]
    old, new = WireItem.objects.order_by("pk")
    article = Article.objects.get()
    assert (old.replaced_by, new.article, article.headline) == (new, article, title)
    assert (article.newest_revision.number, new.body) == (2, article.body)


def test_update_under_a_new_id_is_offered_to_who_has_changed_the_draft(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1", "12 sailors killed in explosion")))
    article = desk.save(Article.objects.get(), by=desk.editor, headline="Ours")

    fetched(source, agency, rss(rss_item("2", "CORRECTS toll to 2", WORDS + MORE)))

    item = WireItem.objects.with_offer().get()
    assert (item.guid, item.article, desk.fresh(article).headline) == ("2", article, "Ours")
    assert Notification.objects.filter(user=desk.chief, message__contains="has sent a new version").count() == 1


def test_flash_is_followed_by_its_story(declare, agency):
    source = declare()
    detail = " ".join(f"The ministry said in detail {n} that the hull was hit." for n in range(4))
    fetched(source, agency, rss(rss_item("1", "FLASH frigate leaves")))

    fetched(source, agency, rss(rss_item("2", "Frigate is hit, 40 wounded", f"{WORDS} {detail}")))

    assert Article.objects.get().headline == "Frigate is hit, 40 wounded"


def test_item_without_an_id_goes_on_under_a_new_title(declare, agency):
    source = declare()
    fetched(source, agency, rss(rss_item("", "Frigate leaves prot")))

    assert fetched(source, agency, rss(rss_item("", "Frigate leaves port"))) == {Received.UPDATED: 1}
    assert Article.objects.get().headline == "Frigate leaves port"


def test_older_version_under_another_id_is_only_another_copy(declare, agency):
    source = declare()
    fetched(source, agency, rss(rss_item("2", words=UPDATED, date=dated(-1))))

    assert fetched(source, agency, rss(rss_item("1", date=dated(-2)))) == {Received.DUPLICATE: 1}
    assert "eleven" in Article.objects.get().body


def test_version_under_the_id_of_before_is_followed_as_well(declare, agency):
    source = declare()
    fetched(source, agency, rss(rss_item("1", date=dated(-3))))
    fetched(source, agency, rss(rss_item("2", "Later", UPDATED, dated(-2))))
    last = rss_item("1", "Last", UPDATED + MORE, dated(-1))

    counts = [fetched(source, agency, rss(last, rss_item("2", "Later", UPDATED, dated(-2)))) for _ in range(2)]

    assert counts == [{Received.KNOWN: 1, Received.UPDATED: 1}, {Received.KNOWN: 2}]
    one, two = WireItem.objects.order_by("pk")
    assert (one.replaced_by, two.replaced_by, Article.objects.get().headline) == (None, one, "Last")


def test_what_an_agency_writes_anew_each_day_is_a_story_of_its_own(declare, agency):
    source = declare()
    daily = f"Air defences shot down 42 of 50 drones last night. {WORDS}"
    fetched(source, agency, rss(rss_item("1", "Drones shot down", daily, dated(-25))))

    counts = fetched(
        source, agency, rss(rss_item("2", "Drones shot down", daily.replace("42 of 50", "17 of 30"), dated(-1)))
    )

    assert (counts, Article.objects.count()) == ({Received.NEW: 1}, 2)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Frigate sails", WORDS + MORE),
        ("Frigate sails", UPDATED),
        ("CORRECTION: frigate sails", WORDS),
    ],
)
def test_copy_of_another_agency_that_says_otherwise_is_offered_once(declare, agency, desk, title, words):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))

    counts = [fetched(river, agency, rss(rss_item("7", title, words))) for _ in range(2)]

    article, offer = Article.objects.get(), WireItem.objects.with_offer().get()
    assert counts == [{Received.DUPLICATE: 1}, {Received.KNOWN: 1}]
    assert (offer.source, offer.article, offer.revision, offer.duplicate_of.source) == (river, article, None, coast)
    assert (article.newest_revision.number, article.source_name) == (1, "Coast Agency")
    assert Notification.objects.get(user=desk.chief).message == (
        f"River Agency has sent “{title}”: it tells “Frigate leaves port”, which we have from Coast Agency, otherwise, "
        "or has more. Take it or leave it."
    )
    take_update(offer, by=desk.chief, seen=offer.content_hash)
    assert desk.fresh(article).body == offer.body


def test_copy_that_says_otherwise_waits_by_itself_where_the_first_waits(declare, agency):
    coast, river = declare("Coast", makes_drafts=False), declare("River", makes_drafts=False)
    fetched(coast, agency, rss(rss_item("1")))

    assert fetched(river, agency, rss(rss_item("7", words=WORDS + MORE))) == {Received.NEW: 1}
    assert WireItem.objects.first_copies().count() == 2


def test_correction_of_a_copy_is_offered_and_following_the_first_is_not(declare, agency):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7")))

    fetched(coast, agency, rss(rss_item("1", words=UPDATED)))
    fetched(river, agency, rss(rss_item("7", words=UPDATED)))
    assert not WireItem.objects.with_offer().exists()

    no = UPDATED.replace("left Bergen at dawn", "did not leave Bergen")
    assert fetched(river, agency, rss(rss_item("7", "No frigate left", no))) == {Received.UPDATED: 1}
    assert WireItem.objects.with_offer().get().source == river


def test_kill_of_a_copy_that_was_offered_is_told_once(declare, agency, desk):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7", words=WORDS + MORE)))

    fetched(river, agency, rss(more=deleted("7")))

    told = Notification.objects.filter(user=desk.chief, kind="killed")
    assert [notice.message.partition(":")[0] for notice in told] == ["MANDATORY KILL by River Agency"]
    assert Article.objects.get().pub_state == "never"


def test_copy_that_becomes_another_story_is_drafted(declare, agency):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7")))

    assert fetched(river, agency, rss(rss_item("7", "Now the true story", OTHER))) == {Received.UPDATED: 1}

    item = WireItem.objects.get(source=river)
    assert (item.duplicate_of, item.article.headline) == (None, "Now the true story")


def test_copy_that_was_only_offered_and_becomes_another_story_is_a_draft_of_its_own(declare, agency, desk):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7", words=WORDS + MORE)))
    item = WireItem.objects.get(source=river)
    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)
    beginning = WORDS.split(".")[0] + " " + " ".join(f"word{n}" for n in range(60))

    fetched(river, agency, rss(rss_item("7", "Now the true story", beginning)))

    item.refresh_from_db()
    assert (item.article.headline, item.offered_at, Article.objects.count()) == ("Now the true story", None, 2)


def test_copy_that_was_ignored_stays_ignored_when_it_changes(declare, agency, desk):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7")))
    item = WireItem.objects.get(source=river)
    deciding.ignore(item, by=desk.editor)

    fetched(river, agency, rss(rss_item("7", words=UPDATED)))

    item.refresh_from_db()
    assert (item.state, item.offered_at) == ("ignored", None)


def test_many_stories_with_the_same_words_settle_and_each_can_be_killed(declare, agency):
    source = declare()
    body = rss(*(rss_item(str(n)) for n in range(6)))

    counts = [fetched(source, agency, body) for _ in range(2)]

    assert counts[1] == {Received.KNOWN: 6}
    assert fetched(source, agency, rss(more=deleted("0", when=timezone.now().isoformat()))) == {Received.KILLED: 1}


def test_feed_that_gives_new_ids_at_each_fetch_leaves_few_rows(declare, agency, monkeypatch):
    monkeypatch.setattr(copies, "MOST_COPIES", 3)
    source = declare()

    counts = [fetched(source, agency, rss(rss_item(f"https://a.example/1?t={n}"))) for n in range(8)]

    assert counts == [{Received.NEW: 1}, *[{Received.DUPLICATE: 1}] * 7]
    newest = [f"https://a.example/1?t={n}" for n in (0, 7, 6, 5)]
    assert set(WireItem.objects.values_list("guid", flat=True)) == set(newest)
    assert fetched(source, agency, rss(more=deleted(newest[1], when=timezone.now().isoformat()))) == {
        Received.KILLED: 1
    }


def test_copies_are_known_through_the_words_at_the_foot_of_every_story(declare, agency):
    chance = random.Random(5)
    vocabulary = [f"w{n}" for n in range(3000)]
    texts = [" ".join(chance.choice(vocabulary) for _ in range(250)) for _ in range(60)]
    coast, river = declare("Coast", makes_drafts=False), declare("River", makes_drafts=False)
    fetched(coast, agency, rss(*(rss_item(str(n), f"Title {n}", text + FOOT) for n, text in enumerate(texts))))

    copied = (rss_item(str(n), f"Other {n}", f"{text} end.{FOOT}") for n, text in enumerate(texts))

    assert fetched(river, agency, rss(*copied)) == {Received.DUPLICATE: 60}


def test_looking_for_who_told_before_takes_as_many_queries_for_three_as_for_one(declare, agency):
    source = declare(makes_drafts=False)
    for number in range(3):
        fetched(source, agency, rss(rss_item(str(number), f"Title {number}", f"{WORDS} {MORE * (number + 1)}")))
        item = WireItem.objects.first_copies().first()
        item.pk, item.guid, item.fingerprint = None, "new", "0" * 64

        with CaptureQueriesContext(connection) as asked:
            assert copies.told_before(item) is not None

        # The same words, the phrases, and the rows with them.
        assert len(asked) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise
def test_two_sources_at_once_make_one_draft_of_the_same_copy(declare, agency, monkeypatch):
    coast, river = declare("Coast"), declare("River")
    near = WORDS.replace("a tanker", "one tanker")
    first = read_feed("rss", rss(rss_item("1")), now=timezone.now()).entries[0]
    second = read_feed("rss", rss(rss_item("2", "Frigate sails", near)), now=timezone.now()).entries[0]
    outcomes = {}

    def bring_the_other() -> None:
        outcomes["River"] = receive(river, second)
        connections.close_all()

    other = threading.Thread(target=bring_the_other)
    real = receiving.told_before

    def told_before(item):
        found = real(item)
        if item.source == coast:
            # The first has looked and has not written yet.
            other.start()
            _wait_until_it_waits_or_ends(other)
        return found

    monkeypatch.setattr(receiving, "told_before", told_before)

    outcomes["Coast"] = receive(coast, first)
    other.join()

    assert outcomes == {"Coast": Received.NEW, "River": Received.DUPLICATE}
    assert Article.objects.count() == 1


def _wait_until_it_waits_or_ends(thread: threading.Thread) -> None:
    ends = time.monotonic() + 20
    while thread.is_alive() and time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)


def test_kill_under_a_second_id_of_the_same_agency_holds_the_draft(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(rss_item("2")))

    fetched(source, agency, rss(more=deleted("2")))

    assert "Coast Agency has killed this story" in Article.objects.get().hold_reason
    killed = WireItem.objects.with_open_kill().get()
    assert (killed.guid, killed.article) == ("2", Article.objects.get())
    deciding.settle_kill(killed, by=desk.editor)
    assert not Article.objects.get().hold_reason


@pytest.mark.parametrize(("killed", "other"), [("1", "2"), ("2", "1")])
def test_words_that_an_agency_killed_are_taken_under_none_of_its_ids(declare, agency, journalist, killed, other):
    source = declare(makes_drafts=False)
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(rss_item("2")))

    fetched(source, agency, rss(more=deleted(killed)))

    with pytest.raises(GuardFailed, match="under another id"):
        deciding.take(WireItem.objects.get(guid=other), by=journalist)
    assert WireItem.objects.get(guid="2").duplicate_of == WireItem.objects.get(guid="1")


def test_waiting_story_is_taken_in_the_version_after_the_kill_of_its_copy(declare, agency, journalist):
    source = declare(makes_drafts=False)
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(rss_item("2")))
    fetched(source, agency, rss(more=deleted("2")))

    fetched(source, agency, rss(rss_item("1", words=UPDATED)))

    assert deciding.take(WireItem.objects.get(guid="1"), by=journalist).created_by == journalist


def test_copy_that_is_sent_anew_after_its_kill_is_offered(declare, agency, desk):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7", words=WORDS + MORE, date=dated(-2))))
    fetched(river, agency, rss(more=deleted("7")))
    assert Article.objects.get().hold_reason

    fetched(river, agency, rss(rss_item("7", words=WORDS + MORE, date=dated(-0.5))))

    item = WireItem.objects.with_offer().get()
    deciding.take_update(item, by=desk.editor, seen=item.content_hash)
    assert not Article.objects.get().hold_reason


def test_offer_of_a_copy_goes_on_under_its_next_id(declare, agency):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7", words=WORDS + MORE)))

    fetched(river, agency, rss(rss_item("8", words=WORDS + MORE.replace(" as well", ""))))

    assert WireItem.objects.with_offer().get().guid == "8"


@pytest.mark.parametrize("words", [WORDS + MORE, WORDS + MORE + " Yes."])
def test_version_under_an_older_id_that_was_killed_frees_the_story(declare, agency, desk, words):
    source = declare()
    fetched(source, agency, rss(rss_item("1", date=dated(-5))))
    fetched(source, agency, rss(rss_item("2", "Later", WORDS + MORE, dated(-4))))
    desk.save(Article.objects.get(), by=desk.editor, standfirst="Two sentences that say why.")
    fetched(source, agency, rss(more=deleted("1", when=(timezone.now() - timedelta(hours=3)).isoformat())))
    assert Article.objects.get().hold_reason

    fetched(source, agency, rss(rss_item("1", "Again", words, dated(-1))))

    assert not source.last_faults
    item = WireItem.objects.with_offer().get()
    assert (item.guid, item.is_killed) == ("1", False)
    deciding.take_update(item, by=desk.editor, seen=item.content_hash)
    assert not Article.objects.get().hold_reason


def test_offer_of_another_agency_frees_nothing_that_a_kill_holds(declare, agency, desk):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1", date=dated(-3))))
    desk.save(Article.objects.get(), by=desk.editor, standfirst="Two sentences that say why.")
    fetched(river, agency, rss(rss_item("7", words=WORDS + MORE)))
    fetched(coast, agency, rss(more='<at:deleted-entry ref="1"/>'))
    fetched(coast, agency, rss(rss_item("1", "Mended", date=dated(-1))))
    of_river, of_coast = WireItem.objects.get(source=river), WireItem.objects.get(source=coast)
    assert of_coast.offered_at

    deciding.take_update(of_river, by=desk.editor, seen=of_river.content_hash)
    assert Article.objects.get().hold_reason

    deciding.take_update(of_coast, by=desk.editor, seen=of_coast.content_hash)
    assert not Article.objects.get().hold_reason


def test_words_that_an_agency_killed_make_no_draft_under_a_new_id(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(more=deleted("1")))

    for guid in ("2", "3"):
        assert fetched(source, agency, rss(rss_item(guid))) == {Received.DUPLICATE: 1}

    assert Article.objects.get().pub_state == "spiked"
    told = Notification.objects.filter(user=desk.chief, message__contains="in the words that it killed")
    assert told.count() == 1


@pytest.mark.parametrize(("words", "date"), [(UPDATED, ""), (WORDS, "Thu, 26 Nov 2026 10:30:00 GMT")])
def test_killed_story_that_an_agency_sends_anew_under_a_new_id_is_drafted(declare, agency, words, date):
    source = declare()
    fetched(source, agency, rss(rss_item("1", date="Thu, 26 Nov 2026 09:00:00 GMT")))
    fetched(source, agency, rss(more=deleted("1")))

    assert fetched(source, agency, rss(rss_item("2", words=words, date=date))) == {Received.NEW: 1}

    assert Article.objects.exclude(pub_state="spiked").count() == 1


def test_copy_of_killed_words_that_is_mended_is_drafted(declare, agency):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))
    fetched(source, agency, rss(rss_item("2")))
    fetched(source, agency, rss(more=deleted("1")))

    fetched(source, agency, rss(rss_item("2", words=UPDATED)))

    assert "eleven countries" in Article.objects.exclude(pub_state="spiked").get().body


def test_new_terms_of_use_under_a_new_id_are_told(declare, agency, desk):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item()))
    desk.save(Article.objects.get(), by=desk.editor, standfirst="Two sentences that say why.")

    newer = ninjs_item("urn:coast:2", evolvedfrom="urn:coast:1", usageterms="NOT FOR NORWAY")
    fetched(source, agency, ninjs(newer))

    assert Notification.objects.filter(message__contains="NOT FOR NORWAY").exists()
