"""Pictures of a killed story go with it."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from articles import publishing
from articles.models import Image


@pytest.fixture
def image(db, settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    content = io.BytesIO()
    Picture.new("RGB", (16, 9)).save(content, "WEBP")
    return Image.objects.create(
        file=ContentFile(content.getvalue(), name="ship.webp"), alt="A ship", credit="Newsroom illustration"
    )


def test_media_serves_a_picture_of_a_live_story(client, desk, image):
    desk.live(image=image)

    answer = client.get(image.file.url)

    assert (answer.status_code, "s-maxage=60" in answer["Cache-Control"]) == (200, True)
    answer.close()


def test_media_refuses_the_picture_of_a_killed_story(client, desk, image):
    desk.killed(image=image)

    assert client.get(image.file.url).status_code == 404


def test_media_keeps_a_picture_that_another_story_shows(client, desk, image):
    desk.killed("Killed", image=image)
    desk.live("Alive", image=image)

    answer = client.get(image.file.url)

    assert answer.status_code == 200
    answer.close()


def test_media_shows_the_picture_of_an_unpublished_story_to_the_desk_alone(client, desk, image):
    desk.approved(image=image)
    stranger = client.get(image.file.url)
    client.force_login(desk.journalist)

    answer = client.get(image.file.url)

    assert (stranger.status_code, answer.status_code) == (404, 200)
    assert answer["Cache-Control"] == "private, max-age=600"
    answer.close()


def test_media_takes_the_picture_of_a_withdrawn_story_from_the_public(client, desk, image):
    desk.withdrawn(image=image)

    assert client.get(image.file.url).status_code == 404


def test_media_takes_an_expired_picture_from_the_public(client, desk, image):
    desk.live(image=image)
    Image.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    assert client.get(image.file.url).status_code == 404


def test_media_follows_a_picture_in_the_text_as_one_above_it(client, desk, image):
    body = f'<p>Text.</p><figure><img src="{image.file.url}" alt="A ship"></figure>'
    before = client.get(image.file.url)
    article = desk.live(body=body)

    answer = client.get(image.file.url)
    desk.kill(article)
    after = client.get(image.file.url)

    assert (before.status_code, answer.status_code, after.status_code) == (404, 200, 404)
    answer.close()


def test_media_asks_one_question_of_the_database(client, desk, image, django_assert_num_queries):
    desk.live(image=image)

    with django_assert_num_queries(1):
        client.get(image.file.url).close()


def test_media_refuses_a_hostile_path(client, desk, image):
    client.force_login(desk.journalist)

    assert client.get("/media/images/%00").status_code == 404
    assert client.get("/media/..%2f..%2fetc/passwd").status_code == 400


def test_media_refuses_the_picture_of_a_sealed_version(client, desk, image):
    article = desk.live(image=image)
    before = client.get(image.file.url)
    desk.approve_again(desk.save(article, image=None))

    publishing.correct(desk.fresh(article), by=desk.editor, notice="The wrong ship.", seal=True)

    assert (before.status_code, client.get(image.file.url).status_code) == (200, 404)
    before.close()


def test_media_keeps_the_picture_of_an_earlier_version_that_may_be_read(client, desk, image):
    article = desk.live(image=image)
    desk.approve_again(desk.save(article, image=None))

    publishing.correct(desk.fresh(article), by=desk.editor, notice="The wrong ship.")

    answer = client.get(image.file.url)
    assert answer.status_code == 200
    answer.close()


@pytest.fixture
def wide(image, settings) -> Image:
    content = io.BytesIO()
    Picture.new("RGB", (1600, 900), "navy").save(content, "JPEG")
    return Image.objects.create(file=ContentFile(content.getvalue(), name="wide.jpg"), alt="A ship", credit="Newsroom")


def small(image, width):
    return image.file.url.replace("/media/", f"/media/{width}/")


@pytest.mark.parametrize("width", [480, 960])
def test_small_copy_is_as_wide_as_it_says(client, desk, wide, width):
    desk.live(image=wide)

    for _ in ("made", "kept"):
        answer = client.get(small(wide, width))
        with Picture.open(io.BytesIO(answer.content)) as picture:
            assert (picture.size, picture.format) == ((width, width * 9 // 16), "WEBP")
    assert "s-maxage=60" in answer["Cache-Control"]
    assert answer["Surrogate-Key"] == f"site picture-{wide.sha256}"


def test_small_copy_is_confirmed_without_being_read(client, desk, wide, monkeypatch):
    desk.live(image=wide)
    etag = client.get(small(wide, 480))["ETag"]
    monkeypatch.setattr("articles.views.media.small_copy", None)

    assert client.get(small(wide, 480), headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("state", ["killed", "withdrawn", "approved"])
def test_small_copy_goes_with_the_picture(client, desk, wide, state):
    live = desk.live("Alive", image=wide)
    assert client.get(small(wide, 480)).status_code == 200
    desk.kill(live)
    getattr(desk, state)("Another", image=wide)

    client.force_login(desk.editor)
    assert [client.get(small(wide, width)).status_code for width in (480, 960)] == [404, 404]


@pytest.mark.parametrize("width", ["0", "481", "1600", "9" * 400, "-480", "480.0"])
def test_no_other_width_is_made(client, desk, wide, width):
    desk.live(image=wide)

    assert client.get(small(wide, width)).status_code == 404


def test_small_copy_of_a_lost_file_is_not_found(client, desk, wide):
    desk.live(image=wide)
    wide.file.storage.delete(wide.file.name)

    assert client.get(small(wide, 480)).status_code == 404


def test_lists_offer_the_widths_that_are_smaller_than_the_picture(client, desk, wide, image):
    desk.live("Wide", image=wide)
    shown = client.get("/").content.decode()
    offered = f'srcset="{small(wide, 480)} 480w, {small(wide, 960)} 960w, {wide.file.url} 1600w"'
    assert offered in shown

    desk.live("Small", image=image)
    assert f'srcset="{image.file.url} 16w"' in client.get("/").content.decode()
