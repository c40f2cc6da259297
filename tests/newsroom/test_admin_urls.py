"""Every address of the admin for every role, by GET and by POST: who gets what, and never a 500.

The addresses come from the resolver, so that a new one without an expectation fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from articles import diary, exercise_facts, front, storylines
from articles.day_precision import read_days
from articles.models import ErrorReport, Image, NewName, Notification, Quote, StandingPage, Tag
from entities.models import Entity, Name
from newsroom.accounts import guesses
from newsroom.accounts.models import AccountEvent, Lock
from newsroom.partners.models import AccessEvent, WebhookDelivery
from newsroom.partners.webhooks.endpoints import make_endpoint
from newsroom.partners.webhooks.payloads import PRODUCTS_CHANGED
from newsroom.partners.webhooks.signing import new_webhook_id
from newsroom.wire.models import WireItem, WireSource
from tests.desk import make_person

# What a reporter, an editor, the chief and a superuser get.
MEMBERS = ("journalist", "editor", "chief", "superuser")
OPEN, CLOSED = (200, 200, 200, 200), (403, 403, 403, 403)
EDITORS, CHIEF, SUPERUSER = (403, 200, 200, 200), (403, 403, 200, 200), (403, 403, 403, 200)
NO_SUCH_WAY, LED_ON, MISSING = (405, 405, 405, 405), (302, 302, 302, 302), (404, 404, 404, 404)
# An empty form comes back with what it lacks.
ASKED_AGAIN, UNREADABLE, STALE = (422, 422, 422, 422), (400, 400, 400, 400), (409, 409, 409, 409)
EDITORS_ASKED_AGAIN, EDITORS_MISSING, EDITORS_LED_ON = (403, 422, 422, 422), (403, 404, 404, 404), (403, 302, 302, 302)
EDITORS_STALE = (403, 409, 409, 409)
CHIEF_ASKED_AGAIN, CHIEF_LED_ON, SUPERUSER_LED_ON = (403, 403, 422, 422), (403, 403, 302, 302), (403, 403, 403, 302)
# Name of the address: by GET, and by POST with nothing filled in. Whoever is not of the desk is sent to sign in.
TABLE = {
    "accounts/accountevent/<path:object_id>/": (LED_ON, LED_ON),
    "accounts/accountevent/export.csv": (CHIEF, NO_SUCH_WAY),
    "accounts/lock/<path:object_id>/": (LED_ON, LED_ON),
    "accounts/lock/export.csv": (CHIEF, NO_SUCH_WAY),
    "accounts_accountevent_add": (CLOSED, CLOSED),
    "accounts_accountevent_change": (CHIEF, CLOSED),
    "accounts_accountevent_changelist": (CHIEF, CHIEF),
    "accounts_accountevent_delete": (CLOSED, CLOSED),
    "accounts_accountevent_history": (CHIEF, CHIEF),
    "accounts_lock_add": (CLOSED, CLOSED),
    "accounts_lock_change": (CHIEF, CHIEF_LED_ON),
    "accounts_lock_changelist": (CHIEF, CHIEF),
    "accounts_lock_delete": (CLOSED, CLOSED),
    "accounts_lock_history": (CHIEF, CHIEF),
    "app_list": (OPEN, OPEN),
    "articles/article/<path:object_id>/": (LED_ON, LED_ON),
    "articles/article/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/author/<path:object_id>/": (LED_ON, LED_ON),
    "articles/author/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/diaryentry/<path:object_id>/": (LED_ON, LED_ON),
    "articles/diaryentry/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/errorreport/<path:object_id>/": (LED_ON, LED_ON),
    "articles/errorreport/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/exerciseedition/<path:object_id>/": (LED_ON, LED_ON),
    "articles/exerciseedition/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/frontslot/<path:object_id>/": (LED_ON, LED_ON),
    "articles/frontslot/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/image/<path:object_id>/": (LED_ON, LED_ON),
    "articles/image/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/newname/<path:object_id>/": (LED_ON, LED_ON),
    "articles/newname/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/notification/<path:object_id>/": (LED_ON, LED_ON),
    "articles/notification/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/section/<path:object_id>/": (LED_ON, LED_ON),
    "articles/section/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/standingpage/<path:object_id>/": (LED_ON, LED_ON),
    "articles/storyline/<path:object_id>/": (LED_ON, LED_ON),
    "articles/storyline/export.csv": (OPEN, NO_SUCH_WAY),
    "articles/standingpage/export.csv": (OPEN, NO_SUCH_WAY),
    "articles_article_add": (OPEN, LED_ON),
    "articles_article_add_quote": (NO_SUCH_WAY, ASKED_AGAIN),
    "articles_article_add_tag": (NO_SUCH_WAY, LED_ON),
    "articles_article_alias_rule": (EDITORS, EDITORS_ASKED_AGAIN),
    "articles_article_arrange": (EDITORS, EDITORS_ASKED_AGAIN),
    "articles_article_change": (OPEN, ASKED_AGAIN),
    "articles_article_changelist": (OPEN, OPEN),
    "articles_article_checks": (NO_SUCH_WAY, OPEN),
    "articles_article_comment": (NO_SUCH_WAY, MISSING),
    "articles_article_comments": (OPEN, LED_ON),
    "articles_article_compare": (OPEN, OPEN),
    "articles_article_confirm_all": (NO_SUCH_WAY, LED_ON),
    "articles_article_decide": (NO_SUCH_WAY, LED_ON),
    "articles_article_delete": (CLOSED, CLOSED),
    "articles_article_discard": (NO_SUCH_WAY, LED_ON),
    "articles_article_entities": (OPEN, NO_SUCH_WAY),
    "articles_article_find": (OPEN, NO_SUCH_WAY),
    "articles_article_forget_list": (NO_SUCH_WAY, MISSING),
    "articles_article_from_text": (OPEN, ASKED_AGAIN),
    "articles_article_heartbeat": (NO_SUCH_WAY, UNREADABLE),
    "articles_article_history": (OPEN, OPEN),
    "articles_article_keep_list": (NO_SUCH_WAY, LED_ON),
    "articles_article_notice_preview": (OPEN, OPEN),
    "articles_article_panel": (OPEN, NO_SUCH_WAY),
    "articles_article_people": (OPEN, NO_SUCH_WAY),
    "articles_article_preview": (NO_SUCH_WAY, ASKED_AGAIN),
    "articles_article_quote": (OPEN, UNREADABLE),
    "articles_article_restore": (NO_SUCH_WAY, STALE),
    "articles_article_revision": (OPEN, OPEN),
    "articles_article_revoke": (NO_SUCH_WAY, OPEN),
    "articles_article_run_again": (NO_SUCH_WAY, LED_ON),
    "articles_article_share": (NO_SUCH_WAY, OPEN),
    "articles_article_storylines": (NO_SUCH_WAY, MISSING),
    "articles_article_take_back": (NO_SUCH_WAY, MISSING),
    "articles_article_thread": (NO_SUCH_WAY, MISSING),
    "articles_article_unsaved": (LED_ON, NO_SUCH_WAY),
    "articles_article_verb": (CHIEF, CHIEF_ASKED_AGAIN),
    "articles_author_add": (EDITORS, EDITORS),
    "articles_author_change": (OPEN, EDITORS),
    "articles_author_changelist": (OPEN, OPEN),
    "articles_author_delete": (CLOSED, CLOSED),
    "articles_author_history": (OPEN, OPEN),
    "articles_diaryentry_add": (OPEN, OPEN),
    "articles_diaryentry_change": (OPEN, OPEN),
    "articles_diaryentry_changelist": (OPEN, OPEN),
    "articles_diaryentry_delete": (CLOSED, CLOSED),
    "articles_diaryentry_history": (OPEN, OPEN),
    "articles_diaryentry_month": (OPEN, OPEN),
    "articles_errorreport_add": (CLOSED, CLOSED),
    "articles_errorreport_change": (OPEN, MISSING),
    "articles_errorreport_changelist": (OPEN, OPEN),
    "articles_errorreport_delete": (CLOSED, CLOSED),
    "articles_errorreport_history": (OPEN, OPEN),
    "articles_exerciseedition_add": (EDITORS, EDITORS),
    "articles_exerciseedition_change": (OPEN, EDITORS),
    "articles_exerciseedition_changelist": (OPEN, OPEN),
    "articles_exerciseedition_confirm": (EDITORS, EDITORS_LED_ON),
    "articles_exerciseedition_delete": (CLOSED, CLOSED),
    "articles_exerciseedition_history": (OPEN, OPEN),
    "articles_exerciseedition_report": (EDITORS, EDITORS_ASKED_AGAIN),
    "articles_exerciseedition_take_back": (EDITORS, EDITORS_LED_ON),
    "articles_frontslot_add": (CLOSED, CLOSED),
    "articles_frontslot_change": (LED_ON, LED_ON),
    "articles_frontslot_changelist": (OPEN, EDITORS_STALE),
    "articles_frontslot_delete": (CLOSED, CLOSED),
    "articles_frontslot_history": (OPEN, OPEN),
    "articles_frontslot_named": (EDITORS_LED_ON, NO_SUCH_WAY),
    "articles_frontslot_page": (OPEN, EDITORS_LED_ON),
    "articles_frontslot_section": (OPEN, EDITORS_LED_ON),
    "articles_image_add": (OPEN, OPEN),
    "articles_image_change": (OPEN, OPEN),
    "articles_image_changelist": (OPEN, OPEN),
    "articles_image_chooser": (OPEN, NO_SUCH_WAY),
    "articles_image_delete": (CLOSED, CLOSED),
    "articles_image_details": (NO_SUCH_WAY, ASKED_AGAIN),
    "articles_image_facts": (NO_SUCH_WAY, OPEN),
    "articles_image_history": (OPEN, OPEN),
    "articles_image_render": (NO_SUCH_WAY, LED_ON),
    "articles_image_thumbnail": (MISSING, NO_SUCH_WAY),
    "articles_image_upload": (NO_SUCH_WAY, ASKED_AGAIN),
    "articles_image_upload_several": (OPEN, ASKED_AGAIN),
    "articles_newname_add": (CLOSED, CLOSED),
    "articles_newname_change": (OPEN, EDITORS_MISSING),
    "articles_newname_changelist": (OPEN, OPEN),
    "articles_newname_delete": (CLOSED, CLOSED),
    "articles_newname_history": (OPEN, OPEN),
    "articles_notification_add": (CLOSED, CLOSED),
    "articles_notification_change": (MISSING, MISSING),
    "articles_notification_changelist": (OPEN, OPEN),
    "articles_notification_delete": (CLOSED, CLOSED),
    "articles_notification_history": (LED_ON, LED_ON),
    "articles_notification_mail": (OPEN, OPEN),
    "articles_notification_read": (NO_SUCH_WAY, LED_ON),
    "articles_notification_unread": (OPEN, NO_SUCH_WAY),
    "articles_section_add": (CHIEF, CHIEF),
    "articles_section_change": (OPEN, CHIEF),
    "articles_section_changelist": (OPEN, OPEN),
    "articles_section_delete": (CLOSED, CLOSED),
    "articles_section_history": (OPEN, OPEN),
    "articles_standingpage_add": (CHIEF, CHIEF_ASKED_AGAIN),
    "articles_standingpage_change": (OPEN, CHIEF_ASKED_AGAIN),
    "articles_standingpage_changelist": (OPEN, OPEN),
    "articles_standingpage_delete": (CLOSED, CLOSED),
    "articles_standingpage_history": (OPEN, OPEN),
    "articles_standingpage_versions": (OPEN, OPEN),
    "articles_storyline_add": (EDITORS, EDITORS),
    "articles_storyline_change": (OPEN, EDITORS),
    "articles_storyline_changelist": (OPEN, OPEN),
    "articles_storyline_delete": (CLOSED, CLOSED),
    "articles_storyline_history": (OPEN, OPEN),
    "articles_storyline_stories": (NO_SUCH_WAY, MISSING),
    "auth/group/<path:object_id>/": (LED_ON, LED_ON),
    "auth/group/export.csv": (SUPERUSER, NO_SUCH_WAY),
    "auth/user/<path:object_id>/": (LED_ON, LED_ON),
    "auth/user/export.csv": (SUPERUSER, NO_SUCH_WAY),
    "auth_group_add": (SUPERUSER, SUPERUSER),
    "auth_group_change": (SUPERUSER, SUPERUSER),
    "auth_group_changelist": (SUPERUSER, SUPERUSER),
    "auth_group_delete": (SUPERUSER, SUPERUSER),
    "auth_group_history": (SUPERUSER, SUPERUSER),
    "auth_user_add": (SUPERUSER, SUPERUSER),
    "auth_user_change": (SUPERUSER, SUPERUSER),
    "auth_user_changelist": (SUPERUSER, SUPERUSER),
    "auth_user_delete": (SUPERUSER, SUPERUSER),
    "auth_user_history": (SUPERUSER, SUPERUSER),
    "auth_user_password_change": (SUPERUSER, SUPERUSER),
    "auth_user_second_factor": (SUPERUSER, SUPERUSER_LED_ON),
    "autocomplete": (CLOSED, NO_SUCH_WAY),
    "board": (OPEN, NO_SUCH_WAY),
    "entities/entity/<path:object_id>/": (LED_ON, LED_ON),
    "entities/entity/export.csv": (OPEN, NO_SUCH_WAY),
    "entities/name/<path:object_id>/": (LED_ON, LED_ON),
    "entities/name/export.csv": (OPEN, NO_SUCH_WAY),
    "entities_entity_add": (EDITORS, EDITORS),
    "entities_entity_change": (OPEN, EDITORS),
    "entities_entity_changelist": (OPEN, OPEN),
    "entities_entity_delete": (CLOSED, CLOSED),
    "entities_entity_history": (OPEN, OPEN),
    "entities_entity_merge": (EDITORS, EDITORS_ASKED_AGAIN),
    "entities_entity_rejected_names": (OPEN, NO_SUCH_WAY),
    "entities_entity_unmerge": (NO_SUCH_WAY, EDITORS_LED_ON),
    "entities_name_add": (EDITORS, EDITORS),
    "entities_name_change": (OPEN, EDITORS),
    "entities_name_changelist": (OPEN, OPEN),
    "entities_name_delete": (EDITORS, EDITORS),
    "entities_name_history": (OPEN, OPEN),
    "index": (OPEN, OPEN),
    "insight": (EDITORS, NO_SUCH_WAY),
    "jsi18n": (OPEN, NO_SUCH_WAY),
    "login": (LED_ON, OPEN),
    "logout": (NO_SUCH_WAY, OPEN),
    "partners/accessevent/<path:object_id>/": (LED_ON, LED_ON),
    "partners/accessevent/export.csv": (CHIEF, NO_SUCH_WAY),
    "partners/partner/<path:object_id>/": (LED_ON, LED_ON),
    "partners/partner/export.csv": (EDITORS, NO_SUCH_WAY),
    "partners/product/<path:object_id>/": (LED_ON, LED_ON),
    "partners/product/export.csv": (EDITORS, NO_SUCH_WAY),
    "partners_accessevent_add": (CLOSED, CLOSED),
    "partners_accessevent_change": (CHIEF, CLOSED),
    "partners_accessevent_changelist": (CHIEF, CHIEF),
    "partners_accessevent_delete": (CLOSED, CLOSED),
    "partners_accessevent_history": (CHIEF, CHIEF),
    "partners_partner_add": (CHIEF, CHIEF),
    "partners_partner_change": (EDITORS, CHIEF),
    "partners_partner_change_key": (CHIEF, CHIEF_ASKED_AGAIN),
    "partners_partner_changelist": (EDITORS, EDITORS),
    "partners_partner_delete": (CLOSED, CLOSED),
    "partners_partner_history": (EDITORS, EDITORS),
    "partners_partner_make_key": (CHIEF, CHIEF_ASKED_AGAIN),
    "partners_partner_revoke_key": (CHIEF, CHIEF_ASKED_AGAIN),
    "partners_partner_rotate_key": (CHIEF, CHIEF_ASKED_AGAIN),
    "partners_partner_webhook": (EDITORS, NO_SUCH_WAY),
    "partners_partner_webhook_redeliver": (NO_SUCH_WAY, CHIEF_LED_ON),
    "partners_partner_webhook_switch": (NO_SUCH_WAY, CHIEF_LED_ON),
    "partners_product_add": (CHIEF, CHIEF),
    "partners_product_change": (EDITORS, CHIEF),
    "partners_product_changelist": (EDITORS, EDITORS),
    "partners_product_delete": (CLOSED, CLOSED),
    "partners_product_history": (EDITORS, EDITORS),
    "password_change": (OPEN, OPEN),
    "password_change_done": (OPEN, NO_SUCH_WAY),
    "view_on_site": (LED_ON, LED_ON),
    "wire/wireitem/<path:object_id>/": (LED_ON, LED_ON),
    "wire/wireitem/export.csv": (OPEN, NO_SUCH_WAY),
    "wire/wiresource/<path:object_id>/": (LED_ON, LED_ON),
    "wire/wiresource/export.csv": (OPEN, NO_SUCH_WAY),
    "wire_wireitem_add": (CLOSED, CLOSED),
    "wire_wireitem_change": (OPEN, MISSING),
    "wire_wireitem_changelist": (OPEN, OPEN),
    "wire_wireitem_delete": (CLOSED, CLOSED),
    "wire_wireitem_history": (OPEN, OPEN),
    "wire_wiresource_add": (EDITORS, EDITORS),
    "wire_wiresource_ask": (NO_SUCH_WAY, EDITORS_LED_ON),
    "wire_wiresource_change": (OPEN, EDITORS),
    "wire_wiresource_changelist": (OPEN, OPEN),
    "wire_wiresource_delete": (CLOSED, CLOSED),
    "wire_wiresource_history": (OPEN, OPEN),
    "wire_wiresource_try": (NO_SUCH_WAY, EDITORS),
    "wire_wiresource_try_saved": (NO_SUCH_WAY, EDITORS),
    "(?P<url>.*)": (MISSING, MISSING),
}
# Addresses that anybody may ask for.
PUBLIC = {"login": 200}
# Takes <int:pk> and (?P<url>.*)$ as their names.
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@pytest.fixture
def rows(desk, norway, colleague, keys, about_norway) -> dict[str, object]:
    """A row of each kind that the admin shows."""
    article = desk.save(desk.live(), headline="Fleet stays out")
    tag = Tag.objects.create(article=article, entity=norway, score=0.5)
    quote = Quote.objects.create(
        article=article, revision=article.revision, text="return to port by Friday", start=33, end=57
    )
    key = keys.make()[0]
    endpoint, _ = make_endpoint(key, url="https://hooks.partner.example/newsroom")
    message = endpoint.deliveries.create(
        webhook_id=new_webhook_id(),
        type=WebhookDelivery.Type.RESYNC,
        reason=PRODUCTS_CHANGED,
        is_fast=True,
        next_attempt_at=timezone.now(),
    )
    guesses.count("journalist", address="203.0.113.9")
    drill = Entity.objects.create(kind="exercise", name="Drill", slug="drill")
    edition = exercise_facts.save_edition(by=desk.editor, exercise=drill, year=2026)
    fact = exercise_facts.report(edition, by=desk.editor, article=article, kind="host", entity=norway)
    source = WireSource.objects.create(name="Coast", url="https://coast.example.org/feed", credit="Coast Agency")
    return {
        "accounts/accountevent": AccountEvent.objects.order_by("pk").values_list("pk", flat=True)[0],
        "accounts/lock": Lock.objects.get().pk,
        "partners/accessevent": AccessEvent.objects.order_by("pk").values_list("pk", flat=True)[0],
        "tag": tag.pk,
        "webhook": endpoint.pk,
        "delivery": message.pk,
        "quote": quote.pk,
        "articles/article": article.pk,
        "articles/author": desk.author.pk,
        "articles/errorreport": ErrorReport.objects.create(article=article, version=1, message="Wrong").pk,
        "articles/image": Image.objects.create(file="a.webp", sha256="0" * 64, width=1, height=1).pk,
        "articles/newname": NewName.objects.create(name="Bo Nordahl", key="bo nordahl", kind="person").pk,
        "articles/notification": Notification.objects.create(user=colleague, article=article, message="Look").pk,
        "articles/frontslot": front.place(front.Spot(front.Place.LEAD), story=article, by=desk.editor).pk,
        "articles/section": desk.section.pk,
        "articles/diaryentry": diary.save_entry(by=desk.editor, title="A vote", days=read_days("2026-12-03")).pk,
        "articles/exerciseedition": edition.pk,
        "fact": fact.pk,
        "articles/storyline": storylines.make_storyline(by=desk.editor, title="The fleet").pk,
        "articles/standingpage": StandingPage.objects.get(slug="about").pk,
        "entities/entity": Entity.objects.create(kind="person", name="Ana Sample", slug="ana-sample").pk,
        "entities/name": Name.objects.first().pk,
        "partners/partner": keys.partner.pk,
        "partners/product": about_norway.pk,
        "wire/wireitem": WireItem.objects.create(source=source, guid="1", headline="Frigate leaves port").pk,
        "wire/wiresource": source.pk,
        "key": key.pk,
        "auth/user": desk.chief.pk,
        "auth/group": desk.chief.groups.get().pk,
        "r": norway.pk,
    }


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of each address; an address without a name is called by its route."""
    for pattern in found:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        else:
            yield pattern.name or route, route


