"""Stories that a text may link to: found by words and addresses, live ones first, hidden ones never."""

from __future__ import annotations

import pytest

from articles import publishing, workflow
from articles.linkable import link_targets, public_path, story_at


def headlines(asked: str) -> list[tuple[str, bool]]:
    return [(target.headline, bool(target.address)) for target in link_targets(asked)]


def test_live_story_is_found_by_the_beginnings_of_its_words(desk) -> None:
    article = desk.live("Minehunter leaves Gdynia")
    desk.live("Another story")

    (found,) = link_targets("gdyn mineh")

    assert (found.headline, found.state) == ("Minehunter leaves Gdynia", "live")
    assert found.address == article.edition.get_absolute_url()


def test_live_story_is_found_by_words_of_its_text_after_those_of_headlines(desk) -> None:
    desk.live("Minehunter leaves", body="<p>It sails.</p>")
    desk.live("Fleet returns", body="<p>A minehunter came along.</p>")

    assert headlines("minehunter") == [("Minehunter leaves", True), ("Fleet returns", True)]


def test_story_that_is_not_live_is_found_without_an_address(desk) -> None:
    desk.draft("Minehunter in dock")
    desk.withdrawn("Minehunter withdrawn")
    desk.live("Minehunter leaves")

    assert headlines("minehunter") == [
        ("Minehunter leaves", True),
        ("Minehunter withdrawn", False),
        ("Minehunter in dock", False),
    ]


def test_killed_and_spiked_stories_are_never_found(desk) -> None:
    killed = desk.killed("Minehunter killed")
    spiked = desk.draft("Minehunter spiked")
    workflow.spike(spiked, by=desk.editor, reason="Not ours.")
    path = killed.addresses.get().path

    assert headlines("minehunter") == []
    assert headlines(f"/news/{path}/") == []
    assert headlines(f"#{killed.pk}") == []


def test_headline_is_the_one_that_readers_have(desk) -> None:
    desk.save(desk.live("Minehunter leaves"), headline="Minehunter leaves, unpublished secret")

    assert headlines("minehunter") == [("Minehunter leaves", True)]


def test_story_is_found_by_its_address_and_number(desk, settings) -> None:
    article = desk.live("Minehunter leaves")
    address = article.edition.get_absolute_url()
    expected = [("Minehunter leaves", True)]

    assert headlines(address) == headlines(f"{settings.SITE_URL}{address}") == expected
    assert headlines(f"#{article.pk}") == expected
    assert headlines(f"https://desk.example/admin/articles/article/{article.pk}/change/") == expected
    assert headlines("#999999") == headlines("/news/2020/01/none/") == []


def test_old_address_leads_to_where_the_story_stands_now(desk) -> None:
    article = desk.live("Minehunter leaves")
    old = article.edition.get_absolute_url()
    changed = desk.approve_again(desk.save(article, slug="minehunter-sails"))
    publishing.publish_update(changed, by=desk.editor, kind="minor")

    (found,) = link_targets(old)

    assert found.address != old
    assert story_at(old) == article


@pytest.mark.parametrize("asked", ["", "  ", "&|!():*", "'; drop", "http://[half", "the", "a" * 300, "% _"])
def test_odd_questions_find_nothing(desk, asked) -> None:
    desk.live("Minehunter leaves Gdynia")

    assert link_targets(asked) == []


def test_few_are_offered(desk) -> None:
    for number in range(10):
        desk.live(f"Minehunter {number}")

    assert len(link_targets("minehunter")) == 8


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/news/2026/11/vostok/", "2026/11/vostok"),
        ("https://elsewhere.example/news/2026/11/vostok/", ""),
        ("/admin/", ""),
        ("http://[half", ""),
    ],
)
def test_public_path_is_that_of_our_own_news(address, path) -> None:
    assert public_path(address) == path
