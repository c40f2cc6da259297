"""Outside of a key's products there is nothing, in any resource; the feed says what comes in and goes out."""

from __future__ import annotations

import json
import random

import pytest

from articles import publishing, storylines, suggestions
from articles.api.products import Product as Filter
from articles.api.products import Selection
from articles.documents import facts_of
from articles.models import Representation
from entities.models import Entity
from newsroom.partners.defining import save_product
from newsroom.partners.models import Product
from tests.partners import client_of

FEED = "/api/v1/changes"

pytestmark = pytest.mark.django_db


@pytest.fixture
def tagged(desk):
    """A live story, tagged as told."""

    def make(headline: str, *tags: tuple[Entity, str], **content):
        article = desk.approved(headline, **content)
        for entity, role in tags:
            suggestions.add_tag(article, entity, by=desk.editor, role=role)
        publishing.publish(article, by=desk.editor)
        return desk.fresh(article)

    return make


def retag(desk, article, *, off: Entity | None = None, on: Entity | None = None) -> None:
    """Publish the story again with other tags."""
    desk.save(article, standfirst=f"{article.standfirst} Once more.")
    if off is not None:
        suggestions.reject(desk.fresh(article).tags.get(entity=off), by=desk.editor)
    if on is not None:
        suggestions.add_tag(desk.fresh(article), on, by=desk.editor, role="about")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)


def told(answer) -> list[tuple]:
    return [
        (item["sequence"], item["action"], item["reason"], item["must_purge"], item["previous_sequence"])
        for item in answer.json()["items"]
    ]


@pytest.fixture
def stories(tagged, norway, finland, numbered) -> dict[str, str]:
    made = {
        "in": tagged("Norway acts", (norway, "about")),
        "mention": tagged("Norway is named", (norway, "mention")),
        "out": tagged("Finland acts", (finland, "about")),
    }
    numbered()
    return {name: str(article.uuid) for name, article in made.items()}


def test_key_without_products_has_everything(keys, stories):
    items = keys.client().get("/api/v1/articles").json()["items"]

    assert {item["id"] for item in items} == set(stories.values())


def test_lists_hold_only_what_is_in_the_product(keys, about_norway, stories):
    partner = keys.client(products=[about_norway])
    lists = ("articles", "search?q=port", "countries/NO/articles", "countries/FI/articles", "articles?country=FI")

    found = {name: [item["id"] for item in partner.get(f"/api/v1/{name}").json()["items"]] for name in lists}

    only = [stories["in"]]
    assert found == {
        "articles": only,
        "search?q=port": only,
        "countries/NO/articles": only,
        "countries/FI/articles": [],
        "articles?country=FI": [],
    }


def test_search_counts_only_what_is_in_the_product(keys, about_norway, stories):
    answer = keys.client(products=[about_norway]).get("/api/v1/search?q=port").json()

    assert (answer["total"]["count"], [fact["code"] for fact in answer["facets"]["countries"]]) == (1, ["NO"])


def test_storylines_hold_only_what_is_in_the_product(keys, desk, about_norway, tagged, norway, finland):
    inside, outside = tagged("Norway acts", (norway, "about")), tagged("Finland acts", (finland, "about"))
    both = storylines.make_storyline(by=desk.editor, title="Both", is_public=True)
    other = storylines.make_storyline(by=desk.editor, title="Other", is_public=True)
    for storyline, story in ((both, inside), (both, outside), (other, outside)):
        storylines.add_story(storyline, story, by=desk.editor)
    partner, everything = keys.client(products=[about_norway]), keys.client()

    (item,) = partner.get("/api/v1/storylines").json()["items"]
    (story,) = partner.get(f"/api/v1/storylines/{both.uuid}").json()["stories"]

    assert (item["title"], item["story_count"], story["article"]["headline"]) == ("Both", 1, "Norway acts")
    assert partner.get(f"/api/v1/storylines/{other.uuid}").status_code == 404
    assert partner.get(f"/api/v1/storylines?article={outside.uuid}").json()["items"] == []
    assert len(everything.get("/api/v1/storylines").json()["items"]) == 2


@pytest.mark.parametrize("part", ["", "/quotes", "/related", "/versions", "/versions/1"])
def test_what_is_outside_of_the_product_is_not_found(keys, about_norway, stories, part):
    partner = keys.client(products=[about_norway])

    statuses = {name: partner.get(f"/api/v1/articles/{uuid}{part}").status_code for name, uuid in stories.items()}

    assert statuses == {"in": 200, "mention": 404, "out": 404}


def test_no_parameter_tells_of_what_is_outside_of_the_product(keys, about_norway, stories):
    partner = keys.client(products=[about_norway])

    inside, outside, nothing = (
        partner.get("/api/v1/quotes", {"article": uuid}) for uuid in (stories["in"], stories["out"], "0" * 32)
    )
    slugs = [partner.get(f"/api/v1/articles/by-slug/{slug}").status_code for slug in ("norway-acts", "finland-acts")]

    assert (inside.status_code, outside.status_code, nothing.status_code) == (200, 400, 400)
    assert slugs == [307, 404]


def test_quotes_are_those_of_the_product(keys, desk, norway, finland, numbered):
    for headline, country in (("In", norway), ("Out", finland)):
        article = desk.approved(headline)
        suggestions.add_quote(article, start=33, end=57, by=desk.editor, speaker_name="A", speaker_kind="person")
        suggestions.add_tag(article, country, by=desk.editor, role="about")
        publishing.publish(article, by=desk.editor)
    product = save_product(Product(name="Norway", countries=["NO"]), by=None)

    items = keys.client(products=[product]).get("/api/v1/quotes").json()["items"]

    assert [item["article"]["headline"] for item in items] == ["In"]


