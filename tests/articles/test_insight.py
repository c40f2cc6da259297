from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import insight, suggestions
from articles.models import Listing, Representation, Tag
from articles.models.verdict import Verdict
from articles.publishing import correct, publish
from entities.models import Country, Entity, Kind, Name, Relation
from tests.desk import make_country

pytestmark = pytest.mark.django_db

WORDS = "return to port by Friday"


@pytest.fixture
def say(desk, norway):
    """A live story that quotes somebody."""

    def said(name: str = "", **speaker):
        story = desk.approved()
        start = story.revision.text.index(WORDS)
        suggestions.add_quote(story, start=start, end=start + len(WORDS), by=desk.editor, speaker_name=name, **speaker)
        publish(story, by=desk.editor)
        return desk.fresh(story)

    return said


def counts(parts) -> dict[str, int]:
    return {part.label: part.count for part in parts if part.count}


def test_a_role_of_a_state_speaks_for_it(say):
    say("Ann Example", speaker_kind="person", speaker_role="Captain, Finnish Border Guard")
    say("Ben Example", speaker_kind="person", speaker_role="a retired admiral")
    say("", speaker_kind="unnamed", speaker_as_written="an official", speaker_role="defence official")

    assert counts(insight.quoted(30).voices) == {insight.OFFICIAL: 1, insight.INDEPENDENT: 1, insight.UNNAMED: 1}


def test_a_role_names_an_organisation_that_the_gazetteer_knows(say):
    for name, category, text in (("Kestrel-Dahl", "company", "KDX"), ("Procurement Administration", "agency", "PAX")):
        known = Entity.objects.create(kind=Kind.ORGANISATION, category=category, name=name, slug=category)
        Name.objects.create(entity=known, text=text, form="acronym", strength="weak")
    say("Ann Example", speaker_kind="person", speaker_role="Director of exports, PAX")
    say("Ben Example", speaker_kind="person", speaker_role="Head of testing, Procurement Administration")
    say("Cem Example", speaker_kind="person", speaker_role="commander of test flights, KDX")
    say("Dag Example", speaker_kind="person", speaker_role="former head of testing, PAX")
    say("Eva Example", speaker_kind="person", speaker_role="King of Norway")

    assert counts(insight.quoted(30).voices) == {insight.OFFICIAL: 3, insight.INDEPENDENT: 2}


def test_armed_groups_speak_for_themselves_and_alliances_for_their_states(say):
    Entity.objects.create(kind=Kind.ORGANISATION, category="group", name="Grey Brigade", slug="grey-brigade")
    Entity.objects.create(kind=Kind.ALLIANCE, name="Northern Pact", slug="northern-pact")
    say("Ann Example", speaker_kind="person", speaker_role="Grey Brigade military commander")
    say("Ben Example", speaker_kind="person", speaker_role="secretary general, Northern Pact")

    assert counts(insight.quoted(30).voices) == {insight.OFFICIAL: 1, insight.INDEPENDENT: 1}


def test_what_a_correction_took_back_is_not_counted(desk, say):
    story = say("Ann Example", speaker_kind="person", speaker_role="admiral")
    say("Ben Example", speaker_kind="person", speaker_role="admiral")
    assert insight.quoted(30).count == 2

    correct(story, by=desk.editor, notice="She did not say so.", retracts=[story.quotes.get()])

    assert insight.quoted(30).count == 1


@pytest.mark.parametrize(
    ("part", "whole", "drawn", "said"),
    [
        (0, 3, 0, "0 %"),
        (1, 3, 33, "33 %"),
        (3, 3, 100, "100 %"),
        (399, 400, 99, "> 99 %"),
        (1, 400, 1, "< 1 %"),
        (1, 100, 1, "1 %"),
        (0, 0, 0, "0 %"),
    ],
)
def test_only_nothing_is_none_and_only_all_is_a_hundred(part, whole, drawn, said):
    share = insight.Hundredths.of(part, whole)
    assert (share, share.says) == (drawn, said)


def test_a_name_of_two_organisations_is_left_to_the_words(say):
    for name, category in (("Kestrel-Dahl", "company"), ("Procurement Administration", "agency")):
        known = Entity.objects.create(kind=Kind.ORGANISATION, category=category, name=name, slug=category)
        Name.objects.create(entity=known, text="PAX", form="acronym")
    say("Ann Example", speaker_kind="person", speaker_role="Director of exports, PAX")
    say("Ben Example", speaker_kind="person", speaker_role="Commander, PAX")

    assert counts(insight.quoted(30).voices) == {insight.OFFICIAL: 1, insight.INDEPENDENT: 1}


def test_organisations_and_documents_are_known_by_their_name(say):
    company = Entity.objects.create(kind=Kind.ORGANISATION, category="company", name="Army Supplies", slug="supplies")
    say("Danish government", speaker_kind="organisation")
    say("Report of the defence ministry", speaker_kind="document")
    say("Fenwick Institute", speaker_kind="organisation")
    say("Army Supplies", speaker_kind="organisation", speaker_entity=company)
    say("Army Example", speaker_kind="person")

    assert counts(insight.quoted(30).voices) == {insight.OFFICIAL: 2, insight.INDEPENDENT: 3}


def test_voices_take_as_many_queries_for_one_role_and_three(say, django_assert_num_queries):
    for name in ("Ann", "Ben", "Cem"):
        say(f"{name} Example", speaker_kind="person", speaker_role=f"Director of exports, {name}")
        with django_assert_num_queries(2):
            insight.quoted(30)


