"""One story goes the whole way: imported on the command line, tagged by a real worker, decided and published
in the admin, read on the site, pulled by a partner.

The story is our own retelling beside the engine's tests; NEWSROOM_STORY names another file of the same
countries, quotations and related titles to walk the same way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Author, TaggingRun
from newsroom.seeding.desk import load_sections
from newsroom.seeding.gazetteer import load_gazetteer
from tests.browser.editing_page import decided
from tests.services import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(280)]

OWN_STORY = Path(__file__).parents[1] / "articles" / "tagging" / "joint_exercise.txt"
STORY = Path(os.environ.get("NEWSROOM_STORY") or OWN_STORY)
COUNTRIES = {"CN", "RU", "UA", "IN", "BY", "MN", "TJ", "US", "JP", "TW"}
SPEAKERS = [
    "the Chinese Ministry of Defence",
    "Beijing",
    "the Chinese Defence Ministry",
    "Beijing",
    "a 2017 U.S report",
]
STANDFIRST = "Chinese troops will take part in the Vostok manoeuvres."


@pytest.fixture
def editors_page(browser, live_server, editor) -> Iterator:
    client = Client()
    client.force_login(editor)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 1000})
    context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    yield context.new_page()
    context.close()


@pytest.mark.journey
def test_a_story_goes_the_whole_way(editors_page, celery_worker_process, client):
    load_gazetteer()
    load_sections()
    Author.objects.create(slug="ana-sample", name="Ana Sample")

    call_command("import_story", str(STORY), headline="China to join the Vostok exercise", section="exercises")
    article = Article.objects.get()
    wait_until(lambda: is_tagged(article), what="the worker has tagged the imported story")
    page = editors_page
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector(".is-ready .story")
    page.get_by_label("Standfirst").fill(STANDFIRST)
    page.get_by_role("tab", name="About").click()
    page.get_by_label("Ana Sample").check()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved"))
    wait_until(lambda: is_tagged(article), what="the worker has tagged the saved story")
    page.get_by_role("tab", name="Proposals").click()
    confirm_every_quote(page, article)
    page.get_by_role("tab", name="Desk").click()
    for verb in ("Submit for review", "Approve and publish"):
        page.get_by_role("button", name=verb, exact=True).click()
        page.wait_for_load_state("networkidle")
    wait_until(lambda: Article.objects.get().pub_state == "live", what="the story is live", seconds=10)

    assert_on_the_site(client, Article.objects.get())
    assert_in_the_api(client, Article.objects.get())


def is_tagged(article: Article) -> bool:
    newest = Article.objects.get(pk=article.pk).revision_id
    return TaggingRun.objects.filter(revision=newest, status=TaggingRun.Status.FINISHED).exists()


def confirm_every_quote(page, article: Article) -> None:
    """With the keys that a journalist uses: to the next proposal, and yes."""
    quotes = list(article.quotes.order_by("start"))
    assert [quote.speaker_as_written for quote in quotes] == SPEAKERS
    for quote in quotes:
        card = page.locator(f"#quote-{quote.pk}")
        card.wait_for()
        card.focus()
        page.keyboard.press("a")
        page.wait_for_selector(f"#quote-{quote.pk}.card-confirmed")
        decided(page)


def assert_on_the_site(client: Client, article: Article) -> None:
    assert article.edition is not None
    page = client.get(article.edition.get_absolute_url()).content.decode()

    assert page.count('class="quotation"') == 5
    for title in article.related_links.values_list("title", flat=True):
        assert title in page
    assert article.related_links.count() == 2


def assert_in_the_api(client: Client, article: Article) -> None:
    document = client.get(f"/api/v1/articles/{article.uuid}").json()
    text = document["body"]["text"]

    countries = {country["code"]: country for country in document["countries"]}
    assert set(countries) == COUNTRIES
    assert [code for code, country in countries.items() if country["primary"]] == ["CN"]
    assert [quote["speaker"]["as_written"] for quote in document["quotes"]] == SPEAKERS
    for quote in document["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["text"]
    for tag in (*document["countries"], *document["entities"]):
        for mention in tag["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["as_written"]
    assert not any("Vostok" in quote["text"] or "Joint Sea" in quote["text"] for quote in document["quotes"])
    assert len(document["related"]) == 2
    changes = client.get("/api/v1/changes").json()["items"]
    assert [(change["object_id"], change["action"], change["version"]) for change in changes] == [
        (str(article.uuid), "upsert", 1)
    ]
