"""Feeds: the same stories in three formats, each entry with an identity for life."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from articles import publishing, suggestions
from articles.feeds import news_feed
from articles.feeds.directory import every_feed
from articles.models import Article, Correction, Image, Quote, Representation
from entities import merging
from entities.models import Entity

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
SITE = "http://127.0.0.1:8000"


def atom(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return ElementTree.fromstring(response.content)


def entries(feed):
    return [
        (entry.findtext("a:id", "", ATOM), entry.findtext("a:title", "", ATOM))
        for entry in feed.findall("a:entry", ATOM)
    ]


def gone(feed):
    return [
        (entry.get("ref"), entry.findtext("at:comment", "", ATOM)) for entry in feed.findall("at:deleted-entry", ATOM)
    ]


@pytest.fixture
def story(tell, norway, picture) -> Article:
    tides = Entity.objects.create(kind="organisation", name="Tides", slug="tides")
    return tell("Fleet & friends <return>", about=[norway, tides], image=picture)


def test_atom_gives_every_fact_of_a_story(client, story):
    entry = atom(client, "/feeds/all.atom").find("a:entry", ATOM)
    address = f"{SITE}{story.representation.get_absolute_url()}"
    stamp = story.published_at.isoformat()

    seen = [(re.sub("{.*}", "", part.tag), part.attrib or (part.text or "").strip()) for part in entry]
    assert seen == [
        ("title", "Fleet & friends <return>"),
        ("link", {"href": address, "rel": "alternate"}),
        ("published", stamp),
        ("updated", story.updated_at.isoformat()),
        ("id", story.uuid.urn),
        ("summary", {"type": "html"}),
        (
            "link",
            {
                "rel": "enclosure",
                "href": f"{SITE}{story.image.file.url}",
                "length": str(story.image.file.size),
                "type": "image/gif",
            },
        ),
        ("category", {"term": "Sea"}),
        ("category", {"term": "Norway"}),
        ("author", ""),
    ]
    assert entry.findtext("a:author/a:name", "", ATOM) == "Ana Sample"
    assert entry.findtext("a:author/a:uri", "", ATOM) == f"{SITE}/authors/ana-sample/"
    assert entry.findtext("a:summary", "", ATOM) == story.standfirst


def test_rss_gives_every_fact_of_a_story(client, story):
    channel = ElementTree.fromstring(client.get("/feeds/all.rss").content).find("channel")
    item = channel.find("item")

    assert (channel.findtext("language"), channel.findtext("ttl")) == ("en", "5")
    assert item.findtext("title") == "Fleet & friends <return>"
    assert item.findtext("description") == story.standfirst
    assert (item.findtext("guid"), item.find("guid").attrib) == (story.uuid.urn, {"isPermaLink": "false"})
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Ana Sample"
    assert [category.text for category in item.findall("category")] == ["Sea", "Norway"]
    assert item.find("enclosure").attrib == {
        "url": f"{SITE}{story.image.file.url}",
        "length": str(story.image.file.size),
        "type": "image/gif",
    }


def test_json_gives_every_fact_of_a_story(client, story):
    feed = json.loads(client.get("/feeds/all.json").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}/feeds/all.json"
    (item,) = feed["items"]
    assert {name: item[name] for name in ("id", "url", "title", "content_text", "authors", "tags")} == {
        "id": story.uuid.urn,
        "url": f"{SITE}{story.representation.get_absolute_url()}",
        "title": "Fleet & friends <return>",
        "content_text": story.standfirst,
        "authors": [{"name": "Ana Sample", "url": f"{SITE}/authors/ana-sample/"}],
        "tags": ["Sea", "Norway"],
    }


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feed_hands_on_no_picture_that_may_not_be_syndicated(client, story, form):
    """At once: no story has to be built anew for it. Our own page goes on showing it."""
    name = story.image.file.name
    addresses = [f"/feeds/all.{form}", f"/feeds/sections/sea.{form}", f"/feeds/authors/ana-sample.{form}"]
    before = [name in client.get(address).content.decode() for address in addresses]

    Image.objects.update(may_syndicate=False)

    assert before == [True, True, True]
    assert not any(name in client.get(address).content.decode() for address in addresses)
    assert name in client.get(story.representation.get_absolute_url()).content.decode()


def test_feed_stands_under_its_section_country_entity_and_author(client, story, finland):
    addresses = ("sections/sea", "countries/norway", "entities/organisation/tides", "authors/ana-sample")

    seen = {address: len(entries(atom(client, f"/feeds/{address}.atom"))) for address in addresses}

    assert seen == dict.fromkeys(addresses, 1)
    assert entries(atom(client, "/feeds/countries/finland.atom")) == []


def test_edit_makes_no_second_entry_and_moves_its_date(client, desk, story):
    before = atom(client, "/feeds/all.atom")
    desk.save(story, headline="Fleet stays")
    publishing.publish_update(desk.approve_again(desk.fresh(story)), by=desk.editor)

    after = atom(client, "/feeds/all.atom")

    assert entries(after) == [(story.uuid.urn, "Fleet stays")]
    path = "a:entry/a:updated"
    assert after.findtext(path, "", ATOM) > before.findtext(path, "", ATOM)
    assert after.findtext("a:updated", "", ATOM) == after.findtext(path, "", ATOM)


@pytest.mark.parametrize("address", ["all", "sections/sea", "countries/norway", "authors/ana-sample"])
def test_killed_story_is_told_as_deleted_where_it_stood(client, desk, story, finland, address):
    desk.kill(story)

    feed = atom(client, f"/feeds/{address}.atom")

    assert entries(feed) == []
    assert gone(feed) == [(story.uuid.urn, "This story has been removed for legal reasons.")]
    assert gone(atom(client, "/feeds/countries/finland.atom")) == []


def test_withdrawn_story_is_told_as_deleted_without_a_word(client, desk, story):
    publishing.withdraw(story, by=desk.editor, reason="Too early.", public_note="Not for readers.")

    assert gone(atom(client, "/feeds/all.atom")) == [(story.uuid.urn, "")]


def test_story_that_was_withdrawn_and_then_killed_is_told_in_its_own_feeds_once(client, desk, story, finland):
    publishing.withdraw(story, by=desk.editor, reason="Too early.")
    desk.kill(desk.fresh(story))

    assert gone(atom(client, "/feeds/countries/norway.atom")) == [
        (story.uuid.urn, "This story has been removed for legal reasons.")
    ]
    assert gone(atom(client, "/feeds/countries/finland.atom")) == []


def test_story_that_came_back_is_not_told_as_deleted(client, desk, story):
    publishing.withdraw(story, by=desk.editor, reason="Too early.")
    publishing.publish(desk.fresh(story), by=desk.editor)

    feed = atom(client, "/feeds/all.atom")

    assert (len(entries(feed)), gone(feed)) == (1, [])


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feed_pages_lead_through_the_whole_archive(client, desk, monkeypatch, form):
    for number in range(5):
        desk.live(f"Story {number}")
    monkeypatch.setattr("articles.feeds.stories.ENTRIES", 2)
    monkeypatch.setattr(news_feed, "ENTRIES", 2)

    seen, address = [], f"/feeds/all.{form}"
    while address:
        text = client.get(address.removeprefix(SITE)).content.decode()
        seen.append(re.findall(r"Story \d", text))
        link = re.search(r'link href="([^"]*)" rel="next"', text) or re.search(r'"next_url": "([^"]*)"', text)
        address = link.group(1) if link else ""

    assert seen == [["Story 4", "Story 3"], ["Story 2", "Story 1"], ["Story 0"]]


def test_quotes_feed_says_who_said_what(client, story):
    feed = atom(client, "/feeds/quotes.atom")
    quote = Quote.objects.get()

    assert entries(feed) == [
        (quote.uuid.urn, "Ana Sample: “The whole fleet will return to port by Friday at the latest.”")
    ]
    summary = feed.findtext("a:entry/a:summary", "", ATOM)
    assert "Fleet &amp; friends &lt;return&gt;</a>" in summary


def test_quotes_of_a_killed_story_are_told_as_deleted(client, desk, story):
    desk.kill(story)

    feed = atom(client, "/feeds/quotes.atom")

    assert (entries(feed), gone(feed)) == ([], [(Quote.objects.get().uuid.urn, "")])


def test_retracted_quote_is_told_as_deleted_with_its_notice(client, desk, story):
    desk.save(story, body="<p>Nothing was said.</p>")
    quote = Quote.objects.get()
    suggestions.reject(quote, by=desk.editor)
    publishing.correct(
        desk.approve_again(desk.fresh(story)), by=desk.editor, notice="Nobody said so.", retracts=[quote]
    )

    feed = atom(client, "/feeds/quotes.atom")

    assert (entries(feed), gone(feed)) == ([], [(quote.uuid.urn, "Nobody said so.")])


def test_corrections_feed_gives_each_notice_once(client, desk, story):
    for notice in ("It was Tuesday.", "It was Wednesday & cold."):
        desk.save(story, headline=f"Put right: {notice}")
        publishing.correct(desk.approve_again(desk.fresh(story)), by=desk.editor, notice=notice)

    feed = atom(client, "/feeds/corrections.atom")

    found = [entry.findtext("a:summary", "", ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert found == ["It was Wednesday &amp; cold.", "It was Tuesday."]
    assert len({identity for identity, _ in entries(feed)}) == 2


def test_corrections_of_a_killed_story_go_with_it(client, desk, story):
    desk.save(story, headline="Put right")
    publishing.correct(desk.approve_again(desk.fresh(story)), by=desk.editor, notice="It was Tuesday.")
    before = entries(atom(client, "/feeds/corrections.atom"))
    desk.kill(desk.fresh(story))

    feed = atom(client, "/feeds/corrections.atom")

    assert (entries(feed), gone(feed)) == ([], [(before[0][0], "")])
    assert Correction.objects.count() == 1


def test_feed_of_a_merged_entity_leads_to_that_of_the_other(client, story):
    other = Entity.objects.create(kind="organisation", name="Tides Ltd", slug="tides-ltd")
    merging.merge(Entity.objects.get(slug="tides"), into=other)

    response = client.get("/feeds/entities/organisation/tides.rss")

    assert (response.status_code, response["Location"]) == (301, "/feeds/entities/organisation/tides-ltd.rss")
    assert len(entries(atom(client, "/feeds/entities/organisation/tides-ltd.atom"))) == 1


@pytest.mark.parametrize(
    "address", ["sections/nowhere.rss", "countries/nowhere.atom", "all.xml", "authors/nobody.json"]
)
def test_feed_of_nothing_is_not_found(client, db, address):
    assert client.get(f"/feeds/{address}").status_code == 404


def test_feed_survives_signs_that_xml_cannot_write(client, story):
    Representation.objects.update(headline="Fleet\x0b\x01 \ufffe& <b>", standfirst="\x08]]> &amp;")

    feed = atom(client, "/feeds/all.atom")

    assert entries(feed)[0][1] == "Fleet & <b>"


def test_feed_names_the_newsroom_and_never_the_host_that_was_asked(client, story, settings):
    settings.ALLOWED_HOSTS = ["*"]

    for address in every_feed():
        assert "evil.example" not in client.get(address, headers={"Host": "evil.example"}).content.decode()


@pytest.mark.parametrize(
    ("address", "queries"),
    [("all", 3), ("sections/sea", 4), ("countries/norway", 5), ("quotes", 5), ("corrections", 3)],
)
def test_feed_costs_the_same_for_one_and_three_stories(
    client, tell, norway, address, queries, django_assert_num_queries
):
    tell("One", about=[norway])
    with django_assert_num_queries(queries):
        client.get(f"/feeds/{address}.atom")

    for headline in ("Two", "Three"):
        tell(headline, about=[norway])
    with django_assert_num_queries(queries):
        client.get(f"/feeds/{address}.atom")


def test_directory_lists_every_feed_that_works(client, story):
    page = client.get("/feeds/").content.decode()

    listed = re.findall(r'href="(/feeds/[^"]+)"', page)
    assert {"/feeds/all.rss", "/feeds/sections/sea.atom", "/feeds/countries/norway.json"} <= set(listed)
    assert {address: client.get(address).status_code for address in {*listed, *every_feed()}} == dict.fromkeys(
        {*listed, *every_feed()}, 200
    )