def test_story_that_is_gone_is_gone_only_for_those_who_had_it(keys, desk, tagged, norway, finland, about_norway):
    gone = [tagged(headline, (country, "about")) for headline, country in (("In", norway), ("Out", finland))]
    for article in gone:
        desk.kill(article)
    partner = keys.client(products=[about_norway])

    assert [partner.get(f"/api/v1/articles/{article.uuid}").status_code for article in gone] == [410, 404]


def test_feed_tells_what_comes_in_and_goes_out(keys, desk, tagged, norway, finland, about_norway, numbered):
    comes = tagged("Comes in", (finland, "about"))
    goes = tagged("Goes out", (norway, "about"))
    tagged("Never in", (finland, "about"))
    numbered()
    retag(desk, comes, on=norway)
    retag(desk, goes, off=norway)
    numbered()
    desk.kill(goes)
    numbered()

    answer = keys.client(products=[about_norway]).get(FEED)

    assert told(answer) == [
        (2, "upsert", None, False, None),
        (4, "upsert", None, False, 2),
        (5, "remove", "left_scope", False, 4),
        (6, "remove", "killed", True, 5),
    ]
    assert [item["url"] for item in answer.json()["items"]][2:] == [None, None]


def test_feed_of_a_product_names_the_item_before_each_page(keys, tagged, norway, finland, about_norway, numbered):
    for headline, country in (("1", norway), ("2", finland), ("3", norway), ("4", norway), ("5", finland)):
        tagged(headline, (country, "about"))
    numbered()
    partner = keys.client(products=[about_norway])

    pages, after = [], None
    for _ in range(4):
        answer = partner.get(FEED, {"limit": 1} | ({"after": after} if after else {}))
        pages.append(told(answer))
        after = answer.json()["next_after"]

    assert [[(item[0], item[4]) for item in page] for page in pages] == [[(1, None)], [(3, 1)], [(4, 3)], []]
    assert after.endswith(".5")


def test_changed_product_asks_for_a_new_beginning(keys, stories, about_norway, chief):
    _, written = keys.make(products=[about_norway])
    partner = client_of(written.text)
    page = partner.get("/api/v1/articles?page_size=1")
    after = page.json()["after"]
    unchanged = partner.get(FEED, {"after": after}).status_code
    about_norway.notes = "Nothing of the filter."
    save_product(about_norway, by=chief)
    still = partner.get(FEED, {"after": after}).status_code

    about_norway.countries = ["NO", "FI"]
    save_product(about_norway, by=chief)

    assert (unchanged, still, partner.get(FEED, {"after": after}).status_code) == (200, 200, 409)
    assert about_norway.revision == 2
    again = partner.get("/api/v1/articles", headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, len(again.json()["items"])) == (200, 2)


def test_positions_and_cursors_of_other_keys_lead_nowhere(keys, stories, about_norway):
    everything, some = keys.client(), keys.client(products=[about_norway])
    page = everything.get("/api/v1/articles?page_size=1").json()

    assert some.get(FEED, {"after": page["after"]}).status_code == 409
    assert some.get("/api/v1/articles", {"cursor": page["next_cursor"]}).status_code == 400


def test_story_is_had_by_any_product_of_the_key(keys, stories, about_norway):
    finland = save_product(Product(name="Finland", countries=["FI"]), by=None)

    items = keys.client(products=[about_norway, finland]).get("/api/v1/articles").json()["items"]

    assert {item["id"] for item in items} == {stories["in"], stories["out"]}


def test_related_news_shows_what_is_printed(keys, desk, norway, tagged, about_norway):
    target = desk.live("Elsewhere")
    source = tagged("Norway acts", (norway, "about"), related=[{"target": target}])
    partner = keys.client(products=[about_norway])

    (entry,) = partner.get(f"/api/v1/articles/{source.uuid}/related").json()["items"]

    assert entry["headline"] == "Elsewhere"
    assert partner.get(f"/api/v1/articles/{target.uuid}").status_code == 404


def test_stored_facts_are_those_of_the_stored_document(desk, tagged, norway, numbered):
    tagged("Norway acts", (norway, "about"))
    desk.live("Other")

    for row in Representation.objects.all():
        assert row.facts == facts_of(json.loads(bytes(row.json)))


def test_condition_is_met_as_a_person_would_say(desk, tagged, norway, finland):
    """Against the same question asked in plain Python."""
    dice = random.Random(7)
    for number, tags in enumerate([(), ((norway, "about"),), ((norway, "mention"), (finland, "about"))]):
        tagged(f"Story {number}", *tags, type=["news", "brief", "analysis"][number])
    rows = list(Representation.objects.all())

    for _ in range(60):
        wanted = Filter(
            types=tuple(dice.sample(["news", "brief", "opinion"], dice.randint(0, 2))),
            sections=tuple(dice.sample(["sea", "air"], dice.randint(0, 1))),
            authors=tuple(dice.sample(["ana-sample", "nobody"], dice.randint(0, 1))),
            countries=tuple(dice.sample(["NO", "FI", "SE"], dice.randint(0, 2))),
            only_about=dice.random() < 0.5,
        )
        selection = Selection((wanted,), 1)
        found = Representation.objects.filter(selection.condition("facts"))
        assert set(found) == {row for row in rows if selection.holds(row.facts)}, wanted
        assert set(found) == {row for row in rows if is_in(wanted, row.facts)}, wanted


def is_in(wanted: Filter, facts: dict) -> bool:
    named = [code for code, role in facts["countries"].items() if role == "about" or not wanted.only_about]
    pairs = (
        (wanted.types, [facts["type"]]),
        (wanted.sections, [facts["section"]]),
        (wanted.authors, facts["authors"]),
        (wanted.countries, named),
    )
    return all(not asked or set(asked) & set(has) for asked, has in pairs)
