import re
from datetime import date

import pytest

from articles import front, publishing, suggestions
from articles.front import Place, Spot
from articles.models import Mention
from articles.views import dossier, rivers
from entities.merging import merge
from entities.models import Country, Entity, Kind, Relation

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


def test_countries_lists_all_and_counts_their_stories(client, tell, norway, finland, monkeypatch):
    tell("One", about=[norway])
    tell("Two", about=[norway])

    page = " ".join(client.get("/countries/").content.decode().split())

    assert re.search(r'<a href="/countries/norway/" class="has-stories">Norway <span class="entry-count">2<', page)
    assert '<a href="/countries/finland/">Finland</a>' in page
    monkeypatch.setattr("articles.views.countries.MOST_COUNTED", 1)
    assert '<span class="entry-count">1+<' in client.get("/countries/").content.decode()


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
    assert 'href="/countries/finland/with/norway/"' in page[page.index("In the same stories") :]


def test_country_without_a_story_says_so(client, norway):
    assert "No story is tagged with it yet." in client.get("/countries/norway/").content.decode()


def test_country_costs_the_same_for_one_and_three_stories(client, tell, norway, finland, django_assert_num_queries):
    said = {"about": [norway, finland], "speaker_country": norway.country_facts}
    tell("One", **said)
    with django_assert_num_queries(12):
        client.get("/countries/norway/")

    tell("Two", **said)
    tell("Three", **said)
    with django_assert_num_queries(12):
        client.get("/countries/norway/")


def test_country_pages_show_every_story_once(client, tell, norway, monkeypatch):
    monkeypatch.setattr(rivers, "PAGE_SIZE", 2)
    for name in ("One", "Two", "Three"):
        tell(name, about=[norway])
    first = client.get("/countries/norway/").content.decode()
    older = re.search(r'href="(\?before=[^"]*)" rel="next"', first).group(1)

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


def test_country_shows_its_forces_its_months_and_whom_it_stands_beside(
    client, tell, norway, finland, ministry, monkeypatch
):
    monkeypatch.setattr(dossier, "FEWEST_STORIES", 1)
    silent = Entity.objects.create(
        kind=Kind.ORGANISATION, name="Silent Office", slug="silent", country=norway.country_facts
    )
    tell("Both", about=[norway, finland, ministry])

    page = " ".join(client.get("/countries/norway/").content.decode().split())

    assert "Ministry of Tides" in page[page.index("Of Norway, in our stories") :]
    assert silent.name not in page
    assert page.count("<svg") == 12
    month = re.search(r'<a href="\?before=([^"]*)"> <span class="month-count">1<', page).group(1)
    assert HEADLINE.findall(client.get(f"/countries/norway/?before={month}").content.decode()) == ["Both"]


def test_country_shows_what_others_say_of_it(client, desk, norway, finland):
    words = "We count on Norway, as ever."
    article = desk.draft("Alliance", body=f"<p>“{words}”, said Ana Sample. Norway was silent.</p>")
    suggestions.add_quote(
        article,
        start=1,
        end=1 + len(words),
        by=desk.editor,
        speaker_name="Ana Sample",
        speaker_kind="person",
        speaker_country=finland.country_facts,
    )
    text = article.revision.text
    tag = suggestions.add_tag(article, norway, by=desk.editor, role="about")
    place = text.index("Norway")
    Mention.objects.create(
        tag=tag, revision=article.revision, field="body", start=place, end=place + 6, surface="Norway", form="name"
    )
    publishing.publish(desk.approve_again(article), by=desk.editor)

    page = client.get("/countries/norway/").content.decode()

    assert words in page[page.index("What others say of it") :]
    assert "What its officials say" not in page


def test_entity_shows_relations_with_their_dates_and_offices_with_their_story(client, tell, norway, ministry):
    minister = Entity.objects.create(kind=Kind.PERSON, name="Ana Sample", slug="ana-sample")
    hidden = Entity.objects.create(kind=Kind.ORGANISATION, name="Hidden Office", slug="hidden", is_hidden=True)
    Relation.objects.create(
        subject=minister, kind="office_in", object=ministry, role="Minister", valid_from=date(2024, 2, 1)
    )
    Relation.objects.create(subject=minister, kind="member_of", object=hidden)
    tell(
        "First words",
        about=[minister, ministry],
        speaker_entity=minister,
        speaker_role="Admiral",
        said_on=date(2026, 1, 5),
    )
    tell("Last words", about=[minister], speaker_entity=minister, speaker_role="admiral", said_on=date(2026, 3, 5))

    page = " ".join(client.get("/entities/person/ana-sample/").content.decode().split())
    of_ministry = " ".join(client.get("/entities/organisation/ministry-of-tides/").content.decode().split())

    assert "Minister, since 2024" in page
    assert "Hidden Office" not in page
    offices = page[page.index("Roles in our stories") : page.index("Relations")]
    assert offices.count("<li>") == 1
    assert "5 January 2026" in offices
    assert "5 March 2026" in offices
    assert "Last words" in offices
    assert "Office holders" in of_ministry
    assert "/quotes/?entity=person/ana-sample" in page


