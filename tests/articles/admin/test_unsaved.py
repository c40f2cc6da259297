"""Words that were typed and never saved: compared, restored, discarded, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import sittings
from articles.models import Article, Sitting
from articles.sittings import Typed
from tests.articles.admin.test_editing import JSON, form_of, page_of


@pytest.fixture
def keep(client: Client, desk, journalist):
    """Signs the journalist in and keeps a form with some fields changed, as the page would."""

    def make(article: Article, **changes: Any) -> Sitting:
        client.force_login(journalist)
        typed = form_of(client, article, **changes)
        fields = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
        del fields["lock_version"]
        return sittings.keep(article, Typed(fields, article.lock_version), by=journalist, tab="tab-old")

    return make


def unsaved_page(sitting: Sitting, name: str = "unsaved") -> str:
    return reverse(f"admin:articles_article_{name}", args=[sitting.article_id, sitting.pk])


def restore(client: Client, sitting: Sitting):
    return client.get(f"{page_of(sitting.article)}?restore={sitting.pk}")


def test_compare_shows_what_would_change(client: Client, desk, keep) -> None:
    article = desk.draft(body="<p>One two.</p>")
    sitting = keep(article, headline="Typed", body="<p>One <strong>three</strong>.</p>", authors=[])

    response = client.get(unsaved_page(sitting))

    added = {part.label: [p.text for p in part.pieces if p.kind == "added"] for part in response.context["parts"]}
    assert added == {"Headline": ["Typed"], "Story": ["**three**"], "Authors": []}
    assert "restore=" in response.content.decode()


def test_compare_escapes_what_was_typed(client: Client, desk, keep) -> None:
    sitting = keep(desk.draft(), headline="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(unsaved_page(sitting)).content.decode()


def test_compare_shows_words_that_the_form_refuses(client: Client, desk, keep) -> None:
    sitting = keep(desk.draft(), headline="Typed words", related="#999999 Gone")

    page = client.get(unsaved_page(sitting)).content.decode()

    assert "There is no story #999999" in page
    assert "Typed words" in page


def test_restore_fills_the_form_and_writes_nothing(client: Client, desk, keep, section) -> None:
    article = desk.draft()
    sitting = keep(article, headline="Typed", body="<p>Typed <em>body</em>.</p>", may_syndicate="", section="")

    response = restore(client, sitting)

    form = response.context["form"]
    values = [form[name].value() for name in ("headline", "body", "section", "lock_version")]
    assert values == ["Typed", "<p>Typed <em>body</em>.</p>", "", str(article.lock_version)]
    assert 'data-restored-tab="tab-old"' in response.content.decode()
    assert "data-is-unsaved" in response.content.decode()
    assert desk.fresh(article).lock_version == article.lock_version
    assert Sitting.objects.with_words().count() == 1


def test_restore_leads_through_the_conflict_page_where_others_saved_since(client: Client, desk, keep, editor) -> None:
    article = desk.draft()
    sitting = keep(article, headline="Typed", dateline="OSLO")
    desk.save(article, by=editor, headline="Theirs")

    response = restore(client, sitting)

    choices = {difference.name: difference.choice for difference in response.context["differences"]}
    assert response.status_code == 200
    assert choices == {"headline": "", "dateline": "mine"}
    assert response.context["tabs"] == ["tab-old"]


def test_restored_words_are_forgotten_once_saved(client: Client, desk, keep) -> None:
    article = desk.draft()
    sitting = keep(article, headline="Typed")
    form = restore(client, sitting).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}

    client.post(page_of(article), data | {"tab": ["tab-new", "tab-old"]}, headers=JSON)

    assert desk.fresh(article).headline == "Typed"
    assert not Sitting.objects.with_words().exists()


def test_save_without_a_tab_forgets_nothing(client: Client, desk, keep) -> None:
    article = desk.draft()
    keep(article, headline="Typed elsewhere")

    client.post(page_of(article), form_of(client, article, headline="Saved here"), headers=JSON)

    assert Sitting.objects.with_words().count() == 1


def test_save_with_words_to_forget_stays_within_its_budget(
    client: Client, desk, keep, django_assert_max_num_queries
) -> None:
    article = desk.draft()
    keep(article, headline="Typed")
    data = form_of(client, article, headline="Typed", body="<p>“We sail,” Captain Ida Berg said.</p>")

    with django_assert_max_num_queries(30):
        client.post(page_of(article), data | {"tab": ["tab-new", "tab-old"]}, headers=JSON)

    assert not Sitting.objects.with_words().exists()


def test_save_is_refused_to_who_signed_in_over_anothers_page(client: Client, desk, journalist, editor) -> None:
    article = desk.draft()
    client.force_login(editor)
    data = form_of(client, article, headline="Typed by another") | {"typed_by": journalist.pk}

    response = client.post(page_of(article), data, headers=JSON)

    assert (response.status_code, response.json()["code"]) == (409, "other_person")
    assert desk.fresh(article).headline == article.headline


def test_discard_forgets_the_words(client: Client, desk, keep) -> None:
    first, second = keep(desk.draft()), keep(desk.draft())

    plain = client.post(unsaved_page(first, "discard"))
    in_place = client.post(unsaved_page(second, "discard"), headers=JSON)

    assert plain.headers["Location"] == page_of(first.article)
    assert in_place.json() == {"discarded": second.pk}
    assert not Sitting.objects.with_words().exists()
    assert client.get(unsaved_page(first, "discard")).status_code == 405


def test_words_of_another_are_neither_shown_nor_restored_nor_discarded(client: Client, desk, keep, editor) -> None:
    sitting = keep(desk.draft(), headline="A secret")
    client.force_login(editor)

    responses = [
        client.get(unsaved_page(sitting), follow=True),
        client.get(f"{page_of(sitting.article)}?restore={sitting.pk}", follow=True),
        client.post(unsaved_page(sitting, "discard"), follow=True),
    ]

    assert not any("A secret" in response.content.decode() for response in responses)
    assert Sitting.objects.with_words().count() == 1


def test_words_that_are_gone_lead_back_to_the_story_in_words(client: Client, desk, keep) -> None:
    sitting = keep(desk.draft())
    sittings.settle(sitting.article, by=sitting.user, tabs=[sitting.tab])

    response = client.get(f"{page_of(sitting.article)}?restore={sitting.pk}", follow=True)

    assert response.redirect_chain == [(page_of(sitting.article), 302)]
    assert "saved or discarded meanwhile" in response.content.decode()


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "\x00", ""])
def test_restore_of_nonsense_leads_back_to_the_story(client: Client, desk, journalist, number: str) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = client.get(page_of(article), {"restore": number})

    assert response.status_code in (302, 400)


def test_words_stay_readable_where_the_story_may_not_be_edited_any_more(client: Client, desk, keep, chief) -> None:
    article = desk.live()
    sitting = keep(article, headline="Typed before the kill")
    desk.kill(article)

    response = client.get(f"{page_of(article)}?restore={sitting.pk}", follow=True)

    assert response.redirect_chain == [(unsaved_page(sitting), 302)]
    assert "Typed before the kill" in response.content.decode()
    assert "Copy what you need" in response.content.decode()
