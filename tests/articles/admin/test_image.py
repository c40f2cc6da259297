"""Pictures in the admin: upload with checks, preview, and one copy of each."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles.models import Image

ADD = reverse("admin:articles_image_add")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(name: str = "ship.png", colour: str = "navy") -> SimpleUploadedFile:
    written = BytesIO()
    Pillow.new("RGB", (8, 6), colour).save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue())


def form(file: SimpleUploadedFile) -> dict[str, object]:
    return {"file": file, "title": "A ship", "alt": "A grey ship.", "focal_x": "0.5", "focal_y": "0.5"}


def test_upload_keeps_the_picture_with_its_size(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(ADD, form(picture()))

    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.title, image.width, image.height) == ("A ship", 8, 6)


def test_upload_is_stored_under_the_suffix_of_what_it_is(client: Client, journalist) -> None:
    client.force_login(journalist)

    client.post(ADD, form(picture("ship.html")))

    assert Image.objects.get().file.name.endswith(".png")


def test_upload_of_something_else_is_refused_in_words(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(ADD, form(SimpleUploadedFile("a.svg", b"<svg><script>alert(1)</script></svg>")))

    errors = response.context["adminform"].form.errors
    assert errors == {"file": ["This is not a picture: choose a JPEG, PNG, WebP or AVIF file."]}
    assert Image.objects.count() == 0


def test_upload_of_a_picture_that_is_here_leads_to_it(client: Client, journalist) -> None:
    client.force_login(journalist)
    client.post(ADD, form(picture()))
    standing = Image.objects.get()

    response = client.post(ADD, form(picture("again.png")))

    assert Image.objects.count() == 1
    assert reverse("admin:articles_image_change", args=[standing.pk]) in response.content.decode()


def test_standing_picture_shows_itself_and_keeps_its_file(client: Client, journalist) -> None:
    client.force_login(journalist)
    client.post(ADD, form(picture()))
    image = Image.objects.get()
    address = reverse("admin:articles_image_change", args=[image.pk])

    page = client.get(address).content.decode()
    client.post(address, form(picture("other.png", "red")) | {"credit": "Ana Sample"})

    newest = Image.objects.get()
    assert image.file.url in page
    assert (newest.file.name, newest.credit) == (image.file.name, "Ana Sample")


def opened(client: Client, address: str) -> dict[str, str]:
    """What the page would send that nobody has touched."""
    page = client.get(address).context["adminform"].form
    values = {name: page[name].value() for name in page.fields}
    sent = {name: "" if value is None else value for name, value in values.items() if value is not False}
    return {name: "on" if value is True else str(value) for name, value in sent.items()}


def test_page_gives_no_rights_back_by_a_caption(client: Client, editor) -> None:
    client.force_login(editor)
    client.post(ADD, form(picture()) | {"may_syndicate": "on"})
    address = reverse("admin:articles_image_change", args=[Image.objects.get().pk])
    stale = opened(client, address)
    ended = timezone.localdate() - timedelta(days=1)
    client.post(address, opened(client, address) | {"expires_on": ended.isoformat(), "may_syndicate": ""})

    page = client.post(address, stale | {"caption": "At sea"}, follow=True).content.decode()

    image = Image.objects.get()
    assert (image.caption, image.expires_on, image.may_syndicate) == ("At sea", ended, False)
    assert "Somebody else has changed it since you opened it" in page
    assert f"use until {ended:%-d %B %Y}" in page


def test_page_tells_of_what_two_changed_and_keeps_every_word(client: Client, editor) -> None:
    client.force_login(editor)
    client.post(ADD, form(picture()) | {"may_syndicate": "on"})
    address = reverse("admin:articles_image_change", args=[Image.objects.get().pk])
    stale = opened(client, address)
    client.post(address, stale | {"credit": "Theirs", "expires_on": "2031-05-04"})

    refused = client.post(address, stale | {"credit": "Mine", "caption": "At sea"})
    shown = refused.context["adminform"].form
    standing = Image.objects.get()
    client.post(address, {name: shown[name].value() for name in shown.fields if shown[name].value()})

    assert shown.errors == {"credit": ["Meanwhile: “Theirs”. To put yours in its place, save again."]}
    assert [shown[name].value() for name in ("credit", "caption", "expires_on")] == ["Mine", "At sea", "2031-05-04"]
    assert (standing.credit, standing.caption) == ("Theirs", "")
    image = Image.objects.get()
    assert (image.credit, image.caption, f"{image.expires_on}") == ("Mine", "At sea", "2031-05-04")


def test_page_lets_no_reporter_give_rights_and_writes_down_who_did(client: Client, journalist, editor) -> None:
    client.force_login(journalist)
    client.post(ADD, form(picture()))
    image = Image.objects.get()
    address = reverse("admin:articles_image_change", args=[image.pk])
    sent = opened(client, address) | {"may_syndicate": "on", "caption": "At sea"}

    refused = client.post(address, sent)
    client.force_login(editor)
    client.post(address, sent)

    assert "Only an editor may let them have it: ask one." in refused.content.decode()
    assert refused.context["adminform"].form["caption"].value() == "At sea"
    assert [(entry.user, entry.change_message) for entry in LogEntry.objects.order_by("pk")] == [
        (
            journalist,
            "Uploaded: rights category not said, source or proof nothing, use until no end and syndication allowed no.",
        ),
        (editor, "Changed syndication allowed from no to yes and caption."),
    ]
