"""The demo's exercise with what its stories report of it, from seeds/exercises.tsv and seeds/exercise_facts.tsv."""

from __future__ import annotations

from decimal import Decimal

from articles import exercise_facts
from articles.day_precision import read_days, together
from articles.models import Article, ExerciseEdition, PublicAddress, Quote
from articles.models.verdict import Verdict
from entities.models import Country, Entity, Kind
from newsroom.seeding.desk import cast
from newsroom.seeding.tables import read_table


def report_exercises() -> int:
    """Make those that are missing, with all that is reported of them; how many facts that were."""
    known = set(ExerciseEdition.objects.values_list("exercise__slug", flat=True))
    exercises = {row["slug"]: _exercise(row) for row in read_table("exercises") if row["slug"] not in known}
    stories = {
        address.path.rpartition("/")[2]: address.article
        for address in PublicAddress.objects.filter(is_current=True).select_related("article")
    }
    rows = [row for row in read_table("exercise_facts") if row["exercise"] in exercises and row["story"] in stories]
    for row in rows:
        _report(row, exercises[row["exercise"]], stories[row["story"]])
    return len(rows)


def _exercise(row: dict[str, str]) -> Entity:
    """Without names of its own: the tagger is measured on stories that it reads without it."""
    made, _ = Entity.objects.get_or_create(
        kind=Kind.EXERCISE,
        slug=row["slug"],
        defaults={
            "name": row["name"],
            "summary": row["summary"],
            "country": Country.objects.filter(alpha2=row["country"]).first(),
        },
    )
    return made


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
