"""Verbs: write down when an exercise is held, and what our stories report of it. No fact without its story."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles import fact_history
from articles.body import clean_text
from articles.day_precision import FIRST_YEAR, LAST_YEAR, Days
from articles.models import Article, ExerciseEdition, Quote, ReportedFact, Revision
from articles.models.verdict import Verdict
from articles.purging import purge_on_commit
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import User

EXERCISES = (Kind.EXERCISE, Kind.OPERATION)
GREATEST = Decimal(10) ** 15


@transaction.atomic
def save_edition(
    edition: ExerciseEdition | None = None,
    *,
    by: User,
    exercise: Entity,
    year: int,
    number: int | None = None,
    name: str = "",
) -> ExerciseEdition:
    """A new edition, or one that stands under another year, number or name from now on.

    Raises:
        NotAllowed: the person may not write down facts of exercises.
        GuardFailed: it is of no exercise, or stands there already.
    """
    _require(by)
    locked = _locked(edition) if edition else ExerciseEdition(made_by=by)
    locked.exercise, locked.year, locked.number, locked.name = exercise.canonical, year, number, clean_text(name)
    locked.changed_by = by
    if locked.exercise.kind not in EXERCISES:
        raise GuardFailed(f"“{locked.exercise}” is no exercise: choose an exercise or an operation.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise GuardFailed(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.")
    twins = ExerciseEdition.objects.filter(exercise=locked.exercise, year=year, number=number)
    if twins.exclude(pk=locked.pk).exists():
        told = f"{locked.exercise} {year} stands there already{f' under {number}' if number else ''}."
        raise GuardFailed(f"{told} Of several in a year, give each its number.")
    locked.save()
    purge_on_commit()
    return locked


@transaction.atomic
def report(
    edition: ExerciseEdition,
    *,
    by: User,
    article: Article,
    kind: str,
    quote: Quote | None = None,
    revision: Revision | None = None,
    entity: Entity | None = None,
    role: str = "",
    label: str = "",
    value: Decimal | None = None,
    unit: str = "",
    days: Days | None = None,
) -> ReportedFact:
    """Write down what a story reports: `days` of the dates, an `entity` that hosts or takes part, or a figure. What the
    same story has reported in the same words stays the one row.

    `revision` is the version in which it was read, without one the newest: readers see the fact as soon as they have
    that version or a later one.

    Raises:
        NotAllowed: as `save_edition`.
        GuardFailed: the story or the quotation cannot be a source, or the fact lacks what makes one of its kind.
    """
    _require(by)
    locked = _locked(edition)
    article = Article.objects.select_related("revision").get(pk=article.pk)
    read_in = revision or article.newest_revision
    _check_source(article, quote, read_in)
    what = _what(kind, entity=entity, role=role, label=label, value=value, unit=unit, days=days)
    if days is not None and kind == ReportedFact.Kind.DATES:
        _check_year(locked, days)
    known = locked.facts.filter(article=article, quote=quote, kind=kind, **what).first()
    if known is not None:
        is_told = ReportedFact.objects.told().filter(pk=known.pk).exists()
        return known if is_told else _read_in(known, read_in, fact_history.WRITTEN_DOWN, by=by)
    source = {"article": article, "quote": quote, "revision": read_in}
    fact = ReportedFact.objects.create(edition=locked, kind=kind, added_by=by, **source, **what)
    fact_history.log(fact, fact_history.WRITTEN_DOWN, by=by)
    _touch(locked, by=by)
    return fact


@transaction.atomic
def confirm(fact: ReportedFact, *, by: User) -> ReportedFact:
    """It stands in the version that readers have now, too. What was read before a correction that sealed the earlier
    versions is shown again.

    Raises:
        NotAllowed: as `save_edition`.
        GuardFailed: it was taken back meanwhile, its story is not live, or it was read in a version to come.
    """
    _require(by)
    _locked(fact.edition)
    around = ("edition", "revision", "article__edition__revision")
    current = ReportedFact.objects.select_related(*around).filter(pk=fact.pk).first()
    if current is None:
        raise GuardFailed("This fact does not stand there any more: it has been taken back.")
    if not current.article.is_live:
        state = current.article.get_pub_state_display()
        raise GuardFailed(f"“{current.article}” is {state}: a fact is confirmed by what readers have.")
    assert current.article.edition is not None
    if current.revision is not None and current.revision.number > current.article.edition.revision.number:
        raise GuardFailed("It was read in a version that is not public yet: readers see it with that version.")
    return _read_in(current, current.article.edition.revision, fact_history.CONFIRMED, by=by)


@transaction.atomic
def take_back(fact: ReportedFact, *, by: User, is_corrected: bool = False) -> None:
    """It was not reported so, and its story says so where `is_corrected`; nothing happens where somebody did so before.

    Raises:
        NotAllowed: as `save_edition`.
    """
    _require(by)
    locked = _locked(fact.edition)
    standing = ReportedFact.objects.select_related("edition", "entity", "article").filter(pk=fact.pk).first()
    if standing is None:
        return
    fact_history.log(standing, fact_history.CORRECTED if is_corrected else fact_history.TAKEN_BACK, by=by)
    standing.delete()
    _touch(locked, by=by)


def may_report(user: User) -> bool:
    return has_permission(user, "change_exerciseedition")


def _require(by: User) -> None:
    if not may_report(by):
        raise NotAllowed("Facts of exercises are written down by editors. Ask one of them.")


def _locked(edition: ExerciseEdition) -> ExerciseEdition:
    rows = ExerciseEdition.objects.select_for_update(no_key=True, of=("self",)).select_related("exercise__merged_into")
    return rows.get(pk=edition.pk)


def _touch(edition: ExerciseEdition, *, by: User) -> None:
    edition.changed_by = by
    edition.save(update_fields=["changed_by", "changed_at"])
    purge_on_commit()


def _check_year(edition: ExerciseEdition, days: Days) -> None:
    if not days.first.year <= edition.year <= days.last.year:
        raise GuardFailed(f"This is the edition of {edition.year}, and no day of that is among them: check the year.")


def _read_in(fact: ReportedFact, revision: Revision, what: str, *, by: User) -> ReportedFact:
    fact.revision = revision
    fact.save(update_fields=["revision"])
    fact_history.log(fact, what, by=by)
    _touch(fact.edition, by=by)
    return fact


def _check_source(article: Article, quote: Quote | None, revision: Revision) -> None:
    if revision.article_id != article.pk:
        raise GuardFailed(f"This is no version of “{article}”.")
    if article.pub_state in (PubState.KILLED, PubState.SPIKED):
        raise GuardFailed(f"“{article}” is {article.get_pub_state_display()}: it cannot be the source of a fact.")
    if quote is None:
        return
    if quote.article_id != article.pk:
        raise GuardFailed(f"The quotation does not stand in “{article}”.")
    if quote.verdict != Verdict.CONFIRMED:
        raise GuardFailed(f"Nobody has confirmed the quotation in “{article}” yet: do that first.")


def _what(
    kind: str, *, entity: Entity | None, role: str, label: str, value: Decimal | None, unit: str, days: Days | None
) -> dict[str, Any]:
    """The columns of a kind, and nothing of the others."""
    if kind == ReportedFact.Kind.DATES:
        return _dates(days)
    if kind == ReportedFact.Kind.FIGURE:
        return _figure(label, value, unit)
    if kind not in ReportedFact.Kind.values:
        raise GuardFailed("There is no such kind of fact.")
    return _party(kind, entity, role)


def _dates(days: Days | None) -> dict[str, Any]:
    if days is None:
        raise GuardFailed("Say when it is held: a day, a month, a quarter or a year.")
    return {"starts": days.first, "ends": days.last, "precision": days.precision}


def _figure(label: str, value: Decimal | None, unit: str) -> dict[str, Any]:
    name = clean_text(label)
    if not name:
        raise GuardFailed("Say what the figure counts, such as personnel.")
    if value is None or not value.is_finite() or not 0 <= value < GREATEST:
        raise GuardFailed("Write the figure as a number that is not negative, such as 9,000.")
    return {"label": name, "value": value, "unit": clean_text(unit)}


def _party(kind: str, entity: Entity | None, role: str) -> dict[str, Any]:
    if entity is None:
        raise GuardFailed("Choose who hosts it or takes part.")
    if kind == ReportedFact.Kind.HOST and entity.canonical.kind != Kind.COUNTRY:
        raise GuardFailed(f"“{entity}” is no country: a host is one. Write down others as participants.")
    return {"entity": entity.canonical, "role": clean_text(role)}
