import re

import pytest

from articles import publishing
from articles.views import rivers
from entities.merging import merge
from entities.models import Country, Entity, Kind

HEADLINE = re.compile(r'card-headline"><a href="[^"]*">([^<]*)</a>')


@pytest.fixture
def ministry(norway):
    return Entity.objects.create(
        kind=Kind.ORGANISATION,
        category="ministry",
        name="Ministry of Tides",
        slug="ministry-of-tides",
        country=Country.objects.get(alpha2="NO"),
        summary="The ministry that keeps the tides.",
    )


def test_countries_lists_all_and_marks_those_with_stories(client, tell, norway, finland):
    tell(about=[norway])

    page = " ".join(client.get("/countries/").content.decode().split())

    assert '<a href="/countries/norway/" class="has-stories">Norway</a>' in page
    assert '<a href="/countries/finland/" >Finland</a>' in page


def test_countries_costs_the_same_for_one_and_three(client, norway, finland, django_assert_num_queries):
    Entity.objects.filter(pk=finland.pk).update(is_hidden=True)
    with django_assert_num_queries(3):
        client.get("/countries/")

    Entity.objects.filter(pk=finland.pk).update(is_hidden=False)
    with django_assert_num_queries(3):
        client.get("/countries/")


def test_country_shows_stories_statements_facts_and_neighbours(client, tell, norway, finland):
    Country.objects.filter(alpha2="NO").update(capital="Oslo", region="Europe")
    tell("Both", about=[norway, finland], speaker_country=norway.country_facts)

    page = client.get("/countries/norway/").content.decode()

    assert HEADLINE.findall(page) == ["Both"]
    assert "<dd>Oslo</dd>" in page
    assert "The whole fleet will return to port" in page[page.index("What its officials say") :]
    assert 'href="/countries/finland/"' in page[page.index("In the same stories") :]


def test_country_without_a_story_says_so(client, norway):
    assert "No story is tagged with it yet." in client.get("/countries/norway/").content.decode()


def test_country_costs_the_same_for_one_and_three_stories(client, tell, norway, finland, django_assert_num_queries):
    said = {"about": [norway, finland], "speaker_country": norway.country_facts}
    tell("One", **said)
    with django_assert_num_queries(8):
        client.get("/countries/norway/")

    tell("Two", **said)
    tell("Three", **said)
    with django_assert_num_queries(8):
        client.get("/countries/norway/")


def test_country_pages_show_every_story_once(client, tell, norway, monkeypatch):
    monkeypatch.setattr(rivers, "PAGE_SIZE", 2)
    for name in ("One", "Two", "Three"):
        tell(name, about=[norway])
    first = client.get("/countries/norway/").content.decode()
    older = re.search(r'href="(\?before=[^"]*)"', first).group(1)

    second = client.get(f"/countries/norway/{older}").content.decode()

    assert (HEADLINE.findall(first), HEADLINE.findall(second)) == (["Three", "Two"], ["One"])


def test_entity_shows_facts_and_stories(client, tell, ministry):
    tell(about=[ministry], speaker_entity=ministry)

    page = client.get("/entities/organisation/ministry-of-tides/").content.decode()

    assert "The ministry that keeps the tides." in page
    assert '<a href="/countries/norway/">Norway</a>' in page
    assert HEADLINE.findall(page) == ["Fleet returns to port"]
    assert "The whole fleet will return to port" in page[page.index("Latest statements") :]


def test_entity_merged_leads_to_the_canonical_one_which_has_its_stories(client, tell, ministry):
    other = Entity.objects.create(kind=Kind.ORGANISATION, name="Tide Office", slug="tide-office")
    tell("Of both", about=[ministry, other])
    tell("Of the office", about=[other])
    merge(other, into=ministry)

    response = client.get("/entities/organisation/tide-office/")
    page = client.get("/entities/organisation/ministry-of-tides/").content.decode()

    assert (response.status_code, response["Location"]) == (301, "/entities/organisation/ministry-of-tides/")
    assert HEADLINE.findall(page) == ["Of the office", "Of both"]


def test_entity_hidden_is_not_found(client, ministry):
    Entity.objects.filter(pk=ministry.pk).update(is_hidden=True)

    assert client.get("/entities/organisation/ministry-of-tides/").status_code == 404


def test_entity_merged_into_a_hidden_one_is_not_found(client, ministry):
    other = Entity.objects.create(kind=Kind.ORGANISATION, name="Tide Office", slug="tide-office")
    merge(other, into=ministry)
    Entity.objects.filter(pk=ministry.pk).update(is_hidden=True)

    assert client.get("/entities/organisation/tide-office/").status_code == 404


def test_country_under_entities_leads_to_its_own_address(client, norway):
    response = client.get("/entities/country/norway/")

    assert (response.status_code, response["Location"]) == (301, "/countries/norway/")


@pytest.mark.parametrize("address", ["/countries/atlantis/", "/entities/ghost/norway/", "/entities/person/nobody/"])
def test_entity_unknown_is_not_found(client, norway, address):
    assert client.get(address).status_code == 404


def test_entity_drops_a_withdrawn_story_and_what_was_said_in_it(client, desk, tell, ministry):
    article = tell("Secret convoy leaves", about=[ministry], speaker_entity=ministry)
    publishing.withdraw(article, by=desk.editor, reason="Too early.")

    page = client.get("/entities/organisation/ministry-of-tides/").content.decode()

    assert "Secret convoy" not in page
    assert "The whole fleet" not in page


def test_country_shows_what_was_taken_back_struck_through(client, desk, tell, norway):
    article = tell("Both", about=[norway])
    publishing.correct(article, by=desk.editor, notice="Norway was not there.", retracts_entities=[norway])

    page = client.get("/countries/norway/").content.decode()

    assert HEADLINE.findall(page) == []
    assert "<s>Both</s>" in page
    assert "Norway was not there." in page


def test_country_does_not_tell_what_was_taken_back_with_a_seal(client, desk, tell, norway):
    article = tell("Both", about=[norway])
    publishing.correct(article, by=desk.editor, notice="It was wrong.", retracts_entities=[norway], seal=True)

    page = client.get("/countries/norway/").content.decode()

    assert "Both" not in page
