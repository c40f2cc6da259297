from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from articles import sweeping, term_frequencies
from articles.models import Heartbeat, TermFrequency
from articles.tagging.relating.related import rarity
from articles.tagging.relating.vectors import number


@pytest.fixture
def three(desk):
    for headline in ("Icebreakers leave", "Icebreakers return", "Submarines return"):
        desk.live(headline, body="<p>Ships.</p>", standfirst="Why.")


def counted() -> dict[int, int]:
    return dict(TermFrequency.objects.values_list("number", "stories"))


def test_refresh_counts_in_how_many_live_stories_each_term_stands(desk, three):
    desk.withdrawn("Submarines wait")
    desk.draft("Submarines wait")

    term_frequencies.refresh()

    expected = {"icebreak": 2, "return": 2, "ship": 3, "=ship": 3}
    assert counted() == {TermFrequency.ALL: 3} | {number(term): stories for term, stories in expected.items()}


def test_refresh_run_twice_changes_nothing_and_forgets_what_has_gone(three):
    TermFrequency.objects.create(number=number("gone"), stories=7)
    term_frequencies.refresh()
    first = counted()

    term_frequencies.refresh()

    assert number("gone") not in first
    assert counted() == first


def test_refresh_leaves_the_counting_to_another_worker(three, monkeypatch):
    monkeypatch.setattr(term_frequencies, "ADVISORY_LOCK", 99)
    import psycopg

    parameters = connection.get_connection_params()
    with psycopg.connect(
        **{key: parameters[key] for key in ("host", "port", "user", "password", "dbname") if key in parameters}
    ) as other:
        other.execute("SELECT pg_advisory_xact_lock(99)")
        term_frequencies.refresh()

    assert counted() == {}


def test_a_refresh_is_due_when_none_was_or_the_last_is_long_ago(desk):
    without_stories = term_frequencies.is_refresh_due()
    desk.live()
    never = term_frequencies.is_refresh_due()
    term_frequencies.refresh()
    just_done = term_frequencies.is_refresh_due()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        long_ago = term_frequencies.is_refresh_due()

    assert (without_stories, never, just_done, long_ago) == (False, True, False, True)


def test_a_refresh_is_due_when_a_young_desk_has_doubled(three, monkeypatch):
    monkeypatch.setattr(term_frequencies, "ENOUGH", 1)
    TermFrequency.objects.create(number=TermFrequency.ALL, stories=1)
    Heartbeat.beat(Heartbeat.TERM_FREQUENCIES)

    doubled = term_frequencies.is_refresh_due()
    term_frequencies.refresh()

    assert (doubled, term_frequencies.is_refresh_due()) == (True, False)


def test_sweep_asks_for_a_refresh_that_is_due(desk, monkeypatch):
    desk.live()
    sent = []
    monkeypatch.setattr(sweeping.current_app, "send_task", lambda name, args: sent.append(name))

    sweeping.sweep()
    sweeping.refresh_related_news()
    sweeping.sweep()

    assert sent == ["articles.refresh_related_news"]


def test_frequencies_for_a_young_desk_know_nothing(three):
    term_frequencies.refresh()

    assert term_frequencies.frequencies_for([number("ship")]) == {}


def test_frequencies_for_are_exact_for_the_terms_and_kept_until_counted_again(three, monkeypatch):
    monkeypatch.setattr(term_frequencies, "ENOUGH", 3)
    monkeypatch.setattr(term_frequencies, "KEPT", 3)
    term_frequencies.refresh()

    found = term_frequencies.frequencies_for([number("icebreak"), number("unheard")])
    TermFrequency.objects.update(stories=1)

    assert found[number("ship")] == rarity(3, 3)
    assert found[number("icebreak")] == rarity(2, 3)
    assert found[number("unheard")] == rarity(1, 3)
    assert term_frequencies.frequencies_for([])[number("ship")] == rarity(3, 3)
