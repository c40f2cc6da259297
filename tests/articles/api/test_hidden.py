"""What the public must not see is in no answer of any resource."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing, storylines
from articles.models import Article, Storyline

SECRET = "zyzzyva"
LISTS = (
    *("articles", "quotes", "changes", "countries", "entities", "storylines"),
    *(f"search?q={SECRET}", "countries/NO/articles"),
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secrets(desk, quoted, number_changes) -> dict[str, Article]:
    """A story in every state that must not leak, each with the secret word in its text."""
    words = {
        "body": f"<p>The minister said the {SECRET} would “return to port by Friday”.</p>",
        "standfirst": f"{SECRET}.",
    }
    stories = {
        "draft": desk.draft(f"{SECRET} draft", **words),
        "in review": desk.in_review(f"{SECRET} review", **words),
        "approved": desk.approved(f"{SECRET} approved", **words),
        "scheduled": desk.scheduled(f"{SECRET} scheduled", **words),
        "withdrawn": desk.withdrawn(f"{SECRET} withdrawn", **words),
        "not for partners": quoted(f"{SECRET} agency", may_syndicate=False, **words),
    }
    embargoed = desk.approved(f"{SECRET} embargoed", **words)
    Article.objects.filter(pk=embargoed.pk).update(embargo_until=timezone.now() + timedelta(days=1))
    killed = quoted(f"{SECRET} killed", **words)
    desk.kill(killed)
    sealed = desk.live(f"{SECRET} sealed", **words)
    desk.save(sealed, headline="Fact", standfirst="Fact.", slug="fact", body="<p>Nothing but facts.</p>")
    desk.approve_again(desk.fresh(sealed))
    publishing.correct(desk.fresh(sealed), by=desk.editor, notice="We were wrong.", seal=True)
    cable = storylines.make_storyline(by=desk.editor, title="A cable", is_public=True)
    for headline, story in stories.items():
        if headline != "withdrawn":
            storylines.add_story(cable, story, by=desk.editor, note=SECRET)
    working_copy = desk.live("Public words")
    storylines.add_story(cable, working_copy, by=desk.editor)
    desk.save(working_copy, headline=f"{SECRET} being written", **words)
    number_changes()
    return stories | {"embargoed": embargoed, "killed": killed, "sealed": sealed, "working copy": working_copy}


def addresses(secrets: dict[str, Article]) -> Iterator[str]:
    for name in LISTS:
        yield f"/api/v1/{name}"
        yield f"/api/v1/{name}{'&' if '?' in name else '?'}{'limit' if name == 'changes' else 'page_size'}=100"
    yield reverse("api-storyline", args=[Storyline.objects.get().uuid])
    for article in secrets.values():
        for name in ("api-article", "api-article-quotes", "api-article-related", "api-article-versions"):
            yield reverse(name, args=[article.uuid])
        for version in range(1, 4):
            yield reverse("api-article-version", args=[article.uuid, version])
        yield f"/api/v1/quotes?article={article.uuid}"


def test_no_answer_holds_the_secret(partner, secrets):
    public = {"Public words", "Fact"}

    leaks = []
    for address in addresses(secrets):
        content = partner.get(address).content.decode().replace(f"q={SECRET}", "")
        # An old address of a sealed story leads on for ever; it is the one place where its words may stand.
        if SECRET in content.replace(f"/{SECRET}-sealed/", "/"):
            leaks.append(address)

    assert leaks == []
    assert {item["headline"] for item in partner.get("/api/v1/articles").json()["items"]} == public


def test_what_was_never_public_is_not_found_and_what_is_over_is_gone(partner, secrets):
    statuses = {name: partner.get(f"/api/v1/articles/{article.uuid}").status_code for name, article in secrets.items()}

    assert statuses == {
        "draft": 404,
        "in review": 404,
        "approved": 404,
        "scheduled": 404,
        "embargoed": 404,
        "not for partners": 404,
        "withdrawn": 410,
        "killed": 410,
        "sealed": 200,
        "working copy": 200,
    }


def test_by_slug_knows_only_what_was_public(partner, desk, secrets):
    slugs = [f"{SECRET}-{name}" for name in ("draft", "review", "approved", "scheduled", "embargoed", "agency")]

    assert [partner.get(f"/api/v1/articles/by-slug/{slug}").status_code for slug in slugs] == [404] * 6
