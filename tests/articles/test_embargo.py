"""Setting, extending and ending an embargo."""

from datetime import UTC, datetime

import pytest

from articles import embargoes
from articles.states import GuardFailed, NotAllowed

JULY, AUGUST = datetime(2031, 7, 1, 4, tzinfo=UTC), datetime(2031, 8, 1, 4, tzinfo=UTC)


def terms(article) -> tuple[datetime | None, bool, str]:
    return article.embargo_until, article.is_embargoed_indefinitely, article.embargo_note


def test_embargo_is_recorded_and_makes_no_revision(desk, journalist):
    article = desk.draft()

    transition = embargoes.set_embargo(article, by=journalist, until=JULY, note=" From the ministry ")

    saved = desk.fresh(article)
    assert terms(saved) == (JULY, False, "From the ministry")
    assert (transition.verb, transition.reason, transition.by) == ("embargo", "From the ministry", journalist)
    assert (saved.lock_version, saved.work_state) == (article.lock_version, article.work_state)


def test_embargo_set_to_what_it_is_records_nothing(desk, journalist):
    article = desk.draft()
    embargoes.set_embargo(article, by=journalist, until=JULY)

    assert embargoes.set_embargo(article, by=journalist, until=JULY) is None
    assert article.transitions.filter(verb="embargo").count() == 1


def test_embargo_of_another_is_refused(desk, colleague):
    with pytest.raises(NotAllowed):
        embargoes.set_embargo(desk.draft(), by=colleague, until=JULY)


@pytest.mark.parametrize("later", [{"until": AUGUST}, {"until": None, "is_indefinite": True}])
def test_embargo_may_be_extended_by_its_author(desk, journalist, later):
    article = desk.draft()
    embargoes.set_embargo(article, by=journalist, until=JULY)

    embargoes.set_embargo(article, by=journalist, **later)

    assert desk.fresh(article).embargo_until == later["until"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"until": AUGUST}, {"until": JULY}),
        ({"until": AUGUST}, {"until": None}),
        ({"until": None, "is_indefinite": True}, {"until": AUGUST}),
        ({"until": None, "is_indefinite": True}, {"until": None}),
    ],
)
def test_embargo_in_force_ends_sooner_only_by_the_chief(desk, editor, chief, first, then):
    article = desk.draft()
    embargoes.set_embargo(article, by=editor, **first)

    with pytest.raises(NotAllowed, match="only the chief"):
        embargoes.set_embargo(article, by=editor, reason="Everybody has it.", **then)
    with pytest.raises(GuardFailed, match="say why it is lifted"):
        embargoes.set_embargo(article, by=chief, **then)
    embargoes.set_embargo(article, by=chief, reason="The ministry agreed.", **then)

    assert desk.fresh(article).embargo_until == then["until"]


def test_embargo_that_has_passed_binds_nobody(desk, journalist, time_machine):
    article = desk.draft()
    embargoes.set_embargo(article, by=journalist, until=JULY)
    time_machine.move_to(AUGUST)

    embargoes.set_embargo(article, by=journalist, until=None)

    assert terms(desk.fresh(article)) == (None, False, "")
