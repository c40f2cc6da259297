"""Two people save the same story: the page that compares, and that no typed word is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article
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
    return carried | sent | {"resolve": "1", "lock_version": str(response.context["article"].lock_version)}


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


def test_both_bodies_can_be_kept(client: Client, stale, desk) -> None:
    article, typed = stale
    page = client.post(page_of(article), typed)

    client.post(page_of(article), resolution(page, headline="mine", standfirst="theirs", body="both", dateline="mine"))

    saved = desk.fresh(article)
    assert saved.revision.text == "One two three.\n\nOne two four."
    assert len({block["id"] for block in saved.revision.blocks}) == 2


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
