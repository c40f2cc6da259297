"""A change of entities and names is tried before it is saved: page, saving, way back."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.gazetteer_trials import try_change
from articles.models import Mention, Tag
from entities.models import Entity, GazetteerVersion, Name
from tests.entities.admin.test_entity import form_of, page_of

BODY = "<p>The Bluefin left at dawn.</p>"
ADDED = {"names-TOTAL_FORMS": 1, "names-0-text": "Bluefin", "names-0-form": "short", "names-0-strength": "strong"}


@pytest.fixture
def ship(db) -> Entity:
    return Entity.objects.create(kind="equipment", name="KNM Bluefin", slug="knm-bluefin")


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def sent_on(response: Any) -> dict[str, str]:
    return dict(response.context["sent"])


def tried(client: Client, ship: Entity, **fields: Any) -> Any:
    data = form_of(client, ship) | ADDED | {"names-0-entity": ship.pk} | fields
    return client.post(page_of(ship), data | {"_try": "Try it first"})


def test_try_shows_what_would_be_gained_and_saves_nothing(client: Client, desk, ship, editor) -> None:
    desk.draft("Out at sea", body=BODY)
    before = GazetteerVersion.current().number
    client.force_login(editor)

    text = text_of(tried(client, ship))

    assert "1 story would change" in text
    assert "The <mark>Bluefin</mark> left at dawn." in text
    assert "goes out by itself" in text
    assert (Name.objects.count(), GazetteerVersion.current().number) == (0, before)


def test_save_after_trying_saves_what_was_tried(client: Client, ship, editor) -> None:
    client.force_login(editor)
    response = tried(client, ship, name="HNoMS Bluefin")

    saved = client.post(page_of(ship), sent_on(response) | {"_save": "Save"})

    ship.refresh_from_db()
    assert saved.status_code == 302
    assert (ship.name, [name.text for name in ship.names.all()]) == ("HNoMS Bluefin", ["Bluefin"])


def test_back_shows_the_form_as_it_was_left(client: Client, ship, editor) -> None:
    client.force_login(editor)
    response = tried(client, ship, name="HNoMS Bluefin")

    back = client.post(page_of(ship), sent_on(response) | {"_edit": "Back"})

    text = text_of(back)
    assert back.status_code == 200
    assert 'value="HNoMS Bluefin"' in text
    assert 'value="Bluefin"' in text
    assert "Not saved" not in text
    assert Name.objects.count() == 0


@pytest.mark.parametrize("fields", [{"name": ""}, {"names-0-text": ""}, {"names-0-strength": "firm"}])
def test_try_says_what_to_mend_and_saves_nothing(client: Client, ship, editor, fields) -> None:
    client.force_login(editor)

    response = tried(client, ship, **fields)

    ship.refresh_from_db()
    assert "Not saved" in text_of(response)
    assert (ship.name, Name.objects.count()) == ("KNM Bluefin", 0)


def test_try_of_a_removed_name_shows_what_would_be_lost(client: Client, desk, ship, editor) -> None:
    name = Name.objects.create(entity=ship, text="Bluefin")
    desk.draft(body=BODY)
    client.force_login(editor)

    data = form_of(client, ship) | {"names-0-DELETE": "on", "_try": "Try it first"}
    text = text_of(client.post(page_of(ship), data))

    assert "went out by itself" in text
    assert Name.objects.get() == name


def test_try_of_a_new_entity(client: Client, desk, editor) -> None:
    desk.draft(body=BODY)
    client.force_login(editor)
    data = {
        "name": "Bluefin",
        "kind": "equipment",
        "slug": "bluefin",
        "_try": "Try it first",
        **{f"{prefix}-{field}": 0 for prefix in ("names", "relations") for field in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }

    text = text_of(client.post(reverse("admin:entities_entity_add"), data))

    assert "1 story would change" in text
    assert Entity.objects.count() == 0


def test_try_of_a_forbidden_text(client: Client, desk, norway, editor) -> None:
    desk.draft(body="<p>The Norwegian Star sank.</p>")
    before = Name.objects.count()
    client.force_login(editor)

    data = {"text": "Norwegian Star", "case_sensitive": "on", "_try": "Try it first"}
    text = text_of(client.post(reverse("admin:entities_name_add"), data))

    assert "The <mark>Norwegian</mark> Star sank." in text
    assert Name.objects.count() == before


def test_try_of_a_name_on_its_own_page(client: Client, desk, ship, editor) -> None:
    name = Name.objects.create(entity=ship, text="Bluefin")
    desk.draft(body=BODY)
    client.force_login(editor)

    data = {"text": "Bluefin", "form": "name", "strength": "weak", "needs_context": "dawn", "_try": "Try it first"}
    text = text_of(client.post(reverse("admin:entities_name_change", args=[name.pk]), data))

    name.refresh_from_db()
    assert "now only proposed" in text
    assert name.strength == "strong"


def test_try_where_nothing_changes(client: Client, desk, ship, editor) -> None:
    desk.draft(body="<p>Nobody left.</p>")
    client.force_login(editor)

    text = text_of(tried(client, ship))

    assert "Nothing would change" in text
    assert "All 1 story on the desk was read" in text


def test_try_says_how_many_were_read(client: Client, desk, ship, editor, monkeypatch) -> None:
    for _ in range(3):
        desk.draft(body=BODY)
    monkeypatch.setattr("articles.admin.trial_page.try_change", partial(try_change, most=2, seconds=60))
    client.force_login(editor)

    assert "The newest 2 of 3 stories were read" in text_of(tried(client, ship))


def test_try_asks_to_wait_and_keeps_what_was_typed(client: Client, ship, editor, monkeypatch) -> None:
    monkeypatch.setattr("articles.gazetteer_trials._is_free", lambda place: False)
    client.force_login(editor)

    response = tried(client, ship, name="HNoMS Bluefin")

    text = text_of(response)
    assert response.status_code == 503
    assert "Others are trying a change at this moment: try again in a few seconds." in text
    assert 'name="_try" value="Try again"' in text
    assert "stories were read" not in text
    assert "Nothing would change" not in text
    monkeypatch.undo()
    again = client.post(page_of(ship), sent_on(response) | {"_try": "Try again"})
    assert (again.status_code, sent_on(again)["name"]) == (200, "HNoMS Bluefin")


def test_try_is_for_who_may_change(client: Client, ship, editor, journalist) -> None:
    client.force_login(editor)
    data = form_of(client, ship) | {"_try": "Try it first"}
    client.force_login(journalist)

    assert client.post(page_of(ship), data).status_code == 403
    assert "Try it first" not in text_of(client.get(page_of(ship)))


@pytest.mark.parametrize("stories", [1, 3])
def test_try_takes_as_many_queries_for_one_story_as_for_three(
    client: Client, desk, ship, editor, django_assert_num_queries, stories: int
) -> None:
    for _ in range(stories):
        desk.draft(body=BODY)
    client.force_login(editor)
    tried(client, ship)
    data = form_of(client, ship) | ADDED | {"names-0-entity": ship.pk, "_try": "Try it first"}

    with django_assert_num_queries(41):
        client.post(page_of(ship), data)


def warned(client: Client, desk, ship, norway, editor, **fields: Any) -> Any:
    """Save an alias whose word stands for Norway in a story, and is a name of a person."""
    article = desk.draft("Out at sea", body=BODY)
    tag = Tag.objects.create(article=article, entity=norway, score=0.5)
    Mention.objects.create(tag=tag, revision=article.revision, start=4, end=11, surface="Bluefin")
    person = Entity.objects.create(kind="person", name="Bo Bluefin", slug="bo-bluefin")
    Name.objects.create(entity=person, text="BLUEFIN")
    client.force_login(editor)
    data = form_of(client, ship) | ADDED | {"names-0-entity": ship.pk} | fields
    return client.post(page_of(ship), data | {"_save": "Save"})


def test_save_of_a_word_that_means_something_else_is_tried_first(client: Client, desk, ship, norway, editor) -> None:
    response = warned(client, desk, ship, norway, editor)

    text = text_of(response)
    assert "<strong>“Bluefin”</strong> stands in 1 story as something else: Norway (1)." in text
    assert "is also a name of" in text
    assert "1 story would change" in text
    assert not ship.names.exists()


def test_save_after_the_warning_saves(client: Client, desk, ship, norway, editor) -> None:
    response = warned(client, desk, ship, norway, editor)

    saved = client.post(page_of(ship), sent_on(response) | {"_save": "Save"})

    assert saved.status_code == 302
    assert [name.text for name in ship.names.all()] == ["Bluefin"]


def test_forbidden_word_needs_no_warning(client: Client, desk, ship, norway, editor) -> None:
    response = warned(client, desk, ship, norway, editor, **{"names-0-strength": "forbidden"})

    assert response.status_code == 302
    assert [name.text for name in ship.names.all()] == ["Bluefin"]
