from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from articles import proposing, publishing, sweeping, term_table
from articles.edition_rows import shown_tags
from articles.models import ArticleTerm, TermFrequency, TermVector
from articles.tagging import Document
from articles.tagging.relating.terms import terms
from articles.tagging.relating.vectors import number, numbered, pack, unpack

BODY = "<p>Icebreakers of the Northern Fleet left Norway.</p>"


def stored(article) -> dict[int, int]:
    vector = unpack(TermVector.objects.get(article=article).terms)
    return dict(zip(vector.keys(), vector.values(), strict=True))


def leading(article) -> dict[str, int]:
    return dict(ArticleTerm.objects.filter(article=article).values_list("term", "weight"))


def whereabouts() -> list[tuple[str, str]]:
    """Where each row lies, which changes whenever it is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term, ctid::text FROM articles_articleterm UNION SELECT 'v', ctid::text FROM articles_termvector"
        )
        return sorted(cursor.fetchall())


def test_a_live_story_has_the_terms_of_its_edition_and_its_tags(desk, norway):
    article = desk.draft("Icebreakers leave", body=BODY)
    proposing.suggest(article.revision_id)
    desk.approve_again(article)
    publishing.publish(article, by=desk.editor)

    edition = desk.fresh(article).edition
    document = Document(title=edition.headline, standfirst=edition.standfirst, text=edition.text)
    assert leading(article) == terms(document, [norway.pk])
    assert {"icebreak", "=fleet", f"@{norway.pk}"} <= set(leading(article))
    assert stored(article) == numbered(leading(article))


@pytest.mark.parametrize("state", ["draft", "approved", "scheduled", "withdrawn", "killed"])
def test_a_story_that_is_not_live_has_no_terms(desk, state):
    desk.live("Another story")
    article = getattr(desk, state)("Icebreakers leave", body=BODY)

    assert not ArticleTerm.objects.filter(article=article).exists()
    assert not TermVector.objects.filter(article=article).exists()


def test_a_new_version_replaces_the_terms(desk):
    article = desk.live("Icebreakers leave", body=BODY)
    changed = desk.save(article, headline="Submarines return", body="<p>Submarines came back.</p>", standfirst="Why.")
    desk.approve_again(changed)

    before = set(leading(article))
    publishing.publish_update(changed, by=desk.editor)

    assert "icebreak" in before
    assert set(leading(article)) == {"submarin", "return", "came", "back", "=submarin"}
    assert stored(article) == numbered(leading(article))


def test_storing_terms_again_touches_no_row_and_takes_one_statement(desk, django_assert_num_queries):
    article = desk.live("Icebreakers leave", body=BODY + "<p>Many more words stand in this story, too.</p>")
    tags = shown_tags(article.edition)
    before = whereabouts()

    with django_assert_num_queries(1):
        term_table.store_terms(article, article.edition, tags)

    assert whereabouts() == before


def test_only_the_heaviest_terms_lead_to_a_story_once_many_are_counted(desk):
    article = desk.live("Icebreakers leave", body="<p>" + " ".join(f"word{n}x" for n in range(100)) + "</p>")
    TermFrequency.objects.create(number=TermFrequency.ALL, stories=term_table.FEW_STORIES)
    TermFrequency.objects.create(number=number("word7x"), stories=900)

    term_table.store_terms(article, article.edition, [])

    assert len(leading(article)) == term_table.LEADING_TERMS < len(stored(article))
    assert "icebreak" in leading(article)
    assert "word7x" not in leading(article)


def test_sweep_makes_up_for_missing_terms_and_for_those_of_an_earlier_form(desk):
    missing, outdated, killed = desk.live("One"), desk.live("Two"), desk.live("Three")
    expected = {article: (stored(article), leading(article)) for article in (missing, outdated)}
    TermVector.objects.filter(article=missing).delete()
    ArticleTerm.objects.filter(article=missing).delete()
    TermVector.objects.filter(article=outdated).update(form=term_table.FORM - 1, terms=pack({1: 1}))
    desk.kill(killed)

    first, second = sweeping.make_up_missing_terms(), sweeping.make_up_missing_terms()

    assert (first, second) == (2, 0)
    assert {article: (stored(article), leading(article)) for article in (missing, outdated)} == expected
    assert not TermVector.objects.filter(article=killed).exists()


def test_make_up_terms_of_a_story_withdrawn_meanwhile_writes_nothing(desk):
    article = desk.live("One")
    publishing.withdraw(article, by=desk.editor, reason="Sent too early.")

    term_table.make_up_terms(article)

    assert not TermVector.objects.exists()


def test_terms_carry_the_time_of_the_first_publication(desk):
    first = timezone.now() - timedelta(days=400)
    with time_machine.travel(first, tick=False):
        article = desk.live("One")

    assert set(ArticleTerm.objects.values_list("published_at", flat=True)) == {desk.fresh(article).published_at}
