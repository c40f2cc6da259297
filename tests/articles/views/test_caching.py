"""What caches are told: validators, keys, and that nothing kept is confirmed once it has changed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Author, Image, Section
from entities.models import Entity
from tests.articles.views.conftest import PIXEL
from tests.desk import make_country
from tests.public_addresses import every_address

# Written only together with a representation, in one transaction, or never changed.
GOES_WITH_A_REPRESENTATION = {
    *(
        "articles_article",
        "articles_edition",
        "articles_editionquote",
        "articles_editiontag",
        "articles_editionrelated",
    ),
    *("articles_editionpicture", "articles_listing", "articles_authorlisting", "articles_correction"),
    *("articles_correction_retracts", "articles_correction_retracts_entities", "articles_change", "articles_quote"),
    *("articles_publicaddress", "articles_publicstate"),
    # Of which lists read the number alone.
    "articles_revision",
}
# Written only together with a storyline, in one transaction.
GOES_WITH_A_STORYLINE = {"articles_storyline_entities"}
LISTS = (
    *("/", "/sections/sea/", "/authors/ana-sample/", "/countries/", "/countries/norway/", "/quotes/", "/feeds/"),
    *("/map/", "/countries/norway/timeline/", "/quotes/compare/"),
    *("/feeds/all.atom", "/feeds/countries/norway.rss", "/feeds/quotes.json", "/feeds/corrections.atom"),
    *("/sitemap.xml", "/sitemaps/news.xml", "/sitemaps/pages.xml"),
)


def said(response):
    """What it says; read to its end, a stream closes itself."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def validators(client):
    """Of the lists that there are: a map of news without news is none."""
    answers = {address: client.get(address) for address in LISTS}
    return {address: answer["ETag"] for address, answer in answers.items() if answer.status_code == 200}


def confirmed(client, held):
    return {
        address
        for address, etag in held.items()
        if client.get(address, headers={"If-None-Match": etag}).status_code == 304
    }


@pytest.fixture
def told(tell, norway, picture):
    return tell(about=[norway], speaker_country=norway.country_facts, image=picture)


def test_every_public_answer_has_a_validator_a_minute_and_keys(client, told):
    lacking = {}
    for address in every_address():
        response = client.get(address)
        said(response)
        if response.status_code != 200 or address.startswith("/api/"):
            continue
        kept = response.headers.get("Cache-Control", "")
        seconds = re.search(r"s-maxage=(\d+)", kept)
        if "no-store" in kept or "private" in kept:
            continue
        has = {
            "ETag": "ETag" in response,
            "at most a minute": bool(seconds and int(seconds[1]) <= 60),
            "nothing stale": "stale" not in kept,
            "keys": response.headers.get("Surrogate-Key", "").startswith("site"),
            "tags": response.headers.get("Cache-Tag") == response.headers.get("Surrogate-Key", "").replace(" ", ","),
            "no cookie": not response.cookies,
            "no Vary": "Vary" not in response,
        }
        if not all(has.values()):
            lacking[address] = [name for name, is_so in has.items() if not is_so]

    assert lacking == {}


def test_every_validated_answer_is_confirmed_while_nothing_changes(client, told):
    again = {}
    for address in every_address():
        response = client.get(address)
        said(response)
        if response.status_code == 200 and "ETag" in response:
            second = client.get(address, headers={"If-None-Match": response["ETag"]})
            again[address] = second.status_code, said(second)

    assert again == dict.fromkeys(again, (304, b""))
    assert set(LISTS) <= set(again)


def test_list_unchanged_is_confirmed_by_one_statement_that_reads_no_story(client, told, django_assert_num_queries):
    for address, etag in validators(client).items():
        with django_assert_num_queries(1) as asked:
            response = client.get(address, headers={"If-None-Match": etag})
        assert (response.status_code, "articles_publicstate" in asked.captured_queries[0]["sql"]) == (304, True), (
            address
        )


