"""What the gazetteer is made of: entries and the texts that name them."""

from dataclasses import dataclass

STRONG = "strong"
FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Alias:
    """One text by which an entry may be named.

    `form` is one of name, short, acronym, demonym, adjective, capital, government, prefix. A weak alias
    counts only where one of `needs_context` stands in the story (and, with `needs_country`, where the entry's
    country does).
    """

    text: str
    form: str = "name"
    strength: str = STRONG
    case_sensitive: bool = True
    needs_context: tuple[str, ...] = ()
    needs_country: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A country or an entity; its own name is implicitly a strong alias of the form "name"."""

    id: str
    kind: str
    name: str
    country: str | None = None
    category: str = ""
    aliases: tuple[Alias, ...] = ()
