"""Addresses in templates that are drawn at every publication."""

from django.template import Library

from articles import public_notation

register = Library()


@register.filter
def path_of(route: str, name: str) -> str:
    """What `url` gives of a route with one name, kept: {{ "section"|path_of:section.slug }}."""
    return public_notation.path_of(route, name)
