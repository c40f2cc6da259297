"""Addresses that no link leads to: the admin's lists and pages answer them, and never with an error of their own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import NewName
from entities.models import Entity

LISTS = (
    *("articles_article", "articles_image", "articles_author", "articles_section", "articles_newname"),
    *("articles_notification", "entities_entity", "entities_name", "auth_user", "auth_group"),
)
NUL, LONG = "%00", "9" * 5000
# The filters of the list of stories, of notifications, of users, and Django's own parameters.
OURS = (
    *(
        "q",
        "p",
        "o",
        "all",
        "e",
        "section",
        "country",
        "assigned_to",
        "due",
        "date",
        "from",
        "until",
        "read",
        "kind__exact",
    ),
    *("work_state__exact", "pub_state__exact", "priority__exact", "type__exact", "may_syndicate__exact"),
    *(
        "is_staff__exact",
        "groups__id__exact",
        "id__exact",
        "pk__in",
        "saved_at__gte",
        "body__regex",
        "_changelist_filters",
    ),
)
QUERIES = (
    *(f"q={NUL}", f"q={LONG}", f"state={NUL}", f"merged={NUL}", f"p={LONG}", f"o={LONG}", f"id={LONG}"),
    *(f"kind__exact=a{NUL}b", f"category={NUL}", f"strength__exact={NUL}", f"form__exact={NUL}"),
    *(f"{name}={value}" for name in OURS for value in (NUL, LONG, "x%27%22%5B")),
    *(f"entity__isempty={NUL}", f"is_hidden__exact={LONG}", f"id__in={LONG}", f"{NUL}={NUL}", "%ED%A0%80=%ED%A0%80"),
)


@pytest.fixture
def new_name(desk) -> NewName:
    Entity.objects.create(kind="person", name="A. Sample", slug="a-sample").names.create(text="Anny")
    return NewName.objects.create(kind="person", name="Ana Sample", key="ana sample", story_count=1, mention_count=1)


@pytest.mark.parametrize("model", LISTS)
def test_list_answers_hostile_queries(client: Client, new_name, desk, admin_user, model: str) -> None:
    desk.draft()
    client.force_login(admin_user)
    address = reverse(f"admin:{model}_changelist")

    answers = {query[:40]: client.get(f"{address}?{query}", follow=True).status_code for query in QUERIES}

    assert {query: status for query, status in answers.items() if status not in (200, 400)} == {}


@pytest.mark.parametrize("model", LISTS)
def test_list_answers_hostile_choices(client: Client, new_name, desk, admin_user, model: str) -> None:
    desk.draft()
    client.force_login(admin_user)
    address = reverse(f"admin:{model}_changelist")

    for key in ("\x00", LONG, "-1", "9" * 30, "x"):
        for action in ("dismiss", "delete_selected", "submit", "set_due", "mark_read"):
            data = {"action": action, "_selected_action": [key], "index": key}
            assert client.post(address, data, follow=True).status_code in (200, 403)


@pytest.mark.parametrize("model", LISTS)
def test_page_of_a_hostile_key_is_not_found(client: Client, new_name, admin_user, model: str) -> None:
    client.force_login(admin_user)
    address = reverse(f"admin:{model}_changelist")

    for key in ("%00", LONG, "9" * 30, "%ED%A0%80"):
        assert client.get(f"{address}{key}/change/", follow=True).status_code in (200, 404)


@pytest.mark.parametrize("query", ["%00", "a%00b", LONG])
def test_page_of_a_new_name_answers_a_hostile_search(client: Client, new_name, editor, query: str) -> None:
    client.force_login(editor)
    page = reverse("admin:articles_newname_change", args=[new_name.pk])

    assert client.get(f"{page}?q={query}").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"verb": "alias", "alias-to": LONG},
        {"verb": "alias", "alias-to": "\x00"},
        {"verb": "make", "make-name": "a\x00b"},
        {"verb": "make", "make-kind": "\x00"},
        {"verb": "make", "make-country": LONG},
        {"verb": "make", "make-category": "\x00"},
    ],
    ids=lambda sent: ",".join(sent),
)
def test_page_of_a_new_name_says_what_to_mend(client: Client, new_name, editor, sent) -> None:
    client.force_login(editor)
    page = reverse("admin:articles_newname_change", args=[new_name.pk])
    data = {"make-name": "Ana Sample", "make-kind": "person", "make-strength": "strong", "alias-strength": "strong"}

    assert client.post(page, data | sent).status_code == 422
    assert NewName.objects.get().verdict == "proposed"


def test_context_words_lose_a_sign_that_cannot_be_stored(client: Client, new_name, editor) -> None:
    client.force_login(editor)
    page = reverse("admin:articles_newname_change", args=[new_name.pk])
    entity = Entity.objects.get()

    client.post(
        page,
        {"verb": "alias", "alias-to": entity.pk, "alias-strength": "weak", "alias-needs_context": "gen\x00eral; \x00"},
    )

    assert entity.names.get(text="Ana Sample").needs_context == ["general"]
