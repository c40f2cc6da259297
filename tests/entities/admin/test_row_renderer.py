"""Fields written in one go are the fields that Django writes by its templates."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.test.html import parse_html

from entities.admin.day_input import DayInput
from entities.admin.name import NameForm
from entities.admin.row_renderer import RowRenderer
from entities.models import Name

HOSTILE = '"><script>alert(1)</script>'


class Fields(forms.Form):
    """What rows hold beside the names' own fields."""

    day = forms.DateField(widget=DayInput)
    is_ticked = forms.BooleanField()
    key = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(widget=forms.Textarea)
    choice = forms.ChoiceField(choices=[("", "None"), ("a", HOSTILE), ("b", "B")])


def rows() -> list[forms.BaseForm]:
    name = Name(text=HOSTILE, form="short", strength="weak", needs_context=["navy"], valid_from=date(2020, 1, 2))
    values = {"day": "2020-01-02", "is_ticked": "on", "key": "7", "words": HOSTILE, "choice": "a"}
    return [NameForm(instance=name), NameForm(), Fields(), Fields(values), Fields({"choice": "unknown"})]


@pytest.mark.parametrize("place", range(5))
def test_row_renderer_writes_what_django_writes(place: int) -> None:
    theirs, ours = rows()[place], rows()[place]
    ours.renderer = RowRenderer()

    written = {bound.name: (parse_html(str(theirs[bound.name])), parse_html(str(bound))) for bound in ours}

    assert {name for name, (one, other) in written.items() if one != other} == set()