def test_exercise_shows_its_series_and_editions(client, tell, norway):
    series, edition = (
        Entity.objects.create(kind=Kind.EXERCISE, name=name, slug=name.lower()) for name in ("Lantern", "Lantern-26")
    )
    Relation.objects.create(subject=edition, kind="part_of", object=series)
    Relation.objects.create(subject=norway, kind="hosts", object=edition)
    Relation.objects.create(subject=norway, kind="takes_part", object=edition)
    tell("Lantern opens", about=[edition])

    of_series = client.get("/entities/exercise/lantern/").content.decode()
    of_edition = client.get("/entities/exercise/lantern-26/").content.decode()
    of_country = client.get("/countries/norway/").content.decode()

    assert "Lantern-26" in of_series[of_series.index("Editions") :]
    assert "Norway" in of_edition[of_edition.index("Hosted by") :]
    assert "Series" in of_edition
    assert "Lantern-26" in of_country[of_country.index("Takes part in") :]


def test_what_no_live_story_names_has_no_page_and_stands_on_none(client, desk, tell, norway):
    series, edition, ship = (
        Entity.objects.create(kind=kind, name=name, slug=name.lower())
        for kind, name in (("exercise", "Veilseries"), ("exercise", "Veiledition"), ("equipment", "Veilship"))
    )
    Relation.objects.create(subject=edition, kind="part_of", object=series)
    Relation.objects.create(subject=norway, kind="hosts", object=edition)
    Relation.objects.create(subject=norway, kind="operates", object=ship)
    story = tell("Tells of a ship", about=[ship])
    assert client.get("/entities/equipment/veilship/").status_code == 200
    assert "Veilship" in client.get("/countries/norway/").content.decode()

    desk.kill(story)

    assert "Veil" not in client.get("/countries/norway/").content.decode()
    pages = [client.get(entity.get_absolute_url()) for entity in (series, edition, ship)]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert not any(b"Veil" in page.content for page in pages)


def test_relations_cost_the_same_for_one_and_three(client, tell, norway, finland, ministry, django_assert_num_queries):
    tell("Of the ministry", about=[ministry])
    Relation.objects.create(subject=ministry, kind="part_of", object=norway)
    with django_assert_num_queries(10):
        client.get("/entities/organisation/ministry-of-tides/")

    Relation.objects.create(subject=ministry, kind="part_of", object=finland)
    Relation.objects.create(subject=finland, kind="operates", object=ministry)
    with django_assert_num_queries(10):
        client.get("/entities/organisation/ministry-of-tides/")


def test_pair_has_one_address_and_only_stories_of_both(client, tell, norway, finland):
    tell("Norway alone", about=[norway])
    tell("Both", about=[norway, finland])

    page = client.get("/countries/finland/with/norway/")
    other = client.get("/countries/norway/with/finland/?before=2026-11-01T00:00:00Z,0")

    assert HEADLINE.findall(page.content.decode()) == ["Both"]
    assert (other.status_code, other["Location"]) == (
        301,
        "/countries/finland/with/norway/?before=2026-11-01T00:00:00Z,0",
    )
    assert client.get("/countries/norway/with/norway/")["Location"] == "/countries/norway/"
    assert client.get("/countries/norway/with/atlantis/").status_code == 404


def test_pair_without_a_story_says_so_and_is_not_indexed(client, norway, finland):
    page = client.get("/countries/finland/with/norway/").content.decode()

    assert "No story that is public now tells of both." in page
    assert "noindex" in page


def test_pair_shows_what_each_says_of_the_other_at_the_same_cost(
    client, tell, norway, finland, django_assert_num_queries
):
    tell("One", about=[norway, finland], speaker_country=norway.country_facts)
    with django_assert_num_queries(9):
        client.get("/countries/finland/with/norway/")

    tell("Two", about=[norway, finland], speaker_country=finland.country_facts)
    tell("Three", about=[norway, finland], speaker_country=finland.country_facts)
    with django_assert_num_queries(9):
        client.get("/countries/finland/with/norway/")


