"""A time on the newsroom's own clock, typed and shown; it knows the nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.newsroom_clock import end_of_gap, is_repeated, moments_of, newsroom_town, newsroom_zone

FORMAT = "%Y-%m-%dT%H:%M"
FIRST_YEAR, LAST_YEAR = 1990, 2190
FIRST, SECOND = "1", "2"


class Typed(NamedTuple):
    """What a person typed; `turn` says which of two, on the night when the clocks go back."""

    text: str
    turn: str = ""


class NewsroomDateTimeInput(forms.DateTimeInput):
    """One field for day and time; a choice of the first or second time beside it shows when it is needed."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"data-newsroom-time": True} | (attrs or {}), format=FORMAT)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(data.get(name) or "", data.get(f"{name}-turn") or "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, Typed) else Typed(value or "")
        field = super().render(name, typed.text, attrs, renderer)
        chosen = self.build_attrs({"name": f"{name}-turn", "class": "which-turn", "aria-label": "Which of the two"})
        chosen |= {} if _asks_turn(typed) else {"hidden": True}
        return format_html(
            '{}<select{}><option value="">Which of the two?</option><option value="1"{}>the first, before the clocks '
            'go back</option><option value="2"{}>the second, after they went back</option></select>',
            field,
            flatatt(chosen),
            " selected" if typed.turn == FIRST else "",
            " selected" if typed.turn == SECOND else "",
        )


class NewsroomDateTimeField(forms.DateTimeField):
    """A time on the newsroom's own clock, not the server's; cleaned to an aware time in UTC.

    Refuses a time that the clocks leave out, and one that comes twice until it is said which is meant.
    """

    widget = NewsroomDateTimeInput

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        zone = newsroom_zone()
        here = value.astimezone(zone)
        turn = (SECOND if here.fold else FIRST) if is_repeated(value, zone) else ""
        return Typed(here.strftime(FORMAT), turn)

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        typed = value if isinstance(value, Typed) else Typed(str(value))
        if not typed.text.strip():
            return None
        with timezone.override(UTC):
            read = super().to_python(typed.text.strip())
        assert read is not None
        if not FIRST_YEAR <= read.year <= LAST_YEAR:
            raise forms.ValidationError(f"Choose a year between {FIRST_YEAR} and {LAST_YEAR}.")
        if _names_its_zone(typed.text):
            return read.astimezone(UTC)
        return _moment(read.replace(tzinfo=None), typed.turn)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The field shows minutes: seconds that it cannot show are no change."""
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


def _moment(typed: datetime, turn: str) -> datetime:
    zone = newsroom_zone()
    moments = moments_of(typed, zone)
    if not moments:
        raise forms.ValidationError(
            f"On {typed:%-d %B %Y} the clocks in {newsroom_town()} go forward: {typed:%H:%M} does not exist that "
            f"night. Choose {end_of_gap(typed, zone):%H:%M} or later.",
            code="left_out",
        )
    if len(moments) == 1:
        return moments[0]
    if turn not in (FIRST, SECOND):
        first, second = (f"{at:%H:%M} UTC" for at in moments)
        raise forms.ValidationError(
            f"On {typed:%-d %B %Y} the clocks in {newsroom_town()} go back: {typed:%H:%M} comes twice, at {first} "
            f"and again at {second}. Choose which of the two is meant.",
            code="repeated",
        )
    return moments[0 if turn == FIRST else 1]


def _asks_turn(typed: Typed) -> bool:
    try:
        read = parse_datetime(typed.text.strip())
    except ValueError:
        return False
    if read is None or read.tzinfo is not None or not FIRST_YEAR <= read.year <= LAST_YEAR:
        return False
    return len(moments_of(read, newsroom_zone())) == 2


def _names_its_zone(text: str) -> bool:
    read = parse_datetime(text.strip())
    return read is not None and read.tzinfo is not None
