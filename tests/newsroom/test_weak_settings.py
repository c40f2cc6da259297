"""What production refuses, and that what it takes is complete: `manage.py check --deploy` has nothing to say."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

import environ
import pytest
from django.conf import settings as ours
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

from newsroom.weak_settings import refuse
from newsroom.weak_words import OF_A_PASSWORD, OF_A_TOKEN, why_weak
from tests.production import shipped

KEY = secrets.token_urlsafe(48)
WORD = secrets.token_urlsafe(18)
GOOD = {
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["desk.example.org"],
    "SESSION_COOKIE_AGE": 3600,
    "REQUIRE_SECOND_FACTOR": True,
    "WEBHOOK_LOOPBACK": False,
    "WEBHOOK_RETRY_SCALE": 1.0,
    "METRICS_TOKEN": "",
    "CELERY_BROKER_URL": "",
    "CACHES": {"default": environ.Env.cache_url_config("locmemcache://")},
    "DATABASES": {"default": {"HOST": "database.example.org", "PASSWORD": WORD, "NAME": "newsroom"}},
}
NAMED = {"ALLOWED_HOSTS": "desk.example.org"}


def database(**changes: str) -> dict[str, object]:
    return {"DATABASES": {"default": GOOD["DATABASES"]["default"] | changes}}


def database_at(url: str) -> dict[str, object]:
    return {"DATABASES": {"default": environ.Env.db_url_config(url)}}


def cache_at(url: str) -> dict[str, object]:
    return {"CACHES": {"default": environ.Env.cache_url_config(url)}}


def test_refuse_takes_what_is_strong():
    refuse(GOOD | {"METRICS_TOKEN": KEY}, environment=NAMED)


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
        (database_at("postgres://newsroom@/newsroom?host=db.internal"), "db.internal is another machine"),
        (database_at("postgres://newsroom@localhost/n?hostaddr=10.0.0.7"), "10.0.0.7 is another machine"),
        (
            database_at("postgres://newsroom@127.0.0.1,db2.internal/newsroom"),
            "no password, and db2.internal is",
        ),
        (database(PASSWORD="password"), "DATABASE_URL: the password looks like one from an example"),
        (database(PASSWORD="password", HOST="127.0.0.1"), "Give the role a random one (ALTER ROLE"),
        (database(PASSWORD="newsroom"), "DATABASE_URL: the password has 8 characters, and 12 is the least"),
        (database(PASSWORD="xxxxxxxxxxxxxxxx"), "DATABASE_URL: the password repeats itself"),
        ({"CELERY_BROKER_URL": "redis://broker.internal:6379/0"}, "broker.internal is another machine: have it ask"),
        ({"CELERY_BROKER_URL": "redis://:password@broker.internal/0"}, "the password for broker.internal looks like"),
        ({"CELERY_BROKER_URL": "amqp://guest:guest@10.0.0.7//"}, "the password for 10.0.0.7 has 5 characters"),
        (
            {"CELERY_BROKER_URL": f"sentinel://:{WORD}@a.internal;sentinel://b.internal"},
            "b.internal is another machine",
        ),
        (cache_at("rediscache://cache.internal:6379/1"), "CACHE_URL has no password, and cache.internal is another"),
        (cache_at(f"rediscache://:{WORD}@a.internal,b.internal/1"), "b.internal is another machine"),
        (cache_at("rediscache://:changeme@cache.internal/1"), "CACHE_URL: the password for cache.internal looks like"),
        ({"METRICS_TOKEN": "x"}, "METRICS_TOKEN has 1 characters, and 20 is the least: unset it, or make one with"),
        ({"METRICS_TOKEN": "put-here-" + KEY}, "METRICS_TOKEN looks like one from an example"),
        ({"REQUIRE_SECOND_FACTOR": False}, "with a password alone: unset it"),
        ({"WEBHOOK_LOOPBACK": True}, "WEBHOOK_LOOPBACK is for tests"),
        ({"WEBHOOK_RETRY_SCALE": 0.1}, "WEBHOOK_RETRY_SCALE is for tests"),
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
    wrong = {"DEBUG": True, "SECRET_KEY": "x", "ALLOWED_HOSTS": ["*"], "WEBHOOK_LOOPBACK": True}
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse(GOOD | wrong, environment=NAMED)

    said = str(refused.value)
    assert {name: name in said for name in wrong} == dict.fromkeys(wrong, True)
    assert said.count("\n- ") == len(wrong)


@pytest.mark.parametrize("host", ["", "/var/run/postgresql", "@newsroom", "localhost", "127.0.0.1", "::1"])
def test_refuse_needs_no_password_on_this_machine(host):
    refuse(GOOD | database(PASSWORD="", HOST=host), environment=NAMED)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"sslcert": "/etc/newsroom/client.crt"}, {}),
        ({"passfile": "/etc/newsroom/passwords"}, {}),
        ({}, {"PGSSLCERT": "/etc/newsroom/client.crt"}),
        ({}, {"PGPASSFILE": "/etc/newsroom/passwords"}),
    ],
)
def test_refuse_needs_no_password_where_something_else_proves_who_asks(options, told):
    other = {"HOST": "database.example.org", "PASSWORD": "", "OPTIONS": options}

    refuse(GOOD | {"DATABASES": {"default": other}}, environment=NAMED | told)


def test_refuse_weighs_the_password_that_libpq_is_told():
    """`PGPASSWORD` is one like any other."""
    elsewhere = GOOD | database(PASSWORD="", HOST="database.example.org")

    refuse(elsewhere, environment=NAMED | {"PGPASSWORD": WORD})
    with pytest.raises(ImproperlyConfigured, match="the password has 8 characters"):
        refuse(elsewhere, environment=NAMED | {"PGPASSWORD": "newsroom"})


@pytest.mark.parametrize(
    "strong",
    [
        {"CELERY_BROKER_URL": "redis://127.0.0.1:6379/0"},
        {"CELERY_BROKER_URL": "amqp://guest:guest@localhost//"},
        {"CELERY_BROKER_URL": "redis+socket:///run/redis.sock"},
        {"CELERY_BROKER_URL": f"redis://:{WORD}@broker.internal:6379/0"},
        {"CELERY_BROKER_URL": "rediss://broker.internal/0?ssl_certfile=/etc/newsroom/client.crt"},
        cache_at("rediscache://127.0.0.1:6379/1"),
        cache_at("rediscache:///run/redis.sock?db=1"),
        cache_at(f"rediscache://:{WORD}@cache.internal:6379/1"),
        cache_at(f"rediscache://cache.internal:6379/1?password={WORD}"),
        cache_at("rediss://cache.internal:6380/1?ssl_certfile=/etc/newsroom/client.crt"),
        cache_at("memcache://cache.internal:11211"),
        cache_at("dbcache://cache_table"),
    ],
)
def test_refuse_takes_brokers_and_caches_that_nobody_else_opens(strong):
    refuse(GOOD | strong, environment=NAMED)


def test_words_as_they_are_made_are_never_weak():
    made = [secrets.token_urlsafe(48) for _ in range(300)] + [secrets.token_hex(32) for _ in range(300)]

    assert {why_weak(key) for key in made} == {""}
    assert {why_weak(secrets.token_hex(16), OF_A_TOKEN) for _ in range(300)} == {""}
    assert {why_weak(secrets.token_urlsafe(12), OF_A_PASSWORD) for _ in range(300)} == {""}


def production(**environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` as production runs it, without a database that it could need."""
    given = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "true",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "desk.example.org",
        "DATABASE_URL": f"postgres://newsroom:{WORD}@127.0.0.1:1/newsroom",
        "SITE_URL": "https://desk.example.org",
        "BEHIND_PROXY": "true",
        "EMAIL_URL": "smtp+tls://desk:word@mail.example.org:587",
        **environment,
    }
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    return subprocess.run(command, cwd=ours.BASE_DIR, env=given, capture_output=True, text=True, timeout=300)


