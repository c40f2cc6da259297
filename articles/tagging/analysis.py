"""What the engine hands back: countries, entities and quotations, each with its evidence.

Every span is half-open and counts Unicode code points of the field's text exactly as it was given, so that
`text[start:end]` is always the words of the finding.
"""

from dataclasses import dataclass

from .vocabulary.place_kinds import NAMED_PLACES

NO_NEW_NAMES = NAMED_PLACES | {"role", "government"}


@dataclass(frozen=True, slots=True)
class SpanText:
    """A stretch of the body: `body[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a country or an entity is named, in the body, the headline or the standfirst.

    `form` is the form of the alias (name, short, acronym, demonym, adjective, capital, government, prefix),
    or "organisation" where an organisation brings its country.
    """

    field: str
    start: int
    end: int
    text: str
    form: str
    reason: str


@dataclass(frozen=True, slots=True)
class CountryFinding:
    """A country of the story. `score` lies between 0 and 1; `accepted` means a strong alias names it."""

    id: str
    code: str
    name: str
    score: float
    primary: bool
    mentions: tuple[Mention, ...]
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class EntityFinding:
    """A named thing of the story. `id` is None for a name that the gazetteer lacks.

    Of those, places of the map have the map's kind as their category, persons named only by their office "role", and
    governments "government": they are no names that a gazetteer should learn.
    """

    id: str | None
    name: str
    kind: str
    category: str
    country: str | None
    score: float
    mentions: tuple[Mention, ...]
    accepted: bool
    reason: str

    @property
    def is_new_name(self) -> bool:
        """Is it a name that the gazetteer lacks and could learn?"""
        return self.id is None and self.category not in NO_NEW_NAMES


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """Words in quotation marks that somebody said or wrote; the span leaves the marks out.

    `kind` is "direct" where the quotation stands by itself and "partial" where it is a fragment of the
    reporter's sentence. `speaker` is the words of the story that name the speaker, `resolved` the full name
    they stand for, `speaker_id` the gazetteer's entry, `speaker_kind` one of person, organisation, document,
    unnamed and the empty string (no speaker found). `confidence` lies between 0 and 1.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker: SpanText | None
    resolved: str | None
    speaker_id: str | None
    speaker_kind: str
    cue: SpanText | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one document, each kind in a stable order."""

    countries: tuple[CountryFinding, ...] = ()
    entities: tuple[EntityFinding, ...] = ()
    quotes: tuple[QuoteFinding, ...] = ()
