"""Maps of the site. `make site-audit` holds them to the schema of the protocol."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, sitemaps
from articles.models import Representation
from entities.models import Entity

SITE = "http://127.0.0.1:8000"
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def map_at(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return ElementTree.fromstring(b"".join(response.streaming_content))


def places(found):
    return [
        (place.findtext("m:loc", "", MAP).removeprefix(SITE), place.findtext("m:lastmod", "", MAP)) for place in found
    ]


@pytest.fixture
def old_and_new(desk):
    """A story of two months ago and one of now, the old one edited since."""
    first = timezone.now() - timedelta(days=70)
    old = desk.approved("Old & gold")
    publishing.publish(old, by=desk.editor, published_at=first)
    desk.save(old, headline="Old and <edited>")
    publishing.publish_update(desk.approve_again(desk.fresh(old)), by=desk.editor)
    return desk.fresh(old), desk.live("New")


def test_index_names_each_month_with_the_moment_of_its_last_change(client, old_and_new):
    old, new = old_and_new
    found = places(map_at(client, "/sitemap.xml"))

    written = [f"{story.updated_at:%Y-%m-%dT%H:%M:%SZ}" for story in (new, old)]
    months = [f"/sitemaps/stories-{story.published_at.year}-{story.published_at.month}.xml" for story in (new, old)]
    assert found == [
        *zip(months, written),
        *((f"/sitemaps/{name}.xml", "") for name in ("news", "pages")),
    ]


def test_month_lists_its_live_stories_alone(client, desk, old_and_new):
    _, new = old_and_new
    desk.kill(desk.live("Killed"))
    address = f"/sitemaps/stories-{new.published_at.year}-{new.published_at.month}.xml"

    found = places(map_at(client, address))

    assert found == [(new.representation.get_absolute_url(), f"{new.updated_at:%Y-%m-%dT%H:%M:%SZ}")]


def test_month_of_more_stories_than_a_file_holds_goes_on_in_the_next(client, desk, monkeypatch):
    monkeypatch.setattr(sitemaps, "URLS_IN_FILE", 2)
    paths = [desk.live(f"Story {number}").representation.get_absolute_url() for number in range(3)]
    files = [place for place, _ in places(map_at(client, "/sitemap.xml")) if "/stories-" in place]

    assert [[place for place, _ in places(map_at(client, file))] for file in files] == [paths[:2], paths[2:]]


@pytest.mark.parametrize("month", ["2001-1", "2026-13", "99999999999999999999999-1", "0-1", "9999-12", "2026-11-0"])
def test_month_without_a_story_is_not_found(client, desk, month):
    assert client.get(f"/sitemaps/stories-{month}.xml").status_code == 404


def test_news_map_gives_the_stories_of_two_days(client, old_and_new):
    _, new = old_and_new
    (entry,) = map_at(client, "/sitemaps/news.xml")

    assert entry.findtext("m:loc", "", MAP) == f"{SITE}{new.representation.get_absolute_url()}"
    assert entry.findtext("n:news/n:publication/n:name", "", MAP) == "Newsroom"
    assert entry.findtext("n:news/n:title", "", MAP) == "New"
    assert entry.findtext("n:news/n:publication_date", "", MAP) == f"{new.published_at:%Y-%m-%dT%H:%M:%SZ}"


def test_maps_of_countries_and_entities_leave_out_what_is_hidden_or_empty(client, tell, norway, finland):
    shown, hidden, empty = (
        Entity.objects.create(kind="unit", name=name, slug=name, is_hidden=name == "hidden")
        for name in ("shown", "hidden", "empty")
    )
    tell(about=[norway, shown, hidden])
    Entity.objects.filter(pk=finland.pk).update(is_hidden=True)

    assert places(map_at(client, "/sitemaps/countries.xml")) == [("/countries/norway/", "")]
    assert places(map_at(client, "/sitemaps/entities.xml")) == [("/entities/unit/shown/", "")]
    assert empty.pk


def test_every_place_on_a_map_is_a_page(client, tell, norway, old_and_new):
    tell(about=[norway, Entity.objects.create(kind="unit", name="Shown", slug="shown")])
    maps = [place for place, _ in places(map_at(client, "/sitemap.xml"))]

    listed = [place for address in maps for place, _ in places(map_at(client, address))]

    assert len(listed) == len(set(listed)) + 2, "the two stories of today stand in the map of news, too"
    assert {place: client.get(place).status_code for place in listed} == dict.fromkeys(listed, 200)


def test_map_costs_the_same_for_one_and_three_stories(client, desk, django_assert_num_queries):
    month = f"/sitemaps/stories-{timezone.now().year}-{timezone.now().month}.xml"
    desk.live("One")
    for _ in range(2):
        for address, queries in (("/sitemap.xml", 6), (month, 2), ("/sitemaps/news.xml", 2)):
            with django_assert_num_queries(queries):
                b"".join(client.get(address).streaming_content)
        desk.live("Two")
        desk.live("Three")


def test_map_survives_signs_that_xml_cannot_write(client, desk):
    desk.live()
    Representation.objects.update(headline="Fleet\x0b & <b>")

    assert map_at(client, "/sitemaps/news.xml").findtext(".//n:title", "", MAP) == "Fleet & <b>"


@pytest.mark.parametrize("name", ["news", "countries", "entities"])
def test_map_of_nothing_is_not_found(client, db, name):
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_robots_may_read_all_but_the_desk_and_know_the_maps(client, desk):
    desk.live()
    text = client.get("/robots.txt").content.decode()

    assert re.findall(r"(?m)^(?:Disallow|Sitemap): (.*)$", text) == [
        *("/admin/", "/previews/", "/api/"),
        *(f"{SITE}/sitemap.xml", f"{SITE}/sitemaps/news.xml"),
    ]


def test_security_contact_is_told_where_the_newsroom_names_one(client, db, settings):
    assert client.get("/.well-known/security.txt").status_code == 404

    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = "mailto:security@example.org", "2027-06-01T00:00:00Z"

    assert client.get("/.well-known/security.txt").content.decode() == (
        "Contact: mailto:security@example.org\nExpires: 2027-06-01T00:00:00Z\nPreferred-Languages: en\n"
        f"Canonical: {SITE}/.well-known/security.txt\n"
    )


def test_the_icon_stands_where_programs_guess_it(client, db):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")
    assert 'rel="icon"' in client.get("/admin/login/").content.decode()
