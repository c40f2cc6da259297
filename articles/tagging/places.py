"""Places named in a story: which stretch of text names a city, region or county, and in which country.

Takes: "Springfield" in a story that names Illinois; "ALEXANDRIA, La. —"; "in Reading", "Mobile, Ala.".
Leaves out: persons ("Paris Hilton"), papers ("New York Times"), treaties ("Paris Agreement"), and words that are
towns as well ("Mobile phones").
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .gazetteer import Gazetteer, Sense
from .geography import CAPITAL, CITY, COUNTRY, GIVEN_NAME, NOWHERE, REGION, Geography, Place
from .place_reasons import Reasons
from .place_sense import NAMES, PlaceSense, Senses
from .place_votes import HOME_BONUS
from .place_words import LANDMARKS, PLAIN_ABBREVIATIONS, SPEAKING, TOWNSFOLK
from .senses import Hit, Story
from .sorted_spans import Span, holder
from .toponyms import Toponym, find_toponyms

# Forms of a country's alias that may be a place of the same name somewhere else.
OPEN_FORMS = NAMES | {CAPITAL, "government"}
PLACE = "place"

# A name is a place where its score and what stands around it reach this sum; see place_votes.py for the unit.
THRESHOLD = 5.2
POSITION_BONUS = 1.5
DATELINE_BONUS = 3.0
ELSEWHERE_BONUS = 1.5
COUNTY_BONUS = 1.5
OPENING_RISK = -0.4
NAME_BEFORE = -2.5
CAPITAL_BEHIND = -0.7
TOWNSFOLK_BONUS = 1.2
SURNAME_RISK = -2.0
SPEAKING_RISK = -1.5
# Nothing else in the story speaks for the country of the place.
COMPANY, LONELY_RISK = 0.3, -1.0
# From half a million people on, a city is likelier than its namesakes.
METROPOLIS = 57
COUNTY_WORDS = (" County", " Parish", " Province", " Oblast", " District", " Region", " Township")
# A place alone tells its country for certain only so far above its rivals.
SURE_SCORE, SURE_LEAD = 6.5, 1.0
FAR_LEAD, TOWN = 2.5, 47


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place where a city, region or county is named; `text` is `field[start:end]`.

    `name` is what the place is called ("Kyiv" for "Kiev"), `country` an alpha-2 code or None (the Black Sea),
    `region` its first-level region ("Illinois"), `kind` one of geography's kinds (capital, city, region, county,
    area, people, abbreviation, nowhere, country), and `reason` says in an editor's words why it is this one.
    `is_sure` is true where the name and the story leave no doubt.
    """

    field: str
    start: int
    end: int
    text: str
    name: str
    country: str | None
    region: str
    kind: str
    reason: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a story by field and start.

    `left` are the spans (field, start, end) that look like a place and are none, `parts` those inside the name of
    a street, a paper, a treaty or a sea.
    """

    mentions: tuple[PlaceMention, ...]
    left: frozenset[tuple[str, int, int]]
    parts: frozenset[tuple[str, int, int]]


def find_places(
    story: Story,
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    geography: Geography,
) -> Places:
    """The places of all fields; `hits` is what the gazetteer names there."""
    blocked = story.blocked(gazetteer)
    toponyms = [
        toponym
        for field in story.fields
        for toponym in find_toponyms(
            field.name,
            field.text,
            geography,
            taken=_taken(field.name, field.text, hits, blocked.get(field.name, ()), geography),
            persons=field.persons,
        )
    ]
    doubtful = story.doubtful_capitals(gazetteer) - {(hit.field, hit.start, hit.end) for hit in hits if hit.country}
    whole = [found for found in toponyms if not found.around.is_part]
    mentions = Verdicts(story, hits, whole, doubtful).mentions(gazetteer.country_names)
    named = {(mention.field, mention.start) for mention in mentions}
    landmarks = {span for field in story.fields for span in _landmarks(field.name, field.text, hits)}
    return Places(
        tuple(mentions),
        left=frozenset(_span(found) for found in toponyms if (found.field, found.start) not in named),
        parts=frozenset(_span(found) for found in toponyms if found.around.is_part) | landmarks,
    )


def _landmarks(field: str, text: str, hits: Sequence[Hit]) -> Iterator[tuple[str, int, int]]:
    """Adjectives of countries that only name a place: "Indian Lake Road", "the Chinese Farm"."""
    for hit in hits:
        if hit.field == field and hit.country is not None and hit.country.alias.form == "adjective":
            behind = text[hit.end : hit.end + 20].split()[:1]
            if behind and behind[0].strip(".,;:!?") in LANDMARKS:
                yield field, hit.start, hit.end


def _span(toponym: Toponym) -> tuple[str, int, int]:
    return toponym.field, toponym.start, toponym.end


def _taken(field: str, text: str, hits: Sequence[Hit], blocked: Sequence[Span], geography: Geography) -> list[Span]:
    """Spans that name something else for certain; what the geography knows by that name stays open."""
    spans = [
        (hit.start, hit.end)
        for hit in hits
        if hit.field == field
        and (
            (hit.country is not None and not _is_open(hit.country, geography.find(hit.text)))
            or (hit.entity is not None and not (hit.entity.entry.kind == PLACE and geography.find(hit.text)))
        )
    ]
    spans += [
        (start, end) for start, end in blocked if ", " not in text[start:end] and not geography.find(text[start:end])
    ]
    return sorted(spans)


def _is_open(country: Sense, places: Sequence[Place]) -> bool:
    """May the name of a country be that of a town? A seat of government only where it is a town of its country."""
    if country.alias.form == "government":
        return any(place.country == country.entry.country for place in places)
    return country.alias.form in OPEN_FORMS


class Verdicts:
    """Says of each toponym of a story whether it names a place.

    `doubtful` are the spans of capitals that the gazetteer does not trust alone, and whose context is missing.
    """

    def __init__(
        self,
        story: Story,
        hits: Sequence[Hit],
        toponyms: Sequence[Toponym],
        doubtful: Container[tuple[str, int, int]] = (),
    ) -> None:
        self.doubtful = doubtful
        self.toponyms = toponyms
        self.senses = Senses(story, hits, toponyms)
        self.surnames = {toponym.name for toponym in toponyms if self._is_in_person(toponym)}
        self.firm = {toponym.name for toponym in toponyms if self._is_firm(toponym)}

    def mentions(self, country_names: Mapping[str, str]) -> list[PlaceMention]:
        """The toponyms that name a place."""
        named = [toponym for toponym in self.toponyms if self._is_place(toponym)]
        reasons = Reasons(named, self.senses, country_names)
        return [self._mention(toponym, reasons) for toponym in named]

    def _mention(self, toponym: Toponym, reasons: Reasons) -> PlaceMention:
        sense = self.senses.of[toponym.name]
        place = sense.place
        return PlaceMention(
            toponym.field,
            toponym.start,
            toponym.end,
            toponym.text,
            place.name,
            place.country,
            place.region,
            place.kind,
            reasons.of(toponym),
            self._is_sure(toponym, sense),
        )

    def _is_sure(self, toponym: Toponym, sense: PlaceSense) -> bool:
        if toponym in self.senses.qualified:
            return True
        if _span(toponym) in self.doubtful or not (
            self.senses.risks[toponym.name] == 0 or sense.place.size >= METROPOLIS
        ):
            return False
        is_alone = sense.lead >= FAR_LEAD and sense.place.size >= TOWN
        return is_alone or (sense.score >= SURE_SCORE and sense.lead >= SURE_LEAD)

    def _is_place(self, toponym: Toponym) -> bool:
        if toponym in self.senses.qualified:
            return True
        if toponym.around.is_actor and _span(toponym) in self.doubtful and self._means_capital(toponym):
            # "Brussels said": mostly the European Union or NATO.
            return False
        if self._is_whole_person(toponym) or (toponym.is_abbreviation and toponym.name not in PLAIN_ABBREVIATIONS):
            return False
        return self.senses.of[toponym.name].score + self._for_name(toponym) + self._for_position(toponym) >= THRESHOLD

    def _means_capital(self, toponym: Toponym) -> bool:
        return self.senses.of[toponym.name].place.kind == CAPITAL

    def _for_name(self, toponym: Toponym) -> float:
        """What the name itself says for a place, or against it."""
        place = self.senses.of[toponym.name].place
        risk = self.senses.risks[toponym.name]
        weight = risk * self._share_of_risk(place)
        if risk and self.senses.of[toponym.name].company < COMPANY and place.kind not in (COUNTRY, NOWHERE):
            weight += LONELY_RISK
        if toponym.name.endswith(COUNTY_WORDS):
            weight += COUNTY_BONUS
        if toponym.name in self.firm and not self._is_firm(toponym):
            weight += ELSEWHERE_BONUS
        return weight

    def _share_of_risk(self, place: Place) -> float:
        """Well-known places are seldom meant as a word or a person."""
        if place.kind == COUNTRY or (place.kind == REGION and place.country in HOME_BONUS):
            return 0.4
        return 0.5 if place.kind == CAPITAL or (place.kind == CITY and place.size >= METROPOLIS) else 1.0

    def _for_position(self, toponym: Toponym) -> float:
        """What stands around it says for a place, or against it."""
        around, kind, weight = toponym.around, self.senses.of[toponym.name].place.kind, 0.0
        if around.is_in_place_position:
            weight += POSITION_BONUS
        if around.is_dateline:
            weight += DATELINE_BONUS
        elif around.opens_sentence:
            weight += OPENING_RISK
        if self._is_in_person(toponym) and not toponym.name.endswith(COUNTY_WORDS):
            weight += NAME_BEFORE
        elif (toponym.name in self.surnames or toponym.is_person) and not around.is_in_place_position:
            weight += SURNAME_RISK
        if around.behind in TOWNSFOLK:
            weight += TOWNSFOLK_BONUS
        elif around.has_capital_behind:
            weight += CAPITAL_BEHIND
        if around.is_in_place_position:
            return weight
        if around.names_something_else or (around.follows_particle and kind != COUNTRY):
            weight += NAME_BEFORE
        if around.behind in SPEAKING and kind not in (CAPITAL, COUNTRY):
            weight += SPEAKING_RISK
        return weight

    def _is_whole_person(self, toponym: Toponym) -> bool:
        """Is it part of a person's full name, or a bare surname where no place could stand?"""
        if not toponym.is_person:
            return False
        around, kind = toponym.around, self.senses.of[toponym.name].place.kind
        is_placed = around.is_in_place_position if kind == COUNTRY else around.is_in_sure_position
        return not (toponym.is_bare_surname and (is_placed or around.is_dateline))

    def _is_firm(self, toponym: Toponym) -> bool:
        """Does this very place in the text leave little doubt? Then the name is a place elsewhere, too."""
        around = toponym.around
        if toponym in self.senses.qualified or around.is_dateline:
            return True
        return around.is_in_place_position and not toponym.is_person and not around.has_capital_behind

    def _is_in_person(self, toponym: Toponym) -> bool:
        """Does the name look like a part of a person's name here? Then it is one by itself, too."""
        if toponym in self.senses.qualified:
            return False
        is_given_name = toponym.around.has_surname_behind and GIVEN_NAME in toponym.listing.traits
        return toponym.around.has_name_before or is_given_name


