"""The tables of record refuse every change in the database itself."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import publishing, suggestions
from articles.models import Change, Edition, EditionRelated


@pytest.fixture
def corrected(desk, norway):
    article = desk.live(related=[{"title": "A bare title"}])
    article = desk.approve_again(desk.save(article, headline="Corrected"))
    quote = suggestions.add_quote(article, start=4, end=12, by=desk.editor)
    tag = suggestions.add_tag(article, norway, by=desk.editor)
    publishing.publish_update(article, by=desk.editor)
    publishing.correct(
        desk.fresh(article),
        by=desk.editor,
        notice="The headline was wrong.",
        retracts=[quote],
        retracts_entities=[tag.entity],
    )
    return desk.fresh(article)


def rows_of(article) -> dict[str, object]:
    return {
        "revision": article.revision,
        "transition": article.transitions.first(),
        "correction": article.corrections.get(),
        "edition": article.edition,
        "edition related": EditionRelated.objects.filter(edition=article.edition).get(),
        "change": article.changes.first(),
    }


CHANGED = {
    "revision": {"note": "forged"},
    "transition": {"reason": "forged"},
    "correction": {"notice": "forged"},
    "edition": {"headline": "forged"},
    "edition related": {"title": "forged"},
    "change": {"public_note": "forged"},
}


@pytest.mark.parametrize("kind", CHANGED)
def test_rows_of_record_are_never_changed(corrected, kind):
    row = rows_of(corrected)[kind]

    with pytest.raises(IntegrityError, match="append-only: rows are never changed"):
        type(row).objects.filter(pk=row.pk).update(**CHANGED[kind])


@pytest.mark.parametrize("kind", CHANGED)
def test_rows_of_record_are_never_deleted(corrected, kind):
    row = rows_of(corrected)[kind]

    with (
        pytest.raises(IntegrityError, match="append-only: rows are never deleted"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


@pytest.mark.parametrize("taken_back", ["retracts", "retracts_entities"])
def test_what_a_public_correction_takes_back_stays_as_it_was_told(corrected, finland, taken_back):
    correction = corrected.corrections.get()
    other = suggestions.add_quote(corrected, start=0, end=3, by=corrected.edition.created_by)
    rows = getattr(correction, taken_back)

    with pytest.raises(IntegrityError, match="nothing is added to what it takes back"), transaction.atomic():
        rows.add(finland if taken_back == "retracts_entities" else other)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.clear()


def test_an_edition_is_sealed_once_and_nothing_else_with_it(corrected):
    editions = Edition.objects.filter(pk=corrected.edition_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        editions.update(sealed_at=timezone.now(), headline="forged")

    editions.update(sealed_at=timezone.now())

    with pytest.raises(IntegrityError, match="append-only"):
        editions.update(sealed_at=None)


def test_a_change_gets_its_number_once(corrected):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    numbers = list(Change.objects.order_by("id").values_list("sequence", flat=True))

    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    with pytest.raises(IntegrityError, match="append-only"):
        Change.objects.update(sequence=None)


def test_a_change_cannot_be_given_a_number_by_hand(desk):
    article = desk.live()
    forged = Change(article=article, kind="update", action="upsert", version=2, sequence=999)

    forged.save()

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
