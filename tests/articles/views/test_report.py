import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles import publishing
from articles.models import ErrorReport

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WORDS = {"message": "It was Monday.", "passage": "by Friday", "contact": "reader@example.org", "website": ""}


@pytest.fixture
def address(desk):
    return f"/report/{desk.live().uuid}/"


def stamp_on(client, address, *, at=NOON):
    with time_machine.travel(at, tick=False):
        page = client.get(address).content.decode()
    return re.search(r'name="stamp" value="([^"]+)"', page)[1]


def send(client, address, *, read_at=NOON, sent_at=NOON + timedelta(minutes=3), **words):
    stamp = words.pop("stamp", None) or stamp_on(client, address, at=read_at)
    with time_machine.travel(sent_at, tick=False):
        return client.post(address, {**WORDS, "stamp": stamp, **words})


def test_report_reaches_the_desk_and_thanks(client, address):
    response = send(client, address)

    assert (response.status_code, response["Location"]) == (303, f"{address}thanks/")
    kept = ErrorReport.objects.get()
    assert (kept.message, kept.passage, kept.contact, kept.version) == (*list(WORDS.values())[:3], 1)
    assert "The desk has your report" in client.get(response["Location"]).content.decode()


def test_report_names_the_version_that_was_read(client, desk):
    article = desk.live()
    address = f"/report/{article.uuid}/"
    stamp = stamp_on(client, address)
    # Of the public versions, this one is the second; what was read when the form was opened is the first.
    publishing.publish_minor_update(desk.save(article, by=desk.editor, standfirst="Anew."), by=desk.editor)

    send(client, address, stamp=stamp)
    send(client, address, message="Still wrong.")

    assert list(ErrorReport.objects.order_by("id").values_list("version", flat=True)) == [1, 2]


def test_report_is_kept_by_nobody_and_sets_no_cookie(client, address):
    for response in (client.get(address), send(client, address), client.get(f"{address}thanks/")):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert not response.cookies


def test_report_needs_no_token_of_a_session(desk, address):
    client = Client(enforce_csrf_checks=True)

    assert send(client, address).status_code == 303


@pytest.mark.parametrize(
    "details",
    [
        {"sent_at": NOON + timedelta(seconds=1)},
        {"sent_at": NOON + timedelta(days=2)},
        {"stamp": "forged"},
        {"website": "https://spam.example"},
        {"message": ""},
        {"message": "\x00"},
        {"message": "a" * 3001},
    ],
)
def test_report_that_is_not_taken_comes_back_whole(client, address, details):
    response = send(client, address, **details)

    page = response.content.decode()
    assert response.status_code == 422
    assert "by Friday" in page
    assert "reader@example.org" in page
    assert not ErrorReport.objects.exists()
    # What came back can be sent: its stamp is new.
    again = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    assert (
        send(client, address, stamp=again, sent_at=details.get("sent_at", NOON) + timedelta(minutes=9)).status_code
        == 303
    )


def test_report_of_another_storys_form_is_not_taken(client, desk, address):
    other = stamp_on(client, f"/report/{desk.live('Another').uuid}/")

    assert send(client, address, stamp=other).status_code == 422


def test_report_that_is_huge_is_refused_unread(client, address):
    response = send(client, address, message="a" * 60_000)

    assert response.status_code == 413


def test_reports_of_one_address_are_limited_and_lose_nothing(client, address):
    for number in range(5):
        send(client, address, message=f"Wrong {number}.")

    response = send(client, address, message="Wrong once more.")

    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "Wrong once more." in response.content.decode()


def test_report_tells_senders_apart_by_what_the_proxy_wrote(client, address, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    stamp = stamp_on(client, address)
    senders = {}
    for forwarded in ("1.2.3.4", "9.9.9.9, 1.2.3.4", "1.2.3.5", "2001:db8::1", "2001:db8::2", "nonsense"):
        with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
            client.post(
                address, {**WORDS, "message": forwarded, "stamp": stamp}, headers={"X-Forwarded-For": forwarded}
            )
        senders[forwarded] = ErrorReport.objects.get(message=forwarded).sender

    assert senders["1.2.3.4"] == senders["9.9.9.9, 1.2.3.4"] != senders["1.2.3.5"]
    assert senders["2001:db8::1"] == senders["2001:db8::2"]
    assert not any("1.2.3" in sender for sender in senders.values())


def test_report_escapes_what_comes_back(client, address):
    page = send(client, address, message="", passage="</textarea><script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize("fate", ["withdrawn", "killed"])
def test_report_on_a_story_that_is_gone_says_so(client, desk, fate):
    article = getattr(desk, fate)("Secret convoy leaves")

    for address in (f"/report/{article.uuid}/", f"/report/{article.uuid}/thanks/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Secret convoy" not in response.content.decode()


def test_report_on_a_draft_is_not_found(client, desk):
    assert client.get(f"/report/{desk.draft().uuid}/").status_code == 404


def test_report_names_the_headline_of_today(client, desk):
    article = desk.live("Old headline")
    publishing.publish_minor_update(desk.save(article, by=desk.editor, headline="New headline"), by=desk.editor)

    page = client.get(f"/report/{article.uuid}/").content.decode()

    assert "New headline" in page
    assert "Old headline" not in page
