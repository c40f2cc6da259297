"""A live story is corrected with a seal, then killed: at the desk, as a reader sees it, and as a partner is told."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles import proposing
from articles.models import Article
from tests.browser.editing_page import accessibility_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(280)]

SECRET = "Zanzibar"
NOTICE = "An earlier version named a convoy. We have removed it."
KILL_NOTICE = "This story has been removed by order of a court."
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def article(desk) -> Article:
    """Live with the secret; a reporter has written the version without it."""
    told = f"<p>The general said the convoy to {SECRET} leaves on Friday.</p><p>Norway waits.</p>"
    article = desk.live("Convoy leaves", slugline="convoy", body=told)
    saved = desk.save(article, body="<p>The general said nothing of a convoy.</p><p>Norway waits.</p>")
    proposing.suggest(saved.revision_id)
    return desk.fresh(saved)


@pytest.fixture
def reader(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


def told_partners(page, article: Article, rest: str = "") -> tuple[int, dict]:
    answer = page.request.get(f"/api/v1/articles/{article.uuid}{rest}")
    return answer.status, answer.json()


def newest_change(page) -> dict:
    return page.request.get("/api/v1/changes").json()["items"][-1]


@pytest.mark.journey
def test_a_story_is_corrected_sealed_and_killed(signed_in, reader, chief, article):
    address = article.representation.get_absolute_url()
    page = signed_in(chief, viewport={"width": 1440, "height": 1000})
    reader.goto(f"{address}versions/1/")
    expect(reader.locator("main")).to_contain_text(SECRET)

    correct(page, article)

    reader.goto(address)
    expect(reader.locator(".story-foot .correction")).to_contain_text(NOTICE)
    expect(reader.locator(".change-log")).to_contain_text("No longer shown")
    expect(reader.locator("main")).not_to_contain_text(SECRET)
    for rest in ("versions/1/", "versions/2/changes/"):
        assert reader.goto(f"{address}{rest}").status == 410
        expect(reader.locator("main")).to_contain_text(NOTICE)
        expect(reader.locator("main")).not_to_contain_text(SECRET)
    status, sealed = told_partners(reader, article, "/versions/1")
    assert (status, sealed["reason"], sealed["public_note"]) == (410, "sealed", NOTICE)
    change = newest_change(reader)
    assert (change["kind"], change["action"], change["public_note"]) == ("correct", "upsert", NOTICE)

    kill(page, article)

    answer = reader.goto(address)
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text(KILL_NOTICE)
    expect(reader.locator("main")).not_to_contain_text("Convoy")
    status, killed = told_partners(reader, article)
    assert (status, killed["reason"], killed["must_purge"], killed["public_note"]) == (410, "killed", True, KILL_NOTICE)
    change = newest_change(reader)
    assert (change["kind"], change["action"], change["must_purge"]) == ("kill", "remove", True)


def correct(page, article: Article) -> None:
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.get_by_role("link", name="Approve and correct").click()
    preview = page.frame_locator("[data-notice-preview] iframe")
    expect(page.locator(".correct-differences del", has_text=SECRET)).to_have_count(1)
    page.get_by_label("Public notice").fill(NOTICE)
    expect(preview.locator('[data-place="top"] .correction')).to_contain_text(NOTICE)
    page.get_by_label("Kind").select_option("editors_note")
    page.get_by_label("below the story").check()
    expect(preview.locator('[data-place="foot"] .correction')).to_contain_text(f"Editor’s note. {NOTICE}")
    explained = page.locator("[data-seal-explained]")
    expect(explained).to_be_hidden()
    page.get_by_label("Seal the earlier versions").check()
    expect(explained).to_contain_text("versions/1/")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Publish with this notice").click()
    expect(page.get_by_text("Approved; the correction is public.")).to_be_visible()


def kill(page, article: Article) -> None:
    page.goto(reverse("admin:articles_article_verb", args=[article.pk, "kill"]))
    expect(page.locator(".addresses")).to_contain_text("/convoy-leaves/")
    page.get_by_label("Why").fill("Order of the High Court.")
    page.get_by_label("Public notice").fill(KILL_NOTICE)
    page.get_by_label("Type its name to confirm").fill("another story")
    page.get_by_role("button", name="Kill this story for good").click()
    expect(page.get_by_role("alert")).to_contain_text("Type: convoy")
    expect(page.get_by_label("Why")).to_have_value("Order of the High Court.")
    expect(page.get_by_label("Public notice")).to_have_value(KILL_NOTICE)
    expect(page.get_by_label("Type its name to confirm")).to_have_value("another story")
    assert accessibility_problems(page) == []
    page.get_by_label("Type its name to confirm").fill("  Convoy ")
    page.get_by_role("button", name="Kill this story for good").click()
    banner = page.locator(".taken-down")
    expect(banner).to_contain_text(KILL_NOTICE)
    expect(banner).to_contain_text("Order of the High Court.")
    expect(banner).to_contain_text("to delete every copy")


def test_yesterdays_version_is_found_and_restored_on_a_telephone(signed_in, desk, journalist):
    article = desk.draft("First headline")
    desk.save(article, headline="Second headline", body="<p>Other words altogether.</p>")
    page = signed_in(journalist, viewport=NARROW)

    page.goto(reverse("admin:articles_article_history", args=[article.pk]))
    expect(page.locator(".event-changed").first).to_contain_text("Headline")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_role("link", name="Read revision 1").click()
    expect(page.get_by_role("heading", name="First headline")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_role("button", name="Restore revision 1").click()

    expect(page).to_have_url(re.compile(rf"/article/{article.pk}/change/"))
    assert desk.fresh(article).headline == "First headline"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_of_history_and_correction_are_accessible(signed_in, desk, chief, article, scheme, width):
    page = signed_in(chief, viewport={"width": width, "height": 900}, color_scheme=scheme)
    verb = "admin:articles_article_verb"
    addresses = [
        reverse("admin:articles_article_history", args=[article.pk]),
        reverse("admin:articles_article_revision", args=[article.pk, 1]),
        reverse("admin:articles_article_compare", args=[article.pk]) + "?from=1&to=2",
        *(reverse(verb, args=[article.pk, name]) for name in ("approve_and_correct", "withdraw", "kill")),
        f"{article.representation.get_absolute_url()}versions/",
        article.representation.get_absolute_url(),
    ]

    found = {}
    for address in addresses:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        found[address] = (accessibility_problems(page), wide)

    assert {address: problem for address, problem in found.items() if problem != ([], False)} == {}
