import re
from datetime import date

import pytest

from articles.views.event_dates import occasions
from articles.views.moments import Moment, by_year
from entities.merging import merge
from entities.models import Entity, Kind, Relation

MOMENT = re.compile(
    r'(?s)<p class="moment-day">(.*?)</p>\s*(?:<p class="moment-label">(.*?)</p>)?.*?'
    r"<h3>(?:<a [^>]*>)?(.*?)(?:</a>)?</h3>"
    r'(?:\s*<p class="moment-note">(.*?)</p>)?'
)


def moments(client, address):
    """Day, label, title and note of each line."""
    found = MOMENT.findall(client.get(address).content.decode())
    return [tuple(re.sub(r"<[^>]*>", "", part).strip() for part in line) for line in found]


@pytest.fixture
def lantern(db):
    return Entity.objects.create(kind=Kind.EXERCISE, name="Lantern", slug="lantern")


def hold(exercise, country, kind, first, last):
    Relation.objects.create(subject=country, kind=kind, object=exercise, valid_from=first, valid_to=last)


def test_timeline_of_a_series_tells_each_occasion_by_its_days(client, tell, norway, finland, lantern):
    edition = Entity.objects.create(kind=Kind.EXERCISE, name="Lantern 26", slug="lantern-26")
    Relation.objects.create(subject=edition, kind="part_of", object=lantern)
    hold(edition, norway, "hosts", date(2026, 3, 2), date(2026, 3, 20))
    hold(edition, finland, "takes_part", date(2026, 3, 5), date(2026, 3, 18))
    hold(lantern, norway, "hosts", date(2024, 2, 28), date(2024, 3, 3))
    tell("Lantern opens", about=[edition, lantern])

    found = moments(client, "/entities/exercise/lantern/timeline/")

    assert found[1:] == [
        ("2 to 20 March 2026", "Held", "Lantern 26", "Hosted by Norway, with Finland"),
        ("28 February to 3 March 2024", "Held", "Lantern", "Hosted by Norway"),
    ]
    assert found[0][2] == "Lantern opens"
    page = client.get("/entities/exercise/lantern/").content.decode()
    assert "Editions by date" in page
    assert "/entities/exercise/lantern/timeline/" in page


def test_occasions_are_told_apart_by_the_days_between_them(norway, finland, lantern):
    hold(lantern, norway, "hosts", date(2022, 9, 1), date(2022, 9, 7))
    hold(lantern, finland, "takes_part", date(2022, 9, 3), date(2022, 9, 9))
    hold(lantern, norway, "hosts", date(2018, 9, 11), None)
    Relation.objects.create(subject=finland, kind="takes_part", object=lantern)

    newest, oldest = occasions([lantern.pk])[lantern.pk]

    assert (newest.starts, newest.ends) == (date(2022, 9, 1), date(2022, 9, 9))
    assert ([host.name for host in newest.hosts], [guest.name for guest in newest.guests]) == (["Norway"], ["Finland"])
    assert (oldest.starts, oldest.ends) == (date(2018, 9, 11), None)


def test_operation_that_somebody_is_part_of_goes_on(norway, finland):
    watch = Entity.objects.create(kind=Kind.OPERATION, name="Operation Watch", slug="operation-watch")
    hold(watch, norway, "hosts", date(2024, 2, 19), None)
    hold(watch, finland, "takes_part", date(2025, 6, 1), date(2025, 9, 1))

    (occasion,) = occasions([watch.pk])[watch.pk]

    assert (occasion.starts, occasion.ends) == (date(2024, 2, 19), None)
    assert [guest.name for guest in occasion.guests] == ["Finland"]


def test_timeline_tells_offices_as_they_begin_and_end(client, tell, norway):
    minister = Entity.objects.create(kind=Kind.PERSON, name="Ana Sample", slug="ana-sample")
    Relation.objects.create(
        subject=minister,
        kind="office_in",
        object=norway,
        role="Minister",
        valid_from=date(2020, 2, 1),
        valid_to=date(2024, 5, 6),
    )
    tell("Of the minister", about=[minister], speaker_entity=minister, said_on=date(2026, 1, 5))

    found = moments(client, "/entities/person/ana-sample/timeline/")

    assert found[1][:2] == ("5 January 2026", "Ana Sample said")
    assert found[2:] == [
        ("6 May 2024", "Leaves office in", "Norway", "Minister"),
        ("1 February 2020", "Takes office in", "Norway", "Minister"),
    ]


