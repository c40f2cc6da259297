"""The entities desk: finding, aliases, merging with preview, and undoing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify

from entities.merging import merge
from entities.models import Entity, Name, Strength

LIST = reverse("admin:entities_entity_changelist")


def person(name: str, **columns: Any) -> Entity:
    return Entity.objects.create(kind="person", name=name, slug=slugify(name), **columns)


def page_of(entity: Entity, action: str = "change") -> str:
    return reverse(f"admin:entities_entity_{action}", args=[entity.pk])


def form_of(client: Client, entity: Entity) -> dict[str, Any]:
    """What a browser would send back from the page of an entity."""
    context = client.get(page_of(entity)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: "" if value is None else value for name, value in data.items() if value is not False}


def test_search_finds_by_alias_once(client: Client, editor) -> None:
    entity = person("Ana Sample")
    for text in ("A. Sample", "Minister Sample"):
        Name.objects.create(entity=entity, text=text)
    client.force_login(editor)

    response = client.get(LIST, {"q": "Sample"})

    assert [found.name for found in response.context["cl"].result_list] == ["Ana Sample"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_as_many_queries_for_one_row_as_for_three(
    client: Client, editor, norway, django_assert_num_queries, rows: int
) -> None:
    for number in range(rows):
        entity = person(f"Person {number}", country=norway.country_facts)
        Name.objects.create(entity=entity, text=f"P{number}")
    client.force_login(editor)
    client.get(LIST)

    with django_assert_num_queries(10):
        client.get(LIST, {"kind__exact": "person"})


def test_alias_is_saved_with_its_context_words(client: Client, editor) -> None:
    entity = person("Ana Sample")
    client.force_login(editor)
    added = {
        "names-TOTAL_FORMS": 1,
        "names-0-entity": entity.pk,
        "names-0-text": "Sample",
        "names-0-form": "short",
        "names-0-strength": "weak",
        "names-0-needs_context": "minister; defence ministry ;",
    }

    response = client.post(page_of(entity), form_of(client, entity) | added)

    alias = Name.objects.get()
    assert response.status_code == 302
    assert (alias.text, alias.strength, alias.needs_context) == ("Sample", "weak", ["minister", "defence ministry"])


def test_page_saved_unchanged_changes_nothing(client: Client, editor) -> None:
    entity = person("Ana Sample")
    Name.objects.create(entity=entity, text="Sample", strength="weak", needs_context=["minister", "ministry"])
    client.force_login(editor)

    client.post(page_of(entity), form_of(client, entity))

    alias = Name.objects.get()
    assert (alias.text, alias.needs_context) == ("Sample", ["minister", "ministry"])


def test_country_shows_its_facts_and_keeps_its_kind(client: Client, editor, norway) -> None:
    client.force_login(editor)

    response = client.get(page_of(norway))

    page = response.content.decode()
    assert "ISO 3166-1" in page
    assert "NOR" in page
    assert "kind" not in response.context["adminform"].form.fields


def test_nothing_else_becomes_a_country(client: Client, editor) -> None:
    client.force_login(editor)

    form = client.get(reverse("admin:entities_entity_add")).context["adminform"].form

    assert "country" not in dict(form.fields["kind"].choices)


def test_merge_page_proposes_entities_that_share_a_telling_word(client: Client, editor) -> None:
    entity, other = person("Ana Sample"), person("A. Sample")
    person("Somebody Else")
    client.force_login(editor)

    response = client.get(page_of(entity, "merge"))

    assert response.context["candidates"] == [other]


def test_merge_shows_both_before_anything_happens(client: Client, editor) -> None:
    entity, target = person("A. Sample"), person("Ana Sample")
    client.force_login(editor)

    page = client.get(page_of(entity, "merge"), {"into": target.pk}).content.decode()

    assert "becomes this one" in page
    assert Entity.objects.get(pk=entity.pk).merged_into is None


def test_merge_page_shows_names_that_join_and_those_read_otherwise(client: Client, editor) -> None:
    entity, target = person("A. Sample"), person("Ana Sample")
    for text, strength in (("Sampler", "strong"), ("Sample", "strong"), ("Ms Sample", "strong")):
        Name.objects.create(entity=entity, text=text, strength=strength)
    Name.objects.create(entity=target, text="Sample", strength="forbidden")
    Name.objects.create(entity=target, text="Ms Sample")
    client.force_login(editor)

    response = client.get(page_of(entity, "merge"), {"into": target.pk})

    shown = {which: [name.text for name in names] for which, names in response.context["names"].items()}
    assert shown == {"new": ["Sampler"], "too": ["Ms Sample"], "otherwise": ["Sample"]}
    assert "“Sample” is strong here and forbidden there: forbidden wins." in response.content.decode()


def test_merge_page_refuses_two_kinds_before_anything_is_pressed(client: Client, editor, norway) -> None:
    entity = person("A. Sample")
    client.force_login(editor)

    page = client.get(page_of(entity, "merge"), {"into": norway.pk}).content.decode()

    assert "change the kind of one of them first" in page
    assert ">Merge</button>" not in page


def test_merge_is_in_the_history_of_the_entity(client: Client, editor) -> None:
    entity, target = person("A. Sample"), person("Ana Sample")
    client.force_login(editor)

    client.post(page_of(entity, "merge"), {"into": target.pk})
    client.post(page_of(entity, "unmerge"))

    told = LogEntry.objects.filter(object_id=entity.pk).order_by("pk").values_list("change_message", flat=True)
    assert list(told) == ["Merged into “Ana Sample”.", "Merge into “Ana Sample” undone."]


def test_merge_and_undo(client: Client, editor) -> None:
    entity, target = person("A. Sample"), person("Ana Sample")
    client.force_login(editor)

    client.post(page_of(entity, "merge"), {"into": target.pk})
    merged = Entity.objects.get(pk=entity.pk).merged_into
    client.post(page_of(entity, "unmerge"))

    assert (merged, Entity.objects.get(pk=entity.pk).merged_into) == (target, None)


def test_merge_refused_by_the_verb_says_why(client: Client, editor, norway, finland) -> None:
    client.force_login(editor)

    response = client.post(page_of(norway, "merge"), {"into": finland.pk})

    assert response.status_code == 422
    assert "Countries follow ISO 3166-1 and are never merged." in response.content.decode()


@pytest.mark.parametrize("into", ["", "x", "999999"])
def test_merge_into_nothing_is_refused(client: Client, editor, into: str) -> None:
    entity = person("A. Sample")
    client.force_login(editor)

    response = client.post(page_of(entity, "merge"), {"into": into})

    assert response.status_code == 422
    assert Entity.objects.get(pk=entity.pk).merged_into is None


@pytest.mark.parametrize("action", ["merge", "unmerge"])
def test_merging_is_closed_to_reporters(client: Client, journalist, action: str) -> None:
    entity, target = person("A. Sample"), person("Ana Sample")
    merge(entity, into=target)
    client.force_login(journalist)

    response = client.post(page_of(entity, action), {"into": target.pk})

    assert response.status_code == 403
    assert Entity.objects.get(pk=entity.pk).merged_into == target


def test_autocomplete_offers_no_merged_entity(client: Client, editor) -> None:
    entity, target = person("A. Sample"), person("Ana Sample")
    merge(entity, into=target)
    client.force_login(editor)
    asked = {"app_label": "entities", "model_name": "relation", "field_name": "object", "term": "Sample"}

    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [row["text"] for row in found] == ["Ana Sample"]


def test_new_name_is_a_text_that_is_never_any_entity(client: Client, editor) -> None:
    client.force_login(editor)

    response = client.post(reverse("admin:entities_name_add"), {"text": "South China Sea", "case_sensitive": "on"})

    name = Name.objects.get()
    assert (response.status_code, name.entity, name.strength) == (302, None, Strength.FORBIDDEN)
    assert "South China Sea" in str(next(iter(get_messages(response.wsgi_request))))


@pytest.mark.parametrize(
    ("text", "says"),
    [("Sam\u200bple", "is a name of this entity already"), ("\u200b", "Nothing of this name can be seen")],
)
def test_alias_that_cannot_be_told_apart_is_refused(client: Client, editor, text: str, says: str) -> None:
    entity = person("Ana Sample")
    Name.objects.create(entity=entity, text="Sample")
    client.force_login(editor)
    added = {"names-TOTAL_FORMS": 2, "names-1-entity": entity.pk, "names-1-text": text, "names-1-form": "name"}

    response = client.post(page_of(entity), form_of(client, entity) | added | {"names-1-strength": "strong"})

    assert response.status_code == 200
    assert says in response.content.decode()
    assert Name.objects.count() == 1
