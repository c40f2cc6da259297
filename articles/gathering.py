"""Rows that are gathered first, and then looked up one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func

if TYPE_CHECKING:
    from django.db.models import QuerySet


def is_among(column: str, gathered: QuerySet[Any, Any]) -> Func:
    """Whether a column has one of the values of a query set of one column.

    Means what `in` does. Of that PostgreSQL decides where to begin, by how many rows it expects: for the first few of a
    long list it begins with the list, and looks through all of it where none is there.
    """
    within = {"template": "(%(expressions)s))", "arg_joiner": " = ANY("}
    return Func(F(column), ArraySubquery(gathered), output_field=BooleanField(), **within)
