"""The preview beside the text, and the link to share, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles import embargoes
from articles.models import Image, PreviewLink
from articles.preview_links import share_preview, token_of
from tests.browser.editing_page import accessibility_problems, edit, put_cursor_in

pytestmark = pytest.mark.browser
LONG = "".join(
    f"<p>Paragraph {number} tells of the fleet that is at sea and of the port it left.</p>" for number in range(40)
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def image(db) -> Image:
    written = BytesIO()
    Pillow.new("RGB", (320, 180), "teal").save(written, "PNG")
    return Image.objects.create(
        file=ContentFile(written.getvalue(), name="a.png"), alt="A ship", credit="Sample Agency", caption="At sea"
    )


def open_preview(page):
    page.get_by_role("button", name="Preview", exact=True).click()
    frame = page.frame_locator("[data-frame]")
    expect(page.locator("[data-preview-state]")).to_have_text("As typed")
    return frame


@pytest.mark.journey
def test_preview_follows_the_typing_without_a_save(signed_in, journalist, desk, image) -> None:
    article = desk.draft(body="<p>Alpha.</p>", image=image)
    page = edit(signed_in(journalist), article)
    frame = open_preview(page)
    expect(frame.get_by_role("heading", name="Fleet returns to port")).to_be_visible()
    picture = frame.get_by_role("img", name="A ship")
    expect(picture).to_have_js_property("naturalWidth", 320)

    page.get_by_label("Headline").fill("Fleet sails again")
    put_cursor_in(page, "Alpha")
    page.keyboard.press("End")
    page.keyboard.type(" Typed now.")

    expect(frame.get_by_role("heading", name="Fleet sails again")).to_be_visible()
    expect(frame.get_by_text("Alpha. Typed now.")).to_be_visible()
    expect(frame.get_by_text("Sample Agency")).to_be_visible()
    assert desk.fresh(article).headline == "Fleet returns to port"


def test_preview_stands_in_place_of_the_panel_and_gives_it_back(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 900}), desk.draft())

    page.keyboard.press("Alt+p")
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    page.get_by_role("button", name="Close the preview").click()

    expect(page.locator("#panel")).to_be_visible()
    expect(page.get_by_role("button", name="Preview", exact=True)).to_be_focused()


def test_preview_keeps_its_place_while_the_text_changes(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=LONG))
    frame = open_preview(page)
    frame.locator("html").evaluate("(root) => root.ownerDocument.defaultView.scrollTo(0, 900)")
    before = frame.locator("html").evaluate("(root) => root.scrollTop")

    page.get_by_label("Standfirst").fill("Another standfirst.")
    expect(frame.get_by_text("Another standfirst.")).to_have_count(1)

    assert before > 500
    assert frame.locator("html").evaluate("(root) => root.scrollTop") == before


def test_preview_is_seen_as_on_a_phone_and_in_dark(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist, color_scheme="light", viewport={"width": 1440, "height": 900}), desk.draft())
    frame = open_preview(page)
    ground = "(root) => getComputedStyle(root).backgroundColor"
    light = frame.locator("html").evaluate(ground)

    page.get_by_role("button", name="Phone").click()
    page.get_by_role("button", name="Dark").click()

    assert frame.locator("html").evaluate("(root) => root.ownerDocument.defaultView.innerWidth") == 390
    assert (light, frame.locator("html").evaluate(ground)) == ("rgb(252, 251, 248)", "rgb(20, 22, 26)")
    page.get_by_role("button", name="Wide").click()
    page.get_by_role("button", name="Light").click()
    assert frame.locator("html").evaluate("(root) => root.ownerDocument.defaultView.innerWidth") == 1200
    assert frame.locator("html").evaluate(ground) == light


def test_preview_runs_no_script_and_sends_no_form(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft())
    frame = open_preview(page)

    sandbox = page.locator("[data-frame]").get_attribute("sandbox")
    frame.locator("body").evaluate(
        """(body) => {
          const script = body.ownerDocument.createElement("script");
          script.textContent = "top.ran = 1";
          body.append(script);
        }"""
    )

    assert set(sandbox.split()).isdisjoint({"allow-scripts", "allow-forms", "allow-top-navigation"})
    assert page.evaluate("window.ran") is None


def test_preview_says_that_it_cannot_follow(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft())
    frame = open_preview(page)

    page.context.set_offline(True)
    page.get_by_label("Headline").fill("Written in a tunnel")
    expect(page.locator("[data-preview-problem]")).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    page.get_by_label("Headline").fill("Written in the light")

    expect(frame.get_by_role("heading", name="Written in the light")).to_be_visible()
    expect(page.locator("[data-preview-problem]")).to_be_hidden()


def test_link_is_copied_and_revoked(signed_in, journalist, desk, live_server, settings, browser) -> None:
    settings.SITE_URL = live_server.url
    article = desk.draft()
    page = edit(signed_in(journalist, permissions=["clipboard-read", "clipboard-write"]), article)
    open_preview(page)

    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy preview link").click()
    expect(page.locator("[data-share-state]")).to_contain_text("Copied. It works until")
    address = page.evaluate("navigator.clipboard.readText()")
    stranger = browser.new_context()
    read = stranger.new_page()
    read.goto(address)
    expect(read.get_by_text("Preview, not published.")).to_be_visible()
    page.get_by_role("button", name="Revoke the one link").click()
    expect(page.locator("[data-share-state]")).to_have_text("The link no longer works.")
    gone = read.reload()

    assert gone.status == 410
    stranger.close()


def test_link_to_a_story_under_embargo_is_copied_only_after_a_warning(signed_in, journalist, desk) -> None:
    article = desk.draft()
    embargoes.set_embargo(
        article, by=desk.editor, until=timezone.now() + timedelta(days=1), is_indefinite=False, note=""
    )
    page = edit(signed_in(journalist), article)
    open_preview(page)

    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy preview link").click()
    expect(page.locator("[data-share-warning]")).to_contain_text("under embargo")
    before = PreviewLink.objects.count()
    page.get_by_role("button", name="I know: copy the link all the same").click()
    expect(page.locator("#preview-address")).to_have_value(re.compile("/previews/"))

    assert (before, PreviewLink.objects.count()) == (0, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_preview_is_accessible(signed_in, journalist, desk, image, scheme, width) -> None:
    body = f'<p>Alpha.</p><figure><img src="{image.file.url}" alt="A ship"><figcaption>C</figcaption></figure>{LONG}'
    article = desk.draft("A headline that is rather long, as they are on a busy evening at the desk", body=body)
    page = edit(signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900}), article)
    open_preview(page)
    page.get_by_role("button", name="Share").click()

    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_shared_page_is_accessible(signed_in, journalist, desk, image, scheme, width) -> None:
    link = share_preview(desk.draft(image=image), by=journalist)
    page = signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(f"/previews/{token_of(link)}/")

    assert accessibility_problems(page) == []
    expect(page.get_by_role("img", name="A ship")).to_have_js_property("naturalWidth", 320)
