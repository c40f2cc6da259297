"""Pictures of a killed story go with it."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture

from articles import publishing
from articles.models import Image
from articles.views.media import is_closed


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


def test_media_refuses_the_picture_of_a_sealed_version(client, desk, image):
    article = desk.live(image=image)
    before = is_closed(image.file.name)
    desk.approve_again(desk.save(article, image=None))

    publishing.correct(desk.fresh(article), by=desk.editor, notice="The wrong ship.", seal=True)

    assert (before, is_closed(image.file.name)) == (False, True)
    assert client.get(image.file.url).status_code == 404


def test_media_keeps_the_picture_of_an_earlier_version_that_may_be_read(desk, image):
    article = desk.live(image=image)
    desk.approve_again(desk.save(article, image=None))

    publishing.correct(desk.fresh(article), by=desk.editor, notice="The wrong ship.")

    assert not is_closed(image.file.name)
