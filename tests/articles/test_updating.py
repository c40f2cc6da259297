"""Rows updated together are those that `bulk_update` would have written."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, transaction

from articles.models import Quote, Tag
from articles.updating import _plain, update_in

pytestmark = pytest.mark.django_db

HOSTILE = 'tab\t newline\n back\\slash \\N "quotes" \'; -- % %(rows)s {} ‘’ € 🚢'


@pytest.fixture
def tags(desk, norway, finland):
    article = desk.draft("Icebreakers leave", body="<p>The fleet left.</p>")
    return [Tag.objects.create(article=article, entity=entity) for entity in (norway, finland)]


def test_each_row_gets_its_own_values_and_keeps_the_rest(tags, django_assert_num_queries):
    first, second = tags
    first.score, first.reason, first.is_found = 0.1 + 0.2, HOSTILE, False
    second.score, second.reason, second.is_found = 1e-9, "", True
    first.mention_count = 7

    with django_assert_num_queries(1):
        update_in(Tag, iter(tags), ("score", "reason", "is_found"))

    read = list(Tag.objects.order_by("pk"))
    assert [(tag.score, tag.reason, tag.is_found) for tag in read] == [(0.1 + 0.2, HOSTILE, False), (1e-9, "", True)]
    assert read[0].mention_count != 7


def test_numbers_moments_and_nothing_are_written_as_they_are(desk):
    article = desk.draft("Icebreakers leave", body="<p>“We stay,” she said.</p>")
    quote = Quote.objects.create(article=article, revision=article.revision, text="We stay", start=1, end=8)
    quote.start, quote.end, quote.verdict_at = None, None, datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC)
    quote.speaker_country, quote.anchor = None, Quote.Anchor.GONE
    quote.verdict, quote.verdict_by = "confirmed", desk.editor

    columns = ("start", "end", "verdict", "verdict_by", "verdict_at", "speaker_country", "revision", "anchor")
    update_in(Quote, [quote], columns)

    read = Quote.objects.get()
    assert (read.start, read.end, read.verdict_at) == (None, None, quote.verdict_at)
    assert (read.speaker_country, read.revision, read.verdict_by) == (None, article.revision, desk.editor)


def test_what_is_too_long_is_refused_and_not_cut(tags):
    tags[1].reason = "x" * 501

    with pytest.raises(DataError), transaction.atomic():
        update_in(Tag, tags, ("reason",))


def test_a_broken_constraint_is_djangos_error(tags):
    tags[0].score = 2.0

    with pytest.raises(IntegrityError), transaction.atomic():
        update_in(Tag, tags, ("score",))


def test_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        update_in(Tag, [], ("score",))


def test_a_value_that_cannot_travel_is_named():
    key = uuid4()

    assert _plain(key) == str(key)
    with pytest.raises(TypeError, match="plain value"):
        _plain(object())
