"""Names without what nobody sees."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from entities.models import Entity, Name
from entities.plain_text import plain

migration = importlib.import_module("entities.migrations.0003_clean_names")


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Blue\u200bfin", "Bluefin"),
        ("\ufeffBluefin\u200e ", "Bluefin"),
        ("KNM\u00a0 Bluefin", "KNM Bluefin"),
        ("Łódz\u0301", "Łódź"),
        ("\u200b\u2060", ""),
    ],
)
def test_plain_takes_out_what_nobody_sees(written: str, clean: str) -> None:
    assert plain(written) == clean


@pytest.mark.parametrize("text", ["Łódź", "Su-34", "می\u200cروم", "L'Aquila"])
def test_plain_leaves_what_is_seen(text: str) -> None:
    assert plain(text) == text


def test_name_and_entity_are_saved_clean(norway) -> None:
    assert Name.objects.create(entity=norway, text="Nor\u200bge").text == "Norge"
    assert Entity.objects.create(kind="person", name="Ana\u200b Sample", slug="ana").name == "Ana Sample"


def test_clean_refuses_a_twin_that_cannot_be_told_apart(norway) -> None:
    with pytest.raises(ValidationError, match="“Oslo” is a name of this entity already, as capital"):
        Name(entity=norway, text="Os\u200blo", form="capital").full_clean()


def test_migration_cleans_standing_names_and_drops_twins(norway) -> None:
    names = norway.names
    Name.objects.bulk_create(
        [Name(entity=norway, text="Os\u200blo", form="capital"), Name(entity=norway, text="Nor\u200bge")]
    )

    migration.clean(apps, None)

    assert sorted(names.values_list("text", flat=True)) == ["Norge", "Norwegian", "Oslo"]
