"""The queue of new names in the admin: the list, the page, the verbs by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from articles import naming, proposing
from articles.models import NewName
from entities.models import Entity

LIST = reverse("admin:articles_newname_changelist")
BODY = "<p>General Ana Sample spoke in the rain. Sample left.</p>"
MAKE = {
    "verb": "make",
    "make-name": "Ana Sample",
    "make-kind": "person",
    "make-strength": "strong",
    "make-read_again": "on",
}


@pytest.fixture
def new_name(desk) -> NewName:
    proposing.suggest(desk.draft("Rain at the parade", body=BODY).revision_id)
    return NewName.objects.get()


def page_of(new_name: NewName) -> str:
    return reverse("admin:articles_newname_change", args=[new_name.pk])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def names_in(response: Any) -> list[str]:
    return [row.name for row in response.context["cl"].result_list]


def test_list_shows_a_sentence_with_the_words_marked(client: Client, new_name, editor) -> None:
    client.force_login(editor)

    text = text_of(client.get(LIST))

    assert "General <mark>Ana Sample</mark> spoke in the rain." in text
    assert "Rain at the parade" in text


def test_list_has_the_most_frequent_first(client: Client, desk, new_name, editor) -> None:
    for _ in range(2):
        proposing.suggest(desk.draft(body="<p>General Bo Nordahl spoke.</p>").revision_id)
    client.force_login(editor)

    assert names_in(client.get(LIST)) == ["Bo Nordahl", "Ana Sample"]


def test_list_shows_what_is_decided_only_when_asked(client: Client, new_name, editor) -> None:
    naming.dismiss(new_name, by=editor)
    client.force_login(editor)

    assert [names_in(client.get(LIST, {"state": state})) for state in ("", "dismissed", "made")] == [
        [],
        ["Ana Sample"],
        [],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_as_many_queries_for_one_row_as_for_three(
    client: Client, desk, editor, django_assert_num_queries, rows: int
) -> None:
    for name in ("Ana Sample", "Bo Nordahl", "Carl Ekman")[:rows]:
        proposing.suggest(desk.draft(body=f"<p>General {name} spoke.</p>").revision_id)
    client.force_login(editor)
    client.get(LIST)

    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(names_in(response)) == rows


@pytest.mark.parametrize("stories", [1, 3])
def test_page_takes_as_many_queries_for_one_story_as_for_three(
    client: Client, desk, editor, django_assert_num_queries, stories: int
) -> None:
    for _ in range(stories):
        proposing.suggest(desk.draft(body=BODY).revision_id)
    client.force_login(editor)

    with django_assert_num_queries(9):
        client.get(page_of(NewName.objects.get()))


def test_list_dismisses_many_at_once(client: Client, new_name, editor) -> None:
    client.force_login(editor)

    client.post(LIST, {"action": "dismiss", "_selected_action": [new_name.pk]})

    new_name.refresh_from_db()
    assert (new_name.verdict, new_name.verdict_by) == ("rejected", editor)


def test_list_offers_a_reporter_no_action(client: Client, new_name, journalist) -> None:
    client.force_login(journalist)

    client.post(LIST, {"action": "dismiss", "_selected_action": [new_name.pk]})

    assert NewName.objects.get().verdict == "proposed"


def test_page_makes_an_entity_and_reads_the_stories_again(
    client: Client, new_name, editor, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    sent: list[tuple[str, list[int]]] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args: sent.append((name, args)))
    client.force_login(editor)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page_of(new_name), MAKE)

    assert response.headers["Location"] == LIST
    assert Entity.objects.get().name == "Ana Sample"
    assert LogEntry.objects.get().get_change_message() == "Made of a new name."
    assert sent == [("articles.retag_new_name", [new_name.pk])]


def test_page_takes_it_as_another_name(client: Client, new_name, editor) -> None:
    entity = Entity.objects.create(kind="person", name="A. Sample", slug="a-sample")
    client.force_login(editor)
    assert "A. Sample (person)" in text_of(client.get(page_of(new_name)))

    client.post(page_of(new_name), {"verb": "alias", "alias-to": entity.pk, "alias-strength": "strong"})

    assert [alias.text for alias in entity.names.all()] == ["Ana Sample"]


def test_page_finds_the_other_by_search_in_its_aliases(client: Client, new_name, editor) -> None:
    entity = Entity.objects.create(kind="person", name="General Rain", slug="rain")
    entity.names.create(text="Stormy")
    client.force_login(editor)

    assert "General Rain (person)" in text_of(client.get(page_of(new_name), {"q": "storm"}))
    assert "No entity has “snow” in its names." in text_of(client.get(page_of(new_name), {"q": "snow"}))


@pytest.mark.parametrize("verb", ["dismiss", "reconsider"])
def test_page_dismisses_and_takes_back(client: Client, new_name, editor, verb: str) -> None:
    if verb == "reconsider":
        naming.dismiss(new_name, by=editor)
    client.force_login(editor)

    client.post(page_of(new_name), {"verb": verb})

    assert NewName.objects.get().verdict == {"dismiss": "rejected", "reconsider": "proposed"}[verb]


def test_page_tries_without_writing_and_sends_everything_on(client: Client, new_name, editor) -> None:
    client.force_login(editor)

    response = client.post(page_of(new_name), MAKE | {"_try": "Try"})

    text = text_of(response)
    assert "1 story would change" in text
    assert "General <mark>Ana Sample</mark> spoke in the rain." in text
    assert dict(response.context["sent"]) == MAKE
    assert (Entity.objects.count(), NewName.objects.get().verdict) == (0, "proposed")


def test_page_leads_back_to_the_form_as_it_was_left(client: Client, new_name, editor) -> None:
    client.force_login(editor)

    response = client.post(page_of(new_name), MAKE | {"make-name": "Ana Maria", "_edit": "Back"})

    assert 'value="Ana Maria"' in text_of(response)
    assert Entity.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"make-name": ""}, "This field is required"),
        ({"make-kind": "country"}, "Select a valid choice"),
        ({"make-strength": "weak"}, "at least one word"),
        ({"make-strength": "weak", "make-needs_context": "x" * 61}, "longer than 60"),
    ],
)
def test_page_says_what_to_mend(client: Client, new_name, editor, sent, says: str) -> None:
    client.force_login(editor)

    response = client.post(page_of(new_name), MAKE | sent)

    assert response.status_code == 422
    assert says in text_of(response)


def test_page_tells_the_second_editor_what_the_first_has_done(client: Client, new_name, editor, chief) -> None:
    client.force_login(chief)
    naming.dismiss(new_name, by=editor)

    response = client.post(page_of(new_name), MAKE)

    assert response.status_code == 409
    assert "“Ana Sample” is never proposed again, by editor." in text_of(response)


def test_page_is_for_reading_to_a_reporter(client: Client, new_name, journalist) -> None:
    client.force_login(journalist)

    assert "Make the entity" not in text_of(client.get(page_of(new_name)))
    assert client.post(page_of(new_name), MAKE).status_code == 403
    assert Entity.objects.count() == 0


def test_page_of_no_name_is_not_found(client: Client, editor) -> None:
    client.force_login(editor)

    assert {client.get(f"{LIST}{key}/change/").status_code for key in ("0", "x", "99999")} == {404}


def test_hostile_name_is_shown_as_text(client: Client, new_name, editor) -> None:
    hostile = "<script>alert(1)</script>"
    NewName.objects.update(name=hostile)
    client.force_login(editor)

    for address in (LIST, page_of(new_name)):
        assert hostile not in text_of(client.get(address))


def test_words_of_a_killed_story_are_not_shown(client: Client, desk, editor) -> None:
    article = desk.live(body=BODY)
    proposing.suggest(article.revision_id)
    desk.kill(article)
    client.force_login(editor)

    for address in (LIST, page_of(NewName.objects.get())):
        assert "spoke in the rain" not in text_of(client.get(address))


def test_panel_cuts_a_flood_of_names(client: Client, desk, editor, monkeypatch) -> None:
    monkeypatch.setattr("articles.admin.panel.SHOWN_NEW_NAMES", 2)
    article = desk.draft(body="<p>General Ana Sample met General Bo Nordahl and General Carl Ekman.</p>")
    proposing.suggest(article.revision_id)
    client.force_login(editor)

    text = text_of(client.get(reverse("admin:articles_article_change", args=[article.pk])))

    assert [name in text for name in ("Ana Sample</span>", "Bo Nordahl</span>", "Carl Ekman</span>")] == [
        True,
        True,
        False,
    ]
    assert "and 1 more." in text


def test_panel_names_what_waits_and_nothing_dismissed(client: Client, new_name, editor) -> None:
    article = new_name.sightings.get().article
    page = reverse("admin:articles_article_change", args=[article.pk])
    client.force_login(editor)
    assert page_of(new_name) in text_of(client.get(page))

    naming.dismiss(new_name, by=editor)

    assert page_of(new_name) not in text_of(client.get(page))
