"""What readers see in the places that editors fill by hand and in storylines, by the key of the pages that show it.

Those begin and end without a row of the change log, and some end by the clock alone. So the caches in front of us are
told by comparison: what stands there now, and what stood there when they were told last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from articles import surrogate_keys
from articles.models import DiaryEntry, FrontSlot, ReportedFact, Storyline, StorylineStory

if TYPE_CHECKING:
    from django.db.models import QuerySet

Shown = Mapping[str, Sequence[Any]]
# What a storyline says of an edition bears the name of its exercise, and goes with it where that is hidden.
CHANGES_OF_EDITION = ("changed_at", "exercise__updated_at", "exercise__merged_into__updated_at")


def shown_places() -> dict[str, list[Any]]:
    """By surrogate key, in four statements: [place, number, id of the story, words] of each place; which version of
    each storyline, what joined it last, what its stories report, and whether it is still told; of all together for the
    pages that list them; the facts that readers see of exercises; when the public diary changed last."""
    slots = FrontSlot.objects.shown(timezone.now()).select_related("section", "entity__merged_into")
    shown: dict[str, list[Any]] = {}
    for slot in slots.order_by("place", "ordinal", "id"):
        shown.setdefault(_key(slot), []).append([slot.place, slot.ordinal, slot.story_id, slot.text])
    shown |= _storylines(shown)
    for key, changed in _exercises():
        shown.setdefault(key, []).append(changed)
    diary = DiaryEntry.objects.public().aggregate(count=Count("pk"), changed=Max("changed_at"))
    if diary["count"]:
        shown.setdefault(surrogate_keys.LISTS, []).append(["diary", diary["count"], diary["changed"].isoformat()])
    return shown


def _storylines(places: Shown) -> dict[str, list[Any]]:
    """[version, row of the newest story, row of the newest entity, number of reported facts, when one of them or the
    exercise changed last, state]"""
    own = {"storyline": OuterRef("pk")}
    about = Storyline.entities.through.objects.filter(**own)
    reported = ReportedFact.objects.filter(article__in_storylines__storyline=OuterRef("pk"))
    rows = Storyline.objects.filter(is_public=True).annotate(
        newest_story=_one(StorylineStory.objects.filter(**own), Max("pk")),
        newest_entity=_one(about, Max("pk")),
        facts=_one(reported, Count("pk")),
        changed=_one(reported, Max(Greatest(*(f"edition__{at}" for at in CHANGES_OF_EDITION)))),
    )
    columns = ("slug", "version", "newest_story", "newest_entity", "facts", "changed", "state")
    known: dict[str, list[Any]] = {}
    for slug, *told, changed, state in rows.order_by("pk").values_list(*columns):
        known[surrogate_keys.storyline(slug)] = [*told, changed.isoformat() if changed else "", state]
    versions = {key: told[:1] for key, told in known.items()}
    listed = [*places.get(surrogate_keys.LISTS, ()), ["storylines", _digest(versions)]]
    return known | ({surrogate_keys.LISTS: listed} if known else {})


def _one(rows: QuerySet[Any, Any], figure: Count | Max) -> Subquery:
    """Of all rows together; 0 or nothing where there are none."""
    return Subquery(rows.order_by().values(of_all=Value(1)).annotate(figure=figure).values("figure"))


def _exercises() -> Iterator[tuple[str, list[Any]]]:
    """What readers see of editions, as one word for each exercise, and for each that hosts one or takes part: its own
    facts with the dates of those editions, which its timeline tells. The version is that of the story, whose headline
    stands beneath; names are those that pages have for both."""
    facts: dict[str, list[Any]] = {}
    parts: dict[str, set[int]] = {}
    dates: dict[int, list[tuple[int, int]]] = {}
    for key, version, kind, edition, name, year, number, *named in _told_facts():
        (*of_exercise, exercise_name), (*of_party, party_name) = named[:3], named[3:]
        exercise = surrogate_keys.entity(*of_exercise)
        shown = [key, version, edition, name, year, number, exercise_name, party_name]
        facts.setdefault(exercise, []).append(shown)
        if kind == ReportedFact.Kind.DATES:
            dates.setdefault(edition, []).append((key, version))
        if party_name:
            party = surrogate_keys.entity(*of_party)
            facts.setdefault(party, []).append([*shown, exercise])
            parts.setdefault(party, set()).add(edition)
    for entity in sorted(facts):
        of_editions = [dates.get(edition, []) for edition in sorted(parts.get(entity, ()))]
        yield entity, ["facts", _digest([facts[entity], of_editions])]


def _told_facts() -> QuerySet[ReportedFact, Any]:
    """Of entities that were merged, those that stand for them. Readers hear nothing of what the desk has hidden."""
    standing = {
        f"{of}_{column}": Coalesce(f"{path}__merged_into__{column}", f"{path}__{column}")
        for of, path in (("exercise", "edition__exercise"), ("party", "entity"))
        for column in ("kind", "slug", "name", "is_hidden")
    }
    edition = ("edition", "edition__name", "edition__year", "edition__number")
    told = ReportedFact.objects.told().order_by("pk").annotate(**standing)
    shown = told.filter(Q(party_is_hidden=False) | Q(entity=None), Q(exercise_is_hidden=False))
    names = [name for name in standing if not name.endswith("is_hidden")]
    return shown.values_list("pk", "article__representation__version", "kind", *edition, *names)


def _digest(rows: Any) -> str:
    """One word for all of them, however many there are."""
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def changed_keys(before: Shown, now: Shown) -> list[str]:
    return sorted(key for key in {*before, *now} if before.get(key) != now.get(key))


def _key(slot: FrontSlot) -> str:
    """The breaking strip stands on every page."""
    if slot.section:
        return surrogate_keys.section(slot.section.slug)
    if slot.entity:
        return surrogate_keys.entity(slot.entity.canonical.kind, slot.entity.canonical.slug)
    return surrogate_keys.SITE if slot.place == FrontSlot.Place.BREAKING else surrogate_keys.LISTS
