import re
from datetime import date

import pytest

SUBJECT = re.compile(r'In stories about <a href="([^"]*)">')


def compared(client, one="Ana Sample", other="Bo Other"):
    return client.get("/quotes/compare/", {"one": one, "other": other})


@pytest.fixture
def both(tell, norway, finland):
    """Two speakers quoted on Norway, and one of them on Finland."""
    ana = tell("Ana on Norway", about=[norway], said_on=date(2026, 3, 5))
    bo = tell("Bo on Norway", about=[norway], speaker="Bo Other", words="We shall not move.", said_on=date(2026, 4, 6))
    tell("Ana on Finland", about=[finland], words="Finland is another matter.")
    return ana, bo


def test_compare_shows_what_both_said_on_the_same_by_month(client, both):
    page = compared(client).content.decode()

    assert SUBJECT.findall(page) == ["/countries/norway/"]
    assert page.index("April 2026") < page.index("We shall not move.") < page.index("March 2026")
    assert page.index("March 2026") < page.index("The whole fleet will return")
    assert "Finland is another matter." not in page
    assert 'content="noindex, follow"' in page


def test_compare_shows_a_statement_under_one_subject(client, tell, norway, finland):
    tell("Ana", about=[norway, finland])
    tell("Bo", about=[norway, finland], speaker="Bo Other", words="We shall not move.")

    page = compared(client).content.decode()

    assert len(SUBJECT.findall(page)) == 1
    assert page.count("We shall not move.") == 1


def test_compare_forgets_what_was_killed(client, desk, both):
    desk.kill(both[1])

    page = compared(client).content.decode()

    assert "We shall not move." not in page
    assert "Nothing that is public now was said by" in page


def test_compare_of_speakers_with_nothing_in_common_shows_both(client, tell, norway, finland):
    tell("Ana on Norway", about=[norway])
    tell("Bo on Finland", about=[finland], speaker="Bo Other", words="We shall not move.")

    page = compared(client).content.decode()

    assert "quotes both; what each said last" in page
    assert "We shall not move." in page


def test_compare_tells_that_both_names_mean_one(client, both):
    assert "Both names mean the same speaker." in compared(client, "Ana", "Ana Sample").content.decode()


@pytest.mark.parametrize("name", ["\x00", "<b>x</b>", "'; DROP TABLE x --", "舰队" * 2000, "(", "\u202e"])
def test_compare_takes_any_words(client, both, name):
    response = compared(client, name, "Bo Other")

    assert response.status_code == 200
    assert "<b>x</b>" not in response.content.decode()


def test_compare_offers_who_is_quoted(client, both):
    page = client.get("/quotes/compare/").content.decode()
    assert '<a href="?one=Ana+Sample">Ana Sample</a>' in page

    page = client.get("/quotes/compare/?one=Ana+Sample").content.decode()
    assert '<a href="?one=Ana+Sample&amp;other=Bo+Other">Bo Other</a>' in page
    assert '"?one=Ana+Sample&amp;other=Ana+Sample"' not in page


def test_compare_costs_the_same_for_one_and_three(client, both, tell, norway, django_assert_num_queries):
    with django_assert_num_queries(7):
        compared(client)

    for number in (1, 2):
        tell(f"Ana again {number}", about=[norway])
        tell(f"Bo again {number}", about=[norway], speaker="Bo Other", words=f"We shall not move {number}.")
    with django_assert_num_queries(7):
        compared(client)