def test_lists_are_made_of_tables_that_raise_the_number_of_the_public_state(client, told):
    """A table that such a page reads and that raises nothing would let it stand for ever: give it the trigger
    of `articles/migrations/0025_public_state_and_caches.py`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger "
            "WHERE tgfoid = 'articles_raise_public_state'::regproc AND NOT tgisinternal"
        )
        raising = {table for (table,) in cursor.fetchall()}
    read = {}
    kept = (*LISTS, told.representation.get_absolute_url())
    for address in kept:
        with CaptureQueriesContext(connection) as asked:
            said(client.get(address))
        tables = {
            table for query in asked.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
        }
        read[address] = tables - raising - GOES_WITH_A_REPRESENTATION - GOES_WITH_A_STORYLINE

    assert read == {address: set() for address in kept}


def test_answers_carry_the_keys_of_what_they_show(client, told):
    month = f"{told.published_at:%Y/%m}"
    expected = {
        "/": "site lists",
        "/sections/sea/": "site section-sea",
        "/feeds/sections/sea.atom": "site section-sea",
        "/countries/norway/": "site country-norway",
        "/authors/ana-sample/": "site author-ana-sample",
        f"/news/{month}/fleet-returns-to-port/": f"site story-{month}/fleet-returns-to-port",
        f"/news/{month}/fleet-returns-to-port/versions/": f"site story-{month}/fleet-returns-to-port",
        told.image.file.url: f"site picture-{told.image.sha256}",
    }

    seen = {}
    for address in expected:
        response = client.get(address)
        said(response)
        seen[address] = response["Surrogate-Key"]
    assert seen == expected


def test_page_of_a_story_goes_with_the_stories_that_it_names(client, desk, tell):
    older = tell("Older")
    newer = tell("Newer", related=[{"target": older}])
    month = f"{newer.published_at:%Y/%m}"

    response = client.get(newer.representation.get_absolute_url())

    assert response["Surrogate-Key"] == f"site story-{month}/newer story-{month}/older"


def test_gone_story_and_redirect_carry_the_key_under_which_they_are_purged(client, desk):
    article = desk.killed("Fleet returns to port")

    response = client.get(f"/news/{article.published_at:%Y/%m}/fleet-returns-to-port/")

    assert (response.status_code, "ETag" in response) == (410, False)
    assert response["Surrogate-Key"] == f"site story-{article.published_at:%Y/%m}/fleet-returns-to-port"


def test_star_confirms_what_is_there_and_nothing_else(client, told):
    asked = {"If-None-Match": "*"}

    assert client.get("/sections/sea/", headers=asked).status_code == 304
    assert client.get("/sections/nowhere/", headers=asked).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_lists_change_with_everything_that_they_show(client, desk, settings, tmp_path):
    """Real commits: they raise the number of the public's state."""
    norway = make_country("NO", "Norway", "NOR", "578")
    article = desk.live()
    section, author = Section.objects.get(), Author.objects.get()
    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(file=SimpleUploadedFile("pixel.gif", PIXEL))

    def edit():
        desk.save(article, headline="Edited")
        publishing.publish_update(desk.approve_again(desk.fresh(article)), by=desk.editor)

    changes = {
        "an edit": edit,
        "a withdrawal": lambda: publishing.withdraw(desk.fresh(article), by=desk.editor, reason="Too early."),
        "a section": lambda: section.save(),
        "an author": lambda: author.save(),
        "an entity": lambda: Entity.objects.filter(pk=norway.pk).update(summary="A kingdom."),
        "a picture": lambda: Image.objects.filter(pk=image.pk).update(credit="Somebody else"),
    }
    for name, change in changes.items():
        held = validators(client)
        assert confirmed(client, held) == set(held), name
        change()
        assert confirmed(client, held) == set(), name


@pytest.mark.django_db(transaction=True)
def test_drafts_do_not_change_what_the_public_has(client, desk):
    make_country("NO", "Norway", "NOR", "578")
    desk.live()
    held = validators(client)

    desk.save(desk.draft("Only a draft"), headline="Still one")

    assert confirmed(client, held) == set(LISTS)


def test_list_is_dated_only_once_no_second_change_can_fall_into_the_same_second(client, told):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert "Last-Modified" not in client.get("/feeds/all.atom")
