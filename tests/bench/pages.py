"""How long the slowest page and the slowest list take to be made, over every address of the site and of the API.

What a reader waits for is a page that nobody asked for since the last publication. Of each kind of thing the one with
most stories is asked for and one with few: some statements are slow for much, and some for little.
"""

from __future__ import annotations

import time
from typing import Any

from django.db.models import Count, Q
from django.test import Client
from django.utils import timezone

from articles.models import Author, EditionQuote, Listing, Representation, Section
from articles.views.kept_pages import KEPT
from entities.models import Entity, Kind
from tests.audits.report import Report
from tests.audits.tools import JudgeAbsentError
from tests.public_addresses import addresses_of

ROUNDS = 3
# Files that somebody asks for by a click, of thousands of quotations each.
DOWNLOADS = ("/quotes/export.",)
LISTS = (
    *("articles?order=-updated_at", "articles?order=published_at", "articles?has=quotes", "articles?type=analysis"),
    *("articles?section={section}", "articles?author={author}", "quotes", "quotes?q=navy", "changes?limit=1000"),
    *("articles?country={most_code}", "articles?country={least_code}", "articles?country_all={most_code},{least_code}"),
    *("articles?entity={most}", "articles?entity={least}", "quotes?speaker_entity={least}"),
    *("quotes?country={most_code}", "entities?q=bench", "search?q=navy+drills&order=-published_at"),
)
PAGES = ("/search/?q=navy+drills", "/search/?q=navy&order=newest", "/quotes/?q=navy", "/quotes/?country={most_code}")


def judge_pages(report: Report) -> None:
    """Milliseconds by the clock, the best of some rounds, inside of this process."""
    walked, ours = _addresses()
    made = {address: _milliseconds(address, is_ours=address in ours) for address in [*walked, *ours]}
    slowest = sorted(made, key=lambda address: -made[address])
    report.note("slowest: " + ", ".join(f"{address} {made[address]:.0f} ms" for address in slowest[:12]))
    is_list = {address: address.startswith("/api/") for address in made}
    report.figure("slowest_page_ms", max(made[address] for address in made if not is_list[address]))
    report.figure("slowest_list_ms", max(made[address] for address in made if is_list[address]))


def _milliseconds(address: str, *, is_ours: bool) -> float:
    """Raises JudgeAbsentError where the page breaks, or is not there though we name it."""
    client = Client(SERVER_NAME="127.0.0.1")
    found = []
    for _ in range(ROUNDS):
        KEPT.clear()
        began = time.perf_counter()
        answer = client.get(address)
        # A sitemap or a feed is written while it is sent.
        b"".join(answer.streaming_content) if answer.streaming else answer.content
        found.append(1000 * (time.perf_counter() - began))
        if answer.status_code >= (400 if is_ours else 500):
            raise JudgeAbsentError(f"{address} answers {answer.status_code}")
    return min(found)


def _addresses() -> tuple[list[str], list[str]]:
    """All that the routes lead to, with much and with little, of which some is not there; and those that we name."""
    countries, others = _most_and_least(Q(kind=Kind.COUNTRY)), _most_and_least(~Q(kind=Kind.COUNTRY))
    stories = Representation.objects.filter(status=Representation.Status.LIVE).order_by("published_at")
    of_each = [stories.first(), stories.last()]
    shown = [story for story in of_each if story is not None]
    quote = EditionQuote.objects.filter(edition__current_for__isnull=False).values_list("quote__uuid", flat=True)
    codes = [str(country.country_facts.alpha2) for country in countries]
    known: dict[str, Any] = {
        "section": list(Section.objects.values_list("slug", flat=True)[:1]),
        "storyline": [],
        "author": list(Author.objects.values_list("slug", flat=True)[:1]),
        "country": [country.slug for country in countries],
        "entities": {(entity.kind, entity.slug) for entity in others},
        "story": [story.path for story in shown],
        "story slugs": [story.path.rpartition("/")[2] for story in shown],
        "article uuids": [story.uuid for story in shown],
        "quote uuids": list(quote[:1]),
        "entity uuids": [entity.uuid for entity in others],
        "pictures": [],
        "codes": codes,
        "now": timezone.now(),
    }
    named = {
        "section": known["section"][0],
        "author": known["author"][0],
        "most_code": codes[0],
        "least_code": codes[-1],
        "most": others[0].uuid,
        "least": others[-1].uuid,
    }
    asked = [f"/api/v1/{address}" for address in LISTS] + list(PAGES)
    walked = [address for address in addresses_of(known) if not address.startswith(DOWNLOADS)]
    return walked, [address.format(**named) for address in asked]


def _most_and_least(which: Q) -> list[Entity]:
    """That under which most stories stand, and one of those with fewest."""
    counted = Listing.objects.values("entity").annotate(stories=Count("pk")).order_by("-stories")
    keys = [row["entity"] for row in counted]
    by_key = Entity.objects.public().filter(which, pk__in=keys).in_bulk()
    standing = [by_key[key] for key in keys if key in by_key]
    return [standing[0], standing[-1]]
