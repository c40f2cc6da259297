"""Drafts of the wire that nobody touches end on the spike, from where they come back; what anybody touched stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import commenting, storylines, suggestions
from articles.assignment import set_priority
from articles.models import Article, Priority
from articles.transitions import lock
from newsroom.wire import clearing
from newsroom.wire.clearing import spike_untouched_drafts
from newsroom.wire.deciding import take
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.rounds import fetch_source
from tests.agency import ninjs, ninjs_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(declare, agency):
    source = declare(format="ninjs")

    def bring(version: str = "1", **other) -> Article:
        agency.body = ninjs(ninjs_item(version=version, **other))
        assert fetch_source(source.pk) is not None
        return Article.objects.get()

    return bring


def grow_old(days: int = 15) -> None:
    long_ago = timezone.now() - timedelta(days=days)
    Article.objects.update(saved_at=long_ago)
    WireItem.objects.update(changed_at=long_ago)


def test_draft_that_nobody_touched_is_spiked_and_comes_back_with_a_new_version(send, desk):
    article = send()
    grow_old()

    assert [spike_untouched_drafts() for _ in range(2)] == [1, 0]

    assert desk.fresh(article).pub_state == "spiked"
    assert article.transitions.get(verb="spike").reason == "Nobody touched it for 14 days."
    send("2", headline="Newer")
    assert (desk.fresh(article).pub_state, desk.fresh(article).headline) == ("never", "Newer")


@pytest.mark.parametrize(
    "touch",
    [
        lambda article, desk, norway: desk.save(article, by=desk.editor, headline="Ours"),
        lambda article, desk, norway: take(WireItem.objects.get(), by=desk.journalist),
        lambda article, desk, norway: set_priority(article, priority=Priority.HIGH, by=desk.editor),
        lambda article, desk, norway: commenting.comment(article, by=desk.editor, text="Who has this?"),
        lambda article, desk, norway: suggestions.add_tag(article, norway, by=desk.editor),
        lambda article, desk, norway: storylines.add_story(
            storylines.make_storyline(title="Frigates", by=desk.editor), article, by=desk.editor
        ),
    ],
    ids=["saved", "taken", "arranged", "commented", "tagged", "in a storyline"],
)
def test_draft_that_somebody_touched_stays(send, desk, norway, touch):
    article = send()
    touch(article, desk, norway)
    grow_old()

    assert spike_untouched_drafts() == 0
    assert desk.fresh(article).pub_state == "never"


def test_draft_that_somebody_touches_while_the_clock_spikes_stays(send, desk, monkeypatch):
    article = send()
    grow_old()

    def comment_first(story: Article) -> Article:
        commenting.comment(story, by=desk.editor, text="Who has this?")
        return lock(story)

    monkeypatch.setattr(clearing, "lock", comment_first)

    assert spike_untouched_drafts() == 0
    assert desk.fresh(article).pub_state == "never"


def test_draft_under_embargo_stays_until_it_has_been_free_for_as_long(send):
    send(embargoed=(timezone.now() + timedelta(days=1)).isoformat())
    grow_old()
    assert spike_untouched_drafts() == 0

    Article.objects.update(embargo_until=timezone.now() - timedelta(days=13))
    assert spike_untouched_drafts() == 0

    Article.objects.update(embargo_until=timezone.now() - timedelta(days=15))
    assert spike_untouched_drafts() == 1


def test_draft_of_a_source_that_spikes_none_or_that_is_young_stays(send, desk):
    send()
    grow_old(days=13)
    assert spike_untouched_drafts() == 0

    grow_old(days=400)
    WireSource.objects.update(spikes_after_days=None)
    assert spike_untouched_drafts() == 0


@pytest.mark.parametrize("days", [0, 366])
def test_database_refuses_a_source_that_spikes_at_once_or_after_years(declare, days):
    with pytest.raises(IntegrityError, match="wire_source_spikes_within_a_year"), transaction.atomic():
        declare(spikes_after_days=days)
