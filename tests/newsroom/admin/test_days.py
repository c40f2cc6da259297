"""Days are typed into the browser’s own fields: as text, 01/11/2026 is in November here and in January there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse

from articles.models import Image
from articles.pictures.details import as_read
from entities.models import Name, Relation

pytestmark = pytest.mark.django_db


# Their pages have forms of their own and none of Django's.
WITHOUT_DJANGOS_FORM = {"Article", "StandingPage"}
TYPED = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)


def days_of(form: type[forms.ModelForm]) -> Iterator[tuple[str, str, str]]:
    """Model, field and type of input of each day or moment."""
    for name, field in form.base_fields.items():
        if isinstance(field, TYPED) and form._meta.model.__name__ not in WITHOUT_DJANGOS_FORM:
            yield form._meta.model.__name__, name, getattr(field.widget, "input_type", "")


def shown(page: str) -> dict[str, str]:
    """What stands in fields for days, by their names."""
    inputs = [dict(re.findall(r'([a-z]+)="([^"]*)"', one)) for one in re.findall(r"<input[^>]*>", page)]
    return {one["name"]: one["value"] for one in inputs if one["type"] == "date" and one.get("value")}


def test_no_form_of_the_admin_takes_a_day_as_text(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    forms_of = []
    for one in filter(lambda one: one.has_change_permission(request), admin.site._registry.values()):
        inlines = one.get_inline_instances(request)
        forms_of += [one.get_form(request), *(inline.get_formset(request).form for inline in inlines)]

    found = {day for form in forms_of for day in days_of(form)}

    assert {("Image", "expires_on", "date"), ("Name", "valid_from", "date"), ("Relation", "valid_to", "date")} <= found
    assert {day for day in found if day[2] not in ("date", "datetime-local")} == set()


def test_pages_show_and_take_days_as_the_browser_does(admin_client, norway, finland):
    image = Image.objects.create(file="ship.png", sha256="0" * 64, width=8, height=6, expires_on=date(2026, 11, 1))
    Name.objects.create(entity=norway, text="Norge", form="short", valid_from=date(2026, 11, 2))
    Relation.objects.create(subject=norway, object=finland, kind="hosts", valid_to=date(2026, 11, 3))
    own = reverse("admin:articles_image_change", args=[image.pk])

    picture = admin_client.get(own).content.decode()
    entity = admin_client.get(reverse("admin:entities_entity_change", args=[norway.pk])).content.decode()
    typed = {"title": "Ship", "focal_x": "0.5", "focal_y": "0.5", "expires_on": "2026-11-04"}
    admin_client.post(own, typed | {"read": json.dumps(as_read(image))})

    assert shown(picture) == {"expires_on": "2026-11-01"}
    assert {"2026-11-02", "2026-11-03"} == set(shown(entity).values())
    assert Image.objects.get().expires_on == date(2026, 11, 4)