def test_entity_lists_hold_only_what_live_stories_name(client, desk, tell, norway, ministry):
    Entity.objects.create(kind=Kind.ORGANISATION, name="Secret Office", slug="secret")
    Entity.objects.create(kind=Kind.ORGANISATION, name="4th Office", slug="4th-office")
    article = tell(about=[ministry, Entity.objects.get(slug="4th-office")])

    def listed(query=""):
        return re.findall(
            r'href="/entities/organisation/([^"/]+)/"', client.get(f"/entities/organisation/{query}").content.decode()
        )

    assert sorted(listed()) == ["4th-office", "ministry-of-tides"]
    assert listed("?letter=M") == ["ministry-of-tides"]
    assert listed("?letter=0-9") == ["4th-office"]
    assert "ministry-of-tides" in client.get("/entities/").content.decode()
    publishing.withdraw(article, by=desk.editor, reason="Too early.")
    assert listed() == []
    assert "ministry-of-tides" not in client.get("/entities/").content.decode()


def test_entity_lists_know_their_addresses(client, norway):
    assert client.get("/entities/country/")["Location"] == "/countries/"
    for address in ("ghost/", "person/?letter=Q", "person/?letter=%00", "person/?letter=" + "x" * 5000):
        assert client.get(f"/entities/{address}").status_code == 404


def test_months_are_drawn_from_five_stories_on(client, tell, norway):
    for number in range(4):
        tell(f"Story {number}", about=[norway])
    assert "month by month" not in client.get("/countries/norway/").content.decode()

    tell("The fifth", about=[norway])

    assert "month by month" in client.get("/countries/norway/").content.decode()


def test_page_shows_what_is_pinned_on_it_once_and_only_while_it_is_live(client, desk, tell, norway):
    pinned = tell("Pinned", about=[norway])
    tell("Newer", about=[norway])
    front.place(Spot(Place.ENTITY, 1, entity=norway), story=pinned, by=desk.editor)

    page = client.get("/countries/norway/").content.decode()
    assert HEADLINE.findall(page) == ["Pinned", "Newer"]
    assert page.index("Chosen by the editors") < page.index("Pinned") < page.index("Latest stories")

    desk.kill(pinned)
    page = client.get("/countries/norway/").content.decode()
    assert HEADLINE.findall(page) == ["Newer"]
    assert "Chosen by the editors" not in page


def test_page_shows_no_pin_that_no_longer_stands_under_it(client, desk, tell, norway):
    story = tell("Pinned", about=[norway])
    tell("Other", about=[norway])
    front.place(Spot(Place.ENTITY, 1, entity=norway), story=story, by=desk.editor)

    story.listings.all().delete()

    assert HEADLINE.findall(client.get("/countries/norway/").content.decode()) == ["Other"]


def test_page_of_a_merged_entity_brings_its_pins(client, desk, tell, ministry):
    former = Entity.objects.create(kind=Kind.ORGANISATION, name="Tide Office", slug="tide-office")
    one, two = tell("Of the office", about=[former]), tell("Of the ministry", about=[ministry])
    front.place(Spot(Place.ENTITY, 1, entity=former), story=one, by=desk.editor)
    front.place(Spot(Place.ENTITY, 1, entity=ministry), story=two, by=desk.editor)

    merge(former, into=ministry)

    page = client.get("/entities/organisation/ministry-of-tides/").content.decode()
    assert sorted(HEADLINE.findall(page[: page.index("Latest stories")])) == ["Of the ministry", "Of the office"]


def test_pins_cost_the_same_for_one_and_three(client, desk, tell, norway, django_assert_num_queries):
    stories = [tell(f"Story {number}", about=[norway]) for number in range(3)]
    front.place(Spot(Place.ENTITY, 1, entity=norway), story=stories[0], by=desk.editor)
    with django_assert_num_queries(12):
        client.get("/countries/norway/")

    for number in (2, 3):
        front.place(Spot(Place.ENTITY, number, entity=norway), story=stories[number - 1], by=desk.editor)
    with django_assert_num_queries(12):
        client.get("/countries/norway/")


def test_exercise_is_an_event_to_machines_once_its_days_and_hosts_are_known(client, tell, norway):
    exercise = Entity.objects.create(kind=Kind.EXERCISE, name="Lantern", slug="lantern")
    tell("Lantern opens", about=[exercise])
    assert '"about":{"@type":"Thing","name":"Lantern"' in client.get("/entities/exercise/lantern/").content.decode()

    Relation.objects.create(
        subject=norway, kind="hosts", object=exercise, valid_from=date(2026, 11, 2), valid_to=date(2026, 11, 20)
    )

    page = client.get("/entities/exercise/lantern/").content.decode()
    assert '"@type":"Event","name":"Lantern"' in page
    assert '"startDate":"2026-11-02"' in page
    assert '"location":[{"@type":"Country","name":"Norway"}]' in page
    assert '"endDate":"2026-11-20"' in page
