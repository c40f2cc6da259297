"""What becomes of an entry: new, known, newer, another's, taken back; each once, whoever brings it in."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import close_old_connections, connection
from django.utils import timezone

from articles import publishing, workflow
from articles.embargoes import set_embargo
from articles.importing import import_story
from articles.models import Article, Notification, Revision, TaggingRun
from articles.sittings import Typed, keep
from newsroom.wire import rounds
from newsroom.wire.deciding import take
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.receiving import Received
from newsroom.wire.rounds import ask_for_due, fetch_source, forget_old_items
from tests.agency import WORDS, deleted, ninjs, ninjs_item, rss, rss_item

pytestmark = pytest.mark.django_db

# The same copy as another desk would have it: one word changed, another headline, other signs.
NEARLY = WORDS.replace("a tanker", "one tanker").replace("–", "-").upper()
OTHER = "A court in Oslo heard on Monday how the yard had billed the navy twice for the same hull, and adjourned."
LONGER = " ".join(f"word{number}" for number in range(100))
UPDATED = WORDS.replace("nine countries", "eleven countries")


def fetched(source, agency, body) -> dict[Received, int]:
    agency.body = body
    tally = fetch_source(source.pk)
    source.refresh_from_db()
    assert tally is not None, source.last_error
    return dict(tally.counts)


def only_article() -> Article:
    return Article.objects.get()


def test_new_item_becomes_a_draft_that_says_where_it_is_from(declare, agency, author, section):
    source = declare(author=author)

    counts = fetched(source, agency, rss(rss_item("1", "Court hears of bills", OTHER)))

    article = only_article()
    assert counts == {Received.NEW: 1}
    assert (article.headline, article.source_name, article.may_syndicate, article.section, article.language) == (
        *("Court hears of bills", "Coast Agency", False, section, "en"),
    )
    assert list(article.authors.all()) == [author]
    assert (article.work_state, article.pub_state, article.created_by) == ("draft", "never", None)
    assert article.newest_revision.note == "From Coast Agency"


def test_draft_of_an_item_is_tagged_like_any(declare, agency, norway):
    source = declare()
    fetched(source, agency, rss(rss_item("1", "Norway sends a frigate", WORDS)))
    article = only_article()

    from articles.proposing import suggest

    suggest(article.revision_id)

    assert TaggingRun.objects.get().status == "finished"
    assert [tag.entity for tag in article.tags.all()] == [norway]


def test_draft_of_an_item_reaches_no_partner_until_an_editor_says_so(
    declare, agency, desk, author, client, partner_sees
):
    source = declare(author=author)
    fetched(source, agency, rss(rss_item()))
    article = desk.save(only_article(), by=desk.editor, standfirst="Two sentences that say why.")
    workflow.submit(article, by=desk.editor)
    workflow.approve(article, by=desk.chief, reason="Night.")
    publishing.publish(article, by=desk.chief)

    assert partner_sees() == []

    article = desk.save(article, by=desk.editor, may_syndicate=True)
    workflow.submit(article, by=desk.editor)
    workflow.approve(article, by=desk.chief, reason="Night.")
    publishing.publish_update(article, by=desk.chief, kind="update")
    assert partner_sees() == ["Frigate leaves port"]


def test_feed_read_twice_changes_nothing(declare, agency):
    source = declare()
    body = rss(rss_item("1"), rss_item("2", "Court", OTHER), rss_item("", "No id", "A few words."), more=deleted("9"))
    fetched(source, agency, body)
    before = list(WireItem.objects.order_by("pk").values())

    again = fetched(source, agency, body)

    assert again == {Received.KNOWN: 4}
    assert list(WireItem.objects.order_by("pk").values()) == before
    assert Revision.objects.count() == 3


def test_undated_items_of_a_source_that_was_not_read_lately_wait(declare, agency):
    source = declare(read_at=None)
    listed = [rss_item(str(n), f"Title {n}", f"Story {n}. {OTHER}", "26 November, at noon") for n in range(9)]
    fetched(source, agency, rss(*listed))
    assert (WireItem.objects.count(), Article.objects.count()) == (9, 0)

    fetched(source, agency, rss(rss_item("new"), *listed))
    assert only_article().headline == "Frigate leaves port"

    WireSource.objects.update(read_at=timezone.now() - timedelta(days=3))
    fetched(source, agency, rss(rss_item("newer", "Court", "A judge in Bergen heard two pilots."), *listed))
    assert only_article().headline == "Frigate leaves port"


def test_old_items_of_a_new_source_wait_at_the_wire_desk(declare, agency):
    old = (timezone.now() - timedelta(days=3)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    source = declare()

    fetched(source, agency, rss(rss_item("1", date=old)))

    assert (WireItem.objects.get().state, Article.objects.count()) == ("new", 0)


@pytest.mark.parametrize("words", [WORDS, f"  {WORDS.upper()} ", NEARLY, WORDS + " Nobody was hurt."])
def test_same_copy_from_another_source_makes_no_second_draft_and_tells_nobody(declare, agency, words):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))

    counts = fetched(river, agency, rss(rss_item("1", "A third", words)))

    first, other = WireItem.objects.order_by("pk")
    assert (counts, other.duplicate_of, other.offered_at) == ({Received.DUPLICATE: 1}, first, None)
    assert (Article.objects.count(), Notification.objects.count()) == (1, 0)


@pytest.mark.parametrize("words", [WORDS, f"  {WORDS.upper()} "])
def test_same_copy_under_another_id_changes_nothing(declare, agency, words):
    source = declare()
    fetched(source, agency, rss(rss_item("1")))

    counts = fetched(source, agency, rss(rss_item("2", words=words)))

    first, other = WireItem.objects.order_by("pk")
    assert (counts, other.duplicate_of, first.replaced_by) == ({Received.DUPLICATE: 1}, first, None)
    assert only_article().newest_revision.number == 1


def test_same_copy_of_a_source_that_is_drafted_stands_for_one_that_only_waits(declare, agency):
    coast, river = declare("Coast", makes_drafts=False), declare("River")
    fetched(coast, agency, rss(rss_item("1")))

    assert fetched(river, agency, rss(rss_item("1"))) == {Received.NEW: 1}

    first, second = WireItem.objects.order_by("pk")
    assert (first.duplicate_of, second.duplicate_of, second.article) == (second, None, only_article())
    assert only_article().source_name == "River Agency"
    assert fetched(coast, agency, rss(rss_item("1"))) == {Received.KNOWN: 1}


@pytest.mark.parametrize(
    ("title", "words"), [("Frigate leaves port", OTHER), ("Other", WORDS[:90]), ("Other", f"{WORDS} {LONGER}")]
)
def test_other_copy_is_no_duplicate(declare, agency, title, words):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))

    assert fetched(river, agency, rss(rss_item("1", title, words))) == {Received.NEW: 1}


def test_same_few_words_under_other_headlines_are_other_stories(declare, agency, desk):
    source = declare()

    counts = fetched(source, agency, rss(*(rss_item(str(n), f"Title {n}", "Read more on our site.") for n in range(3))))

    assert counts == {Received.NEW: 3}
    drafts = {item.headline: item.article.headline for item in WireItem.objects.select_related("article")}
    assert drafts == {f"Title {n}": f"Title {n}" for n in range(3)}
    assert set(Article.objects.values_list("import_fingerprint", flat=True)) == {None}
    fetched(source, agency, rss(more=deleted("0", when=timezone.now().isoformat())))
    assert sorted(Article.objects.values_list("headline", "pub_state")) == [
        *(("Title 0", "spiked"), ("Title 1", "never"), ("Title 2", "never")),
    ]


def test_few_words_that_were_pasted_are_taken_for_the_draft_of_the_same_headline(declare, agency, journalist):
    pasted = import_story("Title 1\n\nRead more on our site.", by=journalist).article

    fetched(declare(), agency, rss(*(rss_item(str(n), f"Title {n}", "Read more on our site.") for n in range(2))))

    assert Article.objects.count() == 2
    assert WireItem.objects.get(guid="1").article == pasted


def test_story_that_was_pasted_before_is_taken_for_the_draft(declare, agency, journalist):
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    source = declare()

    fetched(source, agency, rss(rss_item()))

    item, article = WireItem.objects.get(), only_article()
    assert (article, item.article, item.state, item.revision) == (pasted, pasted, "taken", None)
    assert (article.source_name, article.may_syndicate, article.body) == ("Coast Agency", False, pasted.body)
    assert Notification.objects.get(user=journalist).message.endswith("credited now, and partners do not get it.")


def test_pasted_story_that_has_gone_on_its_way_is_left_as_it_is_and_told_of(declare, agency, desk):
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=desk.journalist).article
    desk.save(pasted, standfirst="Short.", section=desk.section, authors=[desk.author])
    workflow.submit(desk.fresh(pasted), by=desk.journalist)

    fetched(declare(), agency, rss(rss_item()))

    article = only_article()
    assert (article.source_name, article.may_syndicate, article.work_state) == ("", True, "in_review")
    assert Notification.objects.filter(user=desk.journalist, message__contains="goes to partners").count() == 1


def test_pasted_story_that_was_credited_is_left_alone(declare, agency, journalist):
    pasted = import_story(f"Frigate leaves\n\n{WORDS}", by=journalist).article
    Article.objects.filter(pk=pasted.pk).update(source_name="Ours")

    fetched(declare(), agency, rss(rss_item()))

    assert (only_article().source_name, only_article().may_syndicate) == ("Ours", True)
    assert not Notification.objects.exists()


def test_update_writes_an_untouched_draft_anew(declare, agency):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item()))

    counts = fetched(source, agency, ninjs(ninjs_item(version="2", headline="New", body_html=f"<p>{UPDATED}</p>")))

    article, item = only_article(), WireItem.objects.get()
    assert (counts, article.headline, article.newest_revision.number) == ({Received.UPDATED: 1}, "New", 2)
    assert "eleven countries" in article.body
    assert article.newest_revision.note == "Update from Coast Agency, version 2"
    assert (item.version, item.offered_at, item.revision, article.may_syndicate) == ("2", None, article.revision, False)


@pytest.mark.parametrize("touch", ["saved", "submitted", "typed"])
def test_update_of_a_draft_that_somebody_touched_is_offered(declare, agency, desk, touch):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item()))
    article = only_article()
    if touch == "saved":
        article = desk.save(article, by=desk.editor, headline="Ours")
    elif touch == "submitted":
        workflow.submit(article, by=desk.editor)
    else:
        keep(article, Typed(fields={"headline": ["Ours"]}, base_version=1), by=desk.editor, tab="tab-1")
    standing = desk.fresh(article).newest_revision.number

    for _ in range(2):
        fetched(source, agency, ninjs(ninjs_item(version="2", body_html=f"<p>{UPDATED}</p>")))

    item = WireItem.objects.get()
    assert (item.offered_at is not None, desk.fresh(article).newest_revision.number) == (True, standing)
    assert "eleven" in item.body
    told = Notification.objects.filter(user=desk.chief, article=article)
    name = desk.fresh(article)
    message = f"Coast Agency has sent a new version of “{name}”, which somebody has changed: take it or leave it."
    assert [notice.message for notice in told] == [message]


def test_update_of_a_live_story_tells_who_is_assigned(declare, agency, live_wire_story, desk):
    source, article = live_wire_story
    Article.objects.filter(pk=article.pk).update(assigned_to=desk.journalist)

    fetched(source, agency, ninjs(ninjs_item(version="2", body_html=f"<p>{UPDATED}</p>")))

    assert Notification.objects.filter(user=desk.journalist, message__contains="which is live").count() == 1
    assert "nine countries" in desk.fresh(article).body


@pytest.mark.parametrize(
    ("version", "when"), [("1", "2026-11-26T09:00:00Z"), ("", "2026-11-26T09:00:00Z"), ("0002", "2026-11-26T11:00:00Z")]
)
def test_older_version_that_comes_late_is_left_alone(declare, agency, version, when):
    source = declare(format="ninjs")
    first = "2" if version == "1" else ("" if not version else "0010")
    fetched(source, agency, ninjs(ninjs_item(version=first, versioncreated="2026-11-26T10:00:00Z")))

    late = ninjs_item(version=version, versioncreated=when, headline="Older")

    assert fetched(source, agency, ninjs(late)) == {Received.KNOWN: 1}
    assert only_article().headline == "Frigate leaves port"


def test_story_that_goes_on_under_another_id_keeps_its_draft(declare, agency):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item("urn:1")))
    article = only_article()
    follower = ninjs_item("urn:2", evolvedfrom="urn:1", headline="Later", body_html=f"<p>{UPDATED}</p>")

    for _ in range(2):
        fetched(source, agency, ninjs(follower, ninjs_item("urn:1")))

    old, new = WireItem.objects.order_by("pk")
    assert (old.replaced_by, new.article, only_article().headline) == (new, article, "Later")
    assert only_article().newest_revision.number == 2


def test_id_that_is_given_twice_leaves_both_stories(declare, agency):
    another = (
        "Prosecutors in Trondheim charged seven former procurement officers yesterday, accusing them of forging "
        "delivery certificates for helicopter gearboxes between 2019 and 2023. Lawyers representing the defendants "
        "rejected every accusation, describing the investigation as politically motivated and promising to appeal any "
        "conviction swiftly."
    )
    source = declare()
    fetched(source, agency, rss(rss_item("1")))

    for _ in range(2):
        fetched(source, agency, rss(rss_item("1", "Prosecutors charge seven", another)))

    headlines = [article.headline for article in Article.objects.order_by("pk")]
    assert headlines == ["Frigate leaves port", "Prosecutors charge seven"]
    assert [article.newest_revision.number for article in Article.objects.all()] == [1, 1]
    assert WireItem.objects.filter(guid="1").get().headline == "Prosecutors charge seven"


def test_kill_spikes_an_untouched_draft(declare, agency):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item()))

    for _ in range(2):
        fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="canceled", ednote="The ministry denies it.")))

    item, article = WireItem.objects.get(), only_article()
    assert (item.state, item.is_kill_open, article.pub_state) == ("killed", False, "spiked")
    assert article.transitions.get(verb="spike").reason == ("Killed by Coast Agency. Canceled: The ministry denies it.")


def test_kill_of_what_is_live_is_cried_out_and_takes_nothing_down(declare, agency, live_wire_story, desk):
    source, article = live_wire_story
    Article.objects.filter(pk=article.pk).update(assigned_to=desk.journalist)

    for _ in range(2):
        fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="withheld", ednote="Names a minor.")))

    assert desk.fresh(article).pub_state == "live"
    assert list(WireItem.objects.with_open_kill()) == [WireItem.objects.get()]
    cries = Notification.objects.filter(kind="killed", message__startswith="MANDATORY KILL by Coast Agency")
    assert {cry.user for cry in cries} == {desk.chief, desk.journalist}
    assert cries.count() == 2
    assert "It is LIVE" in cries[0].message


def test_kill_takes_a_scheduled_story_off_the_schedule(declare, agency, live_wire_story, desk):
    source, article = live_wire_story
    publishing.withdraw(article, by=desk.editor, reason="Wait.")
    publishing.schedule(desk.fresh(article), by=desk.editor, publish_at=timezone.now() + timedelta(hours=1))

    fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="canceled")))

    assert desk.fresh(article).pub_state == "withdrawn"


@pytest.mark.parametrize("stamp", [{"version": "2"}, {"version": "", "versioncreated": "2026-11-26T09:59:59Z"}])
def test_kill_that_seems_older_than_the_story_is_obeyed(declare, agency, stamp):
    source = declare(format="ninjs")
    story = ninjs_item(version="3", versioncreated="2026-11-26T10:00:00Z")
    fetched(source, agency, ninjs(story))

    counts = [fetched(source, agency, ninjs(ninjs_item(pubstatus="canceled", **stamp))) for _ in range(2)]
    counts.append(fetched(source, agency, ninjs(story)))

    assert counts == [{Received.KILLED: 1}, {Received.KNOWN: 1}, {Received.KNOWN: 1}]
    assert (WireItem.objects.get().state, only_article().pub_state) == ("killed", "spiked")


def test_kill_that_was_obeyed_once_is_not_obeyed_after_the_story_was_sent_anew(declare, agency):
    source = declare(makes_drafts=False)
    story, kill = rss_item("1", date="Thu, 26 Nov 2026 09:00:00 GMT"), deleted("1")
    anew = rss_item("1", words=UPDATED, date="Thu, 26 Nov 2026 10:30:00 GMT")
    later = deleted("1", when="2026-11-26T10:20:00Z")

    counts = [fetched(source, agency, body) for body in (rss(story), rss(more=kill), rss(anew, more=kill))]
    assert counts == [{Received.NEW: 1}, {Received.KILLED: 1}, {Received.KNOWN: 1, Received.UPDATED: 1}]

    assert fetched(source, agency, rss(anew, more=later)) == {Received.KILLED: 1, Received.KNOWN: 1}
    assert WireItem.objects.get().state == "killed"


def test_kill_that_comes_with_a_newer_version_is_told_and_not_obeyed(declare, agency, desk):
    source = declare()
    fetched(source, agency, rss(rss_item("1", date="Thu, 26 Nov 2026 09:00:00 GMT")))
    anew = rss(rss_item("1", words=UPDATED, date="Thu, 26 Nov 2026 10:30:00 GMT"), more=deleted("1"))

    counts = fetched(source, agency, anew)

    assert counts == {Received.UPDATED: 1, Received.OVERTAKEN: 1}
    assert "is taken back, and listed in a newer version, which stands" in source.last_faults
    assert "eleven" in only_article().body
    assert fetched(source, agency, anew) == {Received.KNOWN: 2}
    assert Notification.objects.filter(user=desk.chief, message__contains="If in doubt, ask the agency").count() == 1


def test_kill_that_comes_before_its_story_keeps_it_out(declare, agency):
    source = declare()
    fetched(source, agency, rss(more=deleted("1")))

    counts = fetched(source, agency, rss(rss_item("1", date="Thu, 26 Nov 2026 09:00:00 GMT"), more=deleted("1")))

    assert (counts, Article.objects.count()) == ({Received.KNOWN: 2}, 0)


def test_story_that_is_sent_anew_after_its_kill_is_offered_again(declare, agency):
    source = declare(makes_drafts=False)
    fetched(source, agency, rss(rss_item("1", date="Thu, 26 Nov 2026 09:00:00 GMT"), more=deleted("1")))
    assert WireItem.objects.get().state == "killed"

    for _ in range(2):
        fetched(source, agency, rss(rss_item("1", date="Thu, 26 Nov 2026 10:30:00 GMT"), more=deleted("1")))

    item = WireItem.objects.get()
    assert (item.state, item.killed_at, item.kill_note) == ("new", None, "")


def test_kill_of_a_copy_warns_who_has_it_from_another(declare, agency, desk):
    coast, river = declare("Coast"), declare("River")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("7")))

    fetched(river, agency, rss(more=deleted("7")))

    assert only_article().pub_state == "never"
    assert (
        Notification.objects.filter(user=desk.chief, message__startswith="River Agency has killed its copy").count()
        == 1
    )


def test_embargo_of_the_agency_is_kept(declare, agency):
    source = declare(format="ninjs")
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)

    fetched(source, agency, ninjs(ninjs_item(embargoed=until.isoformat())))

    assert (only_article().embargo_until, only_article().embargo_note) == (until, "Of Coast Agency")


@pytest.mark.parametrize("later", [None, 2, 9])
def test_embargo_that_the_agency_moves_or_lifts_is_followed(declare, agency, later):
    source = declare(format="ninjs")
    now = datetime.now(UTC).replace(microsecond=0)
    fetched(source, agency, ninjs(ninjs_item(embargoed=(now + timedelta(hours=5)).isoformat())))
    until = now + timedelta(hours=later) if later else None

    newer = ninjs_item(version="2", body_html=f"<p>{UPDATED}</p>") | ({"embargoed": until.isoformat()} if until else {})
    fetched(source, agency, ninjs(newer))

    article = only_article()
    assert (article.embargo_until, article.embargo_note) == (until, "Of Coast Agency" if until else "")


def test_embargo_of_a_person_is_not_lifted_by_the_agency(declare, agency, desk):
    source = declare(format="ninjs")
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)
    fetched(source, agency, ninjs(ninjs_item(embargoed=until.isoformat())))
    set_embargo(only_article(), by=desk.editor, until=until + timedelta(hours=1), note="Of the ministry")

    fetched(source, agency, ninjs(ninjs_item(version="2", body_html=f"<p>{UPDATED}</p>")))

    assert (only_article().embargo_note, only_article().is_under_embargo) == ("Of the ministry", True)


def test_copy_of_another_agency_waits_when_the_first_one_kills_its_own(declare, agency, desk):
    coast, river, lake = declare("Coast"), declare("River"), declare("Lake")
    fetched(coast, agency, rss(rss_item("1")))
    fetched(river, agency, rss(rss_item("2")))
    fetched(lake, agency, rss(rss_item("3")))

    fetched(coast, agency, rss(more=deleted("1")))

    heir, other = WireItem.objects.get(source=river), WireItem.objects.get(source=lake)
    assert (heir.duplicate_of, heir.state, other.duplicate_of) == (None, "new", heir)
    assert only_article().pub_state == "spiked"
    taken = take(heir, by=desk.journalist)
    assert (taken.pub_state, Article.objects.count()) == ("never", 2)


def test_round_asks_sources_once_whose_time_has_come(declare, agency, monkeypatch):
    asked = []
    monkeypatch.setattr(rounds.current_app, "send_task", lambda name, args: asked.append((name, *args)))
    due, later, off = declare("Due"), declare("Later", fetch_at=timezone.now() + timedelta(minutes=1)), declare("Off")
    WireSource.objects.filter(pk=off.pk).update(is_enabled=False)
    declare("Held", leased_until=timezone.now() + timedelta(minutes=1))
    declare("Paused", paused_at=timezone.now())

    first, second = ask_for_due(), ask_for_due()

    assert (first, second, asked) == (1, 0, [("wire.fetch_source", due.pk)])
    assert later.pk != due.pk


def test_forgetting_keeps_what_stands_in_the_feed_or_became_a_story(declare, agency):
    source = declare(makes_drafts=False)
    fetched(source, agency, rss(*(rss_item(str(n), f"Title {n}", f"Short {n}.") for n in range(3))))
    long_ago = timezone.now() - timedelta(days=40)
    WireItem.objects.update(changed_at=long_ago)
    WireItem.objects.filter(guid="0").update(seen_at=long_ago)
    article = Article.objects.create()
    WireItem.objects.filter(guid="1").update(seen_at=long_ago, article=article, state="taken")

    assert forget_old_items() == 1
    assert set(WireItem.objects.values_list("guid", flat=True)) == {"1", "2"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise
def test_source_is_asked_by_one_worker_at_a_time(declare, agency):
    source = declare()
    together = threading.Barrier(2)
    agency.body = rss(rss_item("1"), rss_item("2", "Court", OTHER))
    slow = threading.Event()
    body = agency.body

    def answer(door) -> None:
        slow.wait(1)
        door.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    agency.answering = answer
    results = []

    def work() -> None:
        together.wait()
        results.append(fetch_source(source.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    close_old_connections()

    assert sum(result is None for result in results) == 1
    assert (len(agency.asked), WireItem.objects.count(), Article.objects.count()) == (1, 2, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise
def test_fetch_that_is_killed_in_the_middle_is_made_up_for(declare, agency, monkeypatch):
    source = declare()
    agency.headers = {"ETag": '"one"'}
    agency.body = rss(rss_item("2", "Court", OTHER), rss_item("1"))
    real = rounds.receive

    def receive(source, entry):
        if entry.guid == "2":
            raise SystemExit("killed")
        return real(source, entry)

    monkeypatch.setattr(rounds, "receive", receive)
    monkeypatch.setattr(rounds, "lease_of", _lease_that_is_left(rounds.lease_of))
    with pytest.raises(SystemExit):
        fetch_source(source.pk)
    monkeypatch.undo()
    assert (WireItem.objects.count(), fetch_source(source.pk)) == (1, None)

    WireSource.objects.update(leased_until=timezone.now() - timedelta(seconds=1), fetch_at=timezone.now())
    monkeypatch.setattr(rounds.current_app, "send_task", lambda name, args: fetch_source(*args))
    assert ask_for_due() == 1

    assert (WireItem.objects.count(), Article.objects.count()) == (2, 2)
    assert "if-none-match" not in agency.asked[-1]


def _lease_that_is_left(lease_of):
    """As a process leaves it that was killed: nobody gives it back."""
    from contextlib import contextmanager

    from newsroom.wire import leases

    @contextmanager
    def lease(source_id):
        until = timezone.now() + leases.LEASE
        yield until if leases._take(source_id, until) else None

    return lease


@pytest.fixture
def live_wire_story(declare, agency, desk, author):
    """A source, and a story of it that is live."""
    source = declare(format="ninjs", author=author)
    fetched(source, agency, ninjs(ninjs_item()))
    article = desk.save(only_article(), by=desk.editor, standfirst="Two sentences that say why.")
    workflow.submit(article, by=desk.editor)
    workflow.approve(article, by=desk.chief, reason="Night.")
    publishing.publish(article, by=desk.chief)
    return source, desk.fresh(article)


@pytest.fixture
def partner_sees(keys, client):
    key = keys.make()[1]

    def headlines() -> list[str]:
        answer = client.get("/api/v1/articles", headers={"Authorization": f"Bearer {key.text}"})
        assert answer.status_code == 200, answer.content
        return [story["headline"] for story in answer.json()["items"]]

    return headlines


def test_wire_account_cannot_sign_in(declare, agency):
    source = declare(format="ninjs")
    fetched(source, agency, ninjs(ninjs_item()))
    fetched(source, agency, ninjs(ninjs_item(version="2", pubstatus="canceled")))

    account = User.objects.get(username="wire-desk")
    assert (account.is_staff, account.has_usable_password()) == (False, False)
