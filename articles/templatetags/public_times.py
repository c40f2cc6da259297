"""Times as readers see them: in UTC, with what a machine can read beside it."""

from datetime import UTC, date, datetime

from django import template
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def stamp(moment: datetime) -> SafeString:
    """Day and time: "16 November 2026, 07:40 UTC"."""
    return _time(moment.astimezone(UTC), "j F Y, H:i \\U\\T\\C")


@register.filter
def day(moment: date) -> SafeString:
    """The day alone: "16 November 2026"."""
    return _time(moment.astimezone(UTC) if isinstance(moment, datetime) else moment, "j F Y")


@register.filter
def short_stamp(moment: datetime) -> SafeString:
    """For lists: "16 Nov 2026, 07:40"."""
    return _time(moment.astimezone(UTC), "j M Y, H:i")


@register.filter
def days(first: date, last: date | None) -> SafeString:
    """From a day to another: "2 to 20 November 2026", "28 October to 3 November 2026"; one day where both are one."""
    if last is None or last == first:
        return day(first)
    pattern = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
    return format_html("{} to {}", _time(first, pattern if first.year == last.year else "j F Y"), day(last))


def _time(moment: date, pattern: str) -> SafeString:
    machine = f"{moment:%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, written(moment, pattern))
