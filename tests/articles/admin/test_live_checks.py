"""Publish checks of what is typed and not saved: the same questions, few queries, nothing written."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import proposing
from articles.models import Article, PublicAddress, Quote, Revision
from articles.models.verdict import Verdict

LONG = f"<p data-block='long1'>Long {'word ' * 130}</p>"


def check(client: Client, article: Article, **typed: object):
    return client.post(reverse("admin:articles_article_checks", args=[article.pk]), typed)


def whole(article: Article, **typed: object) -> dict[str, object]:
    """The form as the page sends it, with what was typed."""
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "body": article.body,
        "section": article.section_id or "",
        "authors": [byline.author_id for byline in article.bylines.all()],
        "image": article.image_id or "",
        "slug": article.slug,
    } | typed


@pytest.mark.parametrize(
    ("typed", "says", "place"),
    [
        ({"headline": " "}, "The headline is missing.", 'data-field="headline"'),
        ({"standfirst": ""}, "The standfirst is missing.", 'data-field="standfirst"'),
        ({"section": ""}, "No section is chosen.", 'data-field="section"'),
        ({"authors": []}, "No author is named.", 'data-field="authors"'),
        ({"body": ""}, "The body is empty.", 'data-field="body"'),
        ({"headline": "Navy buys 34 ships"}, "The headline says 34, the body does not.", 'data-field="headline"'),
        ({"headline": "Seven ships"}, "The headline says Seven, the body does not.", 'data-field="headline"'),
        ({"body": LONG}, "has 131 words.", 'data-block-id="long1"'),
        ({"body": "<h3 data-block='head1'>First</h3><p>Text.</p>"}, "third-level one", 'data-block-id="head1"'),
        (
            {"body": "<p data-block='link1'>See <a href='/news/2020/01/nowhere/'>this</a>.</p>"},
            "The link to /news/2020/01/nowhere/ leads to no live story of ours.",
            'data-block-id="link1"',
        ),
        (
            {"body": "<p>Text.</p><figure><img src='/media/x.webp' alt=''></figure>"},
            "is not one of the desk’s",
            'data-picture="/media/x.webp"',
        ),
    ],
)
def test_checks_say_what_is_wrong_with_the_typed_text_and_where(client: Client, desk, journalist, typed, says, place):
    article = desk.draft()
    client.force_login(journalist)

    answer = check(client, article, **whole(article, **typed)).json()

    assert says in answer["html"]
    assert place in answer["html"]
    assert Revision.objects.filter(article=article).count() == 1


@pytest.mark.parametrize("headline", ["Seven ships", "34 ships", "1,200 men", "Su-34 lands", "Thirty-four ships"])
def test_numbers_in_words_and_figures_are_the_same_number(client: Client, desk, journalist, headline: str) -> None:
    article = desk.draft(body="<p>It had 7 ships, thirty-four boats and 1200 men.</p>")
    client.force_login(journalist)

    assert "The headline says" not in check(client, article, **whole(article, headline=headline)).json()["html"]


def test_checks_find_a_confirmed_quotation_whose_words_were_typed_over(client: Client, desk, journalist) -> None:
    article = desk.draft()
    Quote.objects.create(
        article=article,
        revision=article.revision,
        text="return to port by Friday",
        start=33,
        end=57,
        verdict=Verdict.CONFIRMED,
        verdict_by=desk.editor,
        verdict_at=timezone.now(),
    )
    client.force_login(journalist)

    kept = check(client, article, **whole(article)).json()["html"]
    lost = check(client, article, **whole(article, body="<p>Nobody spoke.</p>")).json()["html"]

    words = "“return to port by Friday” is no longer in the text"
    assert (words in kept, words in lost) == (False, True)


def test_checks_name_a_country_of_the_headline_that_carries_no_tag(client: Client, desk, journalist, norway, finland):
    article = desk.draft(body="<p>Norway said that its ships had returned to port.</p>")
    proposing.suggest(article.revision_id)
    client.force_login(journalist)

    finnish = check(client, article, **whole(article, headline="Finnish ships return")).json()["html"]
    norwegian = check(client, article, **whole(article, headline="Norwegian ships return")).json()["html"]

    words = "is named in the headline but not tagged."
    assert (f"Finland {words}" in finnish, words in norwegian) == (True, False)


def test_checks_take_few_queries(client: Client, desk, journalist, norway) -> None:
    article = desk.draft(body="<p>Norway said that its ships had returned to port.</p>")
    proposing.suggest(article.revision_id)
    live = PublicAddress.objects.get(article=desk.live("Alive"))
    client.force_login(journalist)
    body = (
        f"<p>See <a href='/news/{live.path}/'>this</a>.</p>" * 3 + "<figure><img src='/media/x.webp' alt='x'></figure>"
    )
    data = whole(article, headline="Norwegian ships return", body=body)
    check(client, article, **data)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        check(client, article, **data)

    assert len(queries) <= 10


@pytest.mark.parametrize("headline", ["\x00", "x" * 100_000, "<script>1</script>", "\u202eabc", "\ud83d"])
def test_checks_of_hostile_words_answer(client: Client, desk, journalist, headline: str) -> None:
    article = desk.draft()
    client.force_login(journalist)
    if headline == "\ud83d":
        headline = "%ED%A0%BD"

    response = check(client, article, **whole(article, headline=headline, body=f"<p>{headline}</p>"))

    assert response.status_code in (200, 400)
    assert "<script>" not in response.content.decode()


def test_checks_of_a_very_long_story_ask_for_a_save_first(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = check(client, article, body="<p>" + "x" * 600_000)

    assert (response.status_code, "save it first" in response.json()["message"]) == (413, True)


def test_checks_are_closed_to_strangers_and_to_reading(client: Client, desk, stranger, journalist) -> None:
    article = desk.draft()
    client.force_login(stranger)
    outside = check(client, article, headline="x")
    client.force_login(journalist)

    assert outside.status_code == 302
    assert client.get(reverse("admin:articles_article_checks", args=[article.pk])).status_code == 405
    assert client.post(reverse("admin:articles_article_checks", args=[999_999])).status_code == 404
