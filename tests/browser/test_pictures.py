"""Pictures on the editing page: chosen, uploaded, dropped, pasted, described in place, and never lost."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.models import Image
from tests.browser.editing_page import accessibility_problems, edit, put_cursor_in, save

pytestmark = pytest.mark.browser

DROP = """
([bytes, type, kind]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "dropped.png", { type: "image/png" }));
  const surface = document.querySelector(".story");
  const target = surface.querySelector("p");
  const box = target.getBoundingClientRect();
  const event = type === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent("drop", {
        dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 2, clientY: box.top + 2,
      });
  target.dispatchEvent(event);
}
"""


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def content(colour: str = "navy", size: tuple[int, int] = (320, 180)) -> bytes:
    written = BytesIO()
    Pillow.new("RGB", size, colour).save(written, "PNG")
    return written.getvalue()


def with_iptc(records: dict[int, str]) -> bytes:
    """A JPEG with captions as agencies write them: IPTC in a resource of Photoshop's segment."""
    written = BytesIO()
    Pillow.new("RGB", (320, 180), "olive").save(written, "JPEG")
    data = b"".join(
        b"\x1c\x02" + bytes([number]) + len(text.encode()).to_bytes(2) + text.encode()
        for number, text in records.items()
    )
    resource = b"8BIM\x04\x04\x00\x00" + len(data).to_bytes(4) + data + b"\x00" * (len(data) % 2)
    segment = b"Photoshop 3.0\x00" + resource
    picture = written.getvalue()
    return picture[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2) + segment + picture[2:]


def make_image(name: str, colour: str, **columns) -> Image:
    standard = {"title": name, "alt": f"A {colour} ship", "credit": "Sample Agency"}
    return Image.objects.create(file=ContentFile(content(colour), name=f"{name}.png"), **(standard | columns))


@pytest.fixture
def picture_file(tmp_path) -> Path:
    path = tmp_path / "frigate at sea.png"
    path.write_bytes(content("teal"))
    return path


def dialog(page):
    return page.get_by_role("dialog")


def open_chooser(page) -> None:
    page.get_by_role("button", name="Picture", exact=True).click()
    expect(page.get_by_role("listbox", name="Pictures")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.journey
def test_picture_is_chosen_into_the_text_by_keyboard_alone(signed_in, journalist, desk) -> None:
    image, _ = make_image("frigate", "grey", caption="A frigate at dawn"), make_image("tank", "green")
    article = desk.draft(body="<p>Alpha.</p><p>Beta.</p>")
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Alpha")
    page.keyboard.press("Control+Alt+p")
    page.get_by_label("Search the pictures").fill("grey agency")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_hidden()
    save(page)

    body = desk.fresh(article).body
    assert (
        f'<figure><img src="{image.file.url}" alt="A grey ship" width="320" height="180">'
        "<figcaption>A frigate at dawn</figcaption></figure>" in body
    )
    assert body.index("Alpha") < body.index("<figure>") < body.index("Beta")


def test_grid_is_walked_by_arrow_keys_and_paged(signed_in, journalist, desk) -> None:
    for place in range(26):
        make_image(f"Picture {place}", f"#{place * 8:02x}4080", alt="")
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 1000}), desk.draft())

    open_chooser(page)
    expect(page.get_by_role("option")).to_have_count(24)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    second = page.get_by_role("option", selected=True).inner_text()
    page.keyboard.press("End")
    last = page.get_by_role("option", selected=True).inner_text()
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("option")).to_have_count(26)

    assert ("Picture 24" in second, "Picture 2" in last) == (True, True)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    expect(page.get_by_role("option", selected=True)).to_contain_text("Picture 1")


def test_forbidden_picture_is_marked_and_cannot_be_chosen(signed_in, journalist, desk) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    make_image("old", "grey", expires_on=yesterday)
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    cell = page.get_by_role("option")
    cell.click(force=True)

    expect(cell).to_contain_text(f"Rights ended on {yesterday:%-d %B %Y}")
    expect(cell).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("button", name="Use picture")).to_be_disabled()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()


