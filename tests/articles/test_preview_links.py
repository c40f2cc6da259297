"""Sharing a story before publication: who may, for how long, and what leaks nowhere."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles import embargoes, workflow
from articles.holding import free, hold
from articles.models import Image, PreviewLink
from articles.preview_links import UnderEmbargo, address_of, link_of, revoke_previews, share_preview, token_of
from articles.states import GuardFailed, NotAllowed


@pytest.fixture
def image(db, settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    content = io.BytesIO()
    Pillow.new("RGB", (16, 9)).save(content, "WEBP")
    return Image.objects.create(
        file=ContentFile(content.getvalue(), name="ship.webp"), alt="A ship", credit="Newsroom illustration"
    )


def path_of(link: PreviewLink) -> str:
    return reverse("preview", args=[token_of(link)])


def test_link_shows_the_newest_saved_text_in_the_public_template(client, desk):
    link = share_preview(desk.draft("As it was"), by=desk.journalist)
    desk.save(link.article, headline="As it is now")

    page = client.get(path_of(link))

    content = page.content.decode()
    assert page.status_code == 200
    assert "articles/article.html" in [template.name for template in page.templates]
    assert ("As it is now" in content, "As it was" in content) == (True, False)
    assert "Preview, not published." in content
    assert f"{link.expires_at:%H:%M} UTC" in content


def test_link_is_kept_by_nobody_and_found_by_nobody(client, desk):
    link = share_preview(desk.draft("Secret plan"), by=desk.journalist)

    page = client.get(path_of(link))

    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page.content.decode()
    assert 'rel="canonical"' not in page.content.decode()
    assert "og:" not in page.content.decode()
    assert ("ETag" in page, "Vary" in page, page.cookies) == (False, False, {})
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_previewed_story_stands_on_no_public_surface(client, desk):
    article = desk.draft("Secret plan")
    client.get(path_of(share_preview(article, by=desk.journalist)))

    for address in ("/", "/sections/sea/", "/api/v1/articles", "/api/v1/search?q=secret", "/api/v1/changes"):
        assert b"Secret plan" not in client.get(address).content, address


def test_link_ends_after_48_hours(client, desk):
    link = share_preview(desk.draft(), by=desk.journalist)

    with time_machine.travel(timezone.now() + timedelta(hours=47, minutes=59), tick=False):
        before = client.get(path_of(link))
    with time_machine.travel(timezone.now() + timedelta(hours=48, minutes=1), tick=False):
        after = client.get(path_of(link))

    assert (before.status_code, after.status_code) == (200, 410)
    assert "This preview has ended" in after.content.decode()
    assert "Fleet returns" not in after.content.decode()
    assert "no-store" in after["Cache-Control"]


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "..%2f..", "0" * 3000])
def test_address_that_we_have_not_signed_is_not_found(client, db, token):
    page = client.get(f"/previews/{token}/")

    assert page.status_code == 404


def test_token_with_another_story_in_it_is_not_found(client, desk):
    link = share_preview(desk.draft(), by=desk.journalist)
    other = share_preview(desk.draft("Other"), by=desk.journalist)
    forged = other.uuid.hex + token_of(link)[32:]
    foreign = signing.TimestampSigner(salt="another purpose").sign(link.uuid.hex)

    assert [client.get(reverse("preview", args=[token])).status_code for token in (forged, foreign)] == [404, 404]
    assert link_of(link.uuid.hex) is None


def test_story_that_is_held_back_is_shown_by_no_link_until_it_is_freed(client, desk):
    article = desk.draft()
    link = share_preview(article, by=desk.journalist)
    hold(article, by=desk.editor, reason="Take out its words.")

    assert client.get(path_of(link)).status_code == 410
    with pytest.raises(GuardFailed, match="Take out its words"):
        share_preview(article, by=desk.journalist)

    free(article, by=desk.editor, reason="They are out.")
    assert client.get(path_of(link)).status_code == 200


def test_live_story_that_is_held_back_can_be_shown(client, desk):
    article = desk.live()
    hold(article, by=desk.editor, reason="Take out its words.")

    assert client.get(path_of(share_preview(article, by=desk.journalist))).status_code == 200


@pytest.mark.parametrize("end", ["killed", "spiked"])
def test_link_ends_with_the_story(client, desk, end):
    article = desk.live() if end == "killed" else desk.draft()
    link = share_preview(article, by=desk.journalist)
    before = client.get(path_of(link))
    if end == "killed":
        desk.kill(article)
    else:
        workflow.spike(article, by=desk.editor, reason="No story.")

    after = client.get(path_of(link))

    assert (before.status_code, after.status_code) == (200, 410)
    assert "Fleet returns" not in after.content.decode()
    with pytest.raises(GuardFailed):
        share_preview(desk.fresh(article), by=desk.editor)


def test_revoke_ends_every_link_of_the_story_and_no_other(client, desk):
    article = desk.draft()
    links = [share_preview(article, by=person) for person in (desk.journalist, desk.editor)]
    other = share_preview(desk.draft("Other"), by=desk.journalist)

    ended = revoke_previews(article, by=desk.editor)

    assert ended == 2
    assert [client.get(path_of(link)).status_code for link in (*links, other)] == [410, 410, 200]


def test_share_of_a_story_under_embargo_wants_it_known(client, desk):
    article = desk.draft()
    embargoes.set_embargo(
        article, by=desk.editor, until=timezone.now() + timedelta(days=1), is_indefinite=False, note=""
    )
    with pytest.raises(UnderEmbargo, match="under embargo"):
        share_preview(article, by=desk.journalist)

    link = share_preview(article, by=desk.journalist, knows_of_embargo=True)

    assert "Under embargo" in client.get(path_of(link)).content.decode()


def test_share_is_for_who_may_edit(desk, colleague):
    article = desk.draft()
    share_preview(article, by=desk.journalist)

    with pytest.raises(NotAllowed):
        share_preview(article, by=colleague)
    with pytest.raises(NotAllowed):
        revoke_previews(article, by=colleague)


def test_pictures_are_seen_through_the_link_and_nowhere_else(client, desk, image):
    body = f'<p>Text.</p><figure><img src="{image.file.url}" alt="A ship"></figure>'
    link = share_preview(desk.draft(image=image, body=body), by=desk.journalist)
    other = share_preview(desk.draft("Without"), by=desk.journalist)
    address = reverse("preview_picture", args=[token_of(link), image.sha256])

    page = client.get(path_of(link)).content.decode()
    seen, elsewhere = client.get(address), client.get(image.file.url)
    wrong = client.get(reverse("preview_picture", args=[token_of(other), image.sha256]))
    revoke_previews(link.article, by=desk.editor)
    after = client.get(address)

    assert (page.count(address), image.file.url in page) == (2, False)
    assert (seen.status_code, seen["Cache-Control"]) == (200, "no-store, private")
    assert (elsewhere.status_code, wrong.status_code, after.status_code) == (404, 404, 404)
    seen.close()


def test_address_leads_to_the_site_itself(desk, settings):
    settings.SITE_URL = "https://news.example"

    link = share_preview(desk.draft(), by=desk.journalist)

    assert address_of(link) == f"https://news.example/previews/{token_of(link)}/"


def test_link_is_never_given_more_time(desk):
    link = share_preview(desk.draft(), by=desk.journalist)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PreviewLink.objects.update(expires_at=timezone.now() + timedelta(days=9))
    revoke_previews(link.article, by=desk.journalist)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PreviewLink.objects.update(revoked_at=None, revoked_by=None)
