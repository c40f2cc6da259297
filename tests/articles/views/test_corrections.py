from datetime import UTC, datetime

import pytest
import time_machine

from articles import publishing
from articles.models import Correction, StandingPage
from articles.views import corrections


def put_right(desk, article, notice="It was wrong.", **details):
    desk.approve_again(desk.save(article, standfirst=f"Right now: {notice}"))
    publishing.correct(desk.fresh(article), by=desk.editor, notice=notice, **details)
    return desk.fresh(article)


def page(client, query=""):
    return client.get(f"/corrections/{query}").content.decode()


def test_corrections_shows_notice_kind_time_and_story(client, desk):
    article = put_right(desk, desk.live("Fleet stays"), "It was Monday.", kind="clarification")

    shown = page(client)

    assert "It was Monday." in shown
    assert "<strong>Clarification</strong>" in shown
    assert f'<a href="{article.representation.get_absolute_url()}">Fleet stays</a>' in shown


def test_corrections_stand_newest_first_under_the_headline_of_today(client, desk):
    first, second = desk.live("One"), desk.live("Two")
    put_right(desk, second, "Second was wrong.")
    put_right(desk, first, "First was wrong.")
    publishing.publish_minor_update(desk.save(first, by=desk.editor, headline="One, anew"), by=desk.editor)

    shown = page(client)

    assert shown.index("First was wrong.") < shown.index("Second was wrong.")
    assert "One, anew</a>" in shown


def test_corrections_name_nothing_of_what_was_killed_but_its_notice(client, desk):
    article = put_right(desk, desk.live("Secret convoy leaves"), "The convoy had two ships.")
    desk.kill(article)

    shown = page(client)

    assert "This story has been removed for legal reasons." in shown
    assert "convoy" not in shown


def test_corrections_say_of_a_withdrawal_that_it_was_and_no_more(client, desk):
    article = put_right(desk, desk.live("Secret convoy leaves"), "The convoy had two ships.")
    publishing.withdraw(article, by=desk.editor, reason="Too early.", public_note="About the convoy.")

    shown = page(client)

    assert "A story was withdrawn." in shown
    assert "convoy" not in shown


def test_corrections_forget_a_withdrawal_once_the_story_is_back(client, desk):
    article = desk.withdrawn()
    publishing.publish(article, by=desk.editor)

    assert "A story was withdrawn." not in page(client)


def test_corrections_that_sealed_say_so_and_name_no_tag(client, desk, norway):
    put_right(desk, desk.live("Fleet stays"), "We said too much.", seal=True)

    shown = page(client)

    assert "We said too much." in shown
    assert "Earlier versions are no longer shown." in shown


def test_corrections_page_by_page_miss_none_and_repeat_none(client, desk, monkeypatch):
    monkeypatch.setattr(corrections, "PAGE_SIZE", 2)
    with time_machine.travel(datetime(2026, 11, 3, tzinfo=UTC), tick=False):
        # All at one moment: the order must hold by number alone.
        for number in range(3):
            put_right(desk, desk.live(f"Story {number}"), f"Notice {number}.")
            desk.killed(f"Killed {number}")

    seen, query = [], ""
    for _ in range(4):
        context = client.get(f"/corrections/{query}").context
        seen += [(notice.label, notice.text) for notice in context["notices"]]
        query = f"?before={context['older']}"
        if not context["older"]:
            break

    assert len(seen) == 6
    assert {text for label, text in seen if label == "Correction"} == {"Notice 0.", "Notice 1.", "Notice 2."}
    assert [label for label, _ in seen].count("Story removed") == 3


def test_corrections_are_counted_by_month_and_kind(client, desk):
    with time_machine.travel(datetime(2026, 9, 30, 23, tzinfo=UTC)):
        put_right(desk, desk.live("One"))
    with time_machine.travel(datetime(2026, 11, 3, tzinfo=UTC)):
        for name in ("Two", "Three"):
            put_right(desk, desk.live(name))
        put_right(desk, desk.live("Four"), kind="editors_note")
        desk.killed("Five")

        months = client.get("/corrections/").context["months"]

    assert [(f"{month.first_day:%Y-%m}", month.counts) for month in months] == [
        ("2026-11", ["2 corrections", "1 editor’s note", "1 story removed"]),
        ("2026-09", ["1 correction"]),
    ]


def test_corrections_count_twelve_months_and_no_more():
    assert corrections._first_month(datetime(2026, 11, 26, tzinfo=UTC)) == datetime(2025, 12, 1, tzinfo=UTC)
    assert corrections._first_month(datetime(2026, 12, 1, tzinfo=UTC)) == datetime(2026, 1, 1, tzinfo=UTC)


def test_corrections_carry_the_policy(client, db):
    StandingPage.objects.filter(slug="corrections").update(body="<p>We say so.</p>")

    assert "<p>We say so.</p>" in page(client)


def test_corrections_escape_a_notice(client, desk):
    put_right(desk, desk.live(), "<script>alert(1)</script>\nand on")

    shown = page(client)

    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>and on" in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_corrections_cost_the_same_for_one_and_three(client, desk, django_assert_num_queries, rows):
    for number in range(rows):
        put_right(desk, desk.live(f"Story {number}"))
        desk.killed(f"Killed {number}")

    with django_assert_num_queries(6):
        client.get("/corrections/")
    assert Correction.objects.count() == rows
