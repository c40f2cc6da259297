"""The review in the panel: what is folded away, what may go together, and what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import suggestions
from articles.admin.panel import Panel, loaded
from articles.desk_lists import with_proposals_left
from articles.models import Article, RelatedLink
from articles.models.verdict import Verdict
from tests.browser.forty_proposals import with_proposals

JSON = {"Accept": "application/json"}


def test_open_ones_come_first_and_the_rejected_are_folded_away(desk) -> None:
    article = with_proposals(desk, 3)
    first, second, _ = article.tags.all()
    suggestions.confirm_tag(first, by=desk.journalist)
    suggestions.reject(second, by=desk.journalist)

    panel = Panel(loaded(article.pk), desk.journalist)
    entities = next(group for group in panel.review.groups if group.name == "entities")

    assert [card.title for card in entities.shown] == ["Vessel-02", "Vessel-00"]
    assert [card.title for card in entities.rejected] == ["Vessel-01"]
    assert (panel.open_count, [card.is_rejected for card in panel.review.cards].count(True)) == (4, 1)


def test_list_board_and_panel_count_the_same_to_decide(desk) -> None:
    article = with_proposals(desk, 2)
    RelatedLink.objects.create(article=article, title="Another story", origin="machine", ordinal=1)

    panel = Panel(loaded(article.pk), desk.journalist)
    listed = with_proposals_left(Article.objects.filter(pk=article.pk)).get()

    assert (panel.open_count, listed.proposals_left, panel.review.has_open) == (4, 4, True)


def test_quotations_go_along_only_with_speaker_and_their_own_words(desk) -> None:
    article = with_proposals(desk, 3)
    quotes = list(article.quotes.order_by("start"))
    type(quotes[0]).objects.filter(pk=quotes[0].pk).update(speaker_name="")
    type(quotes[1]).objects.filter(pk=quotes[1].pk).update(anchor="changed", words_now="x")

    panel = Panel(loaded(article.pk), desk.journalist)
    together = [card.key for card in panel.review.cards if card.may_go_with_others and card.kind == "quote"]

    assert together == [f"quote-{quotes[2].pk}"]


def test_page_and_panel_cost_the_same_for_two_proposals_and_forty(client: Client, desk, journalist) -> None:
    client.force_login(journalist)
    counts = []

    for count in (1, 20):
        article = with_proposals(desk, count)
        with CaptureQueriesContext(connection) as page:
            html = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
        with CaptureQueriesContext(connection) as panel:
            client.get(f"/admin/articles/article/{article.pk}/panel/")
        counts.append((len(page), len(panel)))
        assert html.count("data-card ") == 2 * count

    assert counts[0] == counts[1]
    assert max(counts[1]) <= 20


def test_decision_stays_within_its_budget(client: Client, desk, journalist, django_assert_max_num_queries) -> None:
    article = with_proposals(desk, 20)
    client.force_login(journalist)
    quote, tag = article.quotes.first(), article.tags.first()

    for address in (f"quote/{quote.pk}/confirm/", f"tag/{tag.pk}/reject/", f"tag/{tag.pk}/about/"):
        with django_assert_max_num_queries(15):
            client.post(f"/admin/articles/article/{article.pk}/proposals/{address}", headers=JSON)


def test_many_are_confirmed_and_taken_back_by_their_doors(client: Client, desk, journalist) -> None:
    article = with_proposals(desk, 2)
    client.force_login(journalist)
    base = f"/admin/articles/article/{article.pk}/proposals/"
    cards = [f"tag-{tag.pk}" for tag in article.tags.all()] + [f"quote-{article.quotes.first().pk}"]

    answer = client.post(base + "confirm-all/", {"card": cards}, headers=JSON).json()
    confirmed = article.tags.filter(verdict=Verdict.CONFIRMED).count()
    undone = client.post(base + "take-back/", {"decided_at": answer["decided_at"]}, headers=JSON).json()
    again = client.post(base + "take-back/", {"decided_at": answer["decided_at"]}, headers=JSON)

    assert (answer["count"], confirmed, undone["count"], again.status_code) == (3, 2, 3, 409)


@pytest.mark.parametrize(
    ("door", "data"),
    [
        ("confirm-all/", {"card": "byline-1"}),
        ("confirm-all/", {"card": "tag-" + "9" * 40}),
        ("confirm-all/", {"card": "tag-1\x00"}),
        ("take-back/", {"decided_at": "yesterday"}),
        ("take-back/", {"decided_at": "2026-01-01T00:00:00"}),
        ("take-back/", {}),
    ],
)
def test_doors_of_many_know_no_other_cards_or_times(client: Client, desk, journalist, door, data) -> None:
    article = desk.draft()
    client.force_login(journalist)

    assert client.post(f"/admin/articles/article/{article.pk}/proposals/{door}", data, headers=JSON).status_code == 404


def test_review_of_one_who_may_not_decide_has_no_buttons(client: Client, desk, colleague) -> None:
    article = with_proposals(desk, 1)
    client.force_login(colleague)

    html = client.get(f"/admin/articles/article/{article.pk}/panel/").json()["panel"]

    assert re.findall(r"<button[^>]*data-(?:decision|change|add|open|confirm)", html) == []
    assert "Vessel-00" in html
