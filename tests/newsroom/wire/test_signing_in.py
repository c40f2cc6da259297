"""What a source signs in with: sent to its server alone, kept sealed, and never shown."""

from __future__ import annotations

import base64

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from newsroom.sealing import WIRE
from newsroom.wire import rounds
from newsroom.wire.fetching import FetchFailed
from newsroom.wire.models import WireSource
from newsroom.wire.rounds import fetch_source
from newsroom.wire.signing_in import server_of
from newsroom.wire.sources import forget_what_was_fetched
from tests.agency import Agency, rss, rss_item
from tests.newsroom.wire.test_admin import NEW_SOURCE, SOURCES, TRY, form_of

pytestmark = pytest.mark.django_db

SECRET = "Kø:bmagergade-17"
PAIR = base64.b64encode(f"desk:{SECRET}".encode()).decode()
SIGNED = {"sign_in": "basic", "sign_in_name": "desk", "secret": SECRET}


def page_of(source: WireSource) -> str:
    return reverse("admin:wire_wiresource_change", args=[source.pk])


@pytest.fixture
def signed(client, agency, editor) -> WireSource:
    """A source that an editor declared with a name and a password."""
    client.force_login(editor)
    assert client.post(NEW_SOURCE, form_of(agency.url(), **SIGNED)).status_code == 302
    return WireSource.objects.get()


@pytest.mark.parametrize(
    ("given", "header", "value"),
    [
        (SIGNED, "authorization", f"Basic {PAIR}"),
        ({"sign_in": "bearer", "sign_in_name": "left over", "secret": "abc.def"}, "authorization", "Bearer abc.def"),
        ({"sign_in": "header", "sign_in_name": "X-Api-Key", "secret": "k 1"}, "x-api-key", "k 1"),
        ({"sign_in": "header", "sign_in_name": "Authorization", "secret": "Token k1"}, "authorization", "Token k1"),
    ],
)
def test_source_signs_in_as_the_agency_wants_it(client, agency, editor, given, header, value) -> None:
    agency.body = rss(rss_item())
    client.force_login(editor)

    client.post(NEW_SOURCE, form_of(agency.url(), **given))
    fetch_source(WireSource.objects.get().pk)

    assert [asked.get(header) for asked in agency.asked] == [value]
    assert WireSource.objects.get().last_success_at


def test_source_without_a_sign_in_sends_none(declare, agency) -> None:
    agency.body = rss(rss_item())

    fetch_source(declare().pk)

    assert "authorization" not in agency.asked[0]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"sign_in": "basic", "secret": "a"}, "sign_in_name", "Type the name"),
        ({"sign_in": "basic", "sign_in_name": "de:sk", "secret": "a"}, "sign_in_name", "no colon"),
        ({"sign_in": "basic", "sign_in_name": "desk"}, "secret", "Type the password"),
        ({"sign_in": "bearer"}, "secret", "Type the password"),
        ({"sign_in": "bearer", "secret": "Bearer abc"}, "secret", "leave “Bearer” away"),
        ({"sign_in": "bearer", "secret": "abç"}, "secret", "beyond ASCII"),
        ({"sign_in": "header", "secret": "a"}, "sign_in_name", "Type the header"),
        ({"sign_in": "header", "sign_in_name": "X Key", "secret": "a"}, "sign_in_name", "letters, digits"),
        ({"sign_in": "header", "sign_in_name": "X-Key:", "secret": "a"}, "sign_in_name", "letters, digits"),
        ({"sign_in": "header", "sign_in_name": "hOst", "secret": "a"}, "sign_in_name", "ours to write"),
        ({"sign_in": "header", "sign_in_name": "X-Key", "secret": "a\r\nHost: b"}, "secret", "cannot be seen"),
        ({"sign_in": "basic", "sign_in_name": "desk", "secret": "a\tb"}, "secret", "cannot be seen"),
        ({"sign_in": "cookie", "secret": "a"}, "sign_in", "not one of"),
    ],
)
def test_what_no_request_could_carry_is_refused_in_words(client, agency, editor, given, field, words) -> None:
    client.force_login(editor)

    response = client.post(NEW_SOURCE, form_of(agency.url(), **given))

    assert words in str(response.context["adminform"].form.errors[field])
    assert not WireSource.objects.exists()


