"""Which countries a headline names, by the strong names of the gazetteer; quick, for it is asked while one types."""

from __future__ import annotations

import re
from functools import lru_cache
from uuid import UUID

from entities.models import Form, GazetteerVersion, Kind, Name, Strength

# A country by itself or its people: a capital or an acronym of letters may stand for much else.
FORMS = (Form.NAME, Form.SHORT, Form.ADJECTIVE, Form.DEMONYM)


def countries_named(text: str) -> dict[int, str]:
    """The countries that a text names, as {primary key of the entity: its name}, in the order of the text."""
    if not text:
        return {}
    version = GazetteerVersion.current()
    pattern, countries = _names(version.stamp, version.number)
    found = (countries[words] for words in pattern.findall(text)) if countries else ()
    return dict(found)


@lru_cache(maxsize=2)
def _names(stamp: UUID, number: int) -> tuple[re.Pattern[str], dict[str, tuple[int, str]]]:
    rows = Name.objects.filter(
        entity__kind=Kind.COUNTRY, entity__merged_into=None, strength=Strength.STRONG, form__in=FORMS
    ).values_list("text", "entity_id", "entity__name")
    countries = {text: (pk, name) for text, pk, name in rows}
    alternatives = "|".join(re.escape(text) for text in sorted(countries, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"), countries
