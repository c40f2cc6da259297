"""The desk in a real browser: accessible in light and dark, nothing against the policy, nothing too wide."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image as Pillow

from articles import proposing
from articles.models import Article, Image, NewName, Notification
from entities.models import Entity, Name

pytestmark = pytest.mark.browser

COLLECT = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


def sign_in(page: Any, username: str) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", username)
    page.click("text=Sign in >> nth=-1")
    page.wait_for_url("**/admin/")


@pytest.fixture
def article(transactional_db: None, desk) -> Article:
    """A live story with two revisions, beside one of every other kind that the board shows."""
    desk.draft("A draft")
    desk.in_review("Waiting for an editor")
    desk.scheduled("Tomorrow's story")
    live = desk.live("Fleet returns to port")
    Notification.objects.create(user=desk.chief, article=live, message="journalist mentions you.")
    return desk.save(live, headline="Fleet stays out", by=desk.editor)


@pytest.fixture
def addresses(article: Article, desk, settings, tmp_path, norway) -> dict[str, str]:
    """Every kind of page around the editing page."""
    settings.MEDIA_ROOT = tmp_path
    written = BytesIO()
    Pillow.new("RGB", (64, 48), "navy").save(written, "PNG")
    image = Image.objects.create(file=ContentFile(written.getvalue(), "ship.png"), title="A ship", alt="A grey ship.")
    person = Entity.objects.create(kind="person", name="A. Sample", slug="a-sample", country=norway.country_facts)
    target = Entity.objects.create(kind="person", name="Ana Sample", slug="ana-sample")
    Name.objects.create(entity=person, text="Sample", strength="weak", needs_context=["minister"])
    verb = {name: reverse("admin:articles_article_verb", args=[article.pk, name]) for name in ("kill", "withdraw")}
    scheduled = desk.approved("Ready to go")
    proposing.suggest(desk.draft(body="<p>General Ana Sampleton spoke.</p>").revision_id)
    return {
        "board": reverse("admin:index"),
        "list": reverse("admin:articles_article_changelist"),
        "filtered list": reverse("admin:articles_article_changelist") + "?work_state__exact=in_review",
        "empty list": reverse("admin:articles_article_changelist") + "?q=nothing",
        **verb,
        "schedule": reverse("admin:articles_article_verb", args=[scheduled.pk, "schedule"]),
        "correct": reverse("admin:articles_article_verb", args=[desk.live("Corrected").pk, "correct"]),
        "history": reverse("admin:articles_article_history", args=[article.pk]),
        "compare": reverse("admin:articles_article_compare", args=[article.pk]) + "?from=1&to=2",
        "new from text": reverse("admin:articles_article_from_text"),
        "entities": reverse("admin:entities_entity_changelist"),
        "entity": reverse("admin:entities_entity_change", args=[person.pk]),
        "country": reverse("admin:entities_entity_change", args=[norway.pk]),
        "merge": reverse("admin:entities_entity_merge", args=[person.pk]) + f"?into={target.pk}",
        "names": reverse("admin:entities_name_changelist"),
        "new names": reverse("admin:articles_newname_changelist"),
        "new name": reverse("admin:articles_newname_change", args=[NewName.objects.get().pk]) + "?q=Sample",
        "no new names": reverse("admin:articles_newname_changelist") + "?state=dismissed",
        "pictures": reverse("admin:articles_image_changelist"),
        "picture": reverse("admin:articles_image_change", args=[image.pk]),
        "new picture": reverse("admin:articles_image_add"),
        "authors": reverse("admin:articles_author_changelist"),
        "author": reverse("admin:articles_author_change", args=[desk.author.pk]),
        "sections": reverse("admin:articles_section_changelist"),
        "password": reverse("admin:password_change"),
        "app": reverse("admin:app_list", args=["articles"]),
    }


def violations(page: Any) -> list[str]:
    # Without preload, which would fetch our imported styles from the wrong place.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_keeps_the_policy(page, addresses, scheme: str) -> None:
    page.add_init_script(COLLECT)
    page.emulate_media(color_scheme=scheme)
    page.goto("/admin/login/")
    found = {"sign in": violations(page)}
    sign_in(page, "chief")

    for name, address in addresses.items():
        assert page.goto(address).status == 200, name
        found[name] = violations(page) + page.evaluate("window.broken")

    assert "\n".join(f"{name}: {problem}" for name, problems in found.items() for problem in problems) == ""


def test_no_page_is_wider_than_a_phone(page, addresses) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, "chief")
    wide = []

    for name, address in addresses.items():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)

    assert wide == []


def test_schedule_page_says_the_utc_of_what_is_typed(page, addresses, settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "America/New_York"
    sign_in(page, "chief")
    page.goto(addresses["schedule"])

    page.fill("[name=publish_at]", "2031-07-01T23:30")

    assert page.inner_text("output[for=id_publish_at]") == "Wed 2 Jul, 03:30 UTC"


def test_menu_opens_by_key_and_closes_by_escape(page, addresses) -> None:
    sign_in(page, "chief")
    page.goto(addresses["list"])
    menu = page.locator("details.filter-menu", has_text=re.compile(r"^\s*Work\b"))

    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    is_open = menu.evaluate("menu => menu.open")
    page.keyboard.press("Escape")

    assert (is_open, menu.evaluate("menu => menu.open")) == (True, False)


@pytest.mark.journey
def test_kill_from_the_keyboard_needs_the_address_typed(page, addresses, article) -> None:
    sign_in(page, "chief")
    page.goto(addresses["kill"])
    page.fill("[name=reason]", "A court order.")
    page.fill("[name=public_note]", "This story has been removed.")
    page.click("text=Kill this story for good")
    refused = page.inner_text("[name=confirmation] >> xpath=..")

    page.fill("[name=confirmation]", "fleet-returns-to-port")
    page.click("text=Kill this story for good")

    assert "This field is required." in refused
    assert Article.objects.get(pk=article.pk).pub_state == "killed"
