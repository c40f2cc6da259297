"""Rows written by COPY are those that `bulk_create` would have written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models.expressions import RawSQL

from articles.copying import copy_in, next_numbers
from articles.models import Mention, Revision, Section, Tag
from entities.models import Entity, Kind

pytestmark = pytest.mark.django_db

# What COPY's own format, and JSON in it, would stumble over.
HOSTILE = 'tab\t newline\n back\\slash \\N "quotes" ‘’ € 🚢 \\. '


@pytest.fixture
def article(desk):
    return desk.draft("Icebreakers leave", body="<p>The fleet left.</p>")


def entity(name: str, **values: object) -> Entity:
    return Entity(kind=Kind.ORGANISATION, name=name, sort_name=name, slug=values.pop("slug", "copied"), **values)


def test_every_kind_of_value_comes_back_as_it_was_given(article):
    revision = Revision(
        article=article,
        number=7,
        snapshot={"headline": HOSTILE, "empty": None, "list": [1, 2.5, True]},
        text=HOSTILE,
        text_version=1,
        text_sha256="0" * 64,
        blocks=[{"id": HOSTILE}],
        created_at=datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC),
    )

    copy_in(Revision, [revision])

    read = Revision.objects.get(pk=revision.pk)
    for field in Revision._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(revision, field.attname), field.name
    assert not revision._state.adding


def test_a_plain_text_in_a_json_column_is_a_json_text(article):
    revision = Revision(article=article, number=7, snapshot="words", text="", text_version=1, text_sha256="", blocks=[])

    copy_in(Revision, [revision])

    assert Revision.objects.get(pk=revision.pk).snapshot == "words"


def test_a_row_learns_the_number_of_one_written_just_before(article):
    named = entity("Copied")
    tag = Tag(article=article, entity=named, origin="import")
    mention = Mention(tag=tag, revision=article.revision, start=0, end=3, surface="The", form="name")

    copy_in(Entity, [named])
    copy_in(Tag, [tag])
    copy_in(Mention, [mention])

    assert Mention.objects.get(tag__entity__slug="copied", tag__article=article).surface == "The"
    assert mention.tag is tag


def test_numbers_go_on_where_the_table_is():
    copy_in(Entity, [entity("One", slug="one"), entity("Two", slug="two")])
    saved = Entity.objects.create(kind=Kind.ORGANISATION, name="Three", sort_name="Three", slug="three")

    one, two = Entity.objects.filter(slug__in=("one", "two")).order_by("pk")
    assert one.pk + 1 == two.pk < saved.pk
    assert next_numbers(Entity, 2)[0] > saved.pk


def test_a_broken_constraint_is_djangos_error_and_writes_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in(Section, [Section(name="New", slug="same"), Section(name="Newer", slug="same")])

    assert not Section.objects.filter(slug="same").exists()


def test_a_value_that_only_the_database_could_make_is_refused():
    row = entity("Copied", summary=RawSQL("now()::text", []))

    with pytest.raises(Exception, match="RawSQL"), transaction.atomic():
        copy_in(Entity, [row])


def test_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        copy_in(Entity, iter(()))
