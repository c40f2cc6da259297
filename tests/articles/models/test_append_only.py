"""The tables of record refuse every change in the database itself."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Change, Edition, EditionRelated


@pytest.fixture
def corrected(desk):
    article = desk.live(related=[{"title": "A bare title"}])
    article = desk.approve_again(desk.save(article, headline="Corrected"))
    publishing.correct(article, by=desk.editor, notice="The headline was wrong.")
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
