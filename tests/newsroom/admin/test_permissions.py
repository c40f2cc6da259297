"""Every address of the admin for every role: one table, and a walk that finds an address it lacks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.models import Article, Image, NewName
from entities.models import Entity, Name

# Name of the address: what a reporter, an editor and the chief get by GET; who is not of the desk is sent to sign in.
OPEN, CLOSED, PRESS = (200, 200, 200), (403, 403, 403), (405, 405, 405)
EDITORS, CHIEF = (403, 200, 200), (403, 403, 200)
TABLE = {
    "index": OPEN,
    "login": (302, 302, 302),
    "logout": PRESS,
    "password_change": OPEN,
    "password_change_done": OPEN,
    "autocomplete": CLOSED,
    "jsi18n": OPEN,
    "view_on_site": (302, 302, 302),
    "read_notifications": PRESS,
    "app_list": OPEN,
    "articles_article_changelist": OPEN,
    "articles_article_add": OPEN,
    "articles_article_change": OPEN,
    "articles_article_history": OPEN,
    "articles_article_delete": CLOSED,
    "articles_article_panel": OPEN,
    "articles_article_people": OPEN,
    "articles_article_comments": OPEN,
    "articles_article_thread": PRESS,
    "articles_article_comment": PRESS,
    "articles_article_decide": PRESS,
    "articles_article_from_text": OPEN,
    "articles_article_checks": PRESS,
    "articles_article_verb": CHIEF,
    "articles_article_compare": OPEN,
    "articles_article_notice_preview": OPEN,
    "articles_article_restore": PRESS,
    "articles_article_revision": OPEN,
    "articles_author_changelist": OPEN,
    "articles_author_add": EDITORS,
    "articles_author_change": OPEN,
    "articles_author_history": OPEN,
    "articles_author_delete": CLOSED,
    "articles_image_changelist": OPEN,
    "articles_image_add": OPEN,
    "articles_image_change": OPEN,
    "articles_image_history": OPEN,
    "articles_image_delete": CLOSED,
    "articles_newname_changelist": OPEN,
    "articles_newname_add": CLOSED,
    "articles_newname_change": OPEN,
    "articles_newname_history": OPEN,
    "articles_newname_delete": CLOSED,
    "articles_section_changelist": OPEN,
    "articles_section_add": CHIEF,
    "articles_section_change": OPEN,
    "articles_section_history": OPEN,
    "articles_section_delete": CLOSED,
    "entities_entity_changelist": OPEN,
    "entities_entity_add": EDITORS,
    "entities_entity_change": OPEN,
    "entities_entity_history": OPEN,
    "entities_entity_delete": CLOSED,
    "entities_entity_merge": EDITORS,
    "entities_entity_unmerge": PRESS,
    "entities_name_changelist": OPEN,
    "entities_name_add": EDITORS,
    "entities_name_change": OPEN,
    "entities_name_history": OPEN,
    "entities_name_delete": EDITORS,
    "auth_user_changelist": CLOSED,
    "auth_user_add": CLOSED,
    "auth_user_change": CLOSED,
    "auth_user_history": CLOSED,
    "auth_user_delete": CLOSED,
    "auth_user_password_change": CLOSED,
    "auth_group_changelist": CLOSED,
    "auth_group_add": CLOSED,
    "auth_group_change": CLOSED,
    "auth_group_history": CLOSED,
    "auth_group_delete": CLOSED,
}
# Addresses that anybody may ask for, with what they then get.
PUBLIC = {"login": 200}


@pytest.fixture
def things(desk, norway) -> dict[str, list[object]]:
    """The arguments of each address that takes some, for things that exist."""
    article = desk.save(desk.live(), headline="Fleet stays out")
    image = Image.objects.create(file="a.webp", sha256="0" * 64, width=1, height=1)
    rows = {
        "articles_article": article.pk,
        "articles_author": desk.author.pk,
        "articles_image": image.pk,
        "articles_newname": NewName.objects.create(name="Bo Nordahl", key="bo nordahl", kind="person").pk,
        "articles_section": desk.section.pk,
        "entities_entity": Entity.objects.create(kind="person", name="Ana Sample", slug="ana-sample").pk,
        "entities_name": Name.objects.first().pk,
        "auth_user": desk.chief.pk,
        "auth_group": desk.chief.groups.get().pk,
    }
    of_one = (
        *("change", "history", "delete", "panel", "checks", "comments", "compare", "merge", "unmerge"),
        "password_change",
    )
    arguments: dict[str, list[object]] = {
        f"{model}_{action}": [pk] for model, pk in rows.items() for action in of_one if f"{model}_{action}" in TABLE
    }
    return arguments | {
        "articles_article_verb": [article.pk, "kill"],
        "articles_article_notice_preview": [article.pk],
        "articles_article_restore": [article.pk, 1],
        "articles_article_revision": [article.pk, 1],
        "articles_article_decide": [article.pk, "tag", 1, "confirm"],
        "articles_article_thread": [article.pk, 1, "reply"],
        "articles_article_comment": [article.pk, 1, "edit"],
        "app_list": ["articles"],
        "view_on_site": [ContentType.objects.get_for_model(Entity).pk, norway.pk],
    }


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def addresses(things: dict[str, list[object]]) -> dict[str, str]:
    query = {"articles_article_compare": "?from=1&to=2"}
    return {name: reverse(f"admin:{name}", args=things.get(name, [])) + query.get(name, "") for name in sorted(TABLE)}


def test_table_names_every_address_of_the_admin() -> None:
    assert set(names(admin.site.get_urls())) == set(TABLE)


@pytest.mark.parametrize(("role", "place"), [("journalist", 0), ("editor", 1), ("chief", 2)])
def test_walk_as_a_member_of_the_desk(client: Client, request, things, role: str, place: int) -> None:
    client.force_login(request.getfixturevalue(role))

    found = {name: client.get(address).status_code for name, address in addresses(things).items()}

    assert found == {name: expected[place] for name, expected in sorted(TABLE.items())}


@pytest.mark.parametrize("role", ["anonymous", "stranger"])
def test_walk_as_somebody_else_leads_to_the_sign_in(client: Client, request, things, role: str) -> None:
    if role == "stranger":
        client.force_login(request.getfixturevalue("stranger"))

    found = {name: client.get(address) for name, address in addresses(things).items()}

    assert {name: answer.status_code for name, answer in found.items()} == {
        name: PUBLIC.get(name, 302) for name in sorted(TABLE)
    }
    led = {answer.headers["Location"].split("?")[0] for answer in found.values() if answer.status_code == 302}
    assert led <= {"/admin/login/", "/admin/"}


@pytest.mark.parametrize("role", ["journalist", "editor", "chief"])
def test_post_to_a_delete_page_is_refused(client: Client, request, things, role: str) -> None:
    client.force_login(request.getfixturevalue(role))
    kept = [name for name in TABLE if name.endswith("_delete") and name != "entities_name_delete"]

    found = {client.post(reverse(f"admin:{name}", args=things[name]), {"post": "yes"}).status_code for name in kept}

    assert found == {403}
    assert Article.objects.count() == 1
