"""The sign-in in a real browser: app, passkey, recovery code, being made to set one up, being locked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from newsroom.accounts import guesses
from tests.browser.conftest import VIOLATIONS
from tests.browser.editing_page import accessibility_problems
from tests.newsroom.accounts.test_sign_in import code_at, with_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.fixture
def desk_address(live_server) -> str:
    """By name: browsers know passkeys for names alone."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser, desk_address) -> Iterator[Any]:
    """A fresh browser of somebody who has not signed in; nothing on its pages may break the policy."""
    context = browser.new_context(base_url=desk_address, accept_downloads=True)
    page = context.new_page()
    errors: list[str] = []
    page.add_init_script(VIOLATIONS)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert (errors, page.evaluate("window.violations ?? []")) == ([], [])
    context.close()


@pytest.fixture
def device(page) -> Any:
    """A telephone that keeps passkeys and asks for a finger, which is always there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = kind | {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in(page, name: str, password: str = "") -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password or name)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page) -> None:
    page.context.clear_cookies()


def expect_desk(page) -> None:
    expect(page.get_by_role("navigation", name="The desk")).to_be_visible()


@pytest.mark.journey
def test_password_then_code_of_an_app(page, journalist):
    secret = with_app(journalist)
    sign_in(page, "journalist")

    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.get_by_label("Code").fill(code_at(secret))
    page.get_by_role("button", name="Go on").click()

    expect_desk(page)


def test_editor_is_made_to_set_one_up_and_uses_a_recovery_code_once(page, editor, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(page, "editor")

    expect(page.get_by_text("Your role needs a second factor")).to_be_visible()
    page.goto("/admin/articles/article/")
    expect(page.get_by_text("Your role needs a second factor")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert page.evaluate("document.querySelector('.qr').naturalWidth") > 0
    page.get_by_text("It cannot be scanned").click()
    secret = page.locator(".to-type").inner_text()
    page.get_by_label("Code that the app shows").fill(code_at(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    shown = page.locator(".codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download them").click()
    assert download.value.path().read_text().split() == shown
    page.get_by_role("link", name="I have kept them").click()
    expect_desk(page)

    for opens in (True, False):
        sign_out(page)
        sign_in(page, "editor")
        page.get_by_label("Code").fill(shown[3])
        page.get_by_role("button", name="Go on").click()
        if opens:
            expect_desk(page)
        else:
            expect(page.get_by_text("This code is not right")).to_be_visible()


def test_passkey_is_made_and_signs_in_alone(page, device, editor, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(page, "editor")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Telephone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto("/admin/sign-in/security/")
    expect(page.get_by_text("Telephone", exact=True).first).to_be_visible()
    sign_out(page)

    page.goto("/admin/login/?next=/admin/articles/article/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(re.compile(r"/admin/articles/article/"))
    expect_desk(page)
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_passkey_after_the_password(page, device, journalist):
    sign_in(page, "journalist")
    expect_desk(page)
    page.goto("/admin/sign-in/security/passkeys/new/")
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    sign_out(page)

    sign_in(page, "journalist")
    page.get_by_role("button", name="Use a passkey").click()

    expect_desk(page)


def test_locked_out_says_how_long_and_what_to_do(page, editor):
    for _ in range(4):
        guesses.count("editor", address="127.0.0.1")

    sign_in(page, "editor", "wrong")

    expect(page.get_by_role("heading", name="Locked for 15 minutes")).to_be_visible()
    expect(page.get_by_text("A passkey works now")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_it_can_be_used_by_everybody(page, journalist, settings, scheme):
    page.emulate_media(color_scheme=scheme)
    problems = []

    def look(name: str) -> None:
        problems.extend((name, problem) for problem in accessibility_problems(page))

    page.goto("/admin/login/")
    look("sign in")
    sign_in(page, "journalist")
    expect_desk(page)
    for address in ("", "app/", "passkeys/new/"):
        page.goto(f"/admin/sign-in/security/{address}")
        look(address or "overview")
    page.goto("/admin/sign-in/security/app/")
    page.get_by_text("It cannot be scanned").click()
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Set it up").click()
    look("wrong first code")
    page.get_by_label("Code that the app shows").fill(code_at(page.locator(".to-type").text_content()))
    page.get_by_role("button", name="Set it up").click()
    look("recovery codes")
    for address in ("", "app/remove/", "codes/", "codes/new/"):
        page.goto(f"/admin/sign-in/security/{address}")
        look(f"with an app: {address}")
    page.goto("/admin/sign-in/again/")
    look("confirm")
    page.goto("/admin/sign-in/again/code/")
    look("confirm by code")
    sign_out(page)
    sign_in(page, "journalist")
    look("code")
    for _ in range(5):
        guesses.count("journalist", address="127.0.0.1")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    look("locked")

    assert problems == []
