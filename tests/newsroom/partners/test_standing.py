"""How far partners have followed, who has not confirmed a kill, and what the board says of both."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import publishing, suggestions
from articles.models import ChangeCounter
from newsroom.admin.board import board_of
from newsroom.partners.keys import revoke_key, rotate_key
from newsroom.partners.models import Partner
from newsroom.partners.standing import kills, standing_of, standings
from tests.partners import client_of

FEED, ACKNOWLEDGE = "/api/v1/changes", "/api/v1/acknowledgements"

pytestmark = pytest.mark.django_db


def lags() -> dict[str, int | None]:
    return {partner.name: partner.lag for partner in standings(ChangeCounter.objects.get().sequence)}


def follow(client: Client, *, limit: int = 100) -> None:
    """Read a page of the feed, and ask for the next: only who asks from there has the page."""
    after = client.get(FEED, {"limit": limit}).json()["next_after"]
    client.get(FEED, {"after": after})


def awaited() -> list[list[str]]:
    partners = standings(0)
    return [
        [partner.name for partner in standing_of(kill, partners).awaited]
        for kill in kills(timezone.now() - timedelta(days=1))
    ]


def test_lag_is_what_was_not_asked_for(desk, keys, numbered):
    for number in range(3):
        desk.live(f"Story {number}")
    numbered()
    silent = Partner.objects.create(name="Silent")
    keys.make(partner=silent)
    up_to_date, behind = Partner.objects.create(name="Up to date"), Partner.objects.create(name="Behind")
    follow(keys.client(partner=up_to_date))
    follow(keys.client(partner=behind), limit=1)

    assert lags() == {"Behind": 2, "Silent": None, "Up to date": 0}


def test_lag_is_that_of_the_key_furthest_behind_but_for_rotated_ones(desk, keys, numbered, chief):
    desk.live("One")
    desk.live("Two")
    numbered()
    old, of_old = keys.make()
    follow(client_of(of_old.text), limit=1)
    follow(keys.client())
    first = lags()
    _, of_new = rotate_key(old, by=chief, overlap=timedelta(days=1))
    second = lags()
    follow(client_of(of_new.text))

    assert [found["Nordic Wire"] for found in (first, second, lags())] == [1, 1, 0]


def test_partner_without_a_key_that_works_has_no_standing(desk, keys, nordic, numbered, chief):
    key, _ = keys.make()
    desk.live()
    numbered()
    revoke_key(key, by=chief, reason="Left.")

    assert lags() == {}


def test_partner_is_late_when_it_is_behind_and_silent(desk, keys, numbered):
    desk.live("One")
    desk.live("Two")
    numbered()
    follow(keys.client(), limit=1)
    (standing,) = standings(2)

    is_late_now = standing.is_late
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert (is_late_now, standing.is_late) == (False, True)


def test_kill_awaits_those_who_may_hold_the_story(desk, keys, nordic, about_norway, norway, numbered):
    """Not who has another product, may not confirm, came later, or has left."""
    article = desk.approved("About Norway")
    suggestions.add_tag(article, norway, by=desk.editor, role="about")
    publishing.publish(article, by=desk.editor)
    other = desk.live("About nothing")
    wire, everything, deaf = (Partner.objects.create(name=name) for name in ("Norway only", "Everything", "Deaf"))
    keys.make(partner=wire, products=[about_norway])
    keys.make(partner=everything)
    keys.make(partner=deaf, scopes=["read"])
    keys.make(partner=Partner.objects.create(name="Left", is_active=False))
    desk.kill(desk.fresh(article))
    desk.kill(other)
    numbered()
    keys.make(partner=Partner.objects.create(name="Came later"))
    Partner.objects.filter(name="Came later").update(created_at=timezone.now() + timedelta(minutes=1))

    assert awaited() == [["Everything"], ["Everything", "Norway only"]]


def test_kill_awaits_also_who_had_the_story_before_it_left_the_product(desk, keys, about_norway, norway, numbered):
    article = desk.approved("About Norway")
    tag = suggestions.add_tag(article, norway, by=desk.editor, role="about")
    publishing.publish(article, by=desk.editor)
    keys.make(products=[about_norway])
    suggestions.reject(tag, by=desk.editor)
    desk.save(article, standfirst="Another.")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)
    desk.kill(desk.fresh(article))
    numbered()

    assert awaited() == [["Nordic Wire"]]


def test_kill_of_what_was_never_passed_on_awaits_nobody(desk, keys, numbered):
    keys.make()
    desk.kill(desk.live("Agency copy", may_syndicate=False))
    numbered()

    assert awaited() == [[]]


def test_board_names_who_has_not_confirmed_until_they_do(client, desk, keys, numbered, editor):
    partner = keys.client()
    article = desk.killed("Gone")
    numbered()
    client.force_login(editor)
    board = reverse("admin:index")

    before = client.get(board).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        late = client.get(board).content.decode()
    partner.post(ACKNOWLEDGE, {"sequence": article.changes.get(kind="kill").sequence}, content_type="application/json")
    after = client.get(board).content.decode()

    assert ("Not confirmed gone by Nordic Wire" in before, "is-late" in before) == (True, False)
    assert "purge is-late" in late
    assert ("Not confirmed" in after, "Confirmed gone by Nordic Wire" in after) == (False, True)


def test_board_tells_how_far_partners_are(client, desk, keys, numbered, editor, journalist):
    desk.live("One")
    desk.live("Two")
    numbered()
    follow(keys.client(), limit=1)
    pages = []
    for person in (editor, journalist):
        client.force_login(person)
        pages.append(client.get(reverse("admin:index")).content.decode())

    assert all("1 change behind" in page for page in pages)
    link = reverse("admin:partners_partner_change", args=[keys.partner.pk])
    assert [link in page for page in pages] == [True, False]


def test_board_shows_the_latest_first(desk, keys, numbered, editor):
    for number in range(4):
        desk.live(f"Story {number}")
    numbered()
    for number in range(7):
        follow(keys.client(partner=Partner.objects.create(name=f"Partner {number}")), limit=1 + number % 4)

    board = board_of(editor)

    assert (len(board.partners), [partner.lag for partner in board.shown_partners]) == (7, [3, 3, 2, 2, 1])
