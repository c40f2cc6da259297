import pytest

from articles import publishing
from articles.models import Author, AuthorListing
from articles.pictures.rights import public_pictures


@pytest.fixture
def other(db):
    return Author.objects.create(slug="ben-sample", name="Ben Sample", role="Naval correspondent", biography="At sea.")


def stories(client, slug, query=""):
    return [story.headline for story in client.get(f"/authors/{slug}/{query}").context["river"].stories]


def test_author_page_lists_the_stories_under_the_name(client, desk, other):
    desk.live("Hers")
    desk.live("Theirs", authors=[desk.author, other])
    desk.draft("Not yet", authors=[other])

    assert stories(client, "ana-sample") == ["Theirs", "Hers"]
    assert stories(client, "ben-sample") == ["Theirs"]


@pytest.mark.parametrize("fate", ["withdrawn", "killed"])
def test_author_page_loses_what_is_taken_down(client, desk, fate):
    getattr(desk, fate)("Secret convoy leaves")

    assert stories(client, "ana-sample") == []
    assert not AuthorListing.objects.exists()


def test_author_page_follows_a_byline_that_was_changed(client, desk, other):
    article = desk.live("Hers")
    publishing.publish_minor_update(desk.save(article, by=desk.editor, authors=[other]), by=desk.editor)

    assert (stories(client, "ana-sample"), stories(client, "ben-sample")) == ([], ["Hers"])


def test_author_page_by_page_misses_none(client, desk, monkeypatch):
    monkeypatch.setattr("articles.views.rivers.PAGE_SIZE", 2)
    for number in range(5):
        desk.live(f"Story {number}")

    first = client.get("/authors/ana-sample/").context["river"]
    second = client.get("/authors/ana-sample/", {"before": first.older}).context["river"]

    assert [story.headline for story in (*first.stories, *second.stories)] == [f"Story {n}" for n in (4, 3, 2, 1)]


def test_author_page_shows_the_portrait_while_its_rights_last(client, desk, other, picture):
    other.picture = picture
    other.save()
    desk.live(authors=[other])

    page = client.get("/authors/ben-sample/").content.decode()

    assert f'src="{picture.file.url}"' in page
    assert picture in public_pictures()
    picture.expires_on = "2020-01-01"
    picture.save()
    assert picture.file.url not in client.get("/authors/ben-sample/").content.decode()


def test_authors_are_those_with_a_live_story(client, desk, other):
    Author.objects.create(slug="silent", name="Silent Sample")
    desk.live(authors=[other])
    desk.withdrawn("Gone", authors=[desk.author])

    assert [author.name for author in client.get("/authors/").context["authors"]] == ["Ben Sample"]


@pytest.mark.parametrize("rows", [1, 3])
def test_author_pages_cost_the_same_for_one_and_three(client, desk, django_assert_num_queries, rows):
    for number in range(rows):
        author = Author.objects.create(slug=f"author-{number}", name=f"Author {number}")
        desk.live(f"Story {number}", authors=[desk.author, author])

    with django_assert_num_queries(2):
        client.get("/authors/")
    # One more than /authors/: what public lists have in common to tell whether anything changed.
    with django_assert_num_queries(4):
        client.get("/authors/ana-sample/")