def test_timeline_says_what_is_ahead(client, tell, norway, lantern):
    hold(lantern, norway, "hosts", date(2199, 3, 2), date(2199, 3, 20))
    hold(lantern, norway, "hosts", date(2024, 3, 2), date(2024, 3, 20))
    tell("Lantern opens", about=[lantern])

    days = [line[0] for line in moments(client, "/entities/exercise/lantern/timeline/")]

    assert [day for day in days if day.endswith("ahead")] == ["2 to 20 March 2199 ahead"]


def test_timeline_names_nothing_that_no_live_story_names(client, desk, tell, norway, lantern):
    edition = Entity.objects.create(kind=Kind.EXERCISE, name="Veiledition", slug="veiledition")
    alliance = Entity.objects.create(kind=Kind.ALLIANCE, name="Veilpact", slug="veilpact")
    Relation.objects.create(subject=edition, kind="part_of", object=lantern)
    Relation.objects.create(subject=norway, kind="member_of", object=alliance, valid_from=date(2026, 1, 1))
    for host in (norway, alliance):
        hold(edition, host, "hosts", date(2026, 3, 2), date(2026, 3, 20))
    hold(lantern, alliance, "hosts", date(2026, 5, 2), date(2026, 5, 20))
    story = tell("Lantern opens", about=[lantern])

    pages = [client.get(f"{entity.get_absolute_url()}timeline/") for entity in (norway, lantern)]
    assert [page.status_code for page in pages] == [200, 200]
    assert not any(b"Veil" in page.content for page in pages)
    assert client.get("/entities/exercise/veiledition/timeline/").status_code == 404

    desk.kill(story)
    assert client.get("/entities/exercise/lantern/timeline/").status_code == 404


def test_timeline_with_stories_alone_is_not_for_search_engines(client, tell, norway):
    tell("One", about=[norway])
    assert 'content="noindex, follow"' in client.get("/countries/norway/timeline/").content.decode()

    tell("Two", about=[norway], speaker_country=norway.country_facts, said_on=date(2026, 1, 5))

    assert "noindex" not in client.get("/countries/norway/timeline/").content.decode()


def test_timeline_of_a_merged_or_renamed_entity_leads_on(client, tell, lantern):
    former = Entity.objects.create(kind=Kind.EXERCISE, name="Lamp", slug="lamp")
    tell("Lantern opens", about=[lantern])
    merge(former, into=lantern)
    assert client.get("/entities/exercise/lamp/timeline/")["Location"] == "/entities/exercise/lantern/timeline/"

    lantern.slug = "great-lantern"
    lantern.save()

    for address in ("/entities/exercise/lantern/timeline/", "/Entities/Exercise/Lantern/timeline"):
        response = client.get(address, follow=True)
        assert response.request["PATH_INFO"] == "/entities/exercise/great-lantern/timeline/"


def test_timeline_costs_the_same_for_one_and_three(client, tell, norway, finland, lantern, django_assert_num_queries):
    def add_edition(number):
        edition = Entity.objects.create(kind=Kind.EXERCISE, name=f"Lantern {number}", slug=f"lantern-{number}")
        Relation.objects.create(subject=edition, kind="part_of", object=lantern)
        hold(edition, finland, "hosts", date(2026, number, 1), date(2026, number, 20))
        tell(f"Story {number}", about=[lantern, edition])

    hold(lantern, norway, "hosts", date(2024, 2, 1), date(2024, 2, 3))
    add_edition(1)
    with django_assert_num_queries(10):
        client.get("/entities/exercise/lantern/timeline/")

    add_edition(2)
    add_edition(3)
    with django_assert_num_queries(10):
        client.get("/entities/exercise/lantern/timeline/")


def test_years_come_newest_first_and_events_before_stories_of_the_day():
    lines = [
        Moment(date(2025, 1, 1), None, "", "Old", ""),
        Moment(date(2026, 1, 1), None, "", "Story", "", rank=2),
        Moment(date(2026, 1, 1), None, "", "Event", ""),
    ]

    years = by_year(lines)

    assert [(year.number, [line.title for line in year.moments]) for year in years] == [
        (2026, ["Event", "Story"]),
        (2025, ["Old"]),
    ]


def test_timeline_has_the_key_of_its_entity(client, tell, norway):
    tell("One", about=[norway])

    assert "country-norway" in client.get("/countries/norway/timeline/")["Surrogate-Key"].split()
