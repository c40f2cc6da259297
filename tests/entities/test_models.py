import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from entities.models import Country, Entity, GazetteerVersion, Kind, Name, Relation


@pytest.fixture
def exercise(db) -> Entity:
    return Entity.objects.create(kind=Kind.EXERCISE, name="Polar Gate", slug="polar-gate")


def bad_rows(norway: Entity, exercise: Entity) -> dict[str, models.Model]:
    name = {"entity": norway, "text": "Norge"}
    country = {"entity": exercise, "alpha2": "XX", "alpha3": "XXX", "numeric": "999"}
    Relation.objects.create(subject=norway, kind="hosts", object=exercise)
    return {
        "entity_slug_unique_in_kind": Entity(kind=Kind.EXERCISE, name="Other", slug="polar-gate"),
        "entity_kind_known": Entity(kind="ghost", name="Ghost", slug="ghost"),
        "entity_name_not_empty": Entity(kind=Kind.PLACE, name="", slug="nothing"),
        "country_alpha2_two_capitals": Country(**country | {"alpha2": "x1"}),
        "country_alpha3_three_capitals": Country(**country | {"alpha3": "xx"}),
        "country_numeric_three_digits": Country(**country | {"numeric": "9"}),
        "name_unique_for_entity": Name(entity=norway, text="Oslo", form="capital"),
        "name_text_not_empty": Name(**name | {"text": ""}),
        "name_form_known": Name(**name | {"form": "ghost"}),
        "name_strength_known": Name(**name | {"strength": "ghost"}),
        "name_without_entity_is_forbidden": Name(text="Norwegian Sea"),
        "name_valid_from_before_to": Name(**name, valid_from="2026-01-02", valid_to="2026-01-01"),
        "relation_stated_once": Relation(subject=norway, kind="hosts", object=exercise),
        "relation_not_with_itself": Relation(subject=norway, kind="hosts", object=norway),
        "relation_valid_from_before_to": Relation(
            subject=exercise, kind="hosts", object=norway, valid_from="2026-01-02", valid_to="2026-01-01"
        ),
        "gazetteer_version_one_row": GazetteerVersion(id=2),
    }


def test_every_constraint_refuses_its_bad_row(norway, exercise):
    rows = bad_rows(norway, exercise)
    refused = {}

    for name, row in rows.items():
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            row.save(force_insert=True)
        refused[name] = error.value.__cause__.diag.constraint_name

    assert refused == {name: name for name in rows}


def test_every_declared_constraint_is_tested(norway, exercise):
    declared = {
        constraint.name
        for model in apps.get_app_config("entities").get_models()
        for constraint in model._meta.constraints
    }

    assert declared - set(bad_rows(norway, exercise)) == {"entity_not_merged_into_itself"}


def test_an_entity_is_not_merged_into_itself(exercise):
    with pytest.raises(IntegrityError, match="entity_not_merged_into_itself"):
        Entity.objects.filter(pk=exercise.pk).update(merged_into=exercise)


def test_the_gazetteer_version_rises_with_names_and_entities(norway):
    before = GazetteerVersion.current()

    Name.objects.create(entity=norway, text="Norge")
    named = GazetteerVersion.current()
    Entity.objects.filter(pk=norway.pk).update(summary="A kingdom.")
    after = GazetteerVersion.current()

    assert (named.number, after.number) == (before.number + 1, before.number + 2)
    assert len({before.stamp, named.stamp, after.stamp}) == 3


def test_entities_know_no_articles():
    """No module of entities imports articles, and no model of it has a way back to one."""
    root = Path(__file__).parents[2] / "entities"
    imported = {
        name.name if isinstance(node, ast.Import) else node.module or ""
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    reverse = {
        relation.related_model._meta.app_label
        for model in apps.get_app_config("entities").get_models()
        for relation in model._meta.get_fields()
        if relation.auto_created and relation.is_relation
    }

    assert not {module for module in imported if module.split(".")[0] in ("articles", "newsroom")}
    assert "articles" not in reverse
