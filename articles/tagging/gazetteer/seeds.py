"""Reads the gazetteer's seed tables: countries, entities, and their names.

The tables are tab-separated with a header line, UTF-8, without quoting; an empty field is absent.
"""

from collections.abc import Iterator
from pathlib import Path

from .entries import FORBIDDEN, Alias, Entry

FOLDER = Path(__file__).resolve().parents[3] / "seeds"


def load(folder: Path = FOLDER) -> tuple[list[Entry], list[str]]:
    """The entries of the tables and the blocked texts. Raises OSError when a table is missing."""
    aliases: dict[str, list[Alias]] = {}
    blocked: list[str] = []
    for row in _rows(folder / "names.tsv"):
        if row["strength"] == FORBIDDEN:
            blocked.append(row["text"])
        else:
            aliases.setdefault(row["key"], []).append(_alias(row))
    entries = [_country(row, aliases) for row in _rows(folder / "countries.tsv")]
    entries += [_entity(row, aliases) for row in _rows(folder / "entities.tsv")]
    return entries, blocked


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        header = next(lines).rstrip("\n").split("\t")
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > 1:
                yield dict(
                    zip(
                        header,
                        fields + [""] * (len(header) - len(fields)),
                        strict=False,
                    )
                )


def _alias(row: dict[str, str]) -> Alias:
    context = tuple(word.strip() for word in row["needs_context"].split(";") if word.strip())
    return Alias(
        text=row["text"],
        form=row["form"] or "name",
        strength=row["strength"] or "strong",
        case_sensitive=row["case_sensitive"] != "no",
        needs_context=context,
        needs_country=row["needs_country"] == "yes",
    )


def _country(row: dict[str, str], aliases: dict[str, list[Alias]]) -> Entry:
    key = f"country-{row['alpha2'].lower()}"
    given = aliases.get(key, [])
    known = {alias.text for alias in given} | {row["name"], ""}
    extra = [Alias(text, form=form) for text, form in ((row["official_name"], "name"),) if text not in known]
    if not any(alias.form == "capital" for alias in given) and row["capital"] not in known:
        extra.append(Alias(row["capital"], form="capital"))
    return Entry(key, "country", row["name"], country=row["alpha2"], aliases=tuple(given + extra))


def _entity(row: dict[str, str], aliases: dict[str, list[Alias]]) -> Entry:
    return Entry(
        id=row["key"],
        kind=row["kind"],
        name=row["name"],
        country=row["country"] or None,
        category=row["category"],
        aliases=tuple(aliases.get(row["key"], [])),
    )