def test_secret_is_sealed_and_stands_on_no_page(client, signed, agency, editor, journalist) -> None:
    client.post(page_of(signed), form_of(agency.url(), **SIGNED, minutes="7"))

    row = WireSource.objects.filter(pk=signed.pk).values().get()
    pages = [client.get(page_of(signed)), client.get(SOURCES), client.get(f"{page_of(signed)}../history/")]
    exported = b"".join(client.get(f"{SOURCES}export.csv").streaming_content).decode()
    log = " ".join(LogEntry.objects.values_list("change_message", flat=True))
    client.force_login(journalist)
    read_only = client.get(page_of(signed))

    assert (SECRET in str(row), WIRE.unseal(row["sealed_secret"])) == (False, SECRET)
    shown = "".join(page.content.decode() for page in [*pages, read_only]) + exported + log
    assert not [secret for secret in (SECRET, row["sealed_secret"]) if secret in shown]
    assert "One is kept" in pages[0].content.decode()
    assert "How we sign in" not in read_only.content.decode()


def test_empty_secret_leaves_the_kept_one_and_nothing_takes_it_away(client, signed, agency) -> None:
    client.post(page_of(signed), form_of(agency.url("/other"), **(SIGNED | {"secret": "", "sign_in_name": "desk2"})))
    signed.refresh_from_db()
    kept = (signed.sign_in_name, WIRE.unseal(signed.sealed_secret))

    client.post(page_of(signed), form_of(agency.url("/other"), sign_in="", sign_in_name="desk2"))
    signed.refresh_from_db()

    assert kept == ("desk2", SECRET)
    assert (signed.sign_in, signed.sign_in_name, signed.sealed_secret) == ("", "", "")


@pytest.mark.parametrize("way", ["save", "try"])
def test_kept_secret_goes_to_no_other_server(client, signed, way) -> None:
    """Whoever may change an address could have it sent to themselves."""
    other = Agency(body=rss(rss_item()))
    to = page_of(signed) if way == "save" else reverse("admin:wire_wiresource_try_saved", args=[signed.pk])

    page = client.post(to, form_of(other.url(), **(SIGNED | {"secret": ""}))).content.decode()
    asked_without = len(other.asked)
    client.post(to, form_of(other.url(), **SIGNED))
    other.close()

    assert "on another server now: type it again" in page
    assert (asked_without, WireSource.objects.get().url == other.url()) == (0, way == "save")
    assert len(other.asked) == (way == "try")


@pytest.mark.parametrize(("kind", "kept"), [("basic", " two words "), ("bearer", "token"), ("header", "key of two")])
def test_blanks_around_a_password_are_meant_and_around_a_token_not(client, agency, editor, kind, kept) -> None:
    client.force_login(editor)

    client.post(NEW_SOURCE, form_of(agency.url(), sign_in=kind, sign_in_name="X-Key", secret=f" {kept.strip()} "))

    assert WIRE.unseal(WireSource.objects.get().sealed_secret) == kept


def test_saving_another_address_does_not_undo_what_was_sealed_anew(client, signed, agency, monkeypatch) -> None:
    """The form was read before, and is saved after."""
    anew = WIRE.reseal(signed.sealed_secret)
    forget = forget_what_was_fetched

    def sealed_meanwhile(source) -> None:
        WireSource.objects.filter(pk=source.pk).update(sealed_secret=anew)
        forget(source)

    monkeypatch.setattr("newsroom.wire.admin.source.forget_what_was_fetched", sealed_meanwhile)
    client.post(page_of(signed), form_of(agency.url("/other"), **(SIGNED | {"secret": ""})))

    signed.refresh_from_db()
    assert (signed.sealed_secret == anew, signed.url) == (True, agency.url("/other"))


def test_key_in_the_address_is_seen_by_who_may_change_it(client, declare, agency, editor, journalist) -> None:
    source = declare(path="/feed?key=k-17")
    pages = []
    for person in (editor, journalist):
        client.force_login(person)
        pages.append(client.get(page_of(source)).content.decode())

    assert ["k-17" in page for page in pages] == [True, False]
    assert agency.url("/feed?…") in pages[1]


@pytest.mark.parametrize(
    ("url", "other", "is_same"),
    [
        ("https://Feeds.example/a", "https://feeds.example:443/b", True),
        ("https://feeds.example/a", "http://feeds.example/a", False),
        ("https://feeds.example/a", "https://feeds.example:8443/a", False),
        ("https://feeds.example/a", "https://feeds.example.evil/a", False),
    ],
)
def test_server_is_told_by_scheme_name_and_port(url, other, is_same) -> None:
    assert (server_of(url) == server_of(other)) == is_same


