"""The picture library: the grid with its filters, several files at once, and where a picture is used."""

from __future__ import annotations

import json
import random
import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from articles.models import Image
from articles.models.image import MOST_ATTEMPTS
from articles.pictures.details import as_read
from articles.pictures.usage import usage_of
from articles.publish_checks import publish_checks

LIBRARY = reverse("admin:articles_image_changelist")
SEVERAL = reverse("admin:articles_image_upload_several")


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def content(colour: str = "navy", kind: str = "PNG", size: tuple[int, int] = (80, 60)) -> bytes:
    written = BytesIO()
    Pillow.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def file(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content() if data is None else data)


def enormous() -> bytes:
    """A PNG of 20,000 × 20,000 pixels that says so and holds none of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(60_001) * 10)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def half_of_what_moves() -> bytes:
    """A moving PNG with words in it, cut short in its last frame."""
    frames = [Pillow.effect_noise((96, 64), 60).convert("RGB") for _ in range(3)]
    words = PngInfo()
    words.add_text("Comment", "a kitchen")
    written = BytesIO()
    frames[0].save(written, "PNG", save_all=True, append_images=frames[1:], pnginfo=words)
    return written.getvalue()[:-5000]


REFUSED = {
    "enormous.png": (enormous(), "pixels: 50 million is the most. Make the picture smaller and upload it again."),
    "holiday.jpg": (b"MZ\x90\x00\x03" + bytes(500), "This is not a picture: choose a JPEG, PNG, WebP or AVIF file."),
    "logo.png": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "This is not a picture: choose a JPEG, PNG, WebP or AVIF file.",
    ),
    "half.jpg": (content("red", "JPEG", (900, 900))[:4000], "This file is damaged and cannot be shown as a picture"),
    "empty.png": (b"", "The file is empty."),
    "IMG_1.HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "This is a HEIC picture, as iPhones take them"),
    "moving.png": (half_of_what_moves(), "This file is damaged and cannot be shown as a picture"),
    "moving.gif": (content("red", "GIF"), "A GIF file cannot be used: save it as JPEG, PNG, WebP or AVIF."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_several_files_refuse_one_and_keep_the_others(client, journalist, name):
    client.force_login(journalist)
    data, words = REFUSED[name]
    files = [file("first.png"), file(name, data), file("last.png", content("green"))]

    page = client.post(SEVERAL, {"files": files, "credit": "Ana Sample", "rights": "own", "may_syndicate": "on"})

    text = page.content.decode()
    assert page.status_code == 200
    assert words in text
    assert text.count("In the library.") == 2
    assert set(Image.objects.values_list("title", "credit", "rights")) == {
        ("first", "Ana Sample", "own"),
        ("last", "Ana Sample", "own"),
    }


def mutated(chance: random.Random, content: bytes) -> bytes:
    """The file with some of its bytes changed, most often where it says what it is, cut short or swelled."""
    data = bytearray(content)
    last = min(len(data), chance.choice((64, 400, len(data))))
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        data[chance.randrange(last)] = chance.randrange(256)
    what = chance.random()
    if what < 0.15:
        del data[chance.randrange(len(data)) :]
    elif what < 0.25:
        at = chance.randrange(len(data))
        data[at:at] = chance.randbytes(chance.randrange(1, 6))
    return bytes(data)


def whole_files() -> list[bytes]:
    """One of each kind that the desk takes: with metadata, on its side, and moving."""
    noise = [Pillow.effect_noise((48, 32), 60).convert("RGB") for _ in range(3)]
    facts = Pillow.Exif()
    facts[0x0112], facts[0x010F] = 6, "Maker"
    facts.get_ifd(0x8825)[2] = (59.0, 1.0, 2.0)
    words = PngInfo()
    words.add_text("Comment", "a kitchen")
    made = []
    for kind, options in (
        *((kind, {"exif": facts.tobytes()}) for kind in ("JPEG", "PNG", "WEBP", "AVIF")),
        *((kind, {"save_all": True, "append_images": noise[1:]}) for kind in ("WEBP", "AVIF", "MPO")),
        ("PNG", {"save_all": True, "append_images": noise[1:], "pnginfo": words}),
    ):
        written = BytesIO()
        noise[0].save(written, kind, **options)
        made.append(written.getvalue())
    return made


def test_no_damaged_file_ends_an_upload(client, journalist):
    """Each is taken whole or refused in words, and what was taken can be shown. A fault of ours is raised."""
    client.force_login(journalist)
    chance = random.Random(20)
    whole = whole_files()
    files = [mutated(chance, chance.choice(whole)) for _ in range(240)]

    outcomes = []
    for first in range(0, len(files), 80):
        batch = [file(f"{place}.jpg", data) for place, data in enumerate(files[first : first + 80])]
        outcomes += client.post(SEVERAL, {"files": batch}).context["outcomes"]

    assert len(outcomes) == 240
    assert all(outcome.image or outcome.problems for outcome in outcomes)
    assert 20 < Image.objects.count() < 220
    for image in Image.objects.all():
        with image.file.open() as kept, Pillow.open(kept) as opened:
            opened.load()
            assert (opened.size, b"kitchen" in image.file.read()) == ((image.width, image.height), False)


def test_upload_says_what_no_choice_of_rights_means(client, journalist):
    client.force_login(journalist)

    page = client.get(SEVERAL).content.decode()

    assert '<option value="" selected>not said yet</option>' in page
    assert "---------" not in page


def test_several_files_lead_to_what_is_here_already(client, journalist):
    client.force_login(journalist)
    client.post(SEVERAL, {"files": [file("ship.png")]})
    standing = Image.objects.get()

    page = client.post(SEVERAL, {"files": [file("again.png"), file("other.png", content("red"))]}).content.decode()

    assert Image.objects.count() == 2
    assert "The desk has this picture already: “ship”." in page
    assert f'<a href="{reverse("admin:articles_image_change", args=[standing.pk])}">Open it</a>' in page


def test_the_same_file_twice_in_one_upload_is_one_picture(client, journalist):
    client.force_login(journalist)

    client.post(SEVERAL, {"files": [file("one.png"), file("two.png")]})

    assert Image.objects.get().title == "one"


def test_several_files_ask_again_where_nothing_was_chosen_or_a_day_is_wrong(client, journalist):
    client.force_login(journalist)

    nothing = client.post(SEVERAL, {"credit": "Ana Sample"})
    wrong = client.post(SEVERAL, {"files": [file("ship.png")], "expires_on": "soon"})

    assert (nothing.status_code, wrong.status_code, Image.objects.count()) == (422, 422, 0)
    assert "Choose at least one picture." in nothing.content.decode()
    assert 'value="Ana Sample"' in nothing.content.decode()


def test_a_hostile_file_name_is_shown_as_text(client, journalist):
    client.force_login(journalist)

    page = client.post(SEVERAL, {"files": [file("<script>alert(1)</script>.png", b"no")]})

    assert "<script>alert(1)" not in page.content.decode()


def make(name: str, **columns) -> Image:
    colour = f"#{zlib.crc32(name.encode()) % 0xFFFFFF:06x}"
    standard = {"title": name, "alt": "A ship", "credit": "Newsroom"}
    return Image.objects.create(file=file(f"{name}.png", content(colour)), **standard | columns)


def shown(client, **query) -> set[str]:
    return {image.title for image in client.get(LIBRARY, query).context["cl"].result_list}


def test_library_filters_by_rights_end_use_and_lacks(client, desk):
    today = timezone.localdate()
    make("agency", rights="agency", expires_on=today + timedelta(days=3))
    make("ended", rights="own", expires_on=today - timedelta(days=1))
    make("free", rights="licence", may_syndicate=False)
    make("bare", alt="", credit="", rendering_attempts=MOST_ATTEMPTS)
    desk.live(image=make("live", rights="own"))
    desk.draft(image=make("draft", rights="own"))
    client.force_login(desk.journalist)

    found = {
        query: shown(client, **dict([query]))
        for query in (
            *(("rights", "agency"), ("rights", "none"), ("ends", "soon"), ("ends", "ended"), ("ends", "desk")),
            *(("use", "live"), ("use", "unused"), ("lacks", "alt"), ("lacks", "proof"), ("lacks", "copies")),
            *(("q", "agency"), ("use", "nonsense")),
        )
    }

    everything = {"agency", "ended", "free", "bare", "live", "draft"}
    assert found == {
        ("rights", "agency"): {"agency"},
        ("rights", "none"): {"bare"},
        ("ends", "soon"): {"agency"},
        ("ends", "ended"): {"ended"},
        ("ends", "desk"): {"free"},
        ("use", "live"): {"live"},
        ("use", "unused"): {"agency", "ended", "free", "bare"},
        ("lacks", "alt"): {"bare"},
        ("lacks", "proof"): {"free"},
        ("lacks", "copies"): {"bare"},
        ("q", "agency"): {"agency"},
        ("use", "nonsense"): everything,
    }


@pytest.mark.parametrize("number", [1, 3])
def test_library_asks_as_much_for_three_as_for_one(client, desk, number, django_assert_num_queries):
    for index in range(number):
        make(f"picture {index}")
    client.force_login(desk.journalist)
    client.get(LIBRARY)

    with django_assert_num_queries(6):
        client.get(LIBRARY)


def in_text(image: Image) -> str:
    return f'<p>Text.</p><figure><img src="{image.file.url}" alt="A ship"></figure>'


def test_usage_tells_live_in_work_earlier_and_portraits(desk):
    image, other = make("ship"), make("other")
    author = desk.live("Elsewhere", image=other).authors.get()
    author.picture = image
    author.save()
    both = desk.live("Both", image=image, body=in_text(image))
    draft = desk.draft("Draft", body=in_text(image))
    dropped = desk.live("Dropped", image=image)
    desk.approve_again(desk.save(dropped, image=None))
    killed = desk.killed("Killed", image=image)

    usage = usage_of(image)

    assert [(use.article, use.places) for use in usage.live] == [
        (dropped, ["above the story"]),
        (both, ["above the story", "in the text"]),
    ]
    assert [(use.article, use.places) for use in usage.in_work] == [(draft, ["in the text"])]
    assert usage.earlier == [killed]
    assert usage.authors == [author]
    assert not usage.is_empty


@pytest.mark.parametrize("number", [1, 3])
def test_usage_asks_six_questions(desk, number, django_assert_num_queries):
    image = make("ship")
    for index in range(number):
        desk.live(f"Story {index}", image=image)

    with django_assert_num_queries(6):
        usage_of(image)


def test_page_of_a_picture_says_where_it_is_used_and_what_rights_demand(client, desk):
    image = make("ship", rights="licence")
    desk.live("A story of ships", image=image)
    client.force_login(desk.journalist)

    page = client.get(reverse("admin:articles_image_change", args=[image.pk])).content.decode()

    assert "A story of ships" in page
    assert "above the story" in page
    assert "Credit photographer and licence" in page
    assert '<option value="">not said yet</option>' in page


def test_picture_whose_sizes_failed_can_be_tried_again(client, desk):
    image = make("ship", rendering_attempts=MOST_ATTEMPTS, rendering_problem="OSError: damaged")
    client.force_login(desk.journalist)
    address = reverse("admin:articles_image_change", args=[image.pk])
    before = client.get(address).content.decode()

    client.post(reverse("admin:articles_image_render", args=[image.pk]))

    assert "given up after five attempts" in before
    assert "given up" not in client.get(address).content.decode()


def test_moved_focal_point_is_saved(client, desk):
    image = make("ship")
    client.force_login(desk.journalist)
    typed = {"title": "Ship", "alt": "A ship", "credit": "Newsroom", "focal_x": "0.25", "focal_y": "1"}
    typed |= {"may_syndicate": "on", "read": json.dumps(as_read(image))}

    client.post(reverse("admin:articles_image_change", args=[image.pk]), typed)
    refused = client.post(reverse("admin:articles_image_change", args=[image.pk]), typed | {"focal_x": "1.5"})

    image.refresh_from_db()
    assert (image.focal_x, image.focal_y, refused.status_code) == (0.25, 1.0, 200)


def test_usage_reads_no_story_without_a_picture_in_its_text(desk):
    """The words of its question are those of the index; otherwise the bodies of all drafts are looked through."""
    image = make("ship")
    desk.draft(body="<p>Text.</p>")
    article = desk.draft(body=f'<p>Text.</p><figure><img src="{image.file.url}" alt="A"></figure>')

    with CaptureQueriesContext(connection) as asked:
        usage = usage_of(image)
    (question,) = [query["sql"] for query in asked if "<img" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {question}")
        plan = str(cursor.fetchall())

    assert [use.article for use in usage.in_work] == [article]
    assert "articles_with_pictures" in plan


def test_details_of_the_dialog_keep_what_it_does_not_ask(client, desk):
    image = make("ship", rights="licence", rights_note="CC BY 4.0, https://example.org/ship")
    client.force_login(desk.journalist)

    sent = {"alt": "Another", "rights": "agency", "read": json.dumps(as_read(image))}
    client.post(reverse("admin:articles_image_details", args=[image.pk]), sent)

    image.refresh_from_db()
    assert (image.alt, image.rights, image.rights_note) == ("Another", "agency", "CC BY 4.0, https://example.org/ship")


def test_publish_checks_warn_of_rights_without_proof(desk):
    image = make("ship", rights="licence")
    article = desk.draft(image=image)
    words = "The picture is used as “free licence (Creative Commons)”, but its source or proof is not entered."

    before = publish_checks(article).warnings
    image.rights_note = "CC BY 4.0"
    image.save()
    article.image = image

    assert words in before
    assert words not in publish_checks(article).warnings