def without_places(hits: Sequence[Hit], places: Places) -> list[Hit]:
    """The hits without the countries and places that are decided otherwise: Lebanon in Pennsylvania."""
    by_field: dict[str, list[PlaceMention]] = {}
    for named in places.mentions:
        by_field.setdefault(named.field, []).append(named)
    spans = {field: [(named.start, named.end) for named in found] for field, found in by_field.items()}
    parts, left_spans = _by_field(places.parts), _by_field(places.left)
    kept = []
    for hit in hits:
        index = holder(spans.get(hit.field, ()), hit.start, hit.end)
        mention = by_field[hit.field][index] if index is not None else None
        is_part = holder(parts.get(hit.field, ()), hit.start, hit.end) is not None
        is_none = is_part or holder(left_spans.get(hit.field, ()), hit.start, hit.end) is not None
        left = _without_place(hit, mention, is_none=is_none)
        if left.country is not None or left.entity is not None:
            kept.append(replace(left, country=None) if is_part else left)
    return kept


def _by_field(spans: Iterable[tuple[str, int, int]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for field, start, end in sorted(spans):
        found.setdefault(field, []).append((start, end))
    return found


def _without_place(hit: Hit, mention: PlaceMention | None, *, is_none: bool) -> Hit:
    if mention is None:
        is_open = hit.country is not None and hit.country.alias.form in NAMES | {CAPITAL}
        return replace(hit, country=None) if is_none and is_open else hit
    is_same_span = (mention.start, mention.end) == (hit.start, hit.end)
    if hit.country is not None and (not is_same_span or mention.country != hit.country.entry.country):
        hit = replace(hit, country=None)
    entry = hit.entity.entry if hit.entity is not None else None
    if entry is not None and entry.kind == PLACE and is_same_span and mention.country != entry.country:
        hit = replace(hit, entity=None)
    return hit