def test_kept_secret_is_typed_again_for_another_way_to_sign_in(client, signed, agency) -> None:
    response = client.post(page_of(signed), form_of(agency.url(), sign_in="bearer"))

    assert "something else now" in str(response.context["adminform"].form.errors["secret"])


def test_trial_signs_in_with_what_was_typed_or_is_kept(client, signed, agency) -> None:
    agency.body = rss(rss_item())

    client.post(TRY, form_of(agency.url("/new"), name="Typed", **(SIGNED | {"secret": "typed"})))
    client.post(
        reverse("admin:wire_wiresource_try_saved", args=[signed.pk]), form_of(agency.url(), **(SIGNED | {"secret": ""}))
    )

    typed = base64.b64encode(b"desk:typed").decode()
    assert [asked["authorization"] for asked in agency.asked] == [f"Basic {typed}", f"Basic {PAIR}"]


def test_sign_in_goes_along_on_the_same_server_only(signed, agency) -> None:
    elsewhere = Agency(body=rss(rss_item()))
    leading = iter(["/moved", elsewhere.url()])

    def redirect(door) -> None:
        door.send_response(302)
        door.send_header("Location", next(leading))
        door.send_header("Content-Length", "0")
        door.end_headers()

    agency.answering = redirect
    fetch_source(signed.pk)
    elsewhere.close()

    assert [asked["authorization"] for asked in agency.asked] == [f"Basic {PAIR}"] * 2
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({}, 401, "wants us to sign in (401)"),
        ({}, 403, "refuses us (403)"),
        (SIGNED, 401, "refuses what we sign in with (401)"),
        (SIGNED, 403, "refuses what we sign in with (403)"),
    ],
)
def test_refused_sign_in_says_what_to_do(client, agency, editor, given, status, words) -> None:
    agency.status = status
    client.force_login(editor)
    client.post(NEW_SOURCE, form_of(agency.url(), **given))

    fetch_source(WireSource.objects.get().pk)

    assert words in WireSource.objects.get().last_error


def test_another_sign_in_forgives_what_the_old_one_failed_at(client, signed, agency) -> None:
    agency.status = 401
    fetch_source(signed.pk)
    assert WireSource.objects.get().failures == 1

    client.post(page_of(signed), form_of(agency.url(), **(SIGNED | {"secret": "another"})))

    assert (WireSource.objects.get().failures, WireSource.objects.get().last_error) == (0, "")


def test_answer_to_the_sign_in_of_before_is_not_noted(signed, monkeypatch) -> None:
    def changed_meanwhile(source, open_line):
        WireSource.objects.filter(pk=source.pk).update(sealed_secret=WIRE.seal("another"))
        raise FetchFailed("It refuses what we sign in with (401).")

    monkeypatch.setattr(rounds, "fetch", changed_meanwhile)
    fetch_source(signed.pk)

    assert (WireSource.objects.get().failures, WireSource.objects.get().last_error) == (0, "")


def test_secret_under_a_lost_key_is_told_and_sealed_anew_under_a_known_one(signed, agency, settings) -> None:
    agency.body = rss(rss_item())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    fetch_source(signed.pk)
    assert ("type it again" in WireSource.objects.get().last_error, agency.asked) == (True, [])
    with pytest.raises(CommandError, match="secrets of the wire of Coast: an editor types them again"):
        call_command("reseal_secrets")

    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = []

    assert WIRE.unseal(WireSource.objects.get().sealed_secret) == SECRET


@pytest.mark.parametrize(
    "columns",
    [
        {"sign_in": "basic", "sealed_secret": "a"},
        {"sign_in": "basic", "sign_in_name": "desk"},
        {"sign_in": "bearer", "sign_in_name": "desk", "sealed_secret": "a"},
        {"sign_in": "header", "sealed_secret": "a"},
        {"sign_in_name": "desk"},
        {"sealed_secret": "a"},
    ],
)
def test_database_keeps_no_half_a_sign_in(declare, columns) -> None:
    with pytest.raises(IntegrityError, match="wire_source_sign_in_whole"), transaction.atomic():
        declare(**columns)
