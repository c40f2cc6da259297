"""What a migration may not do while the release before it still runs (expand first, contract one release later).

The old code names all columns it knows in every SELECT and INSERT, and its requests wait for every lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, RemoveIndexConcurrently
from django.db import connection, models
from django.db.migrations import operations as ops
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import Value
from django.db.models.fields import NOT_PROVIDED
from django.db.models.functions import Now

from .released import SMALL

HARMLESS = (
    *(ops.CreateModel, ops.AlterModelOptions, ops.AlterModelManagers, ops.RemoveIndex, ops.RenameIndex),
    *(ops.RemoveConstraint, AddIndexConcurrently, RemoveIndexConcurrently, AddConstraintNotValid),
    *(ops.AlterModelTableComment,),
)


def unsafe(migration: Migration, state: ProjectState, released: ProjectState) -> Iterator[tuple[str, str]]:
    """What each unsafe operation does, and why it is unsafe. `state` is moved on to after the migration."""
    for operation in migration.operations:
        why = _why_unsafe(operation, migration, state, released)
        if why:
            yield operation.describe(), why
        operation.state_forwards(migration.app_label, state)


def _why_unsafe(operation: Operation, migration: Migration, state: ProjectState, released: ProjectState) -> str:
    app = migration.app_label
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, ops.RunPython):
        alone = all(isinstance(each, ops.RunPython) for each in migration.operations)
        return "" if alone else "data moves apart from tables: give it a migration of its own, in batches"
    if isinstance(operation, ops.RunSQL | ops.SeparateDatabaseAndState):
        return "nobody can tell from here what the SQL does to the old release: say it in an exception"
    model = _model_of(operation, app)
    if model not in released.models:
        return ""
    return _why_unsafe_on_old_model(operation, model, state, released)


def _model_of(operation: Operation, app: str) -> tuple[str, str]:
    named = getattr(operation, "model_name", "") or getattr(operation, "old_name", "") or getattr(operation, "name", "")
    return app, named.lower()


def _why_unsafe_on_old_model(
    operation: Operation, model: tuple[str, str], state: ProjectState, released: ProjectState
) -> str:
    is_large = ".".join(model) not in SMALL
    known = released.models[model].fields
    if isinstance(operation, ops.AddField):
        return _why_unsafe_to_add(operation.field, is_large)
    if isinstance(operation, ops.AlterField):
        before = state.apps.get_model(*model)._meta.get_field(operation.name)
        return _why_unsafe_to_alter(before, operation.field, is_large)
    if isinstance(operation, ops.RemoveField) and operation.name not in known:
        return ""
    if isinstance(operation, ops.RenameField) and operation.old_name not in known:
        return ""
    if isinstance(
        operation, ops.RemoveField | ops.RenameField | ops.DeleteModel | ops.RenameModel | ops.AlterModelTable
    ):
        return "the old release still asks for it: let one release pass in which nothing does"
    if isinstance(operation, ops.AddConstraint):
        return "it may refuse what the old release writes, and reads the table under a lock: say why not, or NOT VALID"
    if isinstance(operation, ops.AddIndex):
        return "writing waits while the index is built: AddIndexConcurrently, atomic = False" if is_large else ""
    return f"{type(operation).__name__} is unknown here: judge it, and teach this test"


def _why_unsafe_to_add(field: models.Field[Any, Any], is_large: bool) -> str:
    if field.many_to_many:
        return ""
    if not field.null and field.db_default is NOT_PROVIDED:
        return "the old release writes rows without it: null=True, or a db_default"
    if is_large and _is_computed(field.db_default):
        return "its default is computed for each row: the whole table is written anew"
    if is_large and (field.unique or field.db_index):
        return "its index is built under a lock: db_index=False, then AddIndexConcurrently"
    return ""


def _is_computed(default: Any) -> bool:
    return hasattr(default, "resolve_expression") and not isinstance(default, Value | Now)


def _why_unsafe_to_alter(before: Any, after: models.Field[Any, Any], is_large: bool) -> str:
    if before.null and not after.null:
        return "the old release may still write nothing there"
    if after.unique and not before.unique:
        return "it may refuse what the old release writes"
    if is_large and after.db_index and not before.db_index:
        return "its index is built under a lock: AddIndexConcurrently"
    if isinstance(before, models.ForeignKey) and isinstance(after, models.ForeignKey):
        # Neither is bound to a model here that could be asked for its type.
        one, other = (_target_of(field) for field in (before, after))
        return "" if one == other else f"it points to {other} in place of {one}"
    old, new = (_type_of(field) for field in (before, after))
    return "" if _is_same_or_wider(old, new) else f"the table is written anew, from {old} to {new}"


def _target_of(field: models.ForeignKey[Any, Any]) -> str:
    model = field.remote_field.model
    return (model if isinstance(model, str) else model._meta.label).lower()


def _type_of(field: Any) -> str:
    return str(field.db_parameters(connection)["type"])


def _is_same_or_wider(old: str, new: str) -> bool:
    """A varchar may become longer or a text: its rows stay as they are."""
    if old == new:
        return True
    if not old.startswith("varchar("):
        return False
    return new == "text" or (new.startswith("varchar(") and int(new[8:-1]) >= int(old[8:-1]))
