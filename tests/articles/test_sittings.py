"""Sitting at a story: who is there, and what was typed there and not saved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import desk_lists, sittings, sweeping
from articles.models import Article, Revision, Sitting
from articles.sittings import MOST_BYTES, Sign, Typed
from articles.states import GuardFailed, NotAllowed

WORDS = Typed({"headline": ["Typed"], "body": ["<p>One <strong>two</strong>.</p><p>Three.</p>"]}, base_version=1)


def type_into(article: Article, by, tab: str = "tab-one", typed: Typed = WORDS) -> Sitting:
    sittings.sit(article.pk, Sign(tab, is_saved=False, has_typed=True, typed=typed), by=by)
    return Sitting.objects.get(article=article, user=by, tab=tab)


def long_ago(sitting: Sitting, **ago: timedelta) -> None:
    Sitting.objects.filter(pk=sitting.pk).update(**{name: timezone.now() - age for name, age in ago.items()})


def test_sit_keeps_words_and_never_touches_the_article(desk, journalist) -> None:
    article = desk.draft()

    sitting = type_into(article, journalist)

    assert (sitting.fields, sitting.base_version, sitting.word_count) == (dict(WORDS.fields), 1, 3)
    assert desk.fresh(article).headline == article.headline
    assert desk.fresh(article).lock_version == article.lock_version
    assert Revision.objects.filter(article=article).count() == 1


def test_sit_replaces_the_words_of_its_own_tab_only(desk, journalist) -> None:
    article = desk.draft()
    type_into(article, journalist, "tab-one")

    type_into(article, journalist, "tab-two", Typed({"headline": ["Other"]}, 1))
    type_into(article, journalist, "tab-two", Typed({"headline": ["Other two"]}, 1))

    kept = {sitting.tab: sitting.fields["headline"] for sitting in Sitting.objects.all()}
    assert kept == {"tab-one": ["Typed"], "tab-two": ["Other two"]}


def test_sit_leaves_words_alone_that_have_not_changed(desk, journalist) -> None:
    article = desk.draft()
    before = type_into(article, journalist)

    sittings.sit(article.pk, Sign("tab-one", is_saved=False), by=journalist)

    after = Sitting.objects.get()
    assert (after.fields, after.kept_at) == (before.fields, before.kept_at)
    assert after.seen_at > before.seen_at


def test_sit_forgets_words_that_are_saved(desk, journalist) -> None:
    article = desk.draft()
    type_into(article, journalist)

    sittings.sit(article.pk, Sign("tab-one"), by=journalist)

    after = Sitting.objects.get()
    assert (after.fields, after.base_version, after.kept_at, after.word_count) == (None, None, None, 0)


def test_sit_keeps_words_of_a_tab_that_leaves(desk, journalist) -> None:
    article = desk.draft()
    type_into(article, journalist)

    sittings.sit(article.pk, Sign("tab-one", is_saved=False, is_leaving=True), by=journalist)

    after = Sitting.objects.get()
    assert (after.seen_at, after.has_words) == (None, True)


def test_sit_refuses_more_than_it_can_keep(desk, journalist) -> None:
    article = desk.draft()
    typed = Typed({"body": ["é" * (MOST_BYTES // 2)]}, 1)

    with pytest.raises(GuardFailed, match="2 MB is the most"):
        type_into(article, journalist, typed=typed)
    assert Sitting.objects.count() == 0


@pytest.mark.parametrize("tab", ["", "a b", "x" * 41, "a\x00bc", "<b>"])
def test_sit_refuses_what_is_no_tab(desk, journalist, tab: str) -> None:
    with pytest.raises(GuardFailed, match="Load it anew"):
        sittings.sit(desk.draft().pk, Sign(tab), by=journalist)


def test_sit_keeps_hostile_words_without_what_a_database_cannot(desk, journalist) -> None:
    hostile = "a\x00b\ud800c <script>alert(1)</script> \u202eright to left"

    sitting = type_into(desk.draft(), journalist, typed=Typed({"headline": [hostile]}, 1))

    assert sitting.fields == {"headline": ["abc <script>alert(1)</script> \u202eright to left"]}


def test_database_keeps_no_words_without_their_base(desk, journalist) -> None:
    article = desk.draft()

    with pytest.raises(IntegrityError, match="sitting_words_know_their_base"), transaction.atomic():
        Sitting.objects.create(article=article, user=journalist, tab="tab-one", fields={"headline": ["x"]})


def test_keep_and_settle_are_of_one_person(desk, journalist, editor) -> None:
    article = desk.draft()
    sittings.keep(article, WORDS, by=journalist, tab="tab-one")
    sittings.keep(article, WORDS, by=editor, tab="tab-one")

    assert sittings.settle(article, by=journalist, tabs=["tab-one", "tab-two"]) == 1

    assert [sitting.user for sitting in Sitting.objects.with_words()] == [editor]


def test_unsaved_words_are_never_anothers(desk, journalist, editor) -> None:
    article = desk.draft()
    sitting = type_into(article, journalist)

    assert sittings.unsaved_words(sitting.pk, article_id=article.pk, by=journalist) == sitting
    with pytest.raises(Sitting.DoesNotExist):
        sittings.unsaved_words(sitting.pk, article_id=article.pk, by=editor)
    with pytest.raises(Sitting.DoesNotExist):
        sittings.unsaved_words(sitting.pk, article_id=desk.draft().pk, by=journalist)


def test_company_tells_who_edits_who_reads_and_who_left_words(desk, journalist, editor, chief, colleague) -> None:
    article = desk.draft()
    type_into(article, editor)
    sittings.sit(article.pk, Sign("tab-two"), by=chief)
    long_ago(type_into(article, colleague), seen_at=timedelta(minutes=10))
    sittings.sit(desk.draft().pk, Sign("tab-two"), by=chief)

    company = sittings.company_at(article.pk, by=journalist, tab="tab-own")

    said = [(person.name, person.is_present, person.is_editing, person.has_words) for person in company.people]
    assert said == [
        ("editor", True, True, True),
        ("chief", True, False, False),
        ("colleague", False, False, True),
    ]
    assert company.unsaved == []


def test_company_calls_one_person_once_and_yourself_you(desk, journalist, editor) -> None:
    article = desk.draft()
    for tab in ("tab-one", "tab-two"):
        sittings.sit(article.pk, Sign(tab), by=editor)
        sittings.sit(article.pk, Sign(tab), by=journalist)

    company = sittings.company_at(article.pk, by=journalist, tab="tab-one")

    assert [(person.name, person.is_you) for person in company.people] == [("editor", False), ("journalist", True)]


def test_company_forgets_who_fell_silent(desk, journalist, editor) -> None:
    article = desk.draft()
    sittings.sit(article.pk, Sign("tab-one"), by=editor)
    long_ago(Sitting.objects.get(), seen_at=timedelta(seconds=91))

    assert sittings.company_at(article.pk, by=journalist, tab="tab-one").people == []


def test_company_offers_own_words_newest_first_without_reading_them(
    desk, journalist, django_assert_num_queries
) -> None:
    article = desk.draft()
    older = type_into(article, journalist, "tab-one")
    long_ago(older, seen_at=timedelta(hours=2), kept_at=timedelta(hours=2))
    newer = type_into(article, journalist, "tab-two")
    type_into(article, journalist, "tab-own")

    with django_assert_num_queries(1):
        company = sittings.company_at(article.pk, by=journalist, tab="tab-own")

    assert company.unsaved == [newer, older]
    assert "fields" in company.unsaved[0].get_deferred_fields()


def test_standing_tells_the_tagging_and_who_saved(desk, journalist, editor, django_assert_num_queries) -> None:
    article = desk.save(desk.draft(), by=editor, headline="Newer")

    with django_assert_num_queries(3):
        reader = type(journalist).objects.get(pk=journalist.pk)
        standing = sittings.standing_of(article.pk, by=reader)
        sittings.sit(article.pk, Sign("tab-one"), by=reader)

    assert (standing.lock_version, standing.tagging, standing.saved_by) == (2, "waiting", "editor")


def test_standing_is_closed_to_who_may_see_no_stories(desk, stranger) -> None:
    with pytest.raises(NotAllowed):
        sittings.standing_of(desk.draft().pk, by=stranger)
    with pytest.raises(Article.DoesNotExist):
        sittings.standing_of(999_999, by=stranger)


def test_sweep_forgets_closed_tabs_and_words_of_a_month_ago(desk, journalist, editor, chief) -> None:
    article = desk.draft()
    sittings.sit(article.pk, Sign("tab-one"), by=journalist)
    sittings.sit(article.pk, Sign("tab-two", is_leaving=True), by=journalist)
    sittings.sit(article.pk, Sign("tab-three"), by=journalist)
    long_ago(Sitting.objects.get(tab="tab-three"), seen_at=timedelta(minutes=16))
    long_ago(type_into(article, editor, "kept"), seen_at=timedelta(days=29), kept_at=timedelta(days=29))
    long_ago(type_into(article, chief, "stale"), seen_at=timedelta(days=31), kept_at=timedelta(days=31))

    sweeping.sweep()

    assert set(Sitting.objects.values_list("tab", flat=True)) == {"tab-one", "kept"}


def test_lists_name_who_has_a_story_open(desk, journalist, editor, chief) -> None:
    editor.first_name = "Ana"
    editor.save()
    article, other = desk.draft(), desk.draft()
    for tab in ("tab-one", "tab-two"):
        sittings.sit(article.pk, Sign(tab), by=editor)
    sittings.sit(article.pk, Sign("tab-one"), by=journalist)
    long_ago(type_into(other, chief), seen_at=timedelta(minutes=10))

    listed = {row.pk: row.people_there for row in desk_lists.for_display(Article.objects.all())}

    assert listed == {article.pk: "Ana, journalist", other.pk: ""}