def address(route: str, rows: dict[str, object]) -> str:
    model = "/".join(route.split("/")[:2]) if not route.startswith("r/") else "r"
    given = {
        **dict.fromkeys(("pk", "object_id", "id"), rows.get(model, 1)),
        "number": 1,
        "slug": "sea",
        **{name: rows[name] for name in ("key", "webhook", "delivery", "fact")},
        **({"pk": rows["r"]} if "/frontslot/pages/" in route else {}),
        "row": rows["quote"] if "/quote/" in route else rows["tag"],
        "kind": "figure" if "/report/" in route else "tag",
        "decision": "confirm",
        "verb": "kill",
        "app_label": "articles",
        "content_type_id": ContentType.objects.get_for_model(Entity).pk,
        "url": "nowhere/",
    }
    query = "?from=1&to=2" if route.endswith("/compare/") else ""
    return "/admin/" + PARAMETER.sub(lambda found: str(given[found[1] or found[2]]), route) + query


def all_addresses(rows: dict[str, object]) -> dict[str, str]:
    return {name: address(route, rows) for name, route in patterns(admin.site.get_urls())}


def walked(client: Client, method: str, rows: dict[str, object]) -> dict[str, int]:
    """The status of every address; what each does is taken back. Signing out comes last."""
    addresses = all_addresses(rows)
    found = {}
    for name in sorted(addresses, key=lambda name: (name == "logout", name)):
        with transaction.atomic():
            found[name] = getattr(client, method)(addresses[name]).status_code
            transaction.set_rollback(True)
    return found


def person_called(role: str, request) -> User:
    return make_person("root", "Chief", is_superuser=True) if role == "superuser" else request.getfixturevalue(role)


def test_table_names_every_address_of_the_admin() -> None:
    assert {name for name, _ in patterns(admin.site.get_urls())} == set(TABLE)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", MEMBERS)
def test_every_address_for_a_member_of_the_desk(request, rows, role: str, method: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(person_called(role, request))

    found = walked(client, method, rows)

    place = MEMBERS.index(role)
    wanted = {name: {"get": get, "post": post}[method][place] for name, (get, post) in TABLE.items()}
    assert {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]} == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["anonymous", "stranger"])
def test_every_address_leads_somebody_else_to_the_sign_in(request, rows, role: str, method: str) -> None:
    client = Client(raise_request_exception=False)
    if role == "stranger":
        client.force_login(person_called(role, request))

    found = walked(client, method, rows)

    assert {name: status for name, status in found.items() if status != PUBLIC.get(name, 302)} == {}


def test_no_address_takes_a_post_without_its_token(rows, chief) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(chief)

    found = walked(client, "post", rows)

    assert set(found.values()) <= {403, 404, 405}
