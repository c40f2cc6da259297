"""The doors of correction, withdrawal and kill: for whom they open, what they show, and what they keep."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles import publishing, suggestions
from articles.models import Article, Correction
from articles.models.verdict import Verdict

NOTICE = {"kind": "correction", "notice": "It was Thursday.", "position": "top"}
# The tagger has not run here: the verb asks about that once.
CONFIRMED = NOTICE | {"is_confirmed": "on"}
KILL = {"reason": "An order.", "public_note": "Removed.", "confirmation": "fleet-returns-to-port"}
WORDS = "return to port by Friday"


def page_of(article: Article, verb: str) -> str:
    return reverse("admin:articles_article_verb", args=[article.pk, verb])


def preview_of(article: Article) -> str:
    return reverse("admin:articles_article_notice_preview", args=[article.pk])


def quoting(desk, norway) -> Article:
    article = desk.draft()
    start = article.revision.text.index(WORDS)
    suggestions.add_quote(article, start=start, end=start + len(WORDS), by=desk.editor, speaker_name="Ana Sample")
    suggestions.add_tag(article, norway, by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)
    return desk.fresh(article)


DOORS = {
    "correct": (NOTICE, {"journalist": 403, "colleague": 403, "editor": 302, "chief": 302, "stranger": 302}),
    "approve_and_correct": (CONFIRMED, {"journalist": 403, "colleague": 403, "editor": 302, "chief": 302}),
    "withdraw": ({"reason": "Too early."}, {"journalist": 403, "colleague": 403, "editor": 302, "chief": 302}),
    "kill": (KILL, {"journalist": 403, "colleague": 403, "editor": 403, "chief": 302, "stranger": 302}),
}


@pytest.mark.parametrize(
    ("verb", "role", "expected"),
    [(verb, role, code) for verb, (_, roles) in DOORS.items() for role, code in roles.items()],
)
def test_each_door_opens_for_its_roles_alone(client: Client, desk, request, verb, role, expected) -> None:
    article = desk.live()
    if verb == "approve_and_correct":
        article = desk.save(article, standfirst="Corrected.")
    client.force_login(request.getfixturevalue(role))

    shown = client.get(page_of(article, verb)).status_code
    done = client.post(page_of(article, verb), DOORS[verb][0]).status_code

    is_of_desk = role != "stranger"
    assert (shown, done) == ((200 if expected == 302 and is_of_desk else expected), expected)
    acted = desk.fresh(article).version > article.version
    assert acted is (expected == 302 and is_of_desk)


def test_correct_shows_what_readers_would_get_and_what_a_seal_closes(client: Client, desk, editor) -> None:
    article = desk.approve_again(desk.save(desk.live(), body="<p>The minister said the fleet stays.</p>"))
    client.force_login(editor)

    response = client.get(page_of(article, "correct"))

    page = response.content.decode()
    assert "the fleet <del>" in page
    assert "/versions/1/" in page
    assert f"/api/v1/articles/{article.uuid}/versions/" in page
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_correct_without_new_words_says_so(client: Client, desk, editor) -> None:
    article = desk.live()
    client.force_login(editor)

    page = client.get(page_of(article, "correct")).content.decode()

    assert "The text stays as readers have it; only the notice is added." in page


def test_correct_without_a_notice_keeps_everything_chosen(client: Client, desk, editor, norway) -> None:
    article = quoting(desk, norway)
    client.force_login(editor)
    quote = article.quotes.get()
    sent = {"kind": "retraction", "notice": " ", "position": "foot", "retracts": [quote.pk], "seal": "on"}

    response = client.post(page_of(article, "correct"), sent)

    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {"notice": ["This field is required."]})
    assert (form["kind"].value(), form["position"].value(), form["seal"].value()) == ("retraction", "foot", True)
    assert [str(pk) for pk in form["retracts"].value()] == [str(quote.pk)]
    assert not Correction.objects.exists()


def test_correct_takes_back_what_was_ticked(client: Client, desk, editor, norway) -> None:
    article = quoting(desk, norway)
    client.force_login(editor)
    ticked = {"retracts": [article.quotes.get().pk], "retracts_entities": [norway.pk], "seal": "on"}

    response = client.post(page_of(article, "correct"), NOTICE | ticked)

    correction = desk.fresh(article).corrections.get()
    assert response.status_code == 302
    assert [quote.text for quote in correction.retracts.all()] == [WORDS]
    assert (list(correction.retracts_entities.all()), correction.sealed_earlier) == ([norway], True)
    assert article.tags.get().verdict == Verdict.REJECTED


@pytest.mark.parametrize("wrong", [{"retracts": ["999999"]}, {"retracts_entities": ["999999"]}, {"retracts": ["x"]}])
def test_correct_takes_back_nothing_that_readers_have_not(client: Client, desk, editor, norway, wrong) -> None:
    article = quoting(desk, norway)
    client.force_login(editor)

    response = client.post(page_of(article, "correct"), NOTICE | wrong)

    assert response.status_code == 422
    assert not Correction.objects.exists()


@pytest.mark.parametrize("notice", ["\x00", "x" * 2001, "x" * 1_000_000], ids=["zero sign", "too long", "a megabyte"])
def test_correct_refuses_a_hostile_notice(client: Client, desk, editor, notice) -> None:
    article = desk.live()
    client.force_login(editor)

    response = client.post(page_of(article, "correct"), NOTICE | {"notice": notice})

    assert response.status_code == 422
    assert not Correction.objects.exists()


def test_notice_is_shown_as_text_wherever_it_stands(client: Client, desk, editor) -> None:
    article = desk.live()
    client.force_login(editor)
    client.post(page_of(article, "correct"), NOTICE | {"notice": "<script>alert(1)</script> ‮evil"})

    address = desk.fresh(article).representation.get_absolute_url()
    history = reverse("admin:articles_article_history", args=[article.pk])
    pages = [client.get(page).content.decode() for page in (address, f"{address}versions/", history)]

    assert all("<script>alert" not in page and "&lt;script&gt;alert(1)" in page for page in pages)


def test_correct_of_a_text_saved_meanwhile_is_refused_with_the_notice_kept(client: Client, desk, chief) -> None:
    article = desk.save(desk.live(), standfirst="Corrected.")
    client.force_login(chief)
    seen = client.get(page_of(article, "approve_and_correct")).context["form"]["lock_version"].value()
    desk.save(article, standfirst="Something else.")

    response = client.post(page_of(article, "approve_and_correct"), CONFIRMED | {"lock_version": seen})

    assert response.status_code == 409
    assert "It was Thursday." in response.content.decode()
    assert not Correction.objects.exists()


def test_correct_page_keeps_to_its_queries(client: Client, desk, editor, norway, django_assert_max_num_queries) -> None:
    article = quoting(desk, norway)
    for number in range(4):
        article = desk.approve_again(desk.save(article, standfirst=f"Version {number}."))
        publishing.publish_update(article, by=editor)
        article = desk.fresh(article)
    client.force_login(editor)

    with django_assert_max_num_queries(27):
        client.get(page_of(article, "correct"))


def test_notice_preview_may_be_framed_by_ourselves_alone(client: Client, desk, colleague) -> None:
    article = desk.live()
    client.force_login(colleague)

    response = client.get(preview_of(article))

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "Fleet returns to port" in response.content.decode()
    assert "<script" not in response.content.decode()


def test_kill_names_every_address_and_what_goes(client: Client, desk, chief, norway) -> None:
    article = quoting(desk, norway)
    desk.live("Another story", related=[{"target": article}])
    publishing.publish_minor_update(desk.save(article, by=desk.editor, slug="new-address"), by=desk.editor)
    client.force_login(chief)

    page = client.get(page_of(article, "kill")).content.decode()

    assert "Its 2 addresses answer 410" in page
    assert all(f"/{slug}/</code>" in page for slug in ("new-address", "fleet-returns-to-port"))
    assert "2 published versions are sealed for ever" in page
    assert "1 quotation leaves the archive" in page
    assert "Related News drops it in: “Another story”." in page


def test_killed_story_shows_its_state_notice_and_what_partners_were_told(client: Client, desk, editor) -> None:
    article = desk.killed()
    client.force_login(editor)

    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    banner = page[page.index("taken-down-title") : page.index("editing-columns")]
    assert "Killed by chief" in banner
    assert "This story has been removed for legal reasons." in banner
    assert "A court order." in banner
    assert "answers 410" in banner
    assert "Who has not confirmed that stands on the board." in banner


def test_withdrawn_story_shows_reason_and_note(client: Client, desk, editor) -> None:
    article = desk.live()
    publishing.withdraw(article, by=editor, reason="Too early.", public_note="It comes back on Friday.")
    client.force_login(editor)

    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    assert "Withdrawn by editor" in page
    assert "Too early." in page
    assert "It comes back on Friday." in page


def test_live_story_shows_no_such_banner(client: Client, desk, editor) -> None:
    client.force_login(editor)

    page = client.get(reverse("admin:articles_article_change", args=[desk.live().pk])).content.decode()

    assert "taken-down" not in page
