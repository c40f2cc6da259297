"""One story goes the whole way in production: through nginx with TLS, on what docs/deployment/ ships."""

from __future__ import annotations

import json
import re
import time

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.chaos.browsing import JSON, form_on
from tests.production.journey import (
    PEOPLE,
    decide_all,
    make_key,
    press,
    schedule,
    send,
    set_up_second_factor,
    sign_in,
    upload,
    wait_until_live,
    wait_until_tagged,
    write,
)
from tests.production.site import HOST, METRICS_TOKEN, OneMachine, Site, production

pytestmark = pytest.mark.timeout(900)

NOTICE = "This story has been removed."
STATIC = re.compile(r'"(/static/[^"]+\.[0-9a-f]{12}\.(?:css|js))"')


def test_a_story_goes_the_whole_way_in_production() -> None:
    with production() as site:
        site.do(*PEOPLE)
        key = make_key(site)

        with site.client() as reporter:
            sign_in(reporter, "rita")
            assert reporter.get("/admin/").status_code == 200
            number = write(reporter)
            picture = upload(reporter)
            assert_the_desk_answers_what_is_too_long(reporter, number)
        wait_until_tagged(site, number)
        with site.client() as editor:
            sign_in(editor, "edda")
            set_up_second_factor(editor)
            decide_all(site, editor, number)
            schedule(editor, number)
        wait_until_live(site, number)

        address, story = assert_public(site, key)
        assert_the_front_door_keeps_the_rules(site, address, picture)
        assert_one_web_server_is_enough(site, address)
        assert_it_says_how_it_fares(site)
        with site.client() as chief:
            sign_in(chief, "carl")
            set_up_second_factor(chief)
            press(chief, number, "kill", reason="A court order.", public_note=NOTICE, confirmation="winter-route")
        assert_gone(site, address, story, key)


def assert_the_desk_answers_what_is_too_long(client: httpx.Client, number: int) -> None:
    """Nothing in front may refuse it first, in words of its own."""
    page = f"/admin/articles/article/{number}/change/"
    form = form_on(LexborHTMLParser(client.get(page).text))
    answer = send(client, page, form | {"body": [f"<p>{'word ' * 4_200_000}</p>"]}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "guard_failed"), answer.text[:2000]
    long = client.get(f"/api/v1/articles?q={'a' * 40_000}")
    assert (long.status_code, long.headers["content-type"]) == (414, "application/problem+json")


def assert_public(site: Site, key: str) -> tuple[str, str]:
    """On the page and in the API; the address of the one and the id in the other."""
    with site.client(Authorization=f"Bearer {key}") as partner:
        (told,) = partner.get("/api/v1/articles").json()["items"]
        story = partner.get(f"/api/v1/articles/{told['id']}").json()
    assert story["headline"] == "Winter route"
    assert "Norway" in {country["name"] for country in story["countries"]}
    assert story["url"].startswith(f"https://{HOST}/news/")
    with site.client() as stranger:
        assert stranger.get("/api/v1/articles").status_code == 401
        page = stranger.get(story["url"].removeprefix(f"https://{HOST}"))
    assert page.status_code == 200
    assert "Winter route" in page.text
    assert "set-cookie" not in page.headers
    return story["url"].removeprefix(f"https://{HOST}"), story["id"]


def assert_the_front_door_keeps_the_rules(site: OneMachine, address: str, picture: str) -> None:
    with site.client() as reader:
        page = reader.get(address)
        assert page.headers["content-encoding"] == "gzip"
        assert page.headers["strict-transport-security"].startswith("max-age=31536000")
        again = {"If-None-Match": page.headers["etag"]}
        assert reader.get(address, headers=again).status_code == 304
        assert reader.get("/", headers={"If-None-Match": reader.get("/").headers["etag"]}).status_code == 304
        # What a client says of the way it came is thrown away.
        assert reader.get(address, headers={"X-Forwarded-Proto": "http"}).status_code == 200
        assert reader.get(address, headers={"X-Forwarded-Host": "evil.example"}).status_code == 200
        assert reader.get(address, headers={"Host": "evil.example"}).status_code == 400
        # The picture is on the disk, and nobody outside the desk may have it.
        assert reader.get(picture).status_code == 404
        for name in set(STATIC.findall(page.text)):
            file = reader.get(name)
            assert (file.status_code, file.headers["content-encoding"]) == (200, "gzip"), name
            assert "immutable" in file.headers["cache-control"]
            plain = reader.get(re.sub(r"\.[0-9a-f]{12}", "", name))
            assert "immutable" not in plain.headers["cache-control"]
    moved = httpx.get(f"http://127.0.0.1:{site.http}{address}", headers={"Host": HOST})
    assert (moved.status_code, moved.headers["location"]) == (301, f"https://{HOST}{address}")
    assert httpx.get(f"http://127.0.0.1:{site.web_ports[0]}{address}", headers={"Host": HOST}).status_code == 301


def assert_one_web_server_is_enough(site: OneMachine, address: str) -> None:
    """One is killed and started again while a reader goes on reading."""
    site.machine.kill(f"web{site.web_ports[0]}")
    with site.client() as reader:
        assert {reader.get(address).status_code for _ in range(20)} == {200}
        site.machine.start_web(site.web_ports[0])
        until = time.monotonic() + 5
        while time.monotonic() < until:
            assert reader.get(address).status_code == 200


def assert_it_says_how_it_fares(site: Site) -> None:
    with site.client() as prober:
        ready = prober.get("/readyz")
        assert (ready.status_code, set(ready.json()["checks"].values())) == (200, {"ok"}), ready.text
        assert prober.get("/metrics").status_code == 404
    with site.client(Authorization=f"Bearer {METRICS_TOKEN}") as prometheus:
        read = prometheus.get("/metrics")
        assert (read.status_code, "newsroom_sweep_age_seconds" in read.text) == (200, True)


def assert_gone(site: Site, address: str, story: str, key: str) -> None:
    with site.client() as reader:
        page = reader.get(address)
        assert (page.status_code, "icebreaker" in page.text) == (410, False)
    with site.client(Authorization=f"Bearer {key}") as partner:
        assert partner.get(f"/api/v1/articles/{story}").status_code == 410
        changes = partner.get("/api/v1/changes").json()["items"]
    assert [change["action"] for change in changes] == ["upsert", "remove"], json.dumps(changes)
