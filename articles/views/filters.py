"""How lists on public pages are narrowed. One rule for all of them (docs/decisions/0024):

Words are taken whatever they are, and cut where they are too long: the box shows what was sought. A parameter that
no filter knows is left alone. A filter with a value that cannot be meant is answered by the same page with status
400, which says what is wrong and lists nothing, for a list that ignores a filter would lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms

from articles.search_words import cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping


class WordsField(forms.Field):
    """Any text, as one line of bounded length."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: Any) -> str:
        return cleaned(str(value or ""))


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set, and the list's query without it."""

    label: str
    value: str
    without: str


class Filters(forms.Form):
    """The filters of one list. Subclasses declare the fields; all of them are optional."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.status = 200 if self.is_valid() else 400

    @property
    def given(self) -> dict[str, str]:
        """What the reader asked, as it goes into links."""
        return {name: value for name in self.fields if (value := self._written(name))}

    def _written(self, name: str) -> str:
        written = str(self.data.get(name, ""))
        return cleaned(written) if isinstance(self.fields[name], WordsField) else written.strip()

    def query(self, **changes: str) -> str:
        """The query string with some values changed; an empty one is left out."""
        return urlencode({name: value for name, value in (self.given | changes).items() if value})

    @property
    def active(self) -> list[ActiveFilter]:
        return [
            ActiveFilter(self.fields[name].label or name, self.says(name, value), self.query(**{name: ""}))
            for name, value in self.given.items()
        ]

    def says(self, name: str, value: str) -> str:
        """A value as a reader knows it."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
        return str(self.cleaned_data.get(name) or value)


def day_field(label: str) -> forms.DateField:
    wrong = "A day is written as year, month, day: 2026-11-16."
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], error_messages={"invalid": wrong})