def test_picture_is_uploaded_with_what_stands_beside_it(signed_in, journalist, desk, picture_file) -> None:
    article = desk.draft(body="<p>Alpha.</p>")
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Alpha")
    open_chooser(page)
    page.locator("#picture-dialog [data-file]").set_input_files(picture_file)
    dialog(page).get_by_label("Text alternative").fill("A frigate")
    dialog(page).get_by_label("Caption").fill("At sea")
    dialog(page).get_by_label("Credit").fill("Ana Sample / Us")
    dialog(page).get_by_label("Last day").fill("2031-05-04")
    page.get_by_role("button", name="Upload and use").click()
    expect(dialog(page)).to_be_hidden()
    expect(page.locator(".figure-facts")).to_have_text("Ana Sample / Us · rights until 4 May 2031")
    save(page)

    image = Image.objects.get()
    assert (image.title, image.alt, image.credit) == ("frigate at sea", "A frigate", "Ana Sample / Us")
    assert f'src="{image.file.url}" alt="A frigate"' in desk.fresh(article).body


def test_caption_and_credit_are_read_from_the_file_and_taken_out_of_it(signed_in, journalist, desk, tmp_path) -> None:
    photograph = tmp_path / "photograph.jpg"
    photograph.write_bytes(with_iptc({120: "Ein Schiff auf hoher See, Größe L", 80: "Ida Berg", 110: "Sample Agency"}))
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    page.locator("#picture-dialog [data-file]").set_input_files(photograph)
    expect(dialog(page).get_by_label("Credit")).to_have_value("Ida Berg / Sample Agency")
    expect(dialog(page).get_by_label("Caption")).to_have_value("Ein Schiff auf hoher See, Größe L")
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator(".figure-view")).to_have_count(1)

    with Image.objects.get().file.open() as kept:
        assert b"Ida Berg" not in kept.read()


def test_rights_that_a_file_claims_are_shown_and_decided_on(signed_in, journalist, desk, tmp_path) -> None:
    photograph = tmp_path / "photograph.jpg"
    photograph.write_bytes(with_iptc({80: "Ida Berg", 116: "© Sample Agency", 40: "No archive"}))
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    page.locator("#picture-dialog [data-file]").set_input_files(photograph)
    expect(page.locator("[data-notice]")).to_contain_text("The file says: “© Sample Agency; No archive”.")
    expect(dialog(page).get_by_label("Partners may show it too")).not_to_be_checked()
    problems = accessibility_problems(page)
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator(".figure-view")).to_have_count(1)

    image = Image.objects.get()
    assert (image.may_syndicate, image.rights_note, problems) == (False, "© Sample Agency; No archive", [])


def test_rights_that_a_file_claims_too_late_for_the_form_are_told_with_the_upload(
    signed_in, journalist, desk, tmp_path
) -> None:
    photograph = tmp_path / "photograph.jpg"
    picture = with_iptc({80: "Ida Berg", 116: "© Sample Agency"})
    photograph.write_bytes(picture[:2] + (b"\xff\xe1\xff\xff" + bytes(65_533)) * 20 + picture[2:])
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    with page.expect_response("**/facts/") as read:
        page.locator("#picture-dialog [data-file]").set_input_files(photograph)
    nothing = read.value.json()
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator("[data-kept-back]")).to_contain_text(
        "“photograph” is in the story. Its file says: “© Sample Agency”. So partners do not get it"
    )
    problems = accessibility_problems(page)
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".figure-view")).to_have_count(1)
    open_chooser(page)
    expect(page.locator("[data-kept-back]")).to_be_empty()

    image = Image.objects.get()
    assert (nothing, problems) == ({"caption": "", "credit": "", "notice": ""}, [])
    assert (image.credit, image.rights_note, image.may_syndicate) == ("Ida Berg", "© Sample Agency", False)


