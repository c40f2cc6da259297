"""Keys are made, rotated, changed and revoked in the admin; products are written as a person says them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entities.models import Entity
from newsroom.partners.admin.usage_chart import chart_of
from newsroom.partners.keys import revoke_key
from newsroom.partners.models import AccessEvent, ApiKey, DailyUsage, Partner, Product
from tests.partners import client_of

KEY = re.compile(r"nrk_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}")

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_of_chief(client: Client, chief) -> Client:
    client.force_login(chief)
    return client


def page(partner: Partner, name: str, *more: int) -> str:
    return reverse(f"admin:partners_partner_{name}", args=[partner.pk, *more])


def filled(**changes) -> dict:
    return {"scopes": ["read"], "per_minute": 5, "per_day": 50, "newest": 0, **changes}


def test_key_is_shown_once_and_works(desk_of_chief, nordic, about_norway):
    answer = desk_of_chief.post(page(nordic, "make_key"), filled(name="site", products=[about_norway.pk], life="30"))

    (written,) = set(KEY.findall(answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    me = client_of(written).get("/api/v1/me").json()
    assert (me["key"]["name"], [product["name"] for product in me["products"]]) == ("site", ["About Norway"])
    later = desk_of_chief.get(page(nordic, "change")).content.decode()
    assert (written in later, f"nrk_live_{me['key']['prefix']}_…" in later) == (False, True)
    assert written not in str(list(desk_of_chief.session.items()))


def test_answer_sent_twice_makes_one_key(desk_of_chief, nordic):
    sent = filled()

    statuses = [desk_of_chief.post(page(nordic, "make_key"), sent).status_code for _ in range(2)]

    assert (statuses, ApiKey.objects.count()) == ([200, 422], 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": []},
        {"scopes": ["delete"]},
        {"per_minute": 0},
        {"per_day": 10**30},
        {"per_day": "many"},
        {"life": "1000"},
        {"products": [999]},
        {"name": "x" * 81},
        {"newest": "x"},
    ],
)
def test_key_that_makes_no_sense_is_asked_again(desk_of_chief, nordic, about_norway, wrong):
    answer = desk_of_chief.post(page(nordic, "make_key"), filled(**wrong))

    assert (answer.status_code, ApiKey.objects.exists()) == (422, False)


def test_rotating_shows_the_new_key_and_when_the_old_one_ends(desk_of_chief, nordic, keys):
    key, written = keys.make()

    answer = desk_of_chief.post(page(nordic, "rotate_key", key.pk), {"hours": "24"})

    (new,) = set(KEY.findall(answer.content.decode()))
    assert [client_of(text).get("/api/v1/me").status_code for text in (written.text, new)] == [200, 200]
    assert "works until" in answer.content.decode()
    again = desk_of_chief.post(page(nordic, "rotate_key", key.pk), {"hours": "24"})
    assert (again.status_code, "rotated already" in again.content.decode()) == (422, True)


def test_revoking_asks_why_and_refuses_at_once(desk_of_chief, nordic, keys):
    key, written = keys.make()
    address = page(nordic, "revoke_key", key.pk)

    without = desk_of_chief.post(address, {"reason": " "}).status_code
    done = desk_of_chief.post(address, {"reason": "It leaked."}, follow=True)

    assert (without, client_of(written.text).get("/api/v1/me").status_code) == (422, 401)
    assert "is revoked" in done.content.decode()
    assert "It leaked." in done.content.decode()


def test_changing_a_key_keeps_what_it_was_not_asked(desk_of_chief, nordic, keys, about_norway):
    key, written = keys.make(products=[about_norway])

    form = desk_of_chief.get(page(nordic, "change_key", key.pk)).context["form"]
    desk_of_chief.post(
        page(nordic, "change_key", key.pk), form.initial | {"products": [about_norway.pk], "per_minute": 7}
    )

    me = client_of(written.text).get("/api/v1/me").json()
    assert (me["quota"]["minute"]["limit"], len(me["products"]), len(me["key"]["scopes"])) == (7, 1, 4)


def test_key_of_another_partner_has_no_page_here(desk_of_chief, nordic, keys):
    key, _ = keys.make(partner=Partner.objects.create(name="Other"))

    for name in ("change_key", "rotate_key", "revoke_key"):
        assert desk_of_chief.get(page(nordic, name, key.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_as_many_queries_for_one_row_as_for_three(
    client, editor, desk, keys, nordic, about_norway, numbered, django_assert_num_queries, rows
):
    for number in range(rows):
        keys.make(products=[about_norway])
        keys.make(partner=Partner.objects.create(name=f"Other {number}"))
        revoke_key(keys.make()[0], by=None, reason="Left.")
        desk.killed(f"Killed {number}")
    numbered()
    client.force_login(editor)
    client.get(reverse("admin:partners_partner_changelist"))

    with django_assert_num_queries(9):
        client.get(reverse("admin:partners_partner_changelist"))
    with django_assert_num_queries(15):
        client.get(page(nordic, "change"))


def test_list_tells_how_far_each_partner_is(client, editor, keys, desk, numbered):
    Partner.objects.create(name="Keyless")
    desk.live()
    numbered()
    keys.client().get("/api/v1/changes")
    client.force_login(editor)

    shown = client.get(reverse("admin:partners_partner_changelist")).content.decode()

    assert all(words in shown for words in ("Nordic Wire", "No key that works", "Does not follow the feed yet"))


def test_editor_sees_keys_and_changes_none(client, editor, keys, nordic):
    key, _ = keys.make()
    client.force_login(editor)

    shown = client.get(page(nordic, "change")).content.decode()

    assert str(key) in shown
    assert page(nordic, "revoke_key", key.pk) not in shown


def test_chart_stacks_what_was_answered_and_turned_away(keys, nordic):
    key, _ = keys.make()
    today = timezone.now().date()
    for ago, answered, refused in ((0, 30, 10), (1, 0, 0), (5, 1, 0), (40, 999, 0)):
        DailyUsage.objects.create(
            key=key, day=today - timedelta(days=ago), requests=answered, refused=refused, minute=timezone.now()
        )

    chart = chart_of(nordic)

    heights = [(bar.answered_height, bar.refused_height) for bar in chart.bars]
    assert len(chart.bars) == 30
    assert (heights[-1], heights[-2], heights[-6]) == ((87.0, 29.0), (0.0, 0.0), (2.9, 0.0))
    assert (chart.answered, chart.refused, chart.busiest.answered) == (31, 10, 30)
    assert chart.bars[-1].refused_y + chart.bars[-1].refused_height == chart.bars[-1].answered_y


def test_chart_has_no_style_of_its_own(desk_of_chief, keys, nordic):
    key, _ = keys.make()
    DailyUsage.objects.create(key=key, day=timezone.now().date(), requests=3, minute=timezone.now())

    shown = desk_of_chief.get(page(nordic, "change")).content.decode()

    assert '<rect class="answered"' in shown
    assert "style=" not in shown


def test_product_is_written_in_names(desk_of_chief, norway, finland, section):
    person = Entity.objects.create(kind="person", name="Ingrid Sample", slug="ingrid-sample")

    desk_of_chief.post(
        reverse("admin:partners_product_add"),
        {"name": "North", "countries": "norway, FI", "entities": "Ingrid Sample", "sections": ["sea"]},
    )

    product = Product.objects.get()
    assert (product.countries, product.entities, product.sections) == (["FI", "NO"], [person.uuid], ["sea"])
    form = desk_of_chief.get(reverse("admin:partners_product_change", args=[product.pk])).content.decode()
    assert "Ingrid Sample</textarea>" in form
    assert AccessEvent.objects.get().verb == "defined_product"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({}, "at least one thing"),
        ({"countries": "Atlantis"}, "no country “Atlantis”"),
        ({"entities": "Nobody"}, "has no “Nobody”"),
        ({"entities": "Twin"}, "Several are called"),
        ({"authors": "Ghost"}, "No author"),
        ({"sections": ["nowhere"]}, "valid choice"),
        ({"countries": "\n".join(f"C{number}" for number in range(101))}, "At most 100"),
        ({"countries": "NO", "name": ""}, "required"),
    ],
)
def test_product_that_makes_no_sense_is_asked_again(desk_of_chief, norway, wrong, says):
    for kind in ("person", "organisation"):
        Entity.objects.create(kind=kind, name="Twin", slug=f"twin-{kind}")

    answer = desk_of_chief.post(reverse("admin:partners_product_add"), {"name": "North", **wrong})

    assert (answer.status_code, says in answer.content.decode()) == (200, True)
    assert not Product.objects.exists()


def test_product_page_shows_what_is_in_it_and_who_holds_it(desk_of_chief, desk, keys, section):
    desk.live("At sea")
    product = Product.objects.create(name="Sea", sections=["sea"])
    keys.make(products=[product])

    shown = desk_of_chief.get(reverse("admin:partners_product_change", args=[product.pk])).content.decode()

    assert all(words in shown for words in ("At sea", "Nordic Wire", "Revision 1"))


def test_closing_a_partner_is_told(desk_of_chief, nordic):
    desk_of_chief.post(page(nordic, "change"), {"name": "Nordic Wire"})

    nordic.refresh_from_db()
    assert not nordic.is_active
    assert AccessEvent.objects.get().detail == "its keys are refused"
