"""Verdicts on many proposals at once, their undoing, and the primary country that a person chooses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles import proposing, suggestions
from articles.models import Article, Quote, Tag
from articles.models.verdict import Origin, Verdict
from articles.states import GuardFailed, NotAllowed
from entities.models import Entity, Kind

BODY = "<p>Norway waits for Finland. Norway waits.</p><p>“We will be back before the ice,” Captain Ida Berg said.</p>"


@pytest.fixture
def article(desk, norway, finland) -> Article:
    article = desk.draft("Norway waits", body=BODY)
    proposing.suggest(article.revision_id)
    return desk.fresh(article)


def keys(article: Article) -> dict[str, list[int]]:
    return {
        "tags": list(article.tags.values_list("pk", flat=True)),
        "quotes": list(article.quotes.exclude(speaker_name="").values_list("pk", flat=True)),
    }


def verdicts(article: Article) -> list[str]:
    return sorted([*article.tags.values_list("verdict", flat=True), *article.quotes.values_list("verdict", flat=True)])


def test_confirm_all_confirms_what_was_shown_and_nothing_else(desk, article, norway) -> None:
    tag = article.tags.get(entity=norway)
    before = (article.lock_version, article.revisions.count())

    batch = suggestions.confirm_all(article, by=desk.journalist, tags=[tag.pk], quotes=keys(article)["quotes"])

    fresh = desk.fresh(article)
    confirmed = [*article.tags.filter(verdict="confirmed"), *article.quotes.filter(verdict="confirmed")]
    assert (batch.count, len(confirmed)) == (2, 2)
    assert {(row.verdict_by, row.verdict_at) for row in confirmed} == {(desk.journalist, batch.decided_at)}
    assert (fresh.lock_version, fresh.revisions.count()) == before


def test_confirm_all_leaves_what_has_been_decided_meanwhile(desk, article, norway) -> None:
    tag = suggestions.reject(article.tags.get(entity=norway), by=desk.editor)

    batch = suggestions.confirm_all(article, by=desk.journalist, **keys(article))

    tag.refresh_from_db()
    assert (tag.verdict, tag.verdict_by, batch.count) == (Verdict.REJECTED, desk.editor, 2)


def test_confirm_all_refuses_a_quotation_without_speaker(desk, article) -> None:
    quotes = list(article.quotes.all())
    Quote.objects.filter(pk=quotes[0].pk).update(speaker_name="", speaker_as_written="")

    with pytest.raises(GuardFailed, match="has no speaker"):
        suggestions.confirm_all(article, by=desk.journalist, quotes=[quote.pk for quote in quotes])

    assert set(verdicts(article)) == {"proposed"}


def test_confirm_all_refuses_changed_words(desk, article) -> None:
    wanted = keys(article)["quotes"]
    desk.save(article, body=BODY.replace("before the ice", "before the winter"))

    with pytest.raises(GuardFailed, match="words have changed"):
        suggestions.confirm_all(article, by=desk.journalist, quotes=wanted)


def test_confirm_all_knows_only_its_own_story_and_the_machines_links(desk, article) -> None:
    other = desk.draft("Norway waits again", body=BODY)
    proposing.suggest(other.revision_id)
    link = article.related_links.create(title="By hand", origin=Origin.PERSON)

    batch = suggestions.confirm_all(article, by=desk.journalist, related=[link.pk], **keys(other))

    link.refresh_from_db()
    assert (batch.count, link.verdict, set(verdicts(other))) == (0, Verdict.PROPOSED, {"proposed"})


def test_confirm_all_is_refused_to_who_may_not_decide(article, colleague) -> None:
    with pytest.raises(NotAllowed):
        suggestions.confirm_all(article, by=colleague, **keys(article))


def test_confirm_all_is_refused_for_a_killed_story(desk, article, norway) -> None:
    killed = desk.killed(body=BODY)

    with pytest.raises(GuardFailed, match="was killed"):
        suggestions.confirm_all(killed, by=desk.editor)


def test_confirm_all_costs_the_same_for_one_and_many(desk, article, django_assert_num_queries) -> None:
    many = keys(article)
    suggestions.confirm_all(article, by=desk.editor)

    for tags in (many["tags"][:1], many["tags"]):
        with django_assert_num_queries(6):
            suggestions.confirm_all(article, by=desk.editor, tags=tags, quotes=many["quotes"])


def test_take_back_opens_the_batch_and_nothing_else(desk, article, norway, finland) -> None:
    alone = suggestions.confirm_tag(article.tags.get(entity=finland), by=desk.journalist)
    batch = suggestions.confirm_all(article, by=desk.journalist, **keys(article))
    later = suggestions.reject(article.tags.get(entity=norway), by=desk.journalist)

    count = suggestions.take_back(article, by=desk.journalist, decided_at=batch.decided_at)

    alone.refresh_from_db()
    later.refresh_from_db()
    assert (batch.count, count) == (2, 1)
    assert (alone.verdict, later.verdict) == (Verdict.CONFIRMED, Verdict.REJECTED)
    assert set(article.quotes.values_list("verdict", "verdict_by")) == {("proposed", None)}


def test_take_back_refuses_a_batch_that_is_not_ones_own(desk, article) -> None:
    batch = suggestions.confirm_all(article, by=desk.journalist, **keys(article))

    with pytest.raises(GuardFailed, match="Nothing is left"):
        suggestions.take_back(article, by=desk.editor, decided_at=batch.decided_at)
    with pytest.raises(GuardFailed, match="Nothing is left"):
        suggestions.take_back(article, by=desk.journalist, decided_at=batch.decided_at + timedelta(microseconds=1))


def test_choose_primary_stands_through_the_next_reading(desk, article, norway, finland) -> None:
    machine = article.tags.get(is_primary=True)
    assert machine.entity == norway

    suggestions.choose_primary(article.tags.get(entity=finland), by=desk.journalist)
    desk.save(article, body=BODY + "<p>Norway, Norway and Norway again.</p>")
    proposing.suggest(desk.fresh(article).revision_id)

    assert list(article.tags.filter(is_primary=True).values_list("entity__name", "verdict")) == [
        ("Finland", "confirmed")
    ]


def test_choose_primary_moves_from_one_to_the_other(desk, article, norway, finland) -> None:
    suggestions.choose_primary(article.tags.get(entity=finland), by=desk.journalist)
    suggestions.choose_primary(article.tags.get(entity=norway), by=desk.journalist)

    assert [tag.entity for tag in article.tags.filter(is_primary=True)] == [norway]
    assert [tag.entity for tag in article.tags.filter(is_primary_by_person=True)] == [norway]


def test_choose_primary_ends_with_the_rejection(desk, article, norway, finland) -> None:
    suggestions.choose_primary(article.tags.get(entity=finland), by=desk.journalist)
    suggestions.reject(article.tags.get(entity=finland), by=desk.journalist)
    proposing.suggest(article.revision_id, again=True)

    assert [tag.entity for tag in article.tags.filter(is_primary=True)] == [norway]


def test_choose_primary_refuses_what_is_no_country(desk, article) -> None:
    ship = Entity.objects.create(kind=Kind.EQUIPMENT, name="KNM Bluefin", slug="bluefin")
    tag = suggestions.add_tag(article, ship, by=desk.journalist)

    with pytest.raises(GuardFailed, match="no country"):
        suggestions.choose_primary(tag, by=desk.journalist)


def test_primary_by_person_is_one_an_article(article) -> None:
    with pytest.raises(IntegrityError, match="tag_one_primary_by_person"), transaction.atomic():
        Tag.objects.filter(article=article).update(is_primary_by_person=True)


@pytest.mark.parametrize("source", ["javascript:alert(1)", "ftp://example.org/", "not an address"])
def test_confirm_quote_refuses_a_source_that_is_no_web_address(desk, article, source) -> None:
    quote = article.quotes.first()

    with pytest.raises(GuardFailed):
        suggestions.confirm_quote(quote, by=desk.journalist, source_url=source)

    quote.refresh_from_db()
    assert (quote.verdict, quote.source_url) == (Verdict.PROPOSED, "")
