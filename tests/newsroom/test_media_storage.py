"""Where pictures are stored: what the settings say, and a bucket that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles.models import Image, Rendition
from articles.pictures import rendering
from newsroom import media_storage
from newsroom.media_storage import storage_of
from tests.s3_server import Bucket, running_bucket

WHOLE = {"MEDIA_BUCKET": "pictures", "MEDIA_BUCKET_REGION": "eu-west-1"}


def test_pictures_stand_in_a_folder_unless_a_bucket_is_named():
    assert storage_of({})["BACKEND"] == "django.core.files.storage.FileSystemStorage"


def test_bucket_is_taken_with_keys_or_with_the_role_of_the_machine():
    keys = {"MEDIA_BUCKET_KEY": "AKEY", "MEDIA_BUCKET_SECRET": "hidden"}

    of_role, of_keys = storage_of(WHOLE), storage_of(WHOLE | keys)

    assert of_role["BACKEND"] == "newsroom.media_bucket.MediaBucket"
    assert of_role["OPTIONS"] == {
        "bucket_name": "pictures",
        "region_name": "eu-west-1",
        **dict.fromkeys(("endpoint_url", "access_key", "secret_key")),
    }
    assert of_keys["OPTIONS"]["secret_key"] == "hidden"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"MEDIA_BUCKET_KEY": "AKEY"}, "MEDIA_BUCKET_KEY is set, but no MEDIA_BUCKET: name the bucket"),
        ({"MEDIA_BUCKET": "pictures"}, r"MEDIA_BUCKET needs MEDIA_BUCKET_REGION \(a bucket at Amazon\) or MEDIA_"),
        (WHOLE | {"MEDIA_BUCKET_KEY": "AKEY"}, "MEDIA_BUCKET_SECRET is not set: set both"),
        (WHOLE | {"MEDIA_BUCKET_SECRET": "hidden"}, "MEDIA_BUCKET_KEY is not set: set both"),
    ],
)
def test_settings_of_a_bucket_say_what_lacks(environment, words):
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        storage_of(environment)

    assert "hidden" not in str(refusal.value)


def test_bucket_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setattr(media_storage, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match=r"requirements/s3\.txt"):
        storage_of(WHOLE)


@pytest.fixture
def bucket(settings) -> Iterator[Bucket]:
    with running_bucket() as bucket:
        named = {
            "MEDIA_BUCKET": "pictures",
            "MEDIA_BUCKET_ENDPOINT": bucket.address,
            "MEDIA_BUCKET_REGION": "eu-west-1",
        }
        keys = {"MEDIA_BUCKET_KEY": "AKEY", "MEDIA_BUCKET_SECRET": "hidden"}
        settings.STORAGES = settings.STORAGES | {"default": storage_of(named | keys)}
        settings.MEDIA_BUCKET = "pictures"
        yield bucket


@pytest.fixture
def image(db, bucket) -> Image:
    content = BytesIO()
    Pillow.new("RGB", (640, 480), "navy").save(content, "PNG")
    return Image.objects.create(file=ContentFile(content.getvalue(), name="ship.png"), alt="A ship", credit="Newsroom")


def test_picture_and_its_renditions_are_kept_in_the_bucket(image, bucket):
    rendering.render_next()

    assert set(bucket.objects) == {image.file.name, *Rendition.objects.values_list("file", flat=True)}
    assert len(bucket.objects) == 10


def test_picture_of_the_bucket_has_our_own_address_and_our_own_rules(client, desk, image):
    before = client.get(image.file.url)
    article = desk.live(image=image)

    answer = client.get(image.file.url)
    content = b"".join(answer.streaming_content)
    small = client.get(f"/media/480/{image.file.name}")
    desk.kill(article)

    assert image.file.url.startswith("/media/images/")
    assert (before.status_code, answer.status_code, small.status_code) == (404, 200, 200)
    assert Pillow.open(BytesIO(content)).size == (640, 480)
    assert client.get(image.file.url).status_code == 404


def test_file_that_the_bucket_lost_is_not_found(client, desk, image, bucket):
    desk.live(image=image)
    bucket.objects.clear()

    assert client.get(image.file.url).status_code == 404
    assert not default_storage.exists(image.file.name)


def test_bucket_that_refuses_us_is_a_broken_disk(image, bucket):
    bucket.is_closed = True

    with pytest.raises(OSError, match="The bucket for pictures"):
        default_storage.exists(image.file.name)
    assert rendering.render_next()
    assert Image.objects.get().rendering_problem.startswith("OSError: The bucket for pictures")
