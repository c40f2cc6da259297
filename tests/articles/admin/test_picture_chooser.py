"""The doors of the picture dialog: search, paging, rights, upload in words, and who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles.models import Image
from articles.pictures.details import as_read
from articles.pictures.files import sha256_of

CHOOSER = reverse("admin:articles_image_chooser")
UPLOAD = reverse("admin:articles_image_upload")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def reporter(client: Client, journalist) -> Client:
    client.force_login(journalist)
    return client


def file(name: str = "ship.png", colour: str = "navy", size: tuple[int, int] = (8, 6)) -> SimpleUploadedFile:
    written = BytesIO()
    Pillow.new("RGB", size, colour).save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue())


def pictures(number: int, **columns) -> list[Image]:
    rows = [
        Image(sha256=f"{place:064}", file=f"images/{place:064}.webp", width=16, height=9, title=f"Picture {place}")
        for place in range(number)
    ]
    for row in rows:
        for name, value in columns.items():
            setattr(row, name, value)
    return Image.objects.bulk_create(rows)


def test_list_pictures_pages_from_the_newest_on(reporter):
    pictures(30)

    first = reporter.get(CHOOSER).json()
    second = reporter.get(CHOOSER, {"before": first["next"]}).json()

    names = [picture["name"] for picture in first["pictures"] + second["pictures"]]
    assert names == [f"Picture {place}" for place in reversed(range(30))]
    assert (len(first["pictures"]), second["next"]) == (24, None)


@pytest.mark.parametrize("words", ["frigate", "GREY frigate", "agency grey"])
def test_list_pictures_finds_every_word_wherever_it_stands(reporter, words):
    pictures(3)
    Image.objects.filter(title="Picture 1").update(alt="A grey frigate", credit="Sample Agency")

    found = reporter.get(CHOOSER, {"q": words}).json()["pictures"]

    assert [picture["name"] for picture in found] == ["Picture 1"]


def test_list_pictures_says_why_a_picture_may_not_be_taken(reporter, desk):
    ended, killed, bare = pictures(3)
    yesterday = timezone.localdate() - timedelta(days=1)
    Image.objects.filter(pk=ended.pk).update(expires_on=yesterday)
    Image.objects.filter(pk=killed.pk).update(alt="A ship", credit="Us")
    desk.killed(image=Image.objects.get(pk=killed.pk))

    shown = {picture["id"]: picture for picture in reporter.get(CHOOSER).json()["pictures"]}

    assert shown[ended.pk]["why_not"] == f"Rights ended on {yesterday:%-d %B %Y}"
    assert shown[killed.pk]["why_not"] == "Belongs to a killed story"
    assert (shown[bare.pk]["why_not"], shown[bare.pk]["lacks"]) == ("", ["text alternative", "credit"])


def test_list_pictures_finds_the_pictures_of_a_body(reporter):
    known, _ = pictures(2)

    addresses = [known.file.url, "https://example.org/media/x.webp", "/media/unknown.webp", "\x00"]
    found = reporter.get(CHOOSER, {"src": addresses}).json()["pictures"]

    assert [picture["id"] for picture in found] == [known.pk]


@pytest.mark.parametrize("number", [1, 24])
def test_list_pictures_asks_the_same_number_of_questions(reporter, django_assert_num_queries, number):
    pictures(number)

    with django_assert_num_queries(5):
        reporter.get(CHOOSER)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"before": "x"},
        {"before": "9" * 5000},
        {"before": "9" * 19},
        {"id": ["9" * 19, "x"]},
        {"q": "%" * 5000},
    ],
)
def test_list_pictures_answers_hostile_questions(reporter, query):
    pictures(1)

    assert reporter.get(CHOOSER, query).status_code == 200


def test_upload_takes_a_picture_with_what_stands_beside_it(reporter):
    details = {"title": "ship", "alt": "A ship", "caption": "At sea", "credit": "Us", "expires_on": "2031-05-04"}

    answer = reporter.post(UPLOAD, {"file": file(), "may_syndicate": "on"} | details)

    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json()["picture"]["id"] == image.pk
    assert (image.alt, image.credit, image.may_syndicate) == ("A ship", "Us", True)
    assert f"{image.expires_on:%Y-%m-%d}" == "2031-05-04"


def test_upload_leaves_out_where_a_picture_was_taken(reporter):
    facts = Pillow.Exif()
    facts[0x010E] = "The source’s kitchen"
    written = BytesIO()
    Pillow.new("RGB", (8, 6), "navy").save(written, "JPEG", exif=facts.tobytes())

    reporter.post(UPLOAD, {"file": SimpleUploadedFile("a.jpg", written.getvalue())})

    with Image.objects.get().file.open() as kept:
        assert b"kitchen" not in kept.read()


def agency_file(notice: str = "(c) Coast Agency") -> SimpleUploadedFile:
    """A JPEG whose maker claims rights in it."""
    facts = Pillow.Exif()
    facts[0x013B], facts[0x8298] = "Jane Doe", notice
    written = BytesIO()
    Pillow.new("RGB", (8, 6), "navy").save(written, "JPEG", exif=facts.tobytes())
    return SimpleUploadedFile("a.jpg", written.getvalue())


def test_facts_of_a_file_are_told_to_begin_with(reporter):
    told = reporter.post(reverse("admin:articles_image_facts"), {"file": agency_file()})

    assert told.json() == {"caption": "", "credit": "Jane Doe", "notice": "(c) Coast Agency"}
    assert Image.objects.count() == 0


def test_upload_lets_the_file_speak_where_nothing_was_typed(reporter):
    answer = reporter.post(UPLOAD, {"file": agency_file(), "may_syndicate": "on", "caption": "At sea"})

    image = Image.objects.get()
    assert (image.caption, image.credit, image.rights_note) == ("At sea", "Jane Doe", "(c) Coast Agency")
    assert image.may_syndicate is False
    assert answer.json()["kept_back"].startswith("Its file says: “(c) Coast Agency”. So partners do not get it")


def test_upload_takes_what_somebody_decided_who_was_shown_what_the_file_says(reporter):
    shown = {"shown_caption": "", "shown_credit": "Jane Doe", "shown_notice": "(c) Coast Agency"}
    answer = reporter.post(UPLOAD, {"file": agency_file(), "may_syndicate": "on", "credit": ""} | shown)

    image = Image.objects.get()
    assert (image.credit, image.rights_note, image.may_syndicate) == ("", "(c) Coast Agency", True)
    assert answer.json()["kept_back"] == ""


@pytest.mark.parametrize(
    "shown",
    [
        {"shown_caption": "", "shown_credit": "", "shown_notice": ""},
        {"shown_notice": "(c) Coast"},
        {"has_shown_facts": "on"},
    ],
    ids=["nothing", "another notice", "that something was shown"],
)
def test_upload_lets_the_file_speak_where_it_says_more_than_was_shown(reporter, shown):
    """A page reads the first megabyte, and the notice may stand behind it."""
    answer = reporter.post(UPLOAD, {"file": agency_file(), "may_syndicate": "on"} | shown)

    image = Image.objects.get()
    assert (image.credit, image.rights_note, image.may_syndicate) == ("Jane Doe", "(c) Coast Agency", False)
    assert answer.json()["kept_back"].startswith("Its file says: “(c) Coast Agency”.")


def test_upload_knows_a_long_notice_that_was_shown(reporter):
    """Cut where its column ends, it may end with a space."""
    file = agency_file("(c) " + "y" * 295 + " and more")
    shown = reporter.post(reverse("admin:articles_image_facts"), {"file": file}).json()["notice"]
    file.seek(0)

    answer = reporter.post(UPLOAD, {"file": file, "may_syndicate": "on", "shown_notice": shown})

    assert (len(shown), shown[-1], Image.objects.get().may_syndicate) == (300, " ", True)
    assert answer.json()["kept_back"] == ""


@pytest.mark.parametrize("page", ["several", "add"])
def test_pages_tell_why_partners_do_not_get_a_picture(reporter, page):
    if page == "several":
        sent = {"files": [agency_file(), file()], "may_syndicate": "on"}
        told = reporter.post(reverse("admin:articles_image_upload_several"), sent)
    else:
        sent = {"file": agency_file(), "title": "a", "may_syndicate": "on", "focal_x": "0.5", "focal_y": "0.5"}
        told = reporter.post(reverse("admin:articles_image_add"), sent, follow=True)

    image = Image.objects.get(title="a")
    assert (image.credit, image.may_syndicate) == ("Jane Doe", False)
    assert told.content.decode().count("Its file says: “(c) Coast Agency”.") == 1
    assert all(other.may_syndicate for other in Image.objects.exclude(pk=image.pk))


def test_upload_answers_a_picture_that_is_here_with_it(reporter):
    first = reporter.post(UPLOAD, {"file": file(), "title": "Ship"}).json()["picture"]

    answer = reporter.post(UPLOAD, {"file": file("again.png")})

    assert answer.status_code == 422
    assert answer.json()["standing"]["id"] == first["id"]
    assert answer.json()["fields"] == {"file": "The desk has this picture already: “Ship”."}
    assert Image.objects.count() == 1


@pytest.fixture
def late(monkeypatch) -> Callable[[SimpleUploadedFile, str], None]:
    """Somebody else stores the file in the moment between the check, which does not find it yet, and the row."""

    def store(file: SimpleUploadedFile, module: str) -> None:
        def not_yet(checked) -> str:
            monkeypatch.setattr(f"articles.admin.{module}.sha256_of", sha256_of)
            return "0" * 64

        Image(file=file, title="Theirs").save()
        monkeypatch.setattr(f"articles.admin.{module}.sha256_of", not_yet)

    return store


def test_upload_that_loses_a_race_offers_the_picture_that_won(reporter, late):
    late(file(), "picture_form")

    answer = reporter.post(UPLOAD, {"file": file()})

    assert answer.status_code == 422
    assert answer.json()["fields"] == {"file": "The desk has this picture already: “Theirs”."}
    assert answer.json()["standing"]["id"] == Image.objects.get().pk


@pytest.mark.parametrize(
    ("name", "field", "module"), [("upload_several", "files", "picture_form"), ("add", "file", "image")]
)
def test_page_that_loses_a_race_leads_to_the_picture_that_won(reporter, late, name, field, module):
    late(file(), module)

    sent = {field: [file()], "title": "", "focal_x": "0.5", "focal_y": "0.5"}
    page = reporter.post(reverse(f"admin:articles_image_{name}"), sent).content.decode()

    assert "The desk has this picture already" in page
    address = reverse("admin:articles_image_change", args=[Image.objects.get().pk])
    assert address in page


def test_upload_takes_no_other_fault_of_a_row_for_the_same_file(reporter, monkeypatch):
    monkeypatch.setattr("articles.admin.picture_form.bare_picture", lambda taken: taken)
    monkeypatch.setattr("django.core.files.images.get_image_dimensions", lambda *args, **kwargs: (None, None))

    with pytest.raises(IntegrityError, match="width"):
        reporter.post(UPLOAD, {"file": file()})


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Choose a picture to upload."),
        ({"file": SimpleUploadedFile("a.png", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("a.png", b"<svg onload='x'/>")}, "This is not a picture"),
    ],
    ids=["none", "empty", "svg"],
)
def test_upload_says_what_is_wrong_with_a_file(reporter, sent, problem):
    answer = reporter.post(UPLOAD, sent)

    assert answer.status_code == 422
    assert problem in answer.json()["fields"]["file"]


def test_upload_refuses_zero_signs_and_endless_words(reporter):
    answer = reporter.post(UPLOAD, {"file": file(), "alt": "a\x00b", "credit": "x" * 100_000, "expires_on": "soon"})

    assert answer.status_code == 422
    assert {"alt", "credit", "expires_on"} <= answer.json()["fields"].keys()


def test_change_details_keeps_the_file(reporter):
    (image,) = pictures(1)
    address = reverse("admin:articles_image_details", args=[image.pk])

    sent = {"alt": "A ship", "credit": "Us", "caption": "", "expires_on": "", "read": json.dumps(as_read(image))}
    answer = reporter.post(address, sent)

    image = Image.objects.get()
    assert answer.json()["picture"]["lacks"] == []
    assert (image.alt, image.credit, image.may_syndicate, image.file.name[-5:]) == ("A ship", "Us", False, ".webp")


def test_change_details_says_of_a_killed_storys_picture_that_no_story_may_take_it(reporter, desk):
    (image,) = pictures(1, alt="A ship", credit="Us")
    desk.killed(image=image)
    address = reverse("admin:articles_image_details", args=[image.pk])

    answer = reporter.post(address, opened(reporter, image) | {"caption": "At sea"})

    assert answer.status_code == 200
    shown = answer.json()["picture"]
    assert (shown["caption"], shown["why_not"]) == ("At sea", "Belongs to a killed story")


def opened(client: Client, image: Image) -> dict[str, str]:
    """What the dialog would send of a picture that nobody has touched in it."""
    (shown,) = client.get(CHOOSER, {"id": image.pk}).json()["pictures"]
    sent = {name: shown[name] for name in ("alt", "caption", "credit", "rights", "expires_on")}
    return sent | ({"may_syndicate": "on"} if shown["may_syndicate"] else {}) | {"read": json.dumps(shown["read"])}


def test_change_details_gives_no_rights_back_by_a_caption(client, reporter, editor):
    (image,) = pictures(1)
    address = reverse("admin:articles_image_details", args=[image.pk])
    stale = opened(reporter, image)
    ended = timezone.localdate() - timedelta(days=1)
    reporter.post(address, opened(reporter, image) | {"expires_on": ended.isoformat(), "may_syndicate": ""})
    client.force_login(editor)

    answer = client.post(address, stale | {"caption": "At sea"})

    image = Image.objects.get()
    assert (image.caption, image.expires_on, image.may_syndicate) == ("At sea", ended, False)
    assert answer.json()["meanwhile"] == f"syndication allowed no and use until {ended:%-d %B %Y}"
    assert answer.json()["picture"]["why_not"] == f"Rights ended on {ended:%-d %B %Y}"


def test_change_details_tells_of_what_two_changed_and_gives_what_stands(reporter):
    (image,) = pictures(1)
    address = reverse("admin:articles_image_details", args=[image.pk])
    stale = opened(reporter, image)
    reporter.post(address, stale | {"credit": "Theirs"})

    answer = reporter.post(address, stale | {"credit": "Mine"})
    told = answer.json()
    knowing = stale | {"credit": "Mine", "read": json.dumps(told["picture"]["read"])}
    again = reporter.post(address, knowing)

    assert (answer.status_code, again.status_code) == (422, 200)
    assert told["fields"] == {"credit": "Meanwhile: “Theirs”. To put yours in its place, save again."}
    assert (told["picture"]["credit"], Image.objects.get().credit) == ("Theirs", "Mine")


def test_change_details_lets_no_reporter_give_rights(reporter):
    (image,) = pictures(1, may_syndicate=False, expires_on=timezone.localdate() - timedelta(days=1))
    address = reverse("admin:articles_image_details", args=[image.pk])

    answers = [
        reporter.post(address, opened(reporter, image) | given)
        for given in ({"may_syndicate": "on"}, {"expires_on": ""}, {"may_syndicate": "on", "read": ""})
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert answers[0].json()["fields"] == {
        "may_syndicate": "It is kept from partners. Only an editor may let them have it: ask one."
    }
    image = Image.objects.get()
    assert (image.may_syndicate, image.is_expired) == (False, True)


def test_rights_stand_in_the_history_of_a_picture(reporter):
    reporter.post(UPLOAD, {"file": file(), "rights": "own", "may_syndicate": "on"})
    image = Image.objects.get()
    reporter.post(
        reverse("admin:articles_image_details", args=[image.pk]), opened(reporter, image) | {"may_syndicate": ""}
    )

    history = reporter.get(reverse("admin:articles_image_history", args=[image.pk])).content.decode()

    assert "Uploaded: rights category our own" in history
    assert "Changed syndication allowed from yes to no." in history


@pytest.mark.parametrize("read", ["x", "[]", "[" * 9_000, '{"alt": {"a": 1}, "b": 2}', "1" * 30_000])
def test_change_details_answers_a_hostile_page(reporter, read):
    (image,) = pictures(1)

    answer = reporter.post(reverse("admin:articles_image_details", args=[image.pk]), {"alt": "A", "read": read})

    assert answer.status_code == 422


def test_thumbnail_is_small_and_made_once(reporter, settings):
    reporter.post(UPLOAD, {"file": file(size=(1600, 900))})
    address = reverse("admin:articles_image_thumbnail", args=[Image.objects.get().pk])

    first = reporter.get(address)
    Image.objects.get().file.storage.delete(Image.objects.get().file.name)
    second = reporter.get(address)

    with Pillow.open(BytesIO(first.content)) as small:
        assert (small.format, small.size) == ("WEBP", (480, 270))
    assert second.content == first.content


def test_thumbnail_of_a_lost_file_is_not_found(reporter):
    (image,) = pictures(1)

    assert reporter.get(reverse("admin:articles_image_thumbnail", args=[image.pk])).status_code == 404


def test_thumbnail_is_never_public(client, journalist):
    client.force_login(journalist)
    client.post(UPLOAD, {"file": file()})
    image = Image.objects.get()
    client.get(reverse("admin:articles_image_thumbnail", args=[image.pk]))
    client.logout()

    assert client.get(f"/media/thumbnails/{image.sha256[:2]}/{image.sha256}.webp").status_code == 404


@pytest.mark.parametrize("name", ["chooser", "upload", "thumbnail", "details"])
def test_doors_are_closed_to_who_has_no_role(client, stranger, name):
    stranger.is_staff = True
    stranger.save()
    (image,) = pictures(1)
    client.force_login(stranger)
    address = reverse(f"admin:articles_image_{name}", args=[image.pk] if name in ("thumbnail", "details") else [])

    answer = client.post(address) if name in ("upload", "details") else client.get(address)

    assert answer.status_code == 403
