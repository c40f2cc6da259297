"""Two people save the same story: the page that compares, and that no typed word is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article, Sitting
from tests.articles.admin.test_editing import JSON, form_of, page_of


@pytest.fixture
def stale(client: Client, desk, journalist, editor) -> tuple[Article, dict]:
    """A story that the editor has saved while the journalist typed into the form that is returned."""
    article = desk.draft(body="<p>One two three.</p>")
    client.force_login(journalist)
    typed = form_of(client, article, headline="Mine", body="<p>One two four.</p>", dateline="OSLO")
    newest = desk.save(article, by=editor, headline="Theirs", standfirst="Changed by them alone.")
    return newest, typed


def resolution(response, **choices: str) -> dict:
    """What the comparing page sends back with these choices."""
    carried: dict[str, list[str]] = {}
    for name, value in response.context["carried"]:
        carried.setdefault(name, []).append(value)
    sent = {f"choice-{field}": choice for field, choice in choices.items()}
    return (
        carried
        | sent
        | {
            "resolve": "save",
            "base_version": str(response.context["base_version"]),
            "lock_version": str(response.context["article"].lock_version),
        }
    )


def test_stale_save_in_place_says_so_and_writes_nothing(client: Client, stale, desk) -> None:
    article, typed = stale

    response = client.post(page_of(article), typed, headers=JSON)

    assert response.status_code == 409
    assert response.json()["code"] == "stale"
    assert desk.fresh(article).headline == "Theirs"


def test_stale_save_compares_each_field_that_differs(client: Client, stale) -> None:
    article, typed = stale

    response = client.post(page_of(article), typed)

    differences = {difference.name: difference.choice for difference in response.context["differences"]}
    assert response.status_code == 409
    assert differences == {"headline": "", "standfirst": "theirs", "body": "mine", "dateline": "mine"}


def test_the_signs_of_the_body_are_explained_once(client: Client, stale) -> None:
    article, typed = stale

    page = client.post(page_of(article), typed).content.decode()

    assert page.count("Signs show the form") == 1


def test_stale_save_carries_every_typed_word(client: Client, stale) -> None:
    article, typed = stale

    response = client.post(page_of(article), typed)

    carried = dict(response.context["carried"])
    assert {name: carried[name] for name in ("headline", "body", "dateline")} == {
        "headline": "Mine",
        "body": "<p>One two four.</p>",
        "dateline": "OSLO",
    }


def test_choices_are_saved_field_by_field(client: Client, stale, desk) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed)

    client.post(
        page_of(article), resolution(page, headline="theirs", standfirst="theirs", body="mine", dateline="mine")
    )

    saved = desk.fresh(article)
    assert (saved.headline, saved.standfirst, saved.dateline) == ("Theirs", "Changed by them alone.", "OSLO")
    assert saved.revision.text == "One two four."


@pytest.fixture
def two_bodies(client: Client, desk, journalist, editor):
    """Makes a story of three paragraphs that both changed; returns it with the form that was typed."""
    base = '<p data-block="aaaa">One.</p><p data-block="bbbb">Two <em>two</em>.</p><p data-block="cccc">Three.</p>'

    def make(theirs: tuple[str, str], mine: tuple[str, str]) -> tuple[Article, dict]:
        article = desk.draft(body=base)
        client.force_login(journalist)
        typed = form_of(client, article, body=article.body.replace(*mine))
        return desk.save(article, by=editor, body=base.replace(*theirs)), typed

    return make


def test_changes_to_different_paragraphs_are_joined_and_chosen(client: Client, two_bodies, desk) -> None:
    article, typed = two_bodies(
        ("One.", 'One <a href="https://x.org/">link</a>.'), ("Three.", "Three <strong>b</strong>.")
    )
    page = client.post(page_of(article), typed)

    (difference,) = page.context["differences"]
    client.post(page_of(article), resolution(page, body="joined"))

    assert (difference.choice, difference.joined.doubled) == ("joined", 0)
    assert desk.fresh(article).body == (
        '<p data-block="aaaa">One <a href="https://x.org/">link</a>.</p>'
        '<p data-block="bbbb">Two <em>two</em>.</p><p data-block="cccc">Three <strong>b</strong>.</p>'
    )


def test_changes_to_one_paragraph_are_nobodys_choice_and_both_can_be_kept(client: Client, two_bodies, desk) -> None:
    article, typed = two_bodies(("One.", "One, theirs."), ("One.", "One, mine."))
    page = client.post(page_of(article), typed)

    (difference,) = page.context["differences"]
    client.post(page_of(article), resolution(page, body="joined"))

    saved = desk.fresh(article)
    assert (difference.choice, difference.joined.doubled) == ("", 1)
    assert saved.revision.text == "One, theirs.\n\nOne, mine.\n\nTwo two.\n\nThree."
    assert len({block["id"] for block in saved.revision.blocks}) == 4


def test_change_of_form_alone_is_a_difference(client: Client, two_bodies, desk) -> None:
    article, typed = two_bodies(
        ("Three.", '<a href="https://x.org/">Three</a>.'), ("Three.", "<strong>Three</strong>.")
    )
    page = client.post(page_of(article), typed)

    (difference,) = page.context["differences"]
    client.post(page_of(article), resolution(page, body="theirs"))

    added = ["".join(p.text for p in side if p.kind == "added") for side in (difference.theirs, difference.mine)]
    assert added == ["[→ https://x.org/]", "****"]
    assert '<a href="https://x.org/">Three</a>' in desk.fresh(article).body


def test_field_can_be_written_anew_by_hand(client: Client, stale, desk) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed)
    choices = resolution(page, headline="hand", standfirst="theirs", body="mine", dateline="mine")

    client.post(page_of(article), choices | {"hand-headline": "Theirs and mine"})

    assert desk.fresh(article).headline == "Theirs and mine"


def test_choices_can_be_taken_on_into_the_editor_unsaved(client: Client, stale, desk, journalist) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed | {"tab": "tab-one"})
    choices = resolution(page, headline="mine", standfirst="theirs", body="mine", dateline="mine")

    response = client.post(page_of(article), choices | {"resolve": "edit", "tab": "tab-one"}, follow=True)

    form = response.context["form"]
    assert response.status_code == 200
    assert desk.fresh(article).lock_version == article.lock_version
    assert form["headline"].value() == "Mine"
    assert form["standfirst"].value() == "Changed by them alone."
    assert form["lock_version"].value() == str(article.lock_version)
    assert response.context["restored_tab"] == "tab-one"


def test_stale_words_are_kept_until_they_are_saved(client: Client, stale, desk, journalist) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed | {"tab": "tab-one"})
    kept = Sitting.objects.get()
    choices = resolution(page, headline="mine", standfirst="theirs", body="mine", dateline="mine")

    client.post(page_of(article), choices | {"tab": page.context["tabs"]})

    assert (kept.user, kept.fields["headline"], kept.base_version) == (journalist, ["Mine"], article.lock_version - 1)
    assert not Sitting.objects.with_words().exists()
    assert desk.fresh(article).headline == "Mine"


def test_second_conflict_keeps_what_was_written_by_hand(client: Client, stale, desk, editor) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed | {"tab": "tab-one"})
    desk.save(article, by=editor, headline="Theirs again")
    choices = resolution(page, headline="hand", standfirst="theirs", body="mine", dateline="mine")

    response = client.post(page_of(article), choices | {"hand-headline": "By hand", "tab": "tab-one"})

    assert response.status_code == 409
    assert dict(response.context["carried"])["headline"] == "By hand"
    assert Sitting.objects.get().fields["headline"] == ["By hand"]


def test_page_says_when_it_was_yourself_in_another_tab(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    typed = form_of(client, article, headline="Mine")
    desk.save(article, by=journalist, headline="Mine as well")

    response = client.post(page_of(article), typed)

    assert "You saved this story yourself, in another tab" in response.content.decode()
    assert "while you were writing" not in response.content.decode()


def test_authors_and_flags_can_be_theirs(client: Client, desk, journalist, editor, author) -> None:
    article = desk.draft()
    client.force_login(journalist)
    typed = form_of(client, article, authors=[], may_syndicate="on")
    newest = desk.save(article, by=editor, headline="Theirs", may_syndicate=False)
    page = client.post(page_of(newest), typed)

    client.post(page_of(newest), resolution(page, headline="theirs", authors="theirs", may_syndicate="theirs"))

    saved = desk.fresh(article)
    assert [byline.author for byline in saved.bylines.all()] == [author]
    assert (saved.headline, saved.may_syndicate) == ("Theirs", False)


def test_third_save_during_the_choice_is_caught_as_well(client: Client, stale, desk, editor) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed)
    desk.save(article, by=editor, headline="Theirs again")

    response = client.post(
        page_of(article), resolution(page, headline="mine", standfirst="theirs", body="mine", dateline="mine")
    )

    assert response.status_code == 409
    assert dict(response.context["carried"])["headline"] == "Mine"
    assert desk.fresh(article).headline == "Theirs again"
