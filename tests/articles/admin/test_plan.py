"""The one form of schedule and embargo: what it offers whom, how it reads times, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Heartbeat
from tests.articles.admin.test_verbs import page_of, states

SPRING, AUTUMN = "2026-03-29T01:30", "2026-10-25T01:30"
NEW_YEAR = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_london(settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/London"


def plan_of(client: Client, article: Article) -> dict[str, str]:
    """What the form would send if nothing were touched."""
    form = client.get(page_of(article, "plan")).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        sent[field.html_name] = getattr(value, "text", "") if hasattr(value, "turn") else str(value or "")
        if getattr(value, "turn", ""):
            sent[f"{field.html_name}-turn"] = value.turn
    return sent


def send(client: Client, article: Article, **typed: str):
    return client.post(page_of(article, "plan"), plan_of(client, article) | typed)


@pytest.mark.parametrize(
    ("start", "who", "fields"),
    [
        ("draft", "journalist", {"embargo", "embargo_until", "embargo_note"}),
        ("draft", "colleague", None),
        ("approved", "editor", {"when", "publish_at", "unpublish_at", "embargo", "embargo_until", "embargo_note"}),
        ("scheduled", "editor", {"when", "publish_at", "unpublish_at", "embargo", "embargo_until", "embargo_note"}),
        ("live", "editor", {"unpublish_at"}),
        ("killed", "chief", None),
    ],
)
def test_plan_offers_what_state_and_person_permit(client: Client, request, desk, start, who, fields) -> None:
    article = getattr(desk, start)()
    client.force_login(request.getfixturevalue(who))

    response = client.get(page_of(article, "plan"))

    if fields is None:
        assert response.status_code in (403, 409)
    else:
        assert set(response.context["form"].fields) == fields | {"lock_version"}


def test_plan_left_as_it_is_writes_nothing(client: Client, desk, editor) -> None:
    article = desk.scheduled()
    client.force_login(editor)
    count = article.transitions.count()

    response = send(client, article)

    assert (response.status_code, article.transitions.count()) == (302, count)
    assert desk.fresh(article).publish_at == article.publish_at


def test_plan_schedules_on_the_newsrooms_clock(client: Client, desk, editor) -> None:
    article = desk.approved()
    client.force_login(editor)

    send(client, article, when="at", publish_at="2031-07-01T06:00", unpublish_at="2031-07-02T06:00")

    newest = desk.fresh(article)
    assert newest.publish_at == datetime(2031, 7, 1, 5, tzinfo=UTC)
    assert newest.unpublish_at == datetime(2031, 7, 2, 5, tzinfo=UTC)


def test_plan_publishes_now(client: Client, desk, editor) -> None:
    article = desk.approved()
    client.force_login(editor)

    send(client, article, when="now")

    assert states(article) == ("approved", "live")


def test_plan_at_a_time_asks_for_the_time(client: Client, desk, editor) -> None:
    client.force_login(editor)

    response = send(client, desk.approved(), when="at")

    assert response.status_code == 422
    assert response.context["form"].errors == {"publish_at": ["Choose day and time, on the clock of London."]}


@time_machine.travel(NEW_YEAR, tick=False)
def test_plan_refuses_a_time_that_the_clocks_leave_out(client: Client, desk, editor) -> None:
    client.force_login(editor)

    response = send(client, desk.approved(), when="at", publish_at=SPRING)

    assert response.context["form"].errors["publish_at"] == [
        "On 29 March 2026 the clocks in London go forward: 01:30 does not exist that night. Choose 02:00 or later."
    ]
    assert SPRING in response.content.decode()


@time_machine.travel(NEW_YEAR, tick=False)
@pytest.mark.parametrize(("turn", "hour"), [("1", 0), ("2", 1)])
def test_plan_asks_which_of_two_times_is_meant(client: Client, desk, editor, turn: str, hour: int) -> None:
    article = desk.approved()
    client.force_login(editor)

    asked = send(client, article, when="at", publish_at=AUTUMN)
    said = send(client, article, when="at", publish_at=AUTUMN, **{"publish_at-turn": turn})
    again = plan_of(client, desk.fresh(article))

    assert asked.context["form"].errors["publish_at"] == [
        (
            "On 25 October 2026 the clocks in London go back: 01:30 comes twice, at 00:30 UTC and again at 01:30 UTC. "
            "Choose which of the two is meant."
        )
    ]
    assert said.status_code == 302
    assert desk.fresh(article).publish_at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert (again["publish_at"], again["publish_at-turn"]) == (AUTUMN, turn)


@pytest.mark.parametrize(
    "typed", ["soon", "0001-01-01T00:00", "9999-12-31T23:59", "2026-99-99T99:99", "x" * 100_000, "\x00"]
)
def test_plan_refuses_what_is_no_time(client: Client, desk, editor, typed: str) -> None:
    client.force_login(editor)

    response = send(client, desk.approved(), when="at", publish_at=typed)

    assert response.status_code in (400, 422)


def test_plan_refuses_the_past_and_keeps_what_was_typed(client: Client, desk, editor) -> None:
    client.force_login(editor)

    response = send(client, desk.approved(), when="at", publish_at="2020-01-02T08:00")

    assert response.status_code == 422
    assert "lies in the past" in response.content.decode()
    assert "2020-01-02T08:00" in response.content.decode()


def test_plan_refuses_a_publication_before_the_embargo_and_says_what_to_do(client: Client, desk, editor) -> None:
    article = desk.approved()
    client.force_login(editor)
    embargo = {"embargo": "until", "embargo_until": "2031-07-01T06:00", "embargo_note": "From the ministry"}

    response = send(client, article, when="at", publish_at="2031-07-01T05:59", **embargo)

    page = response.content.decode()
    assert response.status_code == 422
    assert "under embargo until 1 July 2031, 06:00 London (05:00 UTC)" in page
    assert "schedule it after that, or have the chief lift the embargo" in page
    assert not desk.fresh(article).is_under_embargo


def test_plan_lets_the_chief_lift_an_embargo_with_a_reason(client: Client, desk, editor, chief) -> None:
    article = desk.draft()
    client.force_login(editor)
    send(client, article, embargo="indefinite", embargo_note="From the ministry")

    by_editor = send(client, article, embargo="none", reason="Everybody has it.")
    client.force_login(chief)
    unreasoned = send(client, article, embargo="none")
    reasoned = send(client, article, embargo="none", reason="Published in Oslo.")

    assert (by_editor.status_code, unreasoned.status_code, reasoned.status_code) == (403, 422, 302)
    assert article.transitions.first().verb == "lift_embargo"


def test_plan_schedules_a_correction_of_a_live_story(client: Client, desk, editor) -> None:
    article = desk.approve_again(desk.save(desk.live(), headline="Fleet stays at sea"))
    client.force_login(editor)
    when = {"update": "at", "update_at": "2031-07-01T06:00", "update_kind": "correction"}

    unsaid = send(client, article, **when)
    said = send(client, article, **when, update_notice="He was right.")

    newest = desk.fresh(article)
    assert (unsaid.status_code, said.status_code) == (422, 302)
    assert (newest.update_at, newest.update_kind, newest.update_notice) == (
        datetime(2031, 7, 1, 5, tzinfo=UTC),
        "correction",
        "He was right.",
    )


def test_plan_of_a_version_opened_before_a_save_is_refused(client: Client, desk, editor) -> None:
    article = desk.approved()
    client.force_login(editor)

    response = send(client, article, when="now", lock_version="1000")

    assert (response.status_code, states(article)) == (409, ("approved", "never"))


def test_panel_shows_the_plan_with_who_set_it_and_a_countdown(client: Client, desk, editor) -> None:
    article = desk.scheduled()
    client.force_login(editor)

    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    assert "Goes live" in page
    assert "set by editor" in page
    assert "in 1 h" in page


@pytest.mark.parametrize(("age", "is_silent"), [(None, True), (5, False), (3600, True)])
def test_panel_and_form_say_when_schedules_are_not_kept(client: Client, desk, editor, age, is_silent: bool) -> None:
    article = desk.scheduled()
    client.force_login(editor)
    if age is not None:
        Heartbeat.objects.create(name=Heartbeat.SWEEP, at=timezone.now() - timedelta(seconds=age))

    pages = [
        client.get(reverse("admin:articles_article_change", args=[article.pk])),
        client.get(page_of(article, "plan")),
    ]

    words = "Schedules are not kept at this moment: tell an operator."
    assert [words in page.content.decode() for page in pages] == [is_silent, is_silent]


def test_stamp_of_the_panel_changes_with_the_plan(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)
    address = reverse("admin:articles_article_panel", args=[article.pk])
    before = client.get(address).json()["stamp"]

    same = client.get(address, {"stamp": before}).json()
    send(client, article, embargo="indefinite")
    after = client.get(address, {"stamp": before}).json()

    assert ("panel" in same, "panel" in after) == (False, True)
