"""The caches in front of us are told of every public change, at least once, by a real server of this machine."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import front, publishing, purging, sweeping
from articles.front import Place, Spot
from articles.front_arrangement import Page, Standing, arrange, mark_of
from articles.models import CachePurge, Change, ChangeCounter, FrontSlot
from tests.purged_cache import Cache


@pytest.fixture
def cache(settings, db) -> Iterator[Cache]:
    with Cache() as cache:
        settings.PURGE_URL, settings.PURGE_HEADER = cache.url, "Fastly-Key: secret"
        yield cache


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(purging.current_app, "send_task", lambda name, *args, **kwargs: names.append(name))
    return names


def number_changes() -> None:
    """What a commit does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def up_to_date(desk, tell, norway, cache):
    """A live story, and a cache that knows of it."""
    article = tell(about=[norway])
    number_changes()
    purging.purge_caches()
    cache.told.clear()
    cache.headers.clear()
    return article


def test_purge_empties_the_whole_cache_the_first_time(desk, cache):
    desk.live()
    number_changes()

    assert purging.purge_caches() == 1
    assert cache.told == [["site"]]
    assert cache.headers[0]["Fastly-Key"] == "secret"


def test_purge_names_the_addresses_of_a_killed_story_its_lists_and_its_pictures(desk, cache, up_to_date, picture):
    article = desk.save(up_to_date, slug="new-name", image=picture)
    publishing.publish_update(desk.approve_again(article), by=desk.editor)
    desk.kill(desk.fresh(article))
    number_changes()

    assert purging.purge_caches() == 2
    month = f"{article.published_at:%Y/%m}"
    assert set(cache.keys) == {
        *(f"story-{month}/new-name", f"story-{month}/fleet-returns-to-port", "section-sea", "author-ana-sample"),
        *("country-norway", "lists", f"picture-{picture.sha256}"),
    }
    assert cache.headers[0]["Surrogate-Key"].split()[0] == f"story-{month}/new-name"


def test_purge_tells_each_change_once(desk, cache, up_to_date):
    assert (purging.purge_caches(), cache.told) == (0, [])
    assert not purging.is_behind()


def test_purge_that_was_refused_is_found_again_and_tried_again(desk, cache, up_to_date, sent):
    desk.kill(up_to_date)
    number_changes()
    cache.status = 503
    with pytest.raises(purging.PurgeFailed, match="503 Service Unavailable"):
        purging.purge_caches()
    failed = CachePurge.objects.get()
    assert (failed.error, failed.failing_since is not None) == ("The cache answered 503 Service Unavailable.", True)

    sweeping.sweep()
    assert "articles.purge_caches" in sent
    cache.status = 200
    assert purging.purge_caches() == 1
    assert (CachePurge.objects.get().failing_since, CachePurge.objects.get().error) == (None, "")


def test_purge_that_is_led_elsewhere_has_not_purged(desk, cache, up_to_date):
    desk.kill(up_to_date)
    number_changes()
    cache.status = 302

    with pytest.raises(purging.PurgeFailed, match="302"):
        purging.purge_caches()
    assert purging.is_behind()


def test_purge_without_an_answer_is_tried_again(desk, cache, up_to_date, settings):
    desk.kill(up_to_date)
    number_changes()
    settings.PURGE_URL = "http://127.0.0.1:9/"

    with pytest.raises(purging.PurgeFailed, match="did not answer"):
        purging.purge_caches()
    assert purging.is_behind()


def test_purge_far_behind_empties_the_whole_cache(desk, cache, up_to_date, monkeypatch):
    monkeypatch.setattr(purging, "FURTHEST_BEHIND", 2)
    for number in range(3):
        desk.live(f"Story {number}")
    number_changes()

    assert purging.purge_caches() == 3
    assert cache.told == [["site"]]


def test_purge_tells_first_of_what_was_taken_down(desk, cache, up_to_date):
    desk.live("Something else")
    desk.kill(up_to_date)
    number_changes()

    purging.purge_caches()

    assert cache.keys[0].endswith("/fleet-returns-to-port")


def test_purge_begins_anew_after_a_restored_backup(desk, cache, up_to_date):
    ChangeCounter.objects.update(epoch="00000000-0000-0000-0000-000000000001")

    purging.purge_caches()

    assert cache.told == [["site"]]


