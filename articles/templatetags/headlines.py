"""How large a headline is set: a long one smaller, so that the story below it stays in sight."""

from django import template

register = template.Library()

# By the width of the page's largest setting: above the first a headline takes five lines, above the second seven.
LONG, VERY_LONG = 110, 170


@register.filter
def length_class(headline: str) -> str:
    """Classes to write behind others: none as a rule, " is-long", or " is-long is-very-long"."""
    if len(headline) > VERY_LONG:
        return " is-long is-very-long"
    return " is-long" if len(headline) > LONG else ""
