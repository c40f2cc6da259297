"""What production refuses, and that what it takes is complete: `manage.py check --deploy` has nothing to say."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings as ours
from django.core.exceptions import ImproperlyConfigured

from newsroom.weak_settings import refuse, why_weak
from tests.production import shipped

KEY = secrets.token_urlsafe(48)
GOOD = {
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["desk.example.org"],
    "SESSION_COOKIE_AGE": 3600,
    "DATABASES": {"default": {"HOST": "database.example.org", "PASSWORD": "long", "NAME": "newsroom"}},
}
NAMED = {"ALLOWED_HOSTS": "desk.example.org"}


def database(**changes: str) -> dict[str, object]:
    return {"DATABASES": {"default": GOOD["DATABASES"]["default"] | changes}}


def test_refuse_takes_what_is_strong():
    refuse(GOOD, environment=NAMED)


@pytest.mark.parametrize(
    ("weak", "said"),
    [
        ({"DEBUG": True}, "DEBUG shows source code"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set: make one with"),
        ({"SECRET_KEY": KEY[:49]}, "SECRET_KEY has 49 characters"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": "abcd" * 16}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": "a" * 60 + KEY[:6]}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "looks like one from an example"),
        ({"SECRET_KEY": "ChangeMe" + KEY}, "looks like one from an example"),
        ({"SECRET_KEY": shipped.environment()["SECRET_KEY"]}, "looks like one from an example"),
        ({"SECRET_KEY_FALLBACKS": [KEY, "old"]}, "SECRET_KEY_FALLBACKS, number 2, has 3 characters"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS takes any host"),
        ({"ALLOWED_HOSTS": ["desk.example.org", "testserver"]}, "names testserver"),
        ({"SESSION_COOKIE_AGE": 0}, "SESSION_HOURS must be 1 or more"),
        (database(PASSWORD=""), "DATABASE_URL has no password, and database.example.org is another machine"),
        (database(PASSWORD="", HOST="10.0.0.7"), "10.0.0.7 is another machine"),
    ],
)
def test_refuse_says_what_is_weak(weak, said):
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse(GOOD | weak, environment=NAMED)

    assert said in str(refused.value)
    assert str(refused.value).count("\n- ") == 1


def test_refuse_asks_for_hosts():
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS is not set"):
        refuse(GOOD, environment={})


def test_refuse_names_everything_at_once():
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse(GOOD | {"DEBUG": True, "SECRET_KEY": "x", "ALLOWED_HOSTS": ["*"]}, environment=NAMED)

    assert str(refused.value).count("\n- ") == 3


@pytest.mark.parametrize("host", ["", "/var/run/postgresql", "localhost", "127.0.0.1", "::1"])
def test_refuse_needs_no_password_on_this_machine(host):
    refuse(GOOD | database(PASSWORD="", HOST=host), environment=NAMED)


def test_keys_as_they_are_made_are_never_weak():
    made = [secrets.token_urlsafe(48) for _ in range(300)] + [secrets.token_hex(32) for _ in range(300)]

    assert {why_weak(key) for key in made} == {""}


def production(**environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` as production runs it, without a database that it could need."""
    given = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "true",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "desk.example.org",
        "DATABASE_URL": "postgres://newsroom:word@127.0.0.1:1/newsroom",
        "SITE_URL": "https://desk.example.org",
        "BEHIND_PROXY": "true",
        **environment,
    }
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    return subprocess.run(command, cwd=ours.BASE_DIR, env=given, capture_output=True, text=True, timeout=300)


@pytest.mark.timeout(400)
def test_check_deploy_has_nothing_to_say():
    checked = production()

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "System check identified no issues (1 silenced).\n"


@pytest.mark.timeout(400)
def test_production_does_not_start_with_a_weak_key():
    checked = production(SECRET_KEY="a" * 50)

    assert checked.returncode == 1
    assert "SECRET_KEY repeats itself and could be guessed" in checked.stderr


@pytest.mark.timeout(400)
def test_production_asks_for_secure_cookies_of_this_host_alone():
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    names += ("REQUIRE_SECOND_FACTOR", "SECURE_HSTS_SECONDS")
    shown = f"from django.conf import settings; print(*[getattr(settings, name) for name in {names}])"
    environment = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "true",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "desk.example.org",
        "DATABASE_URL": "postgres://n:w@127.0.0.1:1/n",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }

    told = subprocess.run(
        [sys.executable, "-c", shown], cwd=ours.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300
    )

    assert told.stdout == "__Host-sessionid __Host-csrftoken True True True 31536000\n"
