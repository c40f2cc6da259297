"""What people decide at the wire desk, and who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, workflow
from articles.models import Article
from articles.states import GuardFailed, NotAllowed
from newsroom.wire import deciding
from newsroom.wire.models import WireItem
from newsroom.wire.rounds import fetch_source
from tests.agency import ninjs, ninjs_item

pytestmark = pytest.mark.django_db

PARAGRAPHS = "<p>The frigate left Bergen at dawn.</p><p>Nine countries take part.</p><p>It will be back in May.</p>"
NEWER = PARAGRAPHS.replace("Nine", "Eleven")


@pytest.fixture
def send(agency):
    """Brings a version of the one story in; the item as it then is."""

    def bring(source, version: str = "1", **other) -> WireItem:
        agency.body = ninjs(ninjs_item(version=version, **({"body_html": PARAGRAPHS} | other)))
        assert fetch_source(source.pk) is not None
        return WireItem.objects.select_related("article").get()

    return bring


def test_take_makes_a_draft_of_ones_own(declare, send, journalist):
    item = send(declare(format="ninjs", makes_drafts=False))

    article = deciding.take(item, by=journalist)

    item.refresh_from_db()
    assert (item.state, item.article, item.decided_by) == ("taken", article, journalist)
    assert (article.created_by, article.may_syndicate, article.source_name) == (journalist, False, "Coast Agency")
    assert not article.authors.exists()


def test_take_of_a_draft_that_stands_hands_it_over_once(declare, send, journalist, colleague):
    item = send(declare(format="ninjs"))

    for _ in range(2):
        article = deciding.take(item, by=journalist)

    assert (article.assigned_to, Article.objects.count()) == (journalist, 1)
    assert article.transitions.get(verb="assign").reason == "To journalist, from the wire"
    with pytest.raises(GuardFailed, match="is with journalist"):
        deciding.take(item, by=colleague)


def test_take_is_refused_of_what_was_killed_and_to_strangers(declare, send, journalist, stranger):
    source = declare(format="ninjs", makes_drafts=False)
    item = send(source)
    with pytest.raises(NotAllowed):
        deciding.take(item, by=stranger)

    send(source, "2", pubstatus="canceled")

    with pytest.raises(GuardFailed, match="must not be used"):
        deciding.take(item, by=journalist)
    assert Article.objects.count() == 0


def test_ignore_spikes_an_untouched_draft_and_comes_back_with_it(declare, send, editor, journalist):
    item = send(declare(format="ninjs"))
    with pytest.raises(NotAllowed):
        deciding.ignore(item, by=journalist)

    deciding.ignore(item, by=editor)
    assert (WireItem.objects.get().state, Article.objects.get().pub_state) == ("ignored", "spiked")

    deciding.bring_back(item, by=editor)
    assert (WireItem.objects.get().state, Article.objects.get().pub_state) == ("taken", "never")


def test_ignore_leaves_what_somebody_works_on(declare, send, editor, journalist):
    item = send(declare(format="ninjs"))
    deciding.take(item, by=journalist)

    with pytest.raises(GuardFailed, match="Somebody works on"):
        deciding.ignore(item, by=editor)


def test_ignored_item_stays_ignored_when_it_is_updated(declare, send, editor):
    source = declare(format="ninjs", makes_drafts=False)
    deciding.ignore(send(source), by=editor)

    item = send(source, "2", body_html=NEWER)

    assert (item.state, "Eleven" in item.body, Article.objects.count()) == ("ignored", True, 0)


@pytest.fixture
def offered(declare, send, desk):
    """A draft whose last paragraph and headline the desk changed, and then the agency its second one."""
    source = declare(format="ninjs")
    article = send(source).article
    body = article.body.replace("back in May", "back in June")
    desk.save(article, by=desk.editor, body=body, headline="Ours")
    return source, send(source, "2", body_html=NEWER, headline="Theirs", description_text="Eleven take part.")


def test_take_update_joins_what_both_changed(offered, desk, send):
    source, item = offered

    article = deciding.take_update(item, by=desk.editor, seen=item.content_hash)

    article = desk.fresh(article)
    assert ("Eleven countries" in article.body, "back in June" in article.body) == (True, True)
    assert "Nine countries" not in article.body
    assert (article.headline, article.standfirst) == ("Ours", "Eleven take part.")
    assert article.newest_revision.created_by == desk.editor
    item.refresh_from_db()
    assert (item.offered_at, item.revision) == (None, None)
    # And it follows no further version by itself.
    again = send(source, "3", body_html=NEWER.replace("Eleven", "Twelve"))
    assert (again.offered_at is not None, "Twelve" in desk.fresh(article).body) == (True, False)


def test_leave_update_leaves_the_draft_and_the_next_version_is_compared_with_what_we_have(offered, desk, send):
    source, item = offered

    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)

    assert "Nine countries" in desk.fresh(item.article).body
    item = send(source, "3", body_html=NEWER.replace("left Bergen", "left Bodø"))
    article = deciding.take_update(item, by=desk.editor, seen=item.content_hash)
    body = desk.fresh(article).body
    assert ("Eleven countries" in body, "Bodø" in body, "June" in body) == (True, True, True)


def test_update_is_decided_by_who_may_edit_and_has_seen_it(offered, desk, send, colleague):
    source, item = offered
    with pytest.raises(NotAllowed):
        deciding.take_update(item, by=colleague, seen=item.content_hash)

    seen = item.content_hash
    item = send(source, "3", body_html=NEWER + "<p>More.</p>")

    with pytest.raises(GuardFailed, match="yet another version"):
        deciding.take_update(item, by=desk.editor, seen=seen)
    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)
    with pytest.raises(GuardFailed, match="somebody has decided"):
        deciding.take_update(item, by=desk.editor, seen=item.content_hash)


def test_settling_a_kill_waits_until_the_story_is_down(declare, send, desk, author):
    source = declare(format="ninjs", author=author)
    article = send(source).article
    article = desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")
    workflow.submit(article, by=desk.editor)
    workflow.approve(article, by=desk.chief, reason="Night.")
    publishing.publish(article, by=desk.chief)
    item = send(source, "2", pubstatus="canceled", ednote="Denied.")
    with pytest.raises(GuardFailed, match="still live"):
        deciding.settle_kill(item, by=desk.editor)

    publishing.withdraw(article, by=desk.editor, reason="Killed by the agency.")
    deciding.settle_kill(item, by=desk.editor)

    item.refresh_from_db()
    assert (item.is_kill_open, item.settled_by) == (False, desk.editor)


def test_draft_of_an_ignored_item_that_is_wanted_after_all_is_offered_the_next_version(declare, send, desk):
    source = declare(format="ninjs")
    item = send(source)
    deciding.ignore(item, by=desk.editor)
    workflow.unspike(desk.fresh(item.article), by=desk.editor)
    desk.save(desk.fresh(item.article), by=desk.editor, standfirst="Two sentences that say why.")

    item = send(source, "2", headline="Newer", embargoed=(timezone.now() + timedelta(hours=3)).isoformat())

    source.refresh_from_db()
    assert (source.last_faults, item.is_taken, item.offered_at is not None) == ("", True, True)
    assert desk.fresh(item.article).is_under_embargo
