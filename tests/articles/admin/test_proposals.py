"""The panel's doors: what they show, and that verdicts reach their verbs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles import proposing, revisions, suggestions
from articles.models import Article
from articles.models.verdict import Verdict

JSON = {"Accept": "application/json"}
BODY = (
    "<p>Norway said nothing.</p>"
    "<p>Ships left 🚢 Oslo early. “We will be back before the ice,” Captain Ida Berg said. Nobody answered.</p>"
)


@pytest.fixture
def article(desk, norway, finland) -> Article:
    article = desk.draft("Norway sends ships", standfirst="Finland watches.", body=BODY)
    proposing.suggest(article.revision_id)
    return article


def panel_of(client: Client, article: Article) -> dict:
    return client.get(reverse("admin:articles_article_panel", args=[article.pk])).json()


def decide(client: Client, proposal, kind: str, decision: str, **data: str):
    address = reverse("admin:articles_article_decide", args=[proposal.article_id, kind, proposal.pk, decision])
    return client.post(address, data, headers=JSON)


def test_panel_gives_spans_within_blocks_in_code_points(client: Client, article, journalist) -> None:
    client.force_login(journalist)
    quote = article.quotes.get()
    block = article.revision.blocks[1]
    text = article.revision.text[block["start"] : block["end"]]
    start = text.index("We will")

    evidence = panel_of(client, article)["evidence"]

    assert evidence[f"quote-{quote.pk}"]["places"] == [
        {
            "field": "body",
            "block": block["id"],
            "start": start,
            "end": start + len(quote.text),
            "words": quote.text,
        }
    ]


def test_panel_gives_evidence_of_headline_and_standfirst(client: Client, article, journalist) -> None:
    client.force_login(journalist)
    tag = article.tags.get(entity__name="Finland")

    evidence = panel_of(client, article)["evidence"]

    assert evidence[f"tag-{tag.pk}"]["places"] == [
        {"field": "standfirst", "block": "", "start": 0, "end": 7, "words": "Finland"}
    ]


def test_panel_shows_the_sentence_of_a_quote_and_its_speaker(client: Client, article, journalist) -> None:
    client.force_login(journalist)

    html = panel_of(client, article)["panel"]

    assert "“<mark>We will be back before the ice,</mark>” Captain Ida Berg said." in html
    assert "Nobody answered" not in html


def test_panel_answers_briefly_to_who_has_seen_it(client: Client, article, journalist) -> None:
    client.force_login(journalist)
    address = reverse("admin:articles_article_panel", args=[article.pk])
    stamp = client.get(address).json()["stamp"]

    again = client.get(address, {"stamp": stamp}).json()

    assert again == {"stamp": stamp, "lock_version": article.lock_version}


def test_panel_is_new_when_a_task_has_finished(client: Client, desk, journalist, norway) -> None:
    article = desk.draft(body=BODY)
    client.force_login(journalist)
    address = reverse("admin:articles_article_panel", args=[article.pk])
    waiting = client.get(address).json()

    proposing.suggest(article.revision_id)
    finished = client.get(address, {"stamp": waiting["stamp"]}).json()

    assert (waiting["is_tagging"], finished["is_tagging"]) == (True, False)
    assert "The tagger is reading" in waiting["panel"]
    assert "Norway" in finished["panel"]


def test_panel_says_when_the_tagger_failed(client: Client, article, journalist) -> None:
    run = article.revision.tagging_run
    run.status = "failed"
    run.save()
    client.force_login(journalist)

    assert "The tagger failed on this version" in panel_of(client, article)["panel"]


def test_panel_says_when_there_is_nothing_to_read(client: Client, desk, journalist) -> None:
    article = desk.draft("", standfirst="", body="")
    proposing.suggest(article.revision_id)
    client.force_login(journalist)

    assert "Nothing to read yet" in panel_of(client, article)["panel"]


def test_panel_is_closed_to_strangers(client: Client, article, stranger) -> None:
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(reverse("admin:articles_article_panel", args=[article.pk])).status_code == 403


@pytest.mark.parametrize(("decision", "verdict"), [("confirm", Verdict.CONFIRMED), ("reject", Verdict.REJECTED)])
def test_decide_passes_the_verdict_on_a_tag(client: Client, article, journalist, decision, verdict) -> None:
    tag = article.tags.get(entity__name="Norway")
    client.force_login(journalist)

    response = decide(client, tag, "tag", decision)

    tag.refresh_from_db()
    assert response.status_code == 200
    assert (tag.verdict, tag.verdict_by) == (verdict, journalist)
    assert response.json()["lock_version"] == article.lock_version


def test_decide_takes_a_verdict_back(client: Client, article, journalist) -> None:
    tag = article.tags.get(entity__name="Norway")
    suggestions.reject(tag, by=journalist)
    client.force_login(journalist)

    decide(client, tag, "tag", "reconsider")

    tag.refresh_from_db()
    assert (tag.verdict, tag.verdict_by) == (Verdict.PROPOSED, None)


def test_changed_words_are_flagged_and_taken(client: Client, article, journalist) -> None:
    quote = article.quotes.get()
    suggestions.confirm_quote(quote, by=journalist)
    changed = article.body.replace("before the ice", "before the winter")
    revisions.save_revision(article, expected_version=article.lock_version, by=journalist, body=changed)
    client.force_login(journalist)

    flagged = panel_of(client, article)["panel"]
    decide(client, quote, "quote", "take-new-words")

    quote.refresh_from_db()
    assert "The words changed." in flagged
    assert (quote.text, quote.anchor) == ("We will be back before the winter,", "kept")


def test_decide_says_why_it_refuses(client: Client, article, colleague) -> None:
    tag = article.tags.get(entity__name="Norway")
    client.force_login(colleague)

    response = decide(client, tag, "tag", "confirm")

    tag.refresh_from_db()
    assert response.status_code == 403
    assert "ask its author or an editor" in response.json()["message"]
    assert tag.verdict == Verdict.PROPOSED


def test_decide_works_as_a_plain_form(client: Client, article, journalist) -> None:
    tag = article.tags.get(entity__name="Norway")
    client.force_login(journalist)
    address = reverse("admin:articles_article_decide", args=[article.pk, "tag", tag.pk, "reject"])

    response = client.post(address)

    tag.refresh_from_db()
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert tag.verdict == Verdict.REJECTED


def test_decide_knows_no_other_kind_story_or_verdict(client: Client, desk, article, journalist) -> None:
    tag = article.tags.get(entity__name="Norway")
    other = desk.draft("Another")
    client.force_login(journalist)

    addresses = [
        f"/admin/articles/article/{article.pk}/proposals/tag/{tag.pk}/destroy/",
        f"/admin/articles/article/{article.pk}/proposals/byline/{tag.pk}/confirm/",
        f"/admin/articles/article/{other.pk}/proposals/tag/{tag.pk}/confirm/",
    ]

    assert [client.post(address, headers=JSON).status_code for address in addresses] == [404, 404, 404]


def test_decide_refuses_a_get(client: Client, article, journalist) -> None:
    tag = article.tags.get(entity__name="Norway")
    client.force_login(journalist)

    response = client.get(f"/admin/articles/article/{article.pk}/proposals/tag/{tag.pk}/confirm/")

    assert response.status_code == 405
