"""Migrations since the release: none that the release before, still running, would stumble over."""

from __future__ import annotations

from functools import cache

import pytest
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.migrations.released import EXCEPTIONS, MIGRATIONS, SMALL
from tests.migrations.safety import unsafe

pytestmark = pytest.mark.django_db


@cache
def loader() -> MigrationLoader:
    return MigrationLoader(connection)


@cache
def released() -> ProjectState:
    """The models as the release has them; clone it before anything moves it on."""
    return loader().project_state(list(MIGRATIONS.items()))


def test_no_migration_since_the_release_harms_it() -> None:
    loaded = loader()
    at_release, state = released(), released().clone()
    done = {node for name in MIGRATIONS.items() for node in loaded.graph.forwards_plan(name)}
    new = [node for leaf in loaded.graph.leaf_nodes() for node in loaded.graph.forwards_plan(leaf) if node not in done]

    found: dict[tuple[str, str, str], str] = {}
    for node in dict.fromkeys(new):
        migration = loaded.graph.nodes[node]
        if migration.app_label in MIGRATIONS:
            found |= {(*node, what): why for what, why in unsafe(migration, state, at_release)}
        else:
            migration.mutate_state(state, preserve=False)

    assert {case: why for case, why in found.items() if case not in EXCEPTIONS} == {}
    assert [case for case in EXCEPTIONS if case not in found] == []
    assert all(EXCEPTIONS.values())


def test_small_tables_are_tables() -> None:
    models = {".".join(model) for model in released().models}

    assert models >= SMALL


TEXT = models.TextField()
NUMBER = models.IntegerField(null=True)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("article", "headline"),
        migrations.RenameField("article", "headline", "title"),
        migrations.DeleteModel("Sitting"),
        migrations.RenameModel("Sitting", "Seat"),
        migrations.AlterModelTable("article", "stories"),
        migrations.AddField("article", "mood", models.TextField()),
        migrations.AddField("article", "mood", models.TextField(default="")),
        migrations.AddField("article", "token", models.UUIDField(db_default=RandomUUID())),
        migrations.AddField("article", "twin", models.ForeignKey("articles.article", models.PROTECT, null=True)),
        migrations.AlterField("article", "headline", models.CharField(max_length=100)),
        migrations.AlterField("article", "headline", models.IntegerField()),
        migrations.AlterField("article", "headline", models.CharField(max_length=250, unique=True)),
        migrations.AlterField("article", "publish_at", models.DateTimeField()),
        migrations.AddIndex("article", models.Index(fields=["headline"], name="a")),
        migrations.AddConstraint("article", models.CheckConstraint(condition=~models.Q(headline=""), name="a")),
        migrations.RunSQL("DROP TABLE articles_article"),
    ],
    ids=lambda operation: operation.describe(),
)
def test_unsafe_operation_is_refused(operation) -> None:
    assert [what for what, _ in judged(operation)] == [operation.describe()]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Mood", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
        migrations.AddField("article", "mood", models.TextField(null=True)),
        migrations.AddField("article", "mood", models.TextField(default="", db_default="")),
        migrations.AlterField("article", "headline", models.CharField(max_length=400)),
        migrations.AlterField("article", "headline", models.TextField()),
        migrations.AddIndex("section", models.Index(fields=["name"], name="a")),
        AddIndexConcurrently("article", models.Index(fields=["headline"], name="a")),
        migrations.RunPython(migrations.RunPython.noop),
    ],
    ids=lambda operation: operation.describe(),
)
def test_safe_operation_is_let_through(operation) -> None:
    assert judged(operation) == []


def test_data_moves_apart_from_tables() -> None:
    move = migrations.RunPython(migrations.RunPython.noop)
    add = migrations.AddField("article", "mood", models.TextField(null=True))

    assert [what for what, _ in judged(add, move)] == [move.describe()]


def test_what_the_release_never_knew_may_go_again() -> None:
    add = migrations.AddField("article", "mood", models.TextField(null=True))

    assert judged(add, migrations.RemoveField("article", "mood")) == []


def judged(*operations: migrations.operations.base.Operation) -> list[tuple[str, str]]:
    migration = migrations.Migration("0999_trial", "articles")
    migration.operations = list(operations)
    return list(unsafe(migration, released().clone(), released()))