def test_purge_sends_no_more_keys_in_a_request_than_a_cache_takes(desk, cache, up_to_date, monkeypatch):
    monkeypatch.setattr(purging, "KEYS_IN_REQUEST", 2)
    desk.kill(up_to_date)
    number_changes()

    purging.purge_caches()

    assert {len(keys) for keys in cache.told} <= {1, 2}
    assert len(cache.keys) == len(set(cache.keys))


def clear_home(*, by):
    """All of it but the strip."""
    stands = {Spot.of(slot): Standing.of(slot) for slot in Page().slots()}
    read = {spot: mark_of(standing) for spot, standing in stands.items()}
    strip = {spot: standing for spot, standing in stands.items() if spot.place == Place.BREAKING}
    arrange(Page(), strip, read=read, by=by)


def test_purge_tells_of_a_place_that_is_filled_cleared_or_has_ended(desk, cache, up_to_date, norway):
    strip = Spot(Place.BREAKING), {"text": "Now", "until": timezone.now() + timedelta(hours=1)}
    spots = [Spot(Place.LEAD), Spot(Place.SECTION, 1, desk.section), Spot(Place.ENTITY, 1, entity=norway)]
    slots = [front.place(spot, story=up_to_date, by=desk.editor) for spot in spots]
    assert purging.is_behind()
    purging.purge_caches()
    assert cache.told == [["country-norway", "lists", "section-sea"]]
    assert not purging.is_behind()

    cache.told.clear()
    front.place(strip[0], by=desk.editor, **strip[1])
    purging.purge_caches()
    assert cache.told == [["site"]]

    cache.told.clear()
    clear_home(by=desk.editor)
    FrontSlot.objects.filter(pk=slots[1].pk).update(until=timezone.now() - timedelta(seconds=1))
    purging.purge_caches()

    assert cache.told == [["lists", "section-sea"]]


def test_purge_of_a_place_that_was_refused_is_tried_again(desk, cache, up_to_date):
    front.place(Spot(Place.LEAD), story=up_to_date, by=desk.editor)
    cache.status = 503
    with pytest.raises(purging.PurgeFailed):
        purging.purge_caches()
    assert purging.is_behind()

    cache.status = 200
    purging.purge_caches()

    assert not purging.is_behind()


def test_places_of_many_pages_empty_the_whole_cache_in_one_request(desk, cache, up_to_date, norway, monkeypatch):
    monkeypatch.setattr(purging, "MOST_KEYS_OF_PLACES", 2)
    spots = [Spot(Place.LEAD), Spot(Place.SECTION, 1, desk.section), Spot(Place.ENTITY, 1, entity=norway)]
    for spot in spots:
        front.place(spot, story=up_to_date, by=desk.editor)

    purging.purge_caches()

    assert cache.told == [["site"]]
    assert not purging.is_behind()


def test_places_are_not_told_after_the_whole_cache_was_emptied(desk, cache):
    front.place(Spot(Place.LEAD), story=desk.live(), by=desk.editor)
    number_changes()

    purging.purge_caches()

    assert cache.told == [["site"]]
    assert not purging.is_behind()


def test_place_that_is_filled_while_the_cache_is_emptied_is_told_next(desk, cache, monkeypatch):
    story = desk.live()
    number_changes()
    send = purging._send

    def filled_meanwhile(keys):
        send(keys)
        front.place(Spot(Place.LEAD), story=story, by=desk.editor)

    monkeypatch.setattr(purging, "_send", filled_meanwhile)
    purging.purge_caches()
    monkeypatch.setattr(purging, "_send", send)
    assert purging.is_behind()
    purging.purge_caches()

    assert cache.told == [["site"], ["lists"]]


def test_place_and_clear_ask_for_a_purge(desk, cache, up_to_date, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        front.place(Spot(Place.LEAD), story=up_to_date, by=desk.editor)
    with django_capture_on_commit_callbacks(execute=True):
        clear_home(by=desk.editor)

    assert sent.count("articles.purge_caches") == 2


def test_publish_asks_for_a_purge_once_it_is_public(desk, cache, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.live()

    assert sent.count("articles.purge_caches") == 1


def test_newsroom_without_a_cache_asks_for_nothing(desk, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.live()
    number_changes()

    assert "articles.purge_caches" not in sent
    assert not purging.is_behind()
    assert purging.purge_caches() == 0


def test_keys_of_changes_cost_the_same_for_one_and_three(desk, tell, norway, django_assert_num_queries):
    from articles.purge_keys import keys_of

    for headline in ("One", "Two", "Three"):
        tell(headline, about=[norway])
    changes = list(Change.objects.all())

    for some in (changes[:1], changes):
        with django_assert_num_queries(5):
            keys_of(some)
