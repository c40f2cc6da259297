"""A field in which a colleague names a page of a country, a person or a thing by its address."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404
from django.urls import resolve

from articles.states import GuardFailed
from articles.views.entity import entity_at
from entities.models import Entity, Kind

PAGES = ("country", "entity")


def page_named(address: str) -> Entity:
    """The entity of “/countries/finland/”, or of the whole address with its host.

    Raises:
        GuardFailed: there is no such page.
    """
    try:
        found = resolve(urlsplit(address.replace("\x00", "").strip()).path)
        if found.url_name not in PAGES:
            raise Http404
        return entity_at(found.kwargs.get("kind", Kind.COUNTRY), found.kwargs["slug"]).canonical
    except (Http404, ValueError) as error:
        told = "There is no page of a country, a person or a thing at this address. Write one such as"
        raise GuardFailed(f"{told} /countries/finland/.") from error
