"""Pictures in a body: found, looked up, and left out where readers or partners may not have them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, sweeping
from articles.body import clean_body
from articles.models import EditionPicture, Image, Representation
from articles.pictures.in_bodies import own_pictures, pictures_in, shown_pictures
from articles.publish_checks import publish_checks
from articles.states import GuardFailed


@pytest.fixture
def image(db) -> Image:
    return Image.objects.bulk_create(
        [Image(sha256="a" * 64, file="images/aa/a.webp", width=1600, height=900, alt="A ship", credit="Fox & Sons")]
    )[0]


def figure(src: str = "/media/images/aa/a.webp", *, alt: str = "A ship", caption: str = "At sea") -> str:
    return clean_body(f'<figure><img src="{src}" alt="{alt}"><figcaption>{caption}</figcaption></figure>').html


def stored(article) -> tuple[str, str]:
    shown = Representation.objects.get(article=article)
    return shown.html, bytes(shown.json).decode()


def test_pictures_in_reads_figures_and_bare_pictures():
    html = clean_body(
        '<p>A &lt;figure&gt;</p><figure><img src="/a.webp" alt="Fish &amp; “chips” > rice"><figcaption>1 &lt; 2'
        '</figcaption></figure><ul><li><img src="/b.webp" width="3" height="2"></li></ul>'
    ).html

    found = [(picture.src, picture.alt, picture.caption, picture.width) for picture in pictures_in(html)]

    assert found == [("/a.webp", "Fish & “chips” > rice", "1 < 2", ""), ("/b.webp", "", "", "3")]


@pytest.mark.parametrize("src", ["/media/images/aa/a.webp", "http://127.0.0.1:8000/media/images/aa/a.webp"])
def test_own_pictures_knows_ours_by_the_file(image, src, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"

    assert own_pictures(figure(src)) == {"images/aa/a.webp": image}


@pytest.mark.parametrize(
    "src", ["https://example.org/media/images/aa/a.webp", "/media/images/aa/b.webp", "/a.webp", ""]
)
def test_own_pictures_takes_no_others(image, src):
    assert own_pictures(figure(src)) == {}


def test_own_pictures_asks_nothing_of_a_body_without_pictures(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert own_pictures("<p>Text</p>") == {}


def test_shown_pictures_stand_with_size_and_credit(image):
    html = shown_pictures(figure(), {"images/aa/a.webp": image})

    assert html == (
        '<figure><img src="/media/images/aa/a.webp" alt="A ship" width="1600" height="900" loading="lazy">'
        '<figcaption>At sea <span class="credit">Fox &amp; Sons</span></figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (figure(alt=""), "The picture “At sea” in the text has no text alternative: say what it shows."),
        (figure("https://example.org/x.jpg"), "The picture “At sea” in the text is not one of the desk’s: upload it,"),
        (figure("/media/unknown.webp"), "The picture “At sea” in the text is not one of the desk’s: upload it,"),
    ],
)
def test_publish_checks_block_a_picture_that_readers_could_not_see(desk, image, body, sentence):
    blockers = publish_checks(desk.draft(body=f"<p>Text.</p>{body}")).blockers

    assert [blocker[: len(sentence)] for blocker in blockers] == [sentence]


def test_publish_checks_block_a_picture_without_credit_or_rights(desk, image):
    Image.objects.update(credit="", expires_on="2020-01-02")

    assert publish_checks(desk.draft(body=f"<p>Text.</p>{figure()}")).blockers == (
        "The picture “At sea” in the text has no credit.",
        "The rights of the picture “At sea” in the text ended on 2 January 2020.",
    )


def test_publish_checks_pass_a_picture_in_order(desk, image):
    assert publish_checks(desk.draft(body=f"<p>Text.</p>{figure()}")).blocking == ()


def test_publish_refuses_a_picture_whose_rights_ended_after_approval(desk, image):
    article = desk.approved(body=f"<p>Text.</p>{figure()}")
    Image.objects.update(expires_on="2020-01-02")

    with pytest.raises(GuardFailed):
        publishing.publish(article, by=desk.editor)


def test_publish_keeps_which_pictures_stand_in_the_text(desk, image):
    article = desk.live(body=f"<p>Text.</p>{figure()}{figure()}")

    rows = EditionPicture.objects.values_list("edition", "ordinal", "image")
    html, document = stored(article)
    assert list(rows) == [(article.edition_id, 1, image.pk)]
    assert "Fox &amp; Sons</span>" in html
    assert '"role":"body"' in document


def test_partners_get_no_picture_in_the_text_that_is_not_for_them(desk, image):
    Image.objects.update(may_syndicate=False)
    article = desk.live(body=f"<p>Text.</p>{figure()}")

    html, document = stored(article)

    assert ("a.webp" in html, "a.webp" in document) == (True, False)


def test_sweep_takes_an_expired_picture_in_the_text_from_everybody(desk, image):
    article = desk.live(body=f"<p>Text.</p>{figure()}")
    before = stored(article)
    Representation.objects.update(built_at=timezone.now() - timedelta(days=3))
    Image.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    rounds = [sweeping.refresh_what_shows_expired_pictures() for _ in range(2)]

    assert rounds == [1, 0]
    assert all("a.webp" in text for text in before)
    assert not any("a.webp" in text for text in stored(article))
    assert article.changes.order_by("-id").first().kind == "refresh"


def test_sweep_brings_a_mended_credit_to_readers(desk, image):
    above, inside = desk.live("Above", image=image), desk.live("Inside", body=f"<p>Text.</p>{figure()}")
    Image.objects.update(credit="Sample Agency", changed_at=timezone.now())

    rounds = [sweeping.refresh_what_shows_expired_pictures() for _ in range(2)]

    assert rounds == [2, 0]
    assert all("Sample Agency" in stored(article)[0] for article in (above, inside))
