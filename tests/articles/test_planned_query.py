"""Statements that are written and planned once: what they bind, how rows are read, and what they refuse."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction
from django.db.models import DateTimeField, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from articles.models import Representation, Section
from articles.planned_query import PlannedQuery
from articles.publishing import publish

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PREPARED = "SELECT count(*), max(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%articles_section%'"


def of_slug(slug):
    return Section.objects.filter(slug=slug)


def of_slug_at(slug, now):
    entry = JSONObject(name=F("name"), rate=Value("100 %"))
    return of_slug(slug).only("name").annotate(entry=entry, asked_at=Value(now, output_field=DateTimeField()))


@pytest.fixture
def sea(db):
    return Section.objects.update_or_create(slug="sea", defaults={"name": "Sea"})[0]


@pytest.mark.parametrize("slug", ["'; DROP TABLE articles_section; --", "%s", "%(slug)s", "100 %", "\\'", "日本"])
def test_binds_text_as_it_is(sea, slug):
    Section.objects.filter(pk=sea.pk).update(slug=slug)
    query = PlannedQuery(of_slug, {"slug": "text"})

    assert query.first(slug=slug) == sea
    assert query.first(slug="another") is None


def test_gives_all_rows_and_the_first_of_them_by_a_number(sea):
    land = Section.objects.update_or_create(slug="land", defaults={"name": "Land"})[0]
    query = PlannedQuery(lambda after: Section.objects.filter(pk__gt=after).order_by("-slug"), {"after": "bigint"})
    before = min(sea.pk, land.pk) - 1

    assert [row for row in query.all(after=before) if row in (sea, land)] == [sea, land]
    assert query.first(after=before) == query.all(after=before)[0]
    assert query.all(after=2**40) == []


def test_keeps_constants_of_the_query_set_as_they_are(sea):
    Section.objects.filter(pk=sea.pk).update(name="100 % 'sea' %s")

    query = PlannedQuery(lambda slug: of_slug(slug).filter(name="100 % 'sea' %s"), {"slug": "text"})

    assert query.first(slug="sea") == sea


def test_makes_models_with_annotations_and_without_what_was_not_asked_for(sea):
    found = PlannedQuery(of_slug_at, {"slug": "text", "now": "timestamptz"}).first(slug="sea", now=NOON)

    assert (found, found.name, found.entry) == (sea, "Sea", {"name": "Sea", "rate": "100 %"})
    assert (found.asked_at, found.get_deferred_fields() >= {"slug", "description"}) == (NOON, True)
    assert found.slug == "sea"


def test_makes_tuples_in_the_order_of_values(sea):
    newest = Section.objects.filter(name=OuterRef("name")).order_by().values("name").annotate(last=Max("ordinal"))
    query = PlannedQuery(
        lambda slug: of_slug(slug).annotate(last=Subquery(newest.values("last"))).values_list("name", "last", "slug"),
        {"slug": "text"},
    )

    assert query.first(slug="sea") == ("Sea", sea.ordinal, "sea")


def test_binds_a_uuid_and_gives_bytes_in_binary(desk):
    live = desk.approved("Fog closes the strait")
    publish(live, by=desk.editor)
    rows = Representation.objects.values_list("json", "uuid", "published_at", "status")
    query = PlannedQuery(lambda uuid: rows.filter(uuid=uuid), {"uuid": "uuid"}, is_binary=True)
    stored = Representation.objects.get(article=live)

    document, *others = query.first(uuid=live.uuid)

    assert bytes(document) == bytes(stored.json)
    assert others == [live.uuid, stored.published_at, stored.status]
    assert query.first(uuid=uuid4()) is None


def test_is_planned_once(sea):
    query = PlannedQuery(of_slug, {"slug": "text"})
    for _ in range(12):
        query.first(slug="sea")

    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        prepared, planned_for_all = cursor.fetchone()
    # PostgreSQL plans the first five for their parameters, and then for all that come.
    assert (prepared, planned_for_all) == (1, 7)


def test_each_connection_plans_for_itself(sea, transactional_db):
    query, found = PlannedQuery(of_slug, {"slug": "text"}), []
    Section.objects.update_or_create(slug="sea", defaults={"name": "Sea"})

    def ask():
        try:
            found.append(query.first(slug="sea").name)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["Sea"] * 4


def test_goes_on_after_an_error_and_a_rollback(sea):
    query = PlannedQuery(of_slug, {"slug": "text"})
    query.first(slug="sea")

    with pytest.raises(DataError), transaction.atomic():
        query.first(slug="\x00")
    assert query.first(slug="sea") == sea


def test_is_counted_and_told_by_what_it_was(sea, django_assert_num_queries):
    query = PlannedQuery(of_slug, {"slug": "text"})

    for _ in range(2):
        with django_assert_num_queries(1) as asked:
            query.first(slug="sea")
        assert """"articles_section"."slug" = 'sea'::text""" in asked.captured_queries[0]["sql"]


def test_refuses_a_moment_of_its_own(db):
    frozen = PlannedQuery(lambda slug: of_slug(slug).annotate(at=Value(NOON)), {"slug": "text"})

    with pytest.raises(ValueError, match="never move on"):
        frozen.first(slug="sea")


def test_refuses_a_parameter_that_has_no_place(db):
    lacking = PlannedQuery(lambda slug, now: of_slug(slug), {"slug": "text", "now": "timestamptz"})

    with pytest.raises(ValueError, match="no place for now"):
        lacking.first(slug="sea", now=NOON)
