"""Places named in a story: which stretch of text names a city, region or county, and in which country.

Takes: "Springfield" in a story that names Illinois. Leaves out: countries themselves (countries.py).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place where a city, region or county is named; `text` is `field[start:end]`.

    `name` is what the place is called ("Kyiv" for "Kiev"), `country` an alpha-2 code or None (the Black Sea),
    `region` its first-level region ("Illinois"), `kind` one of geography's kinds (capital, city, region, county,
    area, people, abbreviation, nowhere), and `reason` says in an editor's words why it is this one. `is_sure` is
    true where the name and the story leave no doubt.
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