def test_quotations_are_counted_by_voice_kind_and_country(say):
    minister = Entity.objects.create(kind=Kind.PERSON, name="Ingrid Sample", slug="ingrid-sample")
    ministry = Entity.objects.create(
        kind=Kind.ORGANISATION, category="ministry", name="Ministry of Defence", slug="ministry-of-defence"
    )
    Relation.objects.create(subject=minister, kind=Relation.Kind.OFFICE_IN, object=ministry)
    oslo = Country.objects.get(alpha2="NO")
    say("Ingrid Sample", speaker_kind="person", speaker_entity=minister, speaker_country=oslo)
    say("Ministry of Defence", speaker_kind="organisation", speaker_entity=ministry, speaker_country=oslo)
    say("Ann Example", speaker_kind="person", speaker_role="analyst")

    found = insight.quoted(30)

    assert found.count == 3
    assert counts(found.voices) == {insight.OFFICIAL: 2, insight.INDEPENDENT: 1}
    assert counts(found.kinds) == {"person": 2, "organisation": 1}
    assert found.countries == [insight.Share("Norway", 2, 67), insight.Share("No country", 1, 33)]


def test_countries_beyond_those_told_by_name_are_counted_together(say, finland, monkeypatch):
    monkeypatch.setattr(insight, "MOST_COUNTRIES", 1)
    make_country("SE", "Sweden", "SWE", "752")
    for place in ("NO", "NO", "FI", "SE"):
        say("Ann Example", speaker_kind="person", speaker_country=Country.objects.get(alpha2=place))

    assert insight.quoted(30).countries == [insight.Share("Norway", 2, 50), insight.Share("2 other countries", 2, 50)]


def test_who_left_an_office_before_the_story_is_independent(say):
    minister = Entity.objects.create(kind=Kind.PERSON, name="Ingrid Sample", slug="ingrid-sample")
    force = Entity.objects.create(kind=Kind.ORGANISATION, category="force", name="Navy", slug="navy")
    Relation.objects.create(
        subject=minister,
        kind=Relation.Kind.OFFICE_IN,
        object=force,
        valid_to=timezone.localdate() - timedelta(days=400),
    )
    say("Ingrid Sample", speaker_kind="person", speaker_entity=minister)

    assert counts(insight.quoted(30).voices) == {insight.INDEPENDENT: 1}


def test_what_is_old_or_no_longer_live_is_not_counted(say, desk):
    old, killed = say("Ann Example", speaker_kind="person"), say("Ben Example", speaker_kind="person")
    Representation.objects.filter(article=old).update(published_at=timezone.now() - timedelta(days=31))
    desk.kill(killed)

    assert insight.quoted(30).count == 0
    assert insight.quoted(90).count == 1


@pytest.fixture
def judged(desk, norway, finland):
    """Proposals of three stories with what was said of them."""
    for number, verdict in enumerate((Verdict.CONFIRMED, Verdict.REJECTED, Verdict.REJECTED)):
        Tag.objects.create(
            article=desk.draft(f"Story {number}"),
            entity=norway,
            verdict=verdict,
            verdict_by=desk.editor,
            verdict_at=timezone.now(),
            judged_version=7 + number // 2,
            judged_surfaces=["Norge"],
        )
    Tag.objects.create(article=desk.draft("Undecided"), entity=finland)


def test_precision_counts_each_judged_tag_once(judged, norway):
    (alias,), names = insight.precision_by_alias(30)

    assert (alias.label, alias.entity, alias.entity_id) == ("Norge", "Norway", norway.pk)
    assert (alias.confirmed, alias.rejected, alias.percent) == (1, 2, 33)
    assert names == 1


def test_names_that_are_left_out_are_counted(judged, desk, norway, monkeypatch):
    monkeypatch.setattr(insight, "MOST_ALIASES", 1)
    Tag.objects.filter(verdict=Verdict.CONFIRMED).update(judged_surfaces=["Norwegian"])

    found, names = insight.precision_by_alias(30)

    assert ([alias.label for alias in found], names) == (["Norge"], 2)


def test_precision_is_told_by_version_the_oldest_first(judged):
    found, versions = insight.precision_by_version(30)

    assert [(version.label, version.confirmed, version.rejected) for version in found] == [("7", 1, 1), ("8", 0, 1)]
    assert versions == 2


def test_versions_that_are_left_out_are_the_oldest(judged, monkeypatch):
    monkeypatch.setattr(insight, "MOST_VERSIONS", 1)

    found, versions = insight.precision_by_version(30)

    assert ([version.label for version in found], versions) == (["8"], 2)


def test_verdicts_before_the_period_are_left_out(judged):
    Tag.objects.exclude(verdict=Verdict.PROPOSED).update(verdict_at=timezone.now() - timedelta(days=31))

    assert (insight.precision_by_alias(30), insight.precision_by_version(30)) == (([], 0), ([], 0))


def test_coverage_is_told_by_country_and_month(desk, tell, norway, finland):
    for number, (about, month) in enumerate(((norway, 11), (norway, 11), (norway, 1), (finland, 11))):
        story = tell(f"Story {number}", about=[about])
        Listing.objects.filter(article=story).update(published_at=datetime(2026, month, 30, 23, tzinfo=UTC))

    months, (first, second), countries = insight.covered(date(2026, 11, 30))

    assert (months[0], months[-1]) == (date(2025, 12, 1), date(2026, 11, 1))
    assert (first.name, first.counts, first.heights[-1]) == ("Norway", [0, 1, *[0] * 9, 2], 100)
    assert (second.name, second.total, second.heights[-1]) == ("Finland", 1, 50)
    assert countries == 2


def test_shares_of_nothing_are_nothing():
    assert insight.shares([]) == []
    assert insight.shares([("none", 0)]) == [insight.Share("none", 0, 0)]
