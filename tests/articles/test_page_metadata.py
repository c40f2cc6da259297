"""What a page's head says to machines: whole, true, and never a way into the page."""

import json
import re

import pytest

from articles import publishing, structured_data
from articles.models import Quote, Representation
from entities.models import Entity

SITE = "http://127.0.0.1:8000"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(page):
    """The JSON-LD of a page, by type; there is one block."""
    (block,) = BLOCK.findall(page)
    return {part["@type"]: part for part in json.loads(block)["@graph"]}


def properties(page):
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)"\s+content="([^"]*)"', page))


@pytest.fixture
def story(desk, tell, norway, picture):
    tides = Entity.objects.create(kind="organisation", name="Tides", slug="tides")
    article = tell("Fleet returns", about=[norway, tides], image=picture, speaker_role="Minister")
    desk.save(article, headline="Fleet has returned")
    publishing.correct(desk.approve_again(desk.fresh(article)), by=desk.editor, notice="It came on Tuesday.")
    return desk.fresh(article)


def test_story_says_what_it_is_who_speaks_in_it_and_what_was_put_right(client, story, picture):
    address = f"{SITE}{story.representation.get_absolute_url()}"

    data = data_of(client.get(story.representation.get_absolute_url()).content.decode())

    told = data["NewsArticle"]
    assert {
        name: told[name] for name in ("url", "headline", "description", "articleSection", "isAccessibleForFree")
    } == {
        "url": address,
        "headline": "Fleet has returned",
        "description": story.standfirst,
        "articleSection": "Sea",
        "isAccessibleForFree": True,
    }
    assert told["datePublished"] == f"{story.published_at:%Y-%m-%dT%H:%M:%SZ}"
    assert told["author"] == [{"@type": "Person", "name": "Ana Sample", "url": f"{SITE}/authors/ana-sample/"}]
    assert told["publisher"]["name"] == "Newsroom"
    assert [image["url"] for image in told["image"]] == [f"{SITE}{picture.file.url}"]
    assert {(thing["@type"], thing["url"]) for thing in told["about"]} == {
        ("Country", f"{SITE}/countries/norway/"),
        ("Organization", f"{SITE}/entities/organisation/tides/"),
    }
    assert told["hasPart"] == [
        {
            "@type": "Quotation",
            "url": f"{SITE}/quotes/{Quote.objects.get().uuid}/",
            "text": "The whole fleet will return to port by Friday at the latest.",
            "spokenByCharacter": {"@type": "Person", "name": "Ana Sample", "jobTitle": "Minister"},
        }
    ]
    (correction,) = told["correction"]
    assert (correction["@type"], correction["text"]) == ("CorrectionComment", "It came on Tuesday.")
    assert [step["name"] for step in data["BreadcrumbList"]["itemListElement"]] == [
        "Newsroom",
        "Sea",
        "Fleet has returned",
    ]


def test_picture_is_told_by_its_crop_for_sharing(picture):
    picture.rendered = [{"kind": "share", "type": "image/jpeg", "width": 1200, "height": 630, "file": "cut/share.jpg"}]

    assert structured_data.picture(picture)["url"] == f"{SITE}/media/cut/share.jpg"


def test_story_looks_right_where_it_is_shared(client, story, picture):
    page = client.get(story.representation.get_absolute_url()).content.decode()

    said = properties(page)
    assert {
        name: said[name] for name in ("og:type", "og:title", "og:url", "og:image", "og:image:alt", "twitter:card")
    } == {
        "og:type": "article",
        "og:title": "Fleet has returned",
        "og:url": f"{SITE}{story.representation.get_absolute_url()}",
        "og:image": f"{SITE}{picture.file.url}",
        "og:image:alt": "A ship",
        "twitter:card": "summary_large_image",
    }
    assert page.count('rel="canonical"') == 1
    feeds = re.findall(r'rel="alternate" type="([^"]+)" title="[^"]*" href="([^"]+)"', page)
    assert ("application/atom+xml", f"{SITE}/feeds/sections/sea.atom") in feeds


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--<script>", 'a"b&c\u2028d', "]]>", "'); alert(1); //"]
)
def test_words_of_a_story_never_leave_the_block_that_they_stand_in(client, desk, words):
    article = desk.live(words, standfirst=words)

    page = client.get(article.representation.get_absolute_url()).content.decode()

    assert data_of(page)["NewsArticle"]["headline"] == Representation.objects.get().headline
    (block,) = BLOCK.findall(page)
    assert not set("<>&\u2028\u2029") & set(block)
    assert "<script>alert" not in page


def test_lists_have_one_address_for_each_page_of_them(client, desk, monkeypatch):
    from articles.views import rivers

    monkeypatch.setattr(rivers, "PAGE_SIZE", 1)
    for headline in ("One", "Two"):
        desk.live(headline)
    older = re.search(r'href="\?(before=[^"]*)"', client.get("/sections/sea/").content.decode()).group(1)

    def canonical(address):
        return re.findall(r'rel="canonical"\s+href="([^"]*)"', client.get(address).content.decode())

    assert canonical("/sections/sea/?utm_source=x") == [f"{SITE}/sections/sea/"]
    (second,) = canonical(f"/sections/sea/?{older}&utm_source=x")
    assert second.startswith(f"{SITE}/sections/sea/?before=")
    assert client.get(second.replace("&amp;", "&").removeprefix(SITE)).status_code == 200


def test_front_page_names_the_paper_and_an_author_the_person(client, desk, author):
    desk.live()

    assert set(data_of(client.get("/").content.decode())) == {"NewsMediaOrganization", "WebSite"}
    profile = data_of(client.get("/authors/ana-sample/").content.decode())["ProfilePage"]
    assert profile["mainEntity"] == {"@type": "Person", "name": "Ana Sample", "url": f"{SITE}/authors/ana-sample/"}


def test_script_is_the_same_data_once_it_is_read():
    data = {"@type": "Thing", "name": "</script> <!-- & \u2028 “é”"}

    (block,) = BLOCK.findall(structured_data.script(data))

    assert json.loads(block)["@graph"] == [data]
