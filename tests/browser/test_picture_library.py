"""The picture library: several files at once, the focal point by keys, without scripts, and for everybody."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.models import Image
from tests.browser.editing_page import accessibility_problems

pytestmark = pytest.mark.browser

LIBRARY = reverse("admin:articles_image_changelist")
SEVERAL = reverse("admin:articles_image_upload_several")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def content(colour: str) -> bytes:
    written = BytesIO()
    Pillow.new("RGB", (640, 480), colour).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def files(tmp_path, transactional_db) -> list[Path]:
    """A new picture, one that the library has, an executable that calls itself a picture, and another new one."""
    Image.objects.create(file=ContentFile(content("teal"), name="teal.png"), title="The teal one")
    contents = {
        "navy.png": content("navy"),
        "teal.png": content("teal"),
        "tool.jpg": b"MZ\x90",
        "red.png": content("red"),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in contents]


@pytest.mark.journey
def test_several_files_are_uploaded_and_one_gets_its_focal_point(signed_in, journalist, files) -> None:
    page = signed_in(journalist)
    page.goto(LIBRARY)
    page.get_by_role("link", name="Upload pictures").click()
    page.get_by_label("Pictures", exact=True).set_input_files(files)
    page.get_by_label("Credit").fill("Ana Sample")
    page.get_by_label("Rights category").select_option(label="our own")

    page.get_by_role("button", name="Upload 4 pictures").click()

    rows = page.get_by_role("list", name="Files").get_by_role("listitem")
    expect(rows.nth(0)).to_contain_text("In the library.")
    expect(rows.nth(1)).to_contain_text("The desk has this picture already: “The teal one”.")
    expect(rows.nth(2)).to_contain_text("This is not a picture: choose a JPEG, PNG, WebP or AVIF file.")
    expect(rows.nth(3)).to_contain_text("In the library.")
    assert accessibility_problems(page) == []

    with page.expect_popup() as opened:
        rows.nth(3).get_by_role("link", name="Describe it").click()
    picture = opened.value
    point = picture.get_by_role("button", name="Focal point: 50 % from the left, 50 % from the top.")
    point.press("ArrowRight")
    picture.get_by_role("button", name="Focal point: 51 %").press("Shift+ArrowUp")
    assert accessibility_problems(picture) == []
    picture.get_by_role("button", name="Save", exact=True).click()
    picture.wait_for_url(f"**{LIBRARY}")

    red = Image.objects.get(title="red")
    assert (red.credit, red.rights, red.focal_x, red.focal_y) == ("Ana Sample", "own", 0.51, 0.4)
    assert Image.objects.count() == 3
    picture.goto(LIBRARY)
    assert accessibility_problems(picture) == []


def test_several_files_are_uploaded_without_scripts(signed_in, journalist, files) -> None:
    page = signed_in(journalist, java_script_enabled=False)
    page.goto(SEVERAL)
    page.get_by_label("Pictures", exact=True).set_input_files(files)

    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_text("In the library.")).to_have_count(2)
    expect(page.get_by_role("link", name="Open it")).to_have_count(1)
    assert Image.objects.count() == 3
