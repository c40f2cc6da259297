"""The tagging engine: countries, entities and quotations of a story, found by rules alone.

Plain Python: no Django, no database, no network, no clock. The same document and gazetteer always give the
same analysis.
"""

from .analysis import (
    Analysis,
    CountryFinding,
    EntityFinding,
    Mention,
    QuoteFinding,
    SpanText,
)
from .gazetteer.entries import Alias, Entry
from .gazetteer.search import Gazetteer
from .naming.names import find_names
from .naming.organisations import find_organisations, without_overlaps
from .placing.countries import find_countries
from .placing.geography import Geography
from .placing.place_hits import without_places
from .placing.places import find_places
from .quoting.quotes import find_quotes
from .reading.document import Document, read
from .senses import BODY, HEADLINE, STANDFIRST, Story, choose

__all__ = [
    "Alias",
    "Analysis",
    "CountryFinding",
    "Document",
    "EntityFinding",
    "Entry",
    "Gazetteer",
    "Mention",
    "QuoteFinding",
    "SpanText",
    "analyse",
]


def analyse(document: Document, gazetteer: Gazetteer) -> Analysis:
    """Find countries, entities and quotations in the document; every span indexes the field as given."""
    story = Story({HEADLINE: document.title, STANDFIRST: document.standfirst, BODY: document.text})
    hits = choose(story, gazetteer)
    places = find_places(story, hits, gazetteer, Geography.shipped())
    hits = without_places(hits, places)
    organisations = find_organisations(story, hits, gazetteer)
    hits = without_overlaps(hits, organisations)
    return Analysis(
        countries=find_countries(story, hits, places.mentions, gazetteer),
        entities=find_names(story, hits, organisations, places.mentions, gazetteer),
        quotes=find_quotes(read(document.text), story, hits, organisations),
    )
