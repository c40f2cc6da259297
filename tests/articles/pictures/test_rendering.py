"""Renditions are made by the worker: found, made once, shown, replaced, forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles import purge_keys, sweeping, tasks
from articles.models import Image, Rendition, Representation
from articles.models.image import MOST_ATTEMPTS
from articles.pictures import drawing, rendering
from articles.preview_links import share_preview, token_of

AGO = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(colour: str = "navy", size: tuple[int, int] = (1000, 800)) -> Image:
    content = BytesIO()
    drawing = Pillow.new("RGB", size, "white")
    drawing.paste(Pillow.new("RGB", (size[0] // 3, size[1] // 3), colour))
    drawing.save(content, "PNG")
    return Image.objects.create(file=ContentFile(content.getvalue(), name="ship.png"), alt="A ship", credit="Newsroom")


@pytest.fixture
def image(db) -> Image:
    return picture()


def rows(image: Image) -> list[tuple[str, str, int]]:
    current = image.renditions.filter(replaced_at=None).order_by("kind", "width", "media_type")
    return list(current.values_list("kind", "media_type", "width"))


def stored(article) -> tuple[str, str, str]:
    shown = Representation.objects.get(article=article)
    return shown.html, shown.head, bytes(shown.json).decode()


def test_render_next_makes_rows_and_files_of_a_picture(image):
    assert (rendering.is_due(), rendering.render_next(), rendering.render_next()) == (True, True, False)

    image.refresh_from_db()
    assert rows(image) == [
        *((kind, f"image/{name}", width) for kind in ("hero",) for width in (480, 1000) for name in ("avif", "webp")),
        ("share", "image/jpeg", 1000),
        *(("whole", f"image/{name}", width) for width in (480, 1000) for name in ("avif", "webp")),
    ]
    assert [(entry["kind"], entry["type"], entry["width"]) for entry in image.rendered] == rows(image)
    for row in image.renditions.all():
        assert default_storage.size(row.file.name) == row.bytes
        assert f"/{image.sha256}/" in row.file.name
    assert not rendering.is_due()


def test_render_next_keeps_the_original(image):
    with default_storage.open(image.file.name) as file:
        before = file.read()

    rendering.render_next()

    with default_storage.open(image.file.name) as file:
        assert file.read() == before


def test_render_next_run_twice_is_harmless(image):
    rendering.render_next()
    before = list(Rendition.objects.order_by("pk").values())
    Image.objects.update(rendered_x=None)

    rendering.render_next()

    assert list(Rendition.objects.order_by("pk").values()) == before


def test_two_workers_do_not_make_the_same_picture(image):
    Image.objects.update(rendering_at=timezone.now())

    assert (rendering.is_due(), rendering.render_next(), Rendition.objects.count()) == (False, False, 0)


def test_attempt_that_was_killed_is_made_again(image):
    Image.objects.update(rendering_at=timezone.now() - AGO, rendering_attempts=1)

    assert (rendering.is_due(), rendering.render_next()) == (True, True)
    assert Image.objects.get().rendering_attempts == 0


def test_killed_in_the_middle_of_a_file_leaves_no_half_file(image):
    rendering.render_next()
    row = image.renditions.first()
    default_storage.delete(row.file.name)
    default_storage.save(row.file.name, ContentFile(b"half"))
    rendering.render_again(Image.objects.all())

    rendering.render_next()

    assert default_storage.size(row.file.name) == row.bytes
    assert default_storage.exists(row.file.name)


def test_damaged_file_is_tried_five_times_and_no_more(image):
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, ContentFile(b"no picture at all"))

    for _ in range(MOST_ATTEMPTS):
        assert rendering.render_next()
        assert not rendering.is_due()
        Image.objects.update(rendering_at=timezone.now() - AGO)

    image.refresh_from_db()
    assert not rendering.render_next()
    assert image.rendering_problem.startswith("UnidentifiedImageError: ")
    assert rendering.render_again(Image.objects.all()) == 1
    assert rendering.is_due()


def test_damaged_file_does_not_keep_the_next_picture(image):
    other = picture("green")
    for name in (other.file.name,):
        default_storage.delete(name)

    rounds = [rendering.render_next() for _ in range(3)]

    assert rounds == [True, True, False]
    assert len(rows(image)) == 9
    assert Image.objects.get(pk=other.pk).rendering_problem.startswith("FileNotFoundError")


def test_moved_focal_point_makes_new_crops_and_keeps_what_is_whole(image):
    rendering.render_next()
    image.refresh_from_db()
    image.focal_y = 0.0
    image.save()

    rendering.render_next()

    replaced = image.renditions.filter(replaced_at__isnull=False)
    assert {row.kind for row in replaced} == {"hero", "share"}
    assert len(rows(image)) == 9
    assert default_storage.exists(replaced[0].file.name)


def test_focal_point_moved_meanwhile_is_made_again(image, monkeypatch):
    real = drawing.drawn

    def slow(file, *, focus):
        yield from real(file, focus=focus)
        Image.objects.update(focal_x=0.1)

    monkeypatch.setattr(drawing, "drawn", slow)

    rendering.render_next()

    assert (Rendition.objects.count(), rendering.is_due()) == (0, True)


def test_form_of_an_old_page_takes_no_rendition_away(image):
    on_page = Image.objects.get()
    rendering.render_next()

    on_page.caption = "At sea"
    on_page.save()

    image.refresh_from_db()
    assert (image.caption, len(image.rendered)) == ("At sea", 9)


def test_replaced_crops_are_forgotten_after_days(image):
    rendering.render_next()
    Image.objects.update(focal_y=0.0)
    rendering.render_next()
    names = [row.file.name for row in image.renditions.filter(replaced_at__isnull=False)]

    early = rendering.forget_replaced()
    Rendition.objects.filter(replaced_at__isnull=False).update(replaced_at=timezone.now() - timedelta(days=4))
    late = rendering.forget_replaced()

    assert (early, late) == (0, len(names))
    assert not any(default_storage.exists(name) for name in names)
    assert all(default_storage.exists(row.file.name) for row in Rendition.objects.all())


def test_crop_that_came_back_keeps_its_file(image):
    for focal_y in (0.5, 0.0, 0.5):
        Image.objects.update(focal_y=focal_y)
        rendering.render_next()
    Rendition.objects.filter(replaced_at__isnull=False).update(replaced_at=timezone.now() - timedelta(days=4))

    rendering.forget_replaced()

    assert len(rows(image)) == 9
    assert all(default_storage.exists(row.file.name) for row in Rendition.objects.all())


def test_stories_that_show_it_are_represented_anew(desk, image):
    figure = f'<figure><img src="{image.file.url}" alt="A ship"></figure>'
    above, inside = desk.live("Above", image=image), desk.live("Inside", body=f"<p>Text.</p>{figure}")
    other = desk.live("Another")
    before = stored(other)

    rendering.render_next()
    refreshed = sweeping.refresh_what_shows_expired_pictures()

    assert refreshed == 2
    for article in (above, inside):
        html, _head, document = stored(article)
        assert html.count("<source ") == 2
        assert 'type="image/avif"' in html
        assert '"name":"hero-480"' in document
        assert article.changes.order_by("-id").first().kind == "refresh"
    assert 'property="og:image" content="http://127.0.0.1:8000/media/renditions/' in stored(above)[1]
    assert stored(other) == before


def test_sweep_sends_for_what_is_due(image, monkeypatch):
    sent = []
    monkeypatch.setattr(sweeping.current_app, "send_task", lambda name, **_: sent.append(name))

    sweeping.sweep()
    rendering.render_next()
    sweeping.sweep()

    assert sent.count(rendering.TASK) == 1


def test_task_makes_one_picture_and_comes_again_for_the_next(image, monkeypatch):
    picture("green")
    sent = []
    monkeypatch.setattr(tasks.render_pictures, "delay", lambda: sent.append(True))

    tasks.render_pictures()

    assert (Image.objects.exclude(rendered=None).count(), sent) == (1, [True])


def test_kill_purges_the_renditions_with_their_picture(client, desk, image, django_assert_num_queries):
    article = desk.live(image=image)
    rendering.render_next()
    address = image.renditions.filter(kind="hero").first().file.url
    with django_assert_num_queries(1):
        answer = client.get(address)

    desk.kill(article)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
    assert answer["Surrogate-Key"] == f"site picture-{image.sha256}"
    assert f"picture-{image.sha256}" in purge_keys.keys_of(list(article.changes.order_by("-id")[:1]))
    assert client.get(address).status_code == 404
    answer.close()


def test_rendition_goes_with_the_rights_of_its_picture(client, desk, image):
    desk.live(image=image)
    rendering.render_next()
    address = image.renditions.first().file.url
    Image.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    assert client.get(address).status_code == 404


def test_signed_preview_shows_the_renditions_under_its_own_addresses(client, desk, image):
    rendering.render_next()
    article = desk.draft(image=Image.objects.get())
    link = share_preview(article, by=desk.editor)

    page = client.get(reverse("preview", args=[token_of(link)])).content.decode()

    assert "/media/renditions/" not in page
    addresses = re.findall(r'srcset="(/previews/[^ ]+) ', page)
    answers = [client.get(address) for address in addresses]
    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [
        (200, "image/avif"),
        (200, "image/webp"),
    ]
    for answer in answers:
        answer.close()


def test_command_tells_a_log_how_far_it_is(image, monkeypatch, capsys):
    monkeypatch.setattr("articles.progress.WRITTEN_EVERY", 0)

    call_command("render_pictures", stdout=StringIO())

    assert capsys.readouterr().err.startswith("1 pictures, ")


def test_command_makes_everything_and_again_when_files_were_lost(image):
    picture("green")
    said = StringIO()

    call_command("render_pictures", stdout=said)
    lost = image.renditions.first().file.name
    default_storage.delete(lost)
    call_command("render_pictures", "--again", stdout=said)

    assert "Looked at 2 pictures; 0 could not be read" in said.getvalue()
    assert default_storage.exists(lost)
