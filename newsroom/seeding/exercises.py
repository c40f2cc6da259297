"""The demo's exercise with what its stories report of it, from seeds/exercises.tsv and seeds/exercise_facts.tsv."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid5

from django.db.models import Q

from articles import exercise_facts
from articles.day_precision import read_days, together
from articles.models import Article, ExerciseEdition, PublicAddress, Quote
from articles.models.verdict import Verdict
from entities.models import Country, Entity, Kind
from newsroom.seeding.desk import cast
from newsroom.seeding.gazetteer import NAMESPACE
from newsroom.seeding.tables import read_table


def make_exercises() -> int:
    """Make those that are missing, for the stories that are loaded after them to be tagged with; how many that were.
    They stand in a table of their own: the tagger is measured on stories that it reads without them."""
    rows = [row for row in read_table("exercises") if not _is_there(row["slug"])]
    for row in rows:
        _make(row)
    return len(rows)


def report_exercises() -> int:
    """Write down what the stories report of those of which nothing is known yet; how many facts that were."""
    known = set(ExerciseEdition.objects.values_list("exercise__slug", flat=True))
    slugs = {row["slug"] for row in read_table("exercises")} - known
    exercises = {entity.slug: entity for entity in Entity.objects.filter(kind=Kind.EXERCISE, slug__in=slugs)}
    stories = {
        address.path.rpartition("/")[2]: address.article
        for address in PublicAddress.objects.filter(is_current=True).select_related("article")
    }
    rows = [row for row in read_table("exercise_facts") if row["exercise"] in exercises and row["story"] in stories]
    for row in rows:
        _report(row, exercises[row["exercise"]], stories[row["story"]])
    return len(rows)


def _is_there(slug: str) -> bool:
    """Also where an editor has moved it to another address or kind."""
    return Entity.objects.filter(Q(key=slug) | Q(kind=Kind.EXERCISE, slug=slug)).exists()


def _make(row: dict[str, str]) -> None:
    Entity.objects.create(
        uuid=uuid5(NAMESPACE, row["slug"]),
        key=row["slug"],
        kind=Kind.EXERCISE,
        slug=row["slug"],
        name=row["name"],
        summary=row["summary"],
        country=Country.objects.filter(alpha2=row["country"]).first(),
    )


def _report(row: dict[str, str], exercise: Entity, story: Article) -> None:
    editor, year = cast().editor, int(row["year"])
    edition = ExerciseEdition.objects.filter(exercise=exercise, year=year).first()
    edition = edition or exercise_facts.save_edition(by=editor, exercise=exercise, year=year)
    said = Quote.objects.filter(article=story, verdict=Verdict.CONFIRMED, text__contains=row["words"])
    exercise_facts.report(
        edition,
        by=editor,
        article=story,
        kind=row["kind"],
        quote=said.first() if row["words"] else None,
        entity=Entity.objects.get(key=row["entity"]) if row["entity"] else None,
        role=row["role"],
        label=row["label"],
        value=Decimal(row["value"]) if row["value"] else None,
        unit=row["unit"],
        days=together(read_days(row["starts"]), read_days(row["ends"])) if row["starts"] else None,
    )
