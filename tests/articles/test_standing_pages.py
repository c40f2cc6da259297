import pytest
from django.db import IntegrityError, transaction

from articles.models import StandingPage
from articles.standing_pages import StalePage, save_page
from articles.states import GuardFailed, NotAllowed


@pytest.fixture
def page(db):
    return StandingPage.objects.get(slug="privacy")


def test_save_page_cleans_and_keeps_the_version(page, chief):
    page.body = "<h1>No cookie</h1><script>alert(1)</script><p onclick='x()'>None.</p>"

    saved = save_page(page, by=chief, expected_version=1)

    newest = saved.versions.first()
    assert "script" not in saved.body
    assert "onclick" not in saved.body
    assert (saved.version, newest.number, newest.by, newest.body) == (2, 2, chief, saved.body)
    assert [version.number for version in saved.versions.all()] == [2, 1]


def test_save_page_makes_a_new_one(db, chief):
    saved = save_page(StandingPage(slug="jobs", title=" Jobs\n", body="Work here."), by=chief, expected_version=0)

    assert (saved.title, saved.version, saved.versions.get().number) == ("Jobs", 1, 1)


def test_save_page_does_not_overwrite_what_somebody_else_saved(page, chief):
    mine, theirs = StandingPage.objects.get(pk=page.pk), StandingPage.objects.get(pk=page.pk)
    theirs.title = "Theirs"
    save_page(theirs, by=chief, expected_version=1)

    mine.title = "Mine"
    with pytest.raises(StalePage), transaction.atomic():
        save_page(mine, by=chief, expected_version=1)

    assert StandingPage.objects.get(pk=page.pk).title == "Theirs"


def test_save_page_is_for_a_chief(page, editor):
    with pytest.raises(NotAllowed):
        save_page(page, by=editor, expected_version=1)


def test_save_page_needs_a_title(page, chief):
    page.title = " \u200b"

    with pytest.raises(GuardFailed):
        save_page(page, by=chief, expected_version=1)


def test_versions_are_never_changed(page):
    with pytest.raises(IntegrityError), transaction.atomic():
        page.versions.update(title="Forged")
    with pytest.raises(IntegrityError), transaction.atomic():
        page.versions.all().delete()