def test_upload_that_is_refused_loses_nothing(signed_in, journalist, desk, tmp_path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(content()[:120])
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    page.locator("#picture-dialog [data-file]").set_input_files(broken)
    dialog(page).get_by_label("Credit").fill("Ana Sample")
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator("[data-form-problem]")).to_contain_text("This file is damaged")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    page.get_by_role("button", name="Picture", exact=True).click()

    assert dialog(page).get_by_label("Credit").input_value() == "Ana Sample"
    assert Image.objects.count() == 0


def test_upload_survives_a_newsroom_that_does_not_answer(signed_in, journalist, desk, picture_file) -> None:
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    page.locator("#picture-dialog [data-file]").set_input_files(picture_file)
    dialog(page).get_by_label("Text alternative").fill("A frigate")
    page.context.set_offline(True)
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator("[data-form-problem]")).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    page.get_by_role("button", name="Upload and use").click()
    expect(dialog(page)).to_be_hidden()

    assert Image.objects.get().alt == "A frigate"


def test_upload_of_a_picture_that_is_here_offers_it(signed_in, journalist, desk, picture_file) -> None:
    image = Image.objects.create(
        file=ContentFile(picture_file.read_bytes(), name="a.png"), alt="Known ship", credit="Us", title="Known"
    )
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    page.locator("#picture-dialog [data-file]").set_input_files(picture_file)
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator("[data-form-problem]")).to_have_text("The desk has this picture already: “Known”.")
    page.get_by_role("button", name="Use the one that is here").click()

    expect(page.locator(".figure-view img")).to_have_attribute("src", image.file.url)


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_picture_file_on_the_writing_surface_is_uploaded(signed_in, journalist, desk, way) -> None:
    article = desk.draft(body="<p>Alpha.</p>")
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Alpha")
    page.evaluate(DROP, [list(content("maroon")), way, "image"])
    dialog(page).get_by_label("Text alternative").fill("Maroon")
    page.get_by_role("button", name="Upload and use").click()
    expect(page.locator(".figure-view")).to_have_count(1)
    save(page)

    assert f'src="{Image.objects.get().file.url}" alt="Maroon"' in desk.fresh(article).body


def test_picture_in_the_text_is_described_replaced_and_removed_in_place(signed_in, journalist, desk) -> None:
    first, second = make_image("first", "grey"), make_image("second", "teal", caption="Second at sea")
    article = desk.draft(body=f'<p>Alpha.</p><figure><img src="{first.file.url}" alt="A"></figure>')
    page = edit(signed_in(journalist), article)
    figure = page.locator(".figure-view")

    figure.get_by_label("Caption").fill("Written here")
    figure.get_by_label("Text alternative").fill("A grey ship “at sea”")
    save(page)
    described = desk.fresh(article).body
    figure.get_by_role("button", name="Replace").click()
    page.get_by_role("option", name="Second at sea").dblclick()
    expect(figure.locator("img")).to_have_attribute("src", second.file.url)
    save(page)
    replaced = desk.fresh(article).body
    figure.get_by_role("button", name="Remove").click()
    save(page)

    assert 'alt="A grey ship “at sea”"><figcaption>Written here</figcaption>' in described
    assert second.file.url in replaced
    assert "Second at sea" in replaced
    assert "<figure>" not in desk.fresh(article).body


def test_picture_in_the_text_is_reached_and_left_by_keyboard(signed_in, journalist, desk) -> None:
    image = make_image("first", "grey")
    article = desk.draft(body=f'<p>Alpha.</p><figure><img src="{image.file.url}" alt="A"></figure>')
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Alpha")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".figure-view")).to_have_class("figure-view ProseMirror-selectednode")
    page.keyboard.press("Enter")
    page.keyboard.type("Typed")
    page.keyboard.press("Enter")
    page.keyboard.type("Behind.")
    save(page)

    saved = desk.fresh(article)
    assert "<figcaption>Typed</figcaption>" in saved.body
    assert saved.revision.text == "Alpha.\n\nBehind."


