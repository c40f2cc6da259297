"""Two machines for the web and two for the work, behind one database that speaks TLS and one broker with a password:
any of them may go away, and all of them say the same."""

from __future__ import annotations

import re

import httpx
import psycopg
import pytest
import redis

from tests.production.journey import (
    PEOPLE,
    decide_all,
    make_key,
    press,
    schedule,
    set_up_second_factor,
    sign_in,
    upload,
    wait_until_live,
    wait_until_tagged,
    write,
)
from tests.production.machine import Machine
from tests.production.site import SeveralMachines, several_machines
from tests.purged_cache import Cache
from tests.services import wait_until

pytestmark = pytest.mark.timeout(900)

NOTICE = "This story has been removed."


def test_machines_stand_in_for_each_other() -> None:
    with Cache() as cache, several_machines(purged=cache.url) as site:
        anna, (carl, dora) = site.web[0], site.work
        site.do(*PEOPLE)
        key = make_key(site)
        assert_nobody_gets_in_by_another_way(site)
        with site.client() as reporter, site.client() as editor:
            sign_in(reporter, "rita")
            sign_in(editor, "edda")
            set_up_second_factor(editor)
            assert_both_know_who_signed_in(site, reporter)

            carl.lose_power()
            number = write(reporter)
            wait_until_tagged(site, number)
            carl.start_worker(1)
            carl.start_unit("sender", "newsroom-sender.service")
            dora.kill("worker1")
            another = write(reporter)
            wait_until_tagged(site, another)

            anna.kill(f"web{site.web_port}")
            # Readers notice nothing; what somebody sends while nginx finds out is not sent twice, and might fail.
            assert [reporter.get("/").status_code for _ in range(8)] == [200] * 8
            decide_all(site, editor, number)
            schedule(editor, number)
            wait_until_live(site, number)
            anna.start_web(site.web_port)
            wait_until(lambda: answers(site, anna), what="the web server of anna answers again")

        address, story = assert_all_say_the_same(site, key)
        # For the first time, when nobody knows what it holds, of everything.
        assert_the_cache_was_told(cache, "site")
        with site.client() as chief:
            sign_in(chief, "carl")
            set_up_second_factor(chief)
            press(chief, number, "kill", reason="A court order.", public_note=NOTICE, confirmation="winter-route")
        assert_gone_everywhere(site, address, story, key)
        assert_the_cache_was_told(cache, f"story-{address.removeprefix('/news/').rstrip('/')}")


def assert_nobody_gets_in_by_another_way(site: SeveralMachines) -> None:
    """Not into the database without TLS, nor to the broker without its password, nor to a web server from outside."""
    anna = site.web[0]
    plain = anna.environment["DATABASE_URL"].split("?")[0] + "?sslmode=disable"
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(plain)
    told = site.ask(
        "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE NOT ssl AND usename <> ''"
    )
    assert told == 0
    broker = redis.Redis.from_url(re.sub(r"//.*@", "//", anna.environment["CELERY_BROKER_URL"]))
    with pytest.raises(redis.AuthenticationError):
        broker.ping()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{site.web_port}/healthz")


def assert_both_know_who_signed_in(site: SeveralMachines, reporter: httpx.Client) -> None:
    """A sign-in and a picture of one machine are there on the other."""
    picture = upload(reporter)
    for machine in site.web:
        with site.behind(machine, reporter.cookies) as client:
            assert client.get("/admin/").status_code == 200, machine.name
            assert client.get(picture).headers["content-type"].startswith("image/"), machine.name
        with site.behind(machine) as stranger:
            assert stranger.get("/admin/").status_code == 302, machine.name


def answers(site: SeveralMachines, machine: Machine) -> bool:
    try:
        with site.behind(machine) as client:
            return client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def assert_all_say_the_same(site: SeveralMachines, key: str) -> tuple[str, str]:
    """Pages and the API, byte by byte; the address of the story and its id."""
    said = []
    for machine in site.web:
        with site.behind(machine) as reader:
            partner = {"Authorization": f"Bearer {key}"}
            (told,) = reader.get("/api/v1/articles", headers=partner).json()["items"]
            path = "/" + told["url"].split("/", 3)[3]
            article = reader.get(f"/api/v1/articles/{told['id']}", headers=partner)
            page, front = reader.get(path), reader.get("/")
            assert ("icebreaker" in page.text, "Winter route" in front.text) == (True, True), machine.name
            said.append((path, told["id"], article.content, article.headers["etag"], page.headers["etag"]))
    assert said[0] == said[1]
    return said[0][:2]


def assert_the_cache_was_told(cache: Cache, key: str) -> None:
    """By a worker of whichever machine."""
    wait_until(lambda: key in cache.keys, what=f"the cache was told to let go of {key}")


def assert_gone_everywhere(site: SeveralMachines, address: str, story: str, key: str) -> None:
    """At once, though each web server has kept the page that it gave out before."""
    for machine in site.web:
        with site.behind(machine) as reader:
            page = reader.get(address)
            assert (page.status_code, "icebreaker" in page.text) == (410, False), machine.name
            assert "Winter route" not in reader.get("/").text, machine.name
            partner = {"Authorization": f"Bearer {key}"}
            assert reader.get(f"/api/v1/articles/{story}", headers=partner).status_code == 410, machine.name
            changes = reader.get("/api/v1/changes", headers=partner).json()["items"]
            assert [change["action"] for change in changes] == ["upsert", "remove"], machine.name
