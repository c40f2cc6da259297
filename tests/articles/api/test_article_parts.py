from __future__ import annotations

import pytest

from articles import publishing

pytestmark = pytest.mark.django_db


def test_quotes_and_related_are_those_of_the_document(partner, desk, quoted, django_assert_num_queries):
    other = desk.live("Another story")
    article = quoted(related=[{"target": other}, {"title": "Elsewhere"}])
    address = f"/api/v1/articles/{article.uuid}"
    document = partner.get(address).json()

    with django_assert_num_queries(1):
        quotes = partner.get(f"{address}/quotes")
    with django_assert_num_queries(1):
        related = partner.get(f"{address}/related")

    assert quotes.json() == {"items": document["quotes"]}
    assert related.json() == {"items": document["related"]}
    assert [entry["headline"] for entry in document["related"]] == ["Another story", "Elsewhere"]
    assert partner.get(f"{address}/quotes", headers={"If-None-Match": quotes["ETag"]}).status_code == 304
    assert partner.get(f"{address}/quotes?page_size=1").status_code == 400


@pytest.mark.parametrize("updates", [0, 2])
def test_versions_list_what_was_published(partner, desk, django_assert_num_queries, updates):
    article = desk.live("Version 1")
    for number in range(updates):
        desk.save(article, headline=f"Version {number + 2}")
        publishing.publish_minor_update(desk.fresh(article), by=desk.editor)

    with django_assert_num_queries(2):
        items = partner.get(f"/api/v1/articles/{article.uuid}/versions").json()["items"]

    assert [item["headline"] for item in items] == [f"Version {number}" for number in range(updates + 1, 0, -1)]
    assert [item["is_current"] for item in items] == [True] + [False] * updates


def test_version_shows_what_was_published_then(partner, desk):
    article = desk.live("Before")
    desk.save(article, headline="After")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)

    before, after, never = (partner.get(f"/api/v1/articles/{article.uuid}/versions/{number}") for number in (1, 2, 3))

    assert [before.json()["headline"], before.json()["status"]] == ["Before", "superseded"]
    assert [after.json()["headline"], after.json()["status"]] == ["After", "live"]
    assert never.status_code == 404


def test_sealed_version_is_gone(partner, desk):
    article = desk.live("Libel", standfirst="Libel.")
    desk.save(article, headline="Fact", standfirst="Fact.")
    desk.approve_again(desk.fresh(article))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="We were wrong.", seal=True)
    address = f"/api/v1/articles/{article.uuid}/versions"

    sealed, versions = partner.get(f"{address}/1"), partner.get(address)

    assert (sealed.status_code, sealed.json()["reason"]) == (410, "sealed")
    assert sealed.json()["public_note"] == "We were wrong."
    assert b"Libel" not in sealed.content + versions.content
    assert [item["version"] for item in versions.json()["items"]] == [2]