def test_picture_from_elsewhere_says_that_readers_cannot_see_it(signed_in, journalist, desk) -> None:
    article = desk.draft(body='<p>Alpha.</p><figure><img src="/media/unknown.webp" alt="A"></figure>')
    page = edit(signed_in(journalist), article)

    expect(page.locator(".figure-facts")).to_contain_text("Not one of the desk’s pictures")


def test_lead_picture_is_chosen_and_taken_away(signed_in, journalist, desk) -> None:
    image = make_image("frigate", "grey", caption="A frigate")
    article = desk.draft()
    page = edit(signed_in(journalist), article)

    page.get_by_role("tab", name="About").click()
    page.get_by_role("button", name="Choose or upload").click()
    page.get_by_role("option", name="A frigate").click()
    page.get_by_role("button", name="Use picture").click()
    expect(page.locator("[data-lead-words]")).to_contain_text("Sample Agency")
    save(page)
    chosen = desk.fresh(article).image
    page.locator("[data-lead-remove]").click()
    expect(page.locator("[data-lead-words]")).to_have_text("No picture")
    save(page)

    assert (chosen, desk.fresh(article).image) == (image, None)


def test_details_are_mended_from_the_dialog(signed_in, journalist, desk) -> None:
    make_image("frigate", "grey", credit="")
    page = edit(signed_in(journalist), desk.draft())

    open_chooser(page)
    page.get_by_role("option").click()
    expect(page.locator("[data-chosen]")).to_contain_text("Still needs: credit")
    page.get_by_role("button", name="Edit details").click()
    dialog(page).get_by_label("Credit").fill("Ana Sample")
    page.get_by_role("button", name="Save details").click()

    expect(page.locator("#picture-dialog [role=option]")).to_contain_text("Ana Sample")
    assert Image.objects.get().credit == "Ana Sample"


def test_details_that_somebody_changed_meanwhile_are_told_and_kept(signed_in, journalist, desk) -> None:
    make_image("frigate", "grey", caption="At dawn")
    page = edit(signed_in(journalist), desk.draft())
    open_chooser(page)
    page.get_by_role("option").click()
    page.get_by_role("button", name="Edit details").click()
    Image.objects.update(expires_on="2031-05-04", credit="Theirs")

    dialog(page).get_by_label("Caption").fill("At sea")
    dialog(page).get_by_label("Credit").fill("Mine")
    page.get_by_role("button", name="Save details").click()
    expect(page.locator("#picture-credit-problem")).to_contain_text("Meanwhile: “Theirs”.")
    expect(dialog(page).get_by_label("Last day")).to_have_value("2031-05-04")
    page.get_by_role("button", name="Save details").click()
    expect(page.locator("#picture-dialog [role=option]")).to_contain_text("Mine")

    image = Image.objects.get()
    assert (image.caption, image.credit, f"{image.expires_on}") == ("At sea", "Mine", "2031-05-04")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_dialog_is_accessible(signed_in, journalist, desk, picture_file, scheme, width, tmp_path) -> None:
    names = ("Frigate", "Patrol boat", "Radar station", "Minister at the quay", "Helicopter", "Coast guard", "Tank")
    for place, name in enumerate(names):
        make_image(name, f"#{place * 30:02x}6080", caption=f"{name} in the fjord")
    image = make_image("old", "grey", expires_on="2020-01-02", credit="", alt="")
    article = desk.draft(
        body=f'<p>Alpha.</p><figure><img src="{image.file.url}" alt=""><figcaption>C</figcaption></figure>', image=image
    )
    page = edit(signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900}), article)
    on_page = accessibility_problems(page)

    open_chooser(page)
    page.get_by_role("option").nth(1).click()
    chooser = accessibility_problems(page)
    page.locator("#picture-dialog [data-file]").set_input_files(picture_file)
    upload = accessibility_problems(page)

    assert (on_page, chooser, upload) == ([], [], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
