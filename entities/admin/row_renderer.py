"""Fields of forms with many rows, written in one go.

Django has a template for each field and one for each option of a choice: more than three thousand for a country with
a hundred names, which took most of the time of its page. What is none of these plain fields is left to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

FOLDER = "django/forms/widgets"
INPUTS = frozenset(f"{FOLDER}/{name}.html" for name in ("text", "hidden", "checkbox", "date"))
SELECT = f"{FOLDER}/select.html"


class RowRenderer(DjangoTemplates):
    """The same HTML as Django's own."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return format_html("<input{}>", _attributes({"type": widget["type"], "name": widget["name"], **value}, widget))


def _select(widget: dict[str, Any]) -> SafeString:
    written = format_html_join("", "<option{}>{}</option>", _options(widget["optgroups"]))
    return format_html("<select{}>{}</select>", _attributes({"name": widget["name"]}, widget), written)


def _options(groups: list[Any]) -> Iterator[tuple[SafeString, str]]:
    """Of choices without groups."""
    for _, options, _ in groups:
        for option in options:
            yield _attributes({"value": option["value"]}, option), option["label"]


def _attributes(own: dict[str, Any], widget: dict[str, Any]) -> SafeString:
    given = {name: value for name, value in widget["attrs"].items() if value is not False}
    return flatatt({name: str(value) for name, value in own.items()} | given)
