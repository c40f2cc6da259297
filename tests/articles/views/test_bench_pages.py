"""`make bench` finds its way over every public address; how long they take is measured there."""

from __future__ import annotations

import pytest

from articles.models import Author, Section
from entities.models import Entity, Kind
from tests.audits.report import Report
from tests.audits.tools import JudgeAbsentError
from tests.bench import pages
from tests.bench.bars import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(desk, tell, norway, monkeypatch):
    monkeypatch.setattr(pages, "ROUNDS", 1)
    unit = Entity.objects.create(kind=Kind.UNIT, name="Sample Brigade", slug="sample-brigade")
    section = Section.objects.create(slug="land", name="Land")
    Author.objects.get_or_create(slug="ana-sample", defaults={"name": "Ana Sample"})
    return tell(about=[norway, unit], section=section, speaker_country=norway.country_facts)


def test_bench_names_the_slowest_of_all_that_is_public(archive):
    report = Report({bar.name: bar for bar in PAGES})

    pages.judge_pages(report)

    walked, ours = pages._addresses()
    assert not report.not_measured
    assert report.notes[0].count(" ms") == 12
    assert {"/", "/countries/norway/", "/quotes/", archive.representation.get_absolute_url()} <= set(walked)
    assert len(ours) == len(pages.LISTS) + len(pages.PAGES)


def test_bench_measures_nothing_that_is_broken(archive, monkeypatch):
    monkeypatch.setattr(pages, "LISTS", ("articles?entity=00000000-0000-0000-0000-000000000001",))

    with pytest.raises(JudgeAbsentError, match="answers 400"):
        pages.judge_pages(Report({bar.name: bar for bar in PAGES}))
