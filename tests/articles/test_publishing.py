import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import announcing, proposing, publishing, revisions, suggestions, sweeping, workflow
from articles.models import Article, Change, Edition, Representation
from articles.states import GuardFailed, NotAllowed

QUOTED = "return to port by Friday"


def numbered(article: Article) -> list[tuple[str, str, int]]:
    """The article's changes in the order of their numbers, as given at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return list(article.changes.order_by("sequence").values_list("kind", "action", "version"))


def test_publish_writes_edition_representation_transition_and_change(desk):
    article = desk.live()

    edition = article.edition
    assert (article.pub_state, article.version, edition.version, edition.kind) == ("live", 1, 1, "first")
    assert (edition.text, edition.headline, edition.slug) == (
        article.revision.text,
        "Fleet returns to port",
        "fleet-returns-to-port",
    )
    assert article.representation.status == "live"
    assert article.transitions.first().verb == "publish"
    assert numbered(article) == [("publish", "upsert", 1)]


def test_publish_does_nothing_by_halves(desk, monkeypatch):
    article = desk.approved()
    monkeypatch.setattr(announcing, "represent", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publishing.publish(article, by=desk.editor)

    assert desk.fresh(article).pub_state == "never"
    assert not Edition.objects.exists()
    assert not Change.objects.exists()


def test_publish_refuses_an_approval_of_an_earlier_revision(desk):
    article = desk.approved()
    other = desk.draft("Other")
    Article.objects.filter(pk=article.pk).update(approved_revision=other.revision)

    with pytest.raises(GuardFailed, match="is for an earlier version"):
        publishing.publish(article, by=desk.editor)


def test_publish_refuses_a_reporter(desk):
    with pytest.raises(NotAllowed):
        publishing.publish(desk.approved(), by=desk.journalist)


def test_publish_dates_a_story_that_appeared_before(desk):
    article = desk.approved()
    past = datetime(2026, 3, 1, 9, tzinfo=UTC)

    publishing.publish(article, by=desk.editor, published_at=past)

    article = desk.fresh(article)
    assert (article.published_at, article.edition.get_absolute_url()) == (
        past,
        "/news/2026/03/fleet-returns-to-port/",
    )


def test_publish_refuses_a_date_in_the_future(desk):
    with pytest.raises(GuardFailed, match="schedule the story instead"):
        publishing.publish(desk.approved(), by=desk.editor, published_at=timezone.now() + timedelta(days=1))
    with pytest.raises(GuardFailed, match="Nothing is older than 1800"):
        publishing.publish(desk.approved(), by=desk.editor, published_at=datetime(226, 11, 27, tzinfo=UTC))


def test_publish_gives_two_stories_of_one_headline_two_addresses(desk):
    first, second = desk.live(), desk.live()

    assert (first.edition.slug, second.edition.slug) == ("fleet-returns-to-port", "fleet-returns-to-port-2")


def test_publish_refuses_under_embargo_and_lets_the_chief_lift_it(desk):
    article = desk.approved()
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(hours=2))

    with pytest.raises(NotAllowed, match="only the chief may lift it"):
        publishing.publish(article, by=desk.editor)
    with pytest.raises(GuardFailed, match="say why it is lifted"):
        publishing.publish(article, by=desk.chief)
    publishing.publish(article, by=desk.chief, reason="The ministry published early.")

    assert desk.fresh(article).pub_state == "live"


def test_embargo_does_not_hold_up_approval(desk):
    article = desk.in_review()
    Article.objects.filter(pk=article.pk).update(is_embargoed_indefinitely=True)

    workflow.approve(article, by=desk.editor)

    assert desk.fresh(article).work_state == "approved"


def test_publish_update_leaves_the_first_date_and_moves_updated_at(desk):
    article = desk.live()
    first = article.published_at
    with time_machine.travel(first + timedelta(hours=3), tick=False):
        changed = desk.approve_again(desk.save(article, headline="Fleet returns at last"))
        publishing.publish_update(changed, by=desk.editor)

    article = desk.fresh(article)
    assert (article.published_at, article.updated_at, article.version) == (
        first,
        first + timedelta(hours=3),
        2,
    )
    assert article.changes.order_by("-id").first().changed == ["headline"]


def test_publish_minor_update_is_one_press_and_does_not_move_updated_at(desk):
    article = desk.live()
    changed = desk.save(article, by=desk.editor, headline="Fleet returns to prot")

    publishing.publish_minor_update(changed, by=desk.editor)

    article, before = desk.fresh(article), article
    assert (article.edition.kind, article.updated_at) == ("minor", before.updated_at)
    verbs = list(article.transitions.order_by("id").values_list("verb", flat=True))[-3:]
    assert verbs == ["submit", "approve", "publish_update"]


def test_publish_minor_update_refuses_a_reporter(desk):
    article = desk.save(desk.live(), headline="Changed")

    with pytest.raises(NotAllowed):
        publishing.publish_minor_update(article, by=desk.journalist)

    assert desk.fresh(article).work_state == "draft"


def test_approve_and_publish_is_one_press(desk):
    article = desk.in_review()

    publishing.approve_and_publish(article, by=desk.editor)

    verbs = list(article.transitions.order_by("id").values_list("verb", flat=True))
    assert verbs == ["submit", "approve", "publish"]


def test_a_new_headline_reaches_the_stories_that_link_to_it(desk):
    target = desk.live("Old headline")
    linking = desk.live("Another story", related=[{"target": target}])

    publishing.publish_minor_update(desk.save(target, by=desk.editor, headline="New headline"), by=desk.editor)

    assert b"New headline" in bytes(Representation.objects.get(article=linking).json)


def test_a_change_that_related_stories_do_not_show_refreshes_nothing(desk):
    target = desk.live("Old headline")
    linking = desk.live("Another story", related=[{"target": target}])

    publishing.publish_minor_update(desk.save(target, by=desk.editor, standfirst="New."), by=desk.editor)

    assert numbered(linking) == [("publish", "upsert", 1)]


def test_schedule_asks_for_a_time_ahead_and_after_the_embargo(desk):
    article = desk.approved()
    now = timezone.now()
    with pytest.raises(GuardFailed, match="lies in the past"):
        publishing.schedule(article, by=desk.editor, publish_at=now)
    Article.objects.filter(pk=article.pk).update(embargo_until=now + timedelta(hours=5))

    with pytest.raises(GuardFailed, match="schedule it after that"):
        publishing.schedule(article, by=desk.editor, publish_at=now + timedelta(hours=4))
    publishing.schedule(article, by=desk.editor, publish_at=now + timedelta(hours=6))

    assert desk.fresh(article).pub_state == "scheduled"


def test_deschedule_goes_back_to_where_it_came_from(desk):
    never, withdrawn = desk.scheduled("Never public"), desk.withdrawn("Public once")
    publishing.schedule(withdrawn, by=desk.editor, publish_at=timezone.now() + timedelta(hours=1))

    publishing.deschedule(never, by=desk.editor)
    publishing.deschedule(withdrawn, by=desk.editor)

    assert (desk.fresh(never).pub_state, desk.fresh(withdrawn).pub_state) == ("never", "withdrawn")


def test_the_clock_publishes_and_withdraws_what_is_due_once(desk):
    article = desk.approved()
    now = timezone.now()
    publishing.schedule(
        article, by=desk.editor, publish_at=now + timedelta(hours=1), unpublish_at=now + timedelta(hours=3)
    )

    early = sweeping.publish_what_is_due()
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        due, again = sweeping.publish_what_is_due(), sweeping.publish_what_is_due()
        live = desk.fresh(article).pub_state
    with time_machine.travel(now + timedelta(hours=4), tick=False):
        ended = sweeping.withdraw_what_has_ended()

    assert (early, due, again, live, ended) == (0, 1, 0, "live", 1)
    assert desk.fresh(article).pub_state == "withdrawn"


def test_the_clock_leaves_a_story_that_is_blocked_and_goes_on(desk):
    blocked, good = desk.scheduled("Blocked"), desk.scheduled("Good")
    Article.objects.filter(pk=blocked.pk).update(section=None)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        done = sweeping.publish_what_is_due()

    assert (done, desk.fresh(blocked).pub_state, desk.fresh(good).pub_state) == (1, "scheduled", "live")
    assert desk.editor.notifications.get(kind="not_done").message == "“Blocked” is not ready: No section is chosen."


def test_the_clock_goes_on_after_a_story_that_breaks_it(desk, monkeypatch):
    broken, good = desk.scheduled("Broken"), desk.scheduled("Good")
    publish_due = publishing.publish_due
    monkeypatch.setattr(
        publishing, "publish_due", lambda article: 1 / 0 if article.pk == broken.pk else publish_due(article)
    )

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        done = sweeping.publish_what_is_due()

    assert (done, desk.fresh(broken).pub_state, desk.fresh(good).pub_state) == (1, "scheduled", "live")


def test_an_edition_carries_only_confirmed_quotes_and_accepted_or_confirmed_tags(desk, norway, finland):
    body = "<p>Norway said the fleet would “return to port by Friday at the latest”. Finland waited.</p>"
    article = desk.draft(body=body)
    proposing.suggest(article.revision_id)
    article = desk.fresh(article)
    suggestions.reject(article.tags.get(entity=finland), by=desk.journalist)
    workflow.submit(article, by=desk.journalist)
    workflow.approve(article, by=desk.editor)

    publishing.publish(article, by=desk.editor)

    edition = desk.fresh(article).edition
    assert article.quotes.count() == 1
    assert edition.quotes.count() == 0
    assert [(tag.entity, tag.is_reviewed) for tag in edition.tags.all()] == [(norway, False)]
    assert [edition.text[span["start"] : span["end"]] for span in edition.tags.get().mentions] == ["Norway"]


def test_publish_keeps_to_its_queries(desk):
    article = desk.approved()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        publishing.publish(article, by=desk.editor)

    own = [query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(own) <= 45


def test_a_body_of_an_edition_cannot_be_changed_by_a_later_save(desk):
    article = desk.live()

    revisions.save_revision(article, expected_version=article.lock_version, by=desk.editor, body="<p>Other</p>")

    assert desk.fresh(article).edition.text.startswith("The minister said")


def test_a_first_publication_takes_few_queries(desk, norway, django_assert_max_num_queries):
    """With a tag, a quotation and a related story; two savepoints are four of them, and outside of a test only two."""
    linked = desk.live("The ice report")
    article = desk.approved("Fog closes the strait", related=[{"target": linked}])
    start = article.revision.text.index(QUOTED)
    spoken = {"speaker_name": "Ingrid Sample", "speaker_kind": "person"}
    suggestions.add_quote(article, start=start, end=start + len(QUOTED), by=desk.editor, **spoken)
    suggestions.add_tag(article, norway, by=desk.editor, role="about")

    with django_assert_max_num_queries(30):
        publishing.publish(desk.fresh(article), by=desk.editor)

    document = json.loads(bytes(desk.fresh(article).representation.json))
    assert [quote["text"] for quote in document["quotes"]] == [QUOTED]
    assert [country["code"] for country in document["countries"]] == ["NO"]
    assert [story["headline"] for story in document["related"]] == ["The ice report"]


def test_what_is_shown_of_a_first_edition_is_what_its_rows_say(desk, norway, finland):
    """It is made of rows in memory, and every later time of those that are read."""
    linked = desk.live("The ice report")
    article = desk.approved("Fog closes the strait", related=[{"target": linked}, {"title": "A title"}])
    start = article.revision.text.index(QUOTED)
    spoken = {"speaker_name": "Ingrid Sample", "speaker_kind": "person", "speaker_country": norway.country_facts}
    suggestions.add_quote(article, start=start, end=start + len(QUOTED), by=desk.editor, **spoken)
    suggestions.add_tag(article, finland, by=desk.editor)
    suggestions.add_tag(article, norway, by=desk.editor, role="about")

    publishing.publish(desk.fresh(article), by=desk.editor)
    shown = Representation.objects.filter(article=article).values().get()
    publishing.refresh(desk.fresh(article))

    again = Representation.objects.filter(article=article).values().get()
    assert [name for name in shown if shown[name] != again[name]] == ["built_at"]
