"""A name of one story as a rule for all: asked, tried, saved, and only by who may change the gazetteer."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from articles import proposing, suggestions
from articles.models import Article, Tag
from articles.models.verdict import Verdict
from entities.models import Entity, Kind, Name


@pytest.fixture
def ship(db) -> Entity:
    return Entity.objects.create(kind=Kind.EQUIPMENT, name="KNM Bluefin", slug="knm-bluefin")


@pytest.fixture
def article(desk, ship) -> Article:
    Name.objects.create(entity=ship, text="Bluefin")
    article = desk.draft("Harbour news", body="<p>The Bluefin left at dawn. The KNM Bluefin came back.</p>")
    proposing.suggest(article.revision_id)
    return desk.fresh(article)


def address(tag: Tag) -> str:
    return f"/admin/articles/article/{tag.article_id}/proposals/tag/{tag.pk}/rule/"


def rule(**told: str) -> dict[str, str]:
    return {"text": "Bluefin", "strength": "strong", "needs_context": ""} | told


def test_rule_asks_about_the_names_in_the_text(client: Client, article, editor) -> None:
    client.force_login(editor)

    html = client.get(address(article.tags.get())).content.decode()

    assert 'value="Bluefin"' in html
    assert 'value="KNM Bluefin"' in html


def test_rule_is_tried_without_being_saved(client: Client, article, editor) -> None:
    client.force_login(editor)

    response = client.post(address(article.tags.get()), rule(strength="forbidden", _try="Try"))

    assert "1 story would change" in response.content.decode()
    assert Name.objects.get(text="Bluefin").strength == "strong"


def test_rule_is_saved_logged_and_the_story_read_again(client, article, editor, monkeypatch, ship) -> None:
    client.force_login(editor)
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args: sent.append((name, args)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda send, **_: send())
        response = client.post(
            address(article.tags.get()),
            rule(strength="weak", needs_context="dawn; harbour", read_again="on", _save="Save"),
        )

    name = Name.objects.get(text="Bluefin")
    assert response.headers["Location"] == f"/admin/articles/article/{article.pk}/change/"
    assert (name.entity, name.strength, name.needs_context) == (ship, "weak", ["dawn", "harbour"])
    assert sent == [("articles.retag_story", [article.pk])]
    assert LogEntry.objects.get(object_id=str(ship.pk)).user == editor


def test_rule_for_a_name_without_a_row_adds_one(client: Client, article, editor, ship) -> None:
    client.force_login(editor)

    client.post(address(article.tags.get()), rule(text="KNM Bluefin", strength="weak", needs_context="dawn"))

    assert Name.objects.get(text="KNM Bluefin").entity == ship


def test_rule_changes_the_row_of_a_merged_entity(client: Client, article, editor, ship) -> None:
    twin = Entity.objects.create(kind=Kind.EQUIPMENT, name="Bluefin two", slug="two", merged_into=ship)
    Name.objects.filter(text="Bluefin").update(entity=twin)
    client.force_login(editor)

    client.post(address(article.tags.get()), rule(strength="forbidden"))

    assert [(name.entity, name.strength) for name in Name.objects.filter(text="Bluefin")] == [(twin, "forbidden")]


def test_rule_leaves_verdicts_alone(client: Client, article, editor) -> None:
    tag = suggestions.confirm_tag(article.tags.get(), by=editor)
    client.force_login(editor)

    client.post(address(tag), rule(strength="forbidden"))
    proposing.suggest(article.revision_id, again=True)

    tag.refresh_from_db()
    assert tag.verdict == Verdict.CONFIRMED


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"strength": "weak"}, "A weak name needs at least one word"),
        ({"strength": "weak", "needs_context": "x" * 61}, "Give single words"),
        ({"text": "Another name"}, "not one of the available choices"),
        ({"strength": "holy"}, "not one of the available choices"),
    ],
)
def test_rule_says_what_to_mend(client: Client, article, editor, told, says) -> None:
    client.force_login(editor)

    response = client.post(address(article.tags.get()), rule(**told))

    assert (response.status_code, says in response.content.decode()) == (422, True)
    assert list(Name.objects.filter(entity__kind="equipment").values_list("text", "strength")) == [
        ("Bluefin", "strong")
    ]


def test_rule_is_closed_to_who_may_not_change_the_gazetteer(client: Client, article, journalist) -> None:
    client.force_login(journalist)
    page = address(article.tags.get())

    assert [client.get(page).status_code, client.post(page, rule()).status_code] == [403, 403]
