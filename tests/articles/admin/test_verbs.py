"""The page of each verb: what it asks, what it does, and how it refuses with nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import embargoes, proposing, workflow
from articles.admin.verb_forms import ScheduleForm
from articles.admin.verb_table import DOORS
from articles.models import Article, Correction, Quote
from articles.models.verdict import Verdict
from articles.transitions import ONE_PRESS, RULES

REASON = {"reason": "The minister took it back."}
# The answer to the one question that an approval asks: whether to wait for the tagger.
CONFIRMED = {"is_confirmed": "on"}


def page_of(article: Article, verb: str) -> str:
    return reverse("admin:articles_article_verb", args=[article.pk, verb])


def states(article: Article) -> tuple[str, str]:
    newest = Article.objects.get(pk=article.pk)
    return newest.work_state, newest.pub_state


def test_every_verb_with_a_button_has_its_door() -> None:
    with_button = {verb for verb, rule in RULES.items() if rule.says} | set(ONE_PRESS)

    assert set(DOORS) == with_button


@pytest.mark.parametrize(
    ("start", "verb", "data", "end"),
    [
        ("draft", "submit", {}, ("in_review", "never")),
        ("in_review", "recall", {}, ("draft", "never")),
        ("in_review", "request_changes", {"comment": "Name the source."}, ("changes_requested", "never")),
        ("in_review", "approve", CONFIRMED, ("approved", "never")),
        ("approved", "publish", {}, ("approved", "live")),
        ("approved", "schedule", {"publish_at": "2099-01-02T08:00"}, ("approved", "scheduled")),
        ("scheduled", "deschedule", {}, ("approved", "never")),
        ("live", "publish_update", {"kind": "update"}, ("approved", "live")),
        (
            "live",
            "correct",
            {"kind": "correction", "notice": "We were wrong.", "position": "top"},
            ("approved", "live"),
        ),
        ("live", "withdraw", REASON, ("approved", "withdrawn")),
        (
            "live",
            "kill",
            REASON | {"public_note": "Removed.", "confirmation": "fleet-returns-to-port"},
            ("approved", "killed"),
        ),
        ("draft", "spike", REASON, ("draft", "spiked")),
        ("in_review", "approve_and_publish", CONFIRMED, ("approved", "live")),
        ("live", "publish_minor_update", {}, ("approved", "live")),
    ],
)
def test_post_uses_the_verb_and_returns_to_the_story(client: Client, desk, chief, start, verb, data, end) -> None:
    article = getattr(desk, start)()
    client.force_login(chief)

    response = client.post(page_of(article, verb), data)

    assert response.status_code == 302
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert states(article) == end
    assert [str(m) for m in get_messages(response.wsgi_request)] == [f"{DOORS[verb].done} “Fleet returns to port”"]


def test_unspike_brings_a_story_back(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)
    client.post(page_of(article, "spike"), REASON)

    client.post(page_of(article, "unspike"))

    assert states(article) == ("draft", "never")


@pytest.mark.parametrize("verb", sorted(DOORS))
def test_get_shows_the_page_and_does_nothing(client: Client, desk, chief, verb: str) -> None:
    article = desk.live()
    client.force_login(chief)

    response = client.get(page_of(article, verb))

    assert response.status_code in (200, 409)
    assert DOORS[verb].does.split("’")[0] in response.content.decode()
    assert states(article) == ("approved", "live")


def test_get_of_a_verb_that_is_impossible_now_says_so(client: Client, desk, editor) -> None:
    article = desk.live()
    client.force_login(editor)

    response = client.get(page_of(article, "submit"))

    assert response.status_code == 409
    assert "The story is approved and live." in response.content.decode()


def test_kill_with_the_wrong_address_keeps_every_word(client: Client, desk, chief) -> None:
    article = desk.live()
    client.force_login(chief)
    typed = {"reason": "A court order.", "public_note": "Removed by order.", "confirmation": "another-story"}

    response = client.post(page_of(article, "kill"), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert all(words in page for words in (*typed.values(), "Type: fleet-returns-to-port"))
    assert states(article) == ("approved", "live")


def test_kill_without_a_notice_asks_for_it(client: Client, desk, chief) -> None:
    article = desk.live()
    client.force_login(chief)

    response = client.post(page_of(article, "kill"), REASON | {"confirmation": "fleet-returns-to-port"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"public_note": ["This field is required."]}
    assert states(article) == ("approved", "live")


@pytest.mark.parametrize("method", ["get", "post"])
def test_kill_is_closed_to_editors(client: Client, desk, editor, method: str) -> None:
    article = desk.live()
    client.force_login(editor)
    data = REASON | {"public_note": "Removed.", "confirmation": "fleet-returns-to-port"}

    response = getattr(client, method)(page_of(article, "kill"), data)

    assert response.status_code == 403
    assert states(article) == ("approved", "live")


def test_approve_lists_each_thing_in_the_way(client: Client, desk, editor) -> None:
    article = desk.in_review(standfirst="", section=None)
    client.force_login(editor)

    response = client.post(page_of(article, "approve"))

    assert response.status_code == 422
    assert response.context["reasons"] == ("The standfirst is missing.", "No section is chosen.")
    assert response.content.decode().count("The standfirst is missing.") == 1
    assert states(article) == ("in_review", "never")


def test_approve_of_a_text_saved_meanwhile_is_refused(client: Client, desk, editor) -> None:
    article = desk.in_review()
    client.force_login(editor)
    seen = client.get(page_of(article, "approve")).context["form"]["lock_version"].value()
    desk.save(article, headline="Something else")

    response = client.post(page_of(article, "approve"), {"lock_version": seen} | CONFIRMED)

    assert response.status_code == 409
    assert "Somebody saved “Something else” after you opened this page." in response.content.decode()
    assert states(article) == ("in_review", "never")


def test_refused_page_carries_the_version_that_is_shown_now(client: Client, desk, editor) -> None:
    article = desk.in_review()
    client.force_login(editor)
    desk.save(article, headline="Something else")

    refused = client.post(page_of(article, "approve"), {"lock_version": article.lock_version} | CONFIRMED)

    newest = desk.fresh(article)
    assert f'name="lock_version" value="{newest.lock_version}"' in refused.content.decode()


def test_approve_of_ones_own_story_asks_the_chief_why(client: Client, desk, chief) -> None:
    article = desk.draft(by=chief)
    client.force_login(chief)
    client.post(page_of(article, "submit"))

    unreasoned = client.post(page_of(article, "approve"))
    reasoned = client.post(page_of(article, "approve"), {"reason": "Nobody else is on duty."} | CONFIRMED)

    assert (unreasoned.status_code, reasoned.status_code) == (422, 302)
    assert unreasoned.context["form"].errors == {"reason": ["This field is required."]}


@pytest.mark.parametrize("verb", ["approve", "approve_and_publish"])
def test_who_wrote_it_alone_is_told_before_anything_is_asked(client: Client, desk, editor, verb: str) -> None:
    article = desk.draft(by=editor)
    workflow.submit(article, by=editor)
    client.force_login(editor)

    page = client.get(page_of(article, verb)).content.decode()

    assert "a colleague must approve it" in page
    assert 'name="reason"' not in page


def test_kill_and_withdrawal_do_not_wait_for_a_draft_saved_meanwhile(client: Client, desk, chief) -> None:
    article = desk.live()
    seen = article.lock_version
    desk.save(article, by=desk.editor, headline="Another")
    client.force_login(chief)
    typed = REASON | {"public_note": "Removed.", "confirmation": "fleet-returns-to-port", "lock_version": seen}

    response = client.post(page_of(article, "kill"), typed)

    assert (response.status_code, states(article)[1]) == (302, "killed")


def test_embargo_is_lifted_by_the_chief_and_the_others_are_told_before(client: Client, desk, editor, chief) -> None:
    article = desk.draft()
    client.force_login(editor)
    before = client.get(page_of(article, "plan")).content.decode()
    embargoes.set_embargo(article, by=editor, until=None, is_indefinite=True)

    bound = client.get(page_of(article, "plan")).context["form"]
    client.force_login(chief)
    of_chief = client.get(page_of(article, "plan")).context["form"]

    assert "Once it is set: only the chief can end it or make it shorter." in before
    assert [value for value, _ in bound.fields["embargo"].widget.choices] == ["until", "indefinite"]
    assert "reason" not in bound.fields
    assert [value for value, _ in of_chief.fields["embargo"].choices] == ["none", "until", "indefinite"]
    assert "reason" in of_chief.fields


@pytest.mark.parametrize("verb", ["approve", "approve_and_publish"])
def test_approval_asks_once_whether_to_wait_for_the_tagger(client: Client, desk, editor, verb: str) -> None:
    article = desk.in_review()
    client.force_login(editor)

    asked = client.post(page_of(article, verb))
    answer = {"is_confirmed": asked.context["form"]["is_confirmed"].value()}
    before = states(article)
    answered = client.post(page_of(article, verb), answer)
    published = client.post(page_of(article, "publish")) if verb == "approve" else answered

    assert (asked.status_code, before) == (428, ("in_review", "never"))
    assert "The tagger is still reading this version" in asked.content.decode()
    assert (answered.status_code, published.status_code, states(article)) == (302, 302, ("approved", "live"))


def test_approval_asks_nothing_once_the_tagger_has_finished(client: Client, desk, editor) -> None:
    article = desk.in_review()
    proposing.suggest(article.revision_id)
    client.force_login(editor)

    assert client.post(page_of(article, "approve")).status_code == 302


def test_minor_update_of_a_live_story_asks_nothing(client: Client, desk, editor) -> None:
    article = desk.save(desk.live(), headline="Fleet returns to the port")
    client.force_login(editor)

    assert client.post(page_of(article, "publish_minor_update")).status_code == 302


DIALOG = {"X-Newsroom-Dialog": "1"}


def test_verb_in_a_dialog_is_the_same_form_without_the_page(client: Client, desk, editor) -> None:
    article = desk.in_review()
    client.force_login(editor)

    shown = client.get(page_of(article, "request_changes"), headers=DIALOG)
    wrong = client.post(page_of(article, "request_changes"), {"comment": ""}, headers=DIALOG)
    done = client.post(page_of(article, "request_changes"), {"comment": "Who says so?"}, headers=DIALOG)

    assert shown.headers["X-Newsroom-Dialog"] == "1"
    assert "<html" not in shown.content.decode()
    assert 'id="verb_comment"' in shown.content.decode()
    assert (wrong.status_code, wrong.headers["X-Newsroom-Dialog"]) == (422, "1")
    assert "This field is required." in wrong.content.decode()
    assert done.json() == {"said": "Sent back with your comment.", "must_reload": False}


@pytest.mark.parametrize("verb", ["spike", "kill"])
def test_verb_in_a_dialog_says_when_the_page_is_another_now(client: Client, desk, chief, verb: str) -> None:
    article = desk.draft() if verb == "spike" else desk.live()
    client.force_login(chief)
    data = REASON | {"public_note": "Removed.", "confirmation": "fleet-returns-to-port"}

    assert client.post(page_of(article, verb), data, headers=DIALOG).json()["must_reload"]


def test_publish_under_embargo_asks_the_chief_why_it_is_lifted(client: Client, desk, chief) -> None:
    article = desk.approved()
    Article.objects.filter(pk=article.pk).update(is_embargoed_indefinitely=True)
    client.force_login(chief)

    page = client.get(page_of(article, "publish"))
    unreasoned = client.post(page_of(article, "publish"))
    reasoned = client.post(page_of(article, "publish"), {"reason": "The ministry announced it early."})

    assert "Why the embargo is lifted" in page.content.decode()
    assert (unreasoned.status_code, reasoned.status_code) == (422, 302)
    assert states(article) == ("approved", "live")


def test_publish_under_embargo_is_refused_to_editors_in_words(client: Client, desk, editor) -> None:
    article = desk.approved()
    Article.objects.filter(pk=article.pk).update(is_embargoed_indefinitely=True)
    client.force_login(editor)

    response = client.post(page_of(article, "publish"), {"reason": "Everybody has it."})

    page = response.content.decode()
    assert response.status_code == 403
    assert "only the chief may lift it" in page
    assert "Everybody has it." in page


def test_schedule_reads_the_time_on_the_newsrooms_clock(client: Client, desk, editor, settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Asia/Tokyo"
    article = desk.approved()
    client.force_login(editor)

    client.post(page_of(article, "schedule"), {"publish_at": "2099-01-02T08:00", "unpublish_at": "2099-01-03T08:00"})

    newest = desk.fresh(article)
    assert newest.publish_at == datetime(2099, 1, 1, 23, 0, tzinfo=UTC)
    assert newest.unpublish_at == datetime(2099, 1, 2, 23, 0, tzinfo=UTC)


def test_schedule_shows_both_clocks(client: Client, desk, editor, settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Asia/Tokyo"
    client.force_login(editor)

    page = client.get(page_of(desk.approved(), "schedule")).content.decode()

    assert "Tokyo" in page
    assert f"{timezone.now():%H:}" in page.split("UTC")[0]


def test_schedule_in_the_past_keeps_what_was_typed(client: Client, desk, editor) -> None:
    article = desk.approved()
    client.force_login(editor)

    response = client.post(page_of(article, "schedule"), {"publish_at": "2020-01-02T08:00"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "lies in the past" in page
    assert "2020-01-02T08:00" in page


def test_schedule_form_knows_that_it_must_ask(desk, editor) -> None:
    form = ScheduleForm(article=desk.approved(), by=editor)

    assert form.asks_first


def test_correct_seals_and_takes_back_what_was_ticked(client: Client, desk, editor) -> None:
    article = desk.approved()
    quote = Quote.objects.create(
        article=article,
        revision=article.revision,
        text="return to port by Friday",
        start=33,
        end=57,
        verdict=Verdict.CONFIRMED,
        verdict_by=editor,
        verdict_at=timezone.now(),
    )
    client.force_login(editor)
    client.post(page_of(article, "publish"))
    data = {
        "kind": "retraction",
        "notice": "He did not say it.",
        "position": "foot",
        "seal": "on",
        "retracts": [quote.pk],
    }

    response = client.post(page_of(article, "correct"), data)

    correction = Correction.objects.get()
    assert response.status_code == 302
    assert (correction.kind, correction.position, correction.notice) == ("retraction", "foot", "He did not say it.")
    assert list(correction.retracts.all()) == [quote]
    assert [edition.sealed_at is not None for edition in desk.fresh(article).editions.all()] == [False, True]


def test_next_leads_back_to_a_page_of_ours_only(client: Client, desk, journalist) -> None:
    client.force_login(journalist)

    ours = client.post(page_of(desk.draft("One"), "submit"), {"next": "/admin/"})
    theirs = client.post(page_of(desk.draft("Two"), "submit"), {"next": "https://example.org/"})

    assert ours.headers["Location"] == "/admin/"
    assert theirs.headers["Location"].startswith("/admin/articles/article/")


def test_unknown_verb_or_story_is_not_found(client: Client, desk, editor) -> None:
    client.force_login(editor)

    found = [
        client.get(page_of(desk.draft(), "explode")).status_code,
        client.get(reverse("admin:articles_article_verb", args=[999_999, "submit"])).status_code,
    ]

    assert found == [404, 404]


def test_unpublish_time_in_the_past_is_refused(client: Client, desk, editor) -> None:
    article = desk.approved()
    client.force_login(editor)
    yesterday = timezone.localtime() - timedelta(days=1)

    response = client.post(page_of(article, "publish"), {"unpublish_at": f"{yesterday:%Y-%m-%dT%H:%M}"})

    assert response.status_code == 422
    assert states(article) == ("approved", "never")