@pytest.mark.timeout(400)
def test_check_deploy_has_nothing_to_say_of_what_is_shipped_once_it_is_filled_in():
    checked = production(
        **shipped.environment(
            SECRET_KEY=KEY,
            DATABASE_URL=f"postgres://newsroom:{WORD}@127.0.0.1:5432/newsroom",
            EMAIL_URL=f"smtp+tls://desk:{WORD}@mail.example.org:587",
            METRICS_TOKEN=KEY,
        )
    )

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "System check identified no issues (1 silenced).\n"


@pytest.mark.timeout(400)
def test_production_does_not_start_with_what_is_shipped_and_with_what_is_for_tests():
    """Each is named, though another is wrong, too."""
    checked = production(**shipped.environment(), WEBHOOK_LOOPBACK="true", DEBUG="true")

    assert checked.returncode == 1
    named = [line.removeprefix("- ").split()[0].strip(":") for line in checked.stderr.splitlines() if line[:2] == "- "]
    placeholders = ["SECRET_KEY", "METRICS_TOKEN", "DATABASE_URL", "EMAIL_URL"]
    assert named == ["DEBUG", "WEBHOOK_LOOPBACK", *placeholders]


@pytest.mark.parametrize(
    ("is_production", "backend", "warned"),
    [
        (True, "console", ["newsroom.W001"]),
        (True, "dummy", ["newsroom.W001"]),
        (True, "smtp", []),
        (False, "console", []),
    ],
)
def test_check_deploy_warns_where_urgent_mail_would_reach_nobody(settings, is_production, backend, warned):
    settings.PRODUCTION = is_production
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"

    told = run_checks(tags=[Tags.security], include_deployment_checks=True)

    assert [warning.id for warning in told if warning.id.startswith("newsroom.")] == warned


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
        "DATABASE_URL": f"postgres://n:{WORD}@127.0.0.1:1/n",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }

    told = subprocess.run(
        [sys.executable, "-c", shown], cwd=ours.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300
    )

    assert told.stdout == "__Host-sessionid __Host-csrftoken True True True 31536000\n"
