"""Storylines as partners get them: in order, without what they may not have, and never a stale page."""

from __future__ import annotations

import pytest

from articles import storylines
from articles.models import Storyline

LIST = "/api/v1/storylines"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cable(desk, norway):
    """Public, with two live stories, and one that partners may not have between them."""
    made = storylines.make_storyline(
        by=desk.editor, title="The cable off Hanko", intro="From the first dive.", is_public=True, entities=[norway]
    )
    for headline, note, may_syndicate in (("One", "", True), ("Ours", "Secret.", False), ("Two", "The repair.", True)):
        story = desk.live(headline, may_syndicate=may_syndicate)
        storylines.add_story(made, story, by=desk.editor, note=note)
    return Storyline.objects.get(pk=made.pk)


def told(partner, storyline) -> list[tuple[int, str, str]]:
    stories = partner.get(f"{LIST}/{storyline.uuid}").json()["stories"]
    return [(story["ordinal"], story["article"]["headline"], story["note"]) for story in stories]


def test_item_says_what_it_is_and_how_much_of_it_there_is(partner, cable, norway):
    (item,) = partner.get(LIST).json()["items"]

    named = {name: item[name] for name in ("id", "slug", "title", "intro", "state", "version", "story_count")}
    assert named == {
        "id": str(cable.uuid),
        "slug": "the-cable-off-hanko",
        "title": "The cable off Hanko",
        "intro": "From the first dive.",
        "state": "open",
        "version": cable.version,
        "story_count": 2,
    }
    of_its_own = partner.get(f"/api/v1/entities/{norway.uuid}").json()
    of_its_own.pop("names")
    assert item["entities"] == [of_its_own]
    assert item["url"].endswith("/storylines/the-cable-off-hanko/")
    assert item["api_url"].endswith(f"{LIST}/{cable.uuid}")


def test_one_tells_its_articles_in_order_without_those_for_us_alone(partner, cable, desk):
    assert told(partner, cable) == [(1, "One", ""), (2, "Two", "The repair.")]

    row = cable.stories.get(note="The repair.")
    storylines.move_story(cable, row.article, to=1, by=desk.editor)

    assert told(partner, cable) == [(1, "Two", "The repair."), (2, "One", "")]


def test_article_of_a_storyline_is_named_as_everywhere(partner, cable):
    story = partner.get(f"{LIST}/{cable.uuid}").json()["stories"][0]["article"]
    document = partner.get(f"/api/v1/articles/{story['id']}").json()

    assert story == {name: document[name] for name in story}
    assert set(story) == {"id", "version", "headline", "url", "api_url", "published_at"}


def test_killed_article_is_gone_from_its_storyline(partner, cable, desk):
    desk.kill(cable.stories.get(ordinal=1).article)

    assert told(partner, cable) == [(1, "Two", "The repair.")]
    assert partner.get(LIST).json()["items"][0]["story_count"] == 1


@pytest.mark.parametrize("why", ["not public", "no live story", "only for us"])
def test_what_partners_may_not_have_is_not_there(partner, desk, why):
    made = storylines.make_storyline(by=desk.editor, title="Hidden", is_public=why != "not public")
    if why == "no live story":
        storylines.add_story(made, desk.draft("Draft"), by=desk.editor)
    else:
        storylines.add_story(made, desk.live("Live", may_syndicate=why != "only for us"), by=desk.editor)

    assert partner.get(LIST).json()["items"] == []
    assert partner.get(f"{LIST}/{made.uuid}").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow(partner, desk, norway, finland, django_assert_num_queries, many):
    for number in range(many):
        made = storylines.make_storyline(
            by=desk.editor, title=f"Line {number}", is_public=True, entities=[norway, finland]
        )
        for story in range(many):
            storylines.add_story(made, desk.live(f"Story {number} {story}"), by=desk.editor)

    with django_assert_num_queries(5):
        items = partner.get(LIST).json()["items"]
    with django_assert_num_queries(6):
        stories = partner.get(f"{LIST}/{made.uuid}").json()["stories"]

    assert (len(items), len(stories)) == (many, many)


def test_list_narrows_to_what_is_asked(partner, cable, norway, finland):
    first, ours = cable.stories.get(ordinal=1).article, cable.stories.get(ordinal=2).article
    expected = {
        "state=open": 1,
        "state=closed": 0,
        f"entity={norway.uuid}": 1,
        f"entity={finland.uuid}": 0,
        f"article={first.uuid}": 1,
        f"article={ours.uuid}": 0,
        "q=CABLE": 1,
        "q=bridge": 0,
        "changed_from=2020-01-01T00:00:00Z": 1,
        "changed_from=2999-01-01T00:00:00Z": 0,
    }

    found = {query: len(partner.get(f"{LIST}?{query}").json()["items"]) for query in expected}

    assert found == expected


@pytest.mark.parametrize("wrong", ["state=told", "entity=5", "article=x", "changed_from=today", "colour=red"])
def test_wrong_parameter_is_refused(partner, wrong):
    assert partner.get(f"{LIST}?{wrong}").status_code == 400


def test_pages_lead_through_all(partner, desk):
    for number in range(3):
        made = storylines.make_storyline(by=desk.editor, title=f"Line {number}", is_public=True)
        storylines.add_story(made, desk.live(f"Story {number}"), by=desk.editor)

    titles, after = [], ""
    while after is not None:
        page = partner.get(f"{LIST}?page_size=1{after}").json()
        titles += [item["title"] for item in page["items"]]
        after = f"&cursor={page['next_cursor']}" if page["has_more"] else None

    assert titles == ["Line 2", "Line 1", "Line 0"]


@pytest.mark.django_db(transaction=True)
def test_held_page_is_told_of_as_long_as_it_is_true(partner, cable, desk):
    """A change of a storyline is none of the change log: it is the public's state that makes the page another."""
    tag = partner.get(LIST)["ETag"]
    held = partner.get(LIST, headers={"If-None-Match": tag})
    articles = partner.get("/api/v1/articles")["ETag"]

    storylines.describe(cable, by=desk.editor, title="The cable, once more")
    changed = partner.get(LIST, headers={"If-None-Match": tag})

    assert (held.status_code, changed.status_code) == (304, 200)
    assert changed.json()["items"][0]["title"] == "The cable, once more"
    assert partner.get("/api/v1/articles", headers={"If-None-Match": articles}).status_code == 304


def test_entity_that_was_merged_is_what_it_was_merged_into(partner, cable, desk, norway, finland):
    storylines.describe(cable, by=desk.editor, entities=[norway, finland])
    finland.merged_into = norway
    finland.save()

    (item,) = partner.get(LIST).json()["items"]
    hidden = [entity["name"] for entity in item["entities"]]
    norway.is_hidden = True
    norway.save()

    assert hidden == [norway.name]
    assert partner.get(LIST).json()["items"][0]["entities"] == []
