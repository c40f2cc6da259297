"""Pages that a process keeps: which, how many, and that none outlives a change of what it shows."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from articles import front, publishing
from articles.front import Spot
from articles.models import FrontSlot
from articles.views.kept_pages import ENTRY_BYTES, KEPT, LONGEST_PAGE, KeptPage, KeptPages

committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    KEPT.clear()


def page(content):
    return KeptPage.of(content, {"Content-Type": "text/html"})


def path_of(article):
    return article.representation.get_absolute_url()


def test_keeps_as_many_as_fit_those_asked_for_last():
    pages = KeptPages(most_bytes=3 * ENTRY_BYTES + 100)
    for name in ("/one", "/two", "/three"):
        pages.keep("state", name, page(b"0123456789"))
    pages.find("state", "/one")

    pages.keep("state", "/four", page(b"0123456789"))

    kept = [name for name in ("/one", "/two", "/three", "/four") if pages.find("state", name)]
    assert kept == ["/one", "/three", "/four"]


def test_counts_a_page_made_twice_once():
    pages = KeptPages(most_bytes=2 * ENTRY_BYTES + 100)
    for _ in range(5):
        pages.keep("state", "/one", page(b"0123456789"))
        pages.keep("state", "/two", page(b"0123456789"))

    assert [pages.find("state", name) for name in ("/one", "/two")] == [page(b"0123456789")] * 2


def test_answers_without_content_do_not_fill_the_memory():
    pages = KeptPages(most_bytes=10 * ENTRY_BYTES)
    for number in range(1_000):
        pages.keep("state", f"/search/suggestions/?q={number}", page(b""))

    assert len(pages._pages) == 9


def test_a_page_takes_the_room_that_it_takes_compressed():
    content = b"<p>The fleet returned to port.</p>" * 1_000
    pages = KeptPages(most_bytes=2 * (ENTRY_BYTES + 2_000))

    for name in ("/one", "/two"):
        pages.keep("state", name, page(content))

    assert [pages.find("state", name).content for name in ("/one", "/two")] == [content] * 2


def test_keeps_nothing_of_another_state():
    pages = KeptPages()
    pages.keep("before", "/one", page(b"one"))
    pages.keep("after", "/two", page(b"two"))

    assert [pages.find(state, "/one") for state in ("before", "after")] == [None, None]
    assert pages.find("after", "/two") == page(b"two")


@committed
def test_story_is_made_once_a_change(client, desk, django_assert_num_queries):
    story = desk.live("Some story")
    first = client.get(path_of(story))

    with django_assert_num_queries(1):
        second = client.get(path_of(story))

    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))
    desk.approve_again(desk.save(story, headline="Told anew"))
    publishing.publish_update(desk.fresh(story), by=desk.editor)
    assert "Told anew" in client.get(path_of(story)).content.decode()


@committed
@pytest.mark.parametrize("end", ["kill", "withdraw"])
def test_story_that_is_taken_down_is_gone_at_once_everywhere(client, desk, tell, end):
    story = desk.live("Fleet struck")
    naming = tell("Another", related=[{"target": story}])
    addresses = ["/", "/sections/sea/", path_of(naming), path_of(story)]
    assert all(b"Fleet struck" in client.get(address).content for address in addresses)

    if end == "kill":
        desk.kill(story)
    else:
        publishing.withdraw(story, by=desk.editor, reason="Sent too early.")

    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 410]
    assert not any(b"Fleet struck" in answer.content for answer in answers)


@committed
def test_breaking_strip_comes_to_pages_that_are_kept_and_goes_with_its_end(client, desk):
    story = desk.live("Some story")
    assert b"Sirens in the harbour" not in client.get(path_of(story)).content
    hour = timedelta(hours=1)

    strip = Spot(FrontSlot.Place.BREAKING)
    front.place(strip, text="Sirens in the harbour", until=timezone.now() + hour, by=desk.editor)

    assert b"Sirens in the harbour" in client.get(path_of(story)).content
    with time_machine.travel(timezone.now() + 2 * hour):
        assert b"Sirens in the harbour" not in client.get(path_of(story)).content


@committed
def test_address_with_other_parameters_is_another_page(client, desk):
    desk.live("Some story")

    said = [client.get(address).content for address in ("/quotes/", "/quotes/?speaker=Nobody", "/quotes/")]

    assert (said[0] == said[2], said[0] == said[1]) == (True, False)


@committed
def test_errors_and_long_pages_are_not_kept(client, desk, django_assert_num_queries, monkeypatch):
    desk.live("Some story")
    assert client.get("/sections/nowhere/").status_code == 404
    assert client.get("/sections/nowhere/").status_code == 404
    monkeypatch.setattr("articles.views.kept_pages.LONGEST_PAGE", 1)
    client.get("/")

    assert KEPT._pages == {}
    assert LONGEST_PAGE > 100_000


@committed
@override_settings(DEBUG=True)
def test_nothing_is_kept_where_templates_change(client, desk):
    client.get(path_of(desk.live("Some story")))

    assert KEPT._pages == {}


def test_nothing_is_kept_inside_of_a_transaction(client, desk):
    client.get(path_of(desk.live("Some story")))

    assert KEPT._pages == {}
