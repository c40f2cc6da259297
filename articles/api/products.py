"""What a key may have: products are filters over the facts of an article, and nothing outside of them is there.

The facts are those that the change log keeps of each article (`articles.documents.facts_of`). Lists ask them of the
stored document, the feed of the change, by one and the same condition: so both always agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from rest_framework.request import Request

from articles.api.shared import OF_STORY, shared_in_storylines
from articles.models import Change, EditionQuote, PublicAddress, Representation, Storyline
from articles.models.tag import Role
from entities.models import Country, Entity


@dataclass(frozen=True, slots=True)
class Product:
    """A saved filter. Of each field one value must be met, and every field that names any; ids are uuids as text."""

    types: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    # Of the countries only stories about them, not those that mention them.
    only_about: bool = False

    def condition(self, facts: str) -> Q:
        """For the column `facts`, or a path to it. Containment, so that a GIN index answers it."""
        roles = [Role.ABOUT] if self.only_about else list(Role)
        asked: tuple[list[dict[str, Any]], ...] = (
            [{"type": name} for name in self.types],
            [{"section": slug} for slug in self.sections],
            [{"language": code} for code in self.languages],
            [{"authors": [slug]} for slug in self.authors],
            [{"countries": {code: role.value}} for code in self.countries for role in roles],
            [{"entities": [uuid]} for uuid in self.entities],
        )
        met = Q()
        for alternatives in asked:
            either = Q()
            for wanted in alternatives:
                either |= Q(**{f"{facts}__contains": wanted})
            met &= either
        return met

    def holds(self, facts: dict[str, Any]) -> bool:
        """The same condition, of facts at hand."""
        named = [code for code, role in facts["countries"].items() if role == Role.ABOUT or not self.only_about]
        pairs: tuple[tuple[tuple[str, ...], list[str]], ...] = (
            (self.types, [facts["type"]]),
            (self.sections, [facts["section"]]),
            (self.languages, [facts["language"]]),
            (self.authors, facts["authors"]),
            (self.countries, named),
            (self.entities, facts["entities"]),
        )
        return all(not wanted or not set(wanted).isdisjoint(there) for wanted, there in pairs)


@dataclass(frozen=True, slots=True)
class Selection:
    """The products of a key, of which a story must be in one. `revision` names them and their revisions; it is
    never 0, which stands for keys that may have everything."""

    products: tuple[Product, ...]
    revision: int

    def condition(self, facts: str) -> Q:
        conditions = [product.condition(facts) for product in self.products]
        # An empty condition is met by everything, but Django drops it from an alternative.
        if not all(conditions):
            return Q()
        either = Q()
        for condition in conditions:
            either |= condition
        return either

    def holds(self, facts: dict[str, Any]) -> bool:
        return any(product.holds(facts) for product in self.products)

    def of_changes(self, changes: QuerySet[Change]) -> QuerySet[Change]:
        """What came in, was in, or went out; and the kill of whatever was ever in."""
        earlier = Change.objects.filter(article=OuterRef("article"), pk__lt=OuterRef("pk"))
        was_in = Exists(earlier.filter(self.condition("facts_after")))
        touched = self._met_by("facts_before") | self._met_by("facts_after")
        return changes.filter(touched | (Q(kind=Change.Kind.KILL) & was_in))

    def is_in_after(self) -> Case:
        """Whether the article of a change is in the selection after it."""
        return Case(When(self._met_by("facts_after"), then=True), default=False, output_field=BooleanField())

    def of_storylines(self, storylines: QuerySet[Storyline]) -> QuerySet[Storyline]:
        """Those that hold an article of the selection."""
        stories = shared_in_storylines().filter(self.condition(f"{OF_STORY}__facts"), storyline=OuterRef("pk"))
        return storylines.filter(Exists(stories))

    def _met_by(self, facts: str) -> Q:
        return Q(**{f"{facts}__isnull": False}) & self.condition(facts)


def selection_of(request: Request) -> Selection | None:
    """What the asker is held to; None for keys without products, and where everybody may read."""
    return getattr(request.auth, "selection", None)


def revision_of(request: Request) -> int:
    selection = selection_of(request)
    return selection.revision if selection else 0


def within(queryset: QuerySet[Any], request: Request) -> QuerySet[Any]:
    """The rows of any resource that the asker may have. All resources pass here, by the filter backend."""
    selection = selection_of(request)
    restrict = RESTRICTIONS[queryset.model]
    return queryset if selection is None else restrict(selection, queryset)


def is_in_after(request: Request) -> Any:
    """Whether an article is among what the asker may have after a change, for the feed."""
    selection = selection_of(request)
    return selection.is_in_after() if selection else Value(True)


def _by_facts(path: str) -> Callable[[Selection, QuerySet[Any]], QuerySet[Any]]:
    return lambda selection, rows: rows.filter(selection.condition(path))


def _unrestricted(selection: Selection, rows: QuerySet[Any]) -> QuerySet[Any]:
    """What exists in the world is nobody's product."""
    return rows


# A model that is missing here cannot be served at all.
RESTRICTIONS: dict[type, Callable[[Selection, QuerySet[Any]], QuerySet[Any]]] = {
    Representation: _by_facts("facts"),
    EditionQuote: _by_facts("edition__article__representation__facts"),
    PublicAddress: _by_facts("article__representation__facts"),
    Change: lambda selection, changes: selection.of_changes(changes),
    Storyline: lambda selection, storylines: selection.of_storylines(storylines),
    Country: _unrestricted,
    Entity: _unrestricted,
}
