from __future__ import annotations

import uuid

import pytest

from articles import publishing
from articles.models import ChangeCounter

FEED = "/api/v1/changes"

pytestmark = pytest.mark.django_db


def told(response) -> list[tuple]:
    return [
        (item["sequence"], item["action"], item["kind"], item["version"], item["reason"], item["must_purge"])
        for item in response.json()["items"]
    ]


def test_feed_tells_every_change_in_order(partner, desk, number_changes):
    article = desk.live()
    desk.save(article, headline="Fleet is back")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)
    publishing.withdraw(desk.fresh(article), by=desk.editor, reason="Secret reason.", public_note="We were wrong.")
    desk.kill(desk.fresh(article))
    number_changes()

    response = partner.get(FEED)

    assert told(response) == [
        (1, "upsert", "publish", 1, None, False),
        (2, "upsert", "update", 2, None, False),
        (3, "remove", "withdraw", 3, "withdrawn", False),
        (4, "remove", "kill", 4, "killed", True),
    ]
    epoch = ChangeCounter.objects.get().epoch.hex
    assert {name: value for name, value in response.json().items() if name != "items"} == {
        "next_after": f"{epoch}.0.4",
        "has_more": False,
        "oldest_available": 1,
    }
    assert response.json()["items"][2]["public_note"] == "We were wrong."
    assert b"Secret reason" not in response.content


def test_feed_item_names_its_article(partner, desk, number_changes):
    article = desk.live()
    number_changes()

    (item,) = partner.get(FEED).json()["items"]

    assert item["object_id"] == str(article.uuid)
    assert item["url"] == f"http://127.0.0.1:8000{article.edition.get_absolute_url()}"
    assert item["api_url"] == f"http://127.0.0.1:8000/api/v1/articles/{article.uuid}"
    assert "headline" in item["changed"]


@pytest.mark.parametrize("stories", [1, 3])
def test_feed_is_one_query_however_many_rows(partner, desk, number_changes, django_assert_num_queries, stories):
    for number in range(stories):
        desk.live(f"Story {number}")
    number_changes()

    with django_assert_num_queries(1):
        response = partner.get(FEED)

    assert len(response.json()["items"]) == stories


def test_feed_goes_on_where_the_reader_stopped(partner, desk, number_changes):
    for number in range(3):
        desk.live(f"Story {number}")
    number_changes()

    first = partner.get(f"{FEED}?limit=2")
    second = partner.get(first["Link"].partition(">")[0].partition(":8000")[2])
    poll = partner.get(FEED, {"after": second.json()["next_after"]})

    assert [item["sequence"] for item in first.json()["items"]] == [1, 2]
    assert [item["sequence"] for item in second.json()["items"]] == [3]
    assert poll.json() == {
        "items": [],
        "next_after": second.json()["next_after"],
        "has_more": False,
        "oldest_available": 1,
    }
    assert "Retry-After" not in first
    assert (second["Retry-After"], poll["Retry-After"]) == ("5", "5")
    assert 'rel="next"' in poll["Link"]


def test_feed_goes_on_from_the_state_of_a_list(partner, desk, number_changes):
    desk.live("One")
    number_changes()
    after = partner.get("/api/v1/articles").json()["after"]
    desk.live("Two")
    number_changes()

    assert [item["sequence"] for item in partner.get(FEED, {"after": after}).json()["items"]] == [2]


def test_feed_from_an_empty_newsroom_goes_on_in_any_epoch(partner, desk, number_changes):
    after = partner.get("/api/v1/articles").json()["after"]
    desk.live()
    number_changes()

    assert [item["sequence"] for item in partner.get(FEED, {"after": after}).json()["items"]] == [1]


def test_feed_refuses_a_position_from_which_nothing_leads_on(partner, desk, number_changes):
    desk.live()
    number_changes()
    epoch = ChangeCounter.objects.get().epoch.hex

    foreign, future, revised = (
        partner.get(FEED, {"after": after}) for after in (f"{uuid.uuid4().hex}.0.1", f"{epoch}.0.2", f"{epoch}.3.1")
    )

    assert [answer.status_code for answer in (foreign, future, revised)] == [409, 409, 409]
    assert foreign.json()["type"] == "http://127.0.0.1:8000/api/v1/problems/resync-required"


@pytest.mark.parametrize(
    "query", ["after=1", "after=x.0.1", "limit=0", "limit=1001", "limit=x", "page_size=5", "after="]
)
def test_feed_refuses_what_it_does_not_understand(partner, query):
    response = partner.get(f"{FEED}?{query}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_feed_leaves_out_what_is_not_numbered_yet(partner, desk):
    desk.live()

    assert partner.get(FEED).json()["items"] == []


def test_feed_takes_back_a_story_that_partners_may_no_longer_have(partner, desk, number_changes):
    article = desk.live()
    desk.save(article, may_syndicate=False, standfirst="Agency copy.")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)
    number_changes()

    items = partner.get(FEED).json()["items"]

    assert [(item["action"], item["reason"], item["url"]) for item in items] == [
        ("upsert", None, None),
        ("remove", "not_syndicated", None),
    ]
    assert partner.get(f"/api/v1/articles/{article.uuid}").status_code == 404


def test_feed_never_offers_a_story_that_partners_may_not_have(partner, desk, number_changes):
    article = desk.live("Agency copy", may_syndicate=False)
    desk.save(article, by=desk.editor, may_syndicate=True)
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)
    number_changes()

    items = partner.get(FEED).json()["items"]

    assert [(item["sequence"], item["action"], item["changed"] == []) for item in items] == [
        (1, "remove", True),
        (2, "upsert", False),
    ]


def test_feed_purges_a_killed_story_also_where_it_was_taken_back_before(partner, desk, number_changes):
    article = desk.live()
    desk.save(article, may_syndicate=False)
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)
    desk.kill(desk.fresh(article))
    number_changes()

    last = partner.get(FEED).json()["items"][-1]

    assert (last["action"], last["must_purge"], last["public_note"] != "") == ("remove", True, True)


def test_feed_refreshes_the_stories_that_show_another(partner, desk, number_changes):
    target = desk.live("Target")
    desk.live("Shows it", related=[{"target": target}])
    desk.kill(target)
    number_changes()

    items = partner.get(FEED).json()["items"]

    assert [(item["kind"], item["changed"]) for item in items[2:]] == [("kill", []), ("refresh", ["related"])]
