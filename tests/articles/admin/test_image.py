"""Pictures in the admin: upload with checks, preview, and one copy of each."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
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
