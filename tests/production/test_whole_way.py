"""One story goes the whole way in production: through nginx with TLS, on what docs/deployment/ ships."""

from __future__ import annotations

import io
import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from PIL import Image as Picture
from selectolax.lexbor import LexborHTMLParser

from tests.chaos.browsing import JSON, form_on
from tests.production.site import HOST, Site, production
from tests.services import wait_until

pytestmark = pytest.mark.timeout(900)

PASSWORD = "correct horse battery staple"
BODY = (
    "<p>“The northern route will stay open all winter,” Norwegian Defence Minister Ida Berg said in Oslo.</p>"
    f"<p>{'Norway and Finland had each promised an icebreaker. ' * 40}</p>"
)
PEOPLE = (
    "for name, group in (('rita', 'Reporter'), ('edda', 'Editor'), ('carl', 'Chief')):",
    f"    person = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True)",
    "    person.groups.add(Group.objects.get(name=group))",
)
NOTICE = "This story has been removed."
SECURITY = "/admin/sign-in/security/"
# Takes the secret that somebody types who cannot scan: to-type">JBSWY3DPEHPK3PXP<
SECRET = re.compile(r'to-type">([A-Z2-7]+)<')
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
        assert_tagged(site, number)
        with site.client() as editor:
            sign_in(editor, "edda")
            set_up_second_factor(editor)
            decide_all(site, editor, number)
            schedule(editor, number)
        assert_published_by_the_clock(site, number)

        address, story = assert_public(site, key)
        assert_the_front_door_keeps_the_rules(site, address, picture)
        assert_one_web_server_is_enough(site, address)
        assert_it_says_how_it_fares(site)
        with site.client() as chief:
            sign_in(chief, "carl")
            set_up_second_factor(chief)
            press(chief, number, "kill", reason="A court order.", public_note=NOTICE, confirmation="winter-route")
        assert_gone(site, address, story, key)


def make_key(site: Site) -> str:
    return site.do(
        "from newsroom.partners.keys import make_key",
        "from newsroom.partners.models import Partner",
        "print(make_key(Partner.objects.create(name='Nordic Wire'), by=None)[1].text)",
    )


def sign_in(client: httpx.Client, username: str) -> None:
    """On whatever page the desk leads to, by its own form."""
    page = client.get("/admin/", follow_redirects=True)
    form = next(form for form in LexborHTMLParser(page.text).css("form") if form.css_first("[type=password]"))
    sent = {
        field.attributes["name"]: field.attributes.get("value") or ""
        for field in form.css("input[name]")
        if field.attributes.get("type") not in ("checkbox", "submit")
    }
    password = form.css_first("[type=password]").attributes["name"]
    name = next(field for field in sent if field in ("username", "login"))
    path = form.attributes.get("action") or str(page.url.raw_path, "ascii")
    answer = client.post(path, data=sent | {name: username, password: PASSWORD})
    assert answer.status_code == 302, answer.text[:2000]
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in cookie and cookie.startswith("__Host-") for cookie in cookies)


def set_up_second_factor(client: httpx.Client) -> None:
    """Who may publish or kill is led to it, and gets nothing else before."""
    led = client.get("/admin/articles/article/", follow_redirects=True)
    assert (led.url.path, "Your role needs a second factor" in led.text) == (SECURITY, True)
    found = SECRET.search(client.get(f"{SECURITY}app/").text)
    assert found
    code = format_hotp_value(hotp_value(found[1], int(time.time()) // 30))
    answer = send(client, f"{SECURITY}app/", {"code": code})
    assert answer.status_code == 302, answer.text[:2000]
    assert client.get("/admin/").status_code == 200


def press(client: httpx.Client, number: int, verb: str, **said: str) -> None:
    """The button of a verb, by its page."""
    answer = send(client, f"/admin/articles/article/{number}/verb/{verb}/", said)
    assert answer.status_code == 302, answer.text[:4000]


def write(client: httpx.Client) -> int:
    """A story, saved by the form of its page and submitted; its number."""
    client.get("/admin/articles/article/add/")
    page = str(send(client, "/admin/articles/article/add/").headers["location"])
    opened = LexborHTMLParser(client.get(page).text)
    section = next(filter(None, (each.attributes["value"] for each in opened.css("[name=section] option"))))
    author = opened.css_first("[name=authors]").attributes["value"]
    words = {"headline": ["Winter route"], "standfirst": ["Two icebreakers."], "body": [BODY]}
    saved = send(client, page, form_on(opened) | words | {"section": [section], "authors": [author]}, **JSON)
    assert saved.status_code == 200, saved.text[:2000]
    number = int(page.split("/")[-3])
    assert send(client, f"/admin/articles/article/{number}/verb/submit/").status_code == 302
    return number


def send(client: httpx.Client, path: str, data: Any = None, files: Any = None, **headers: str) -> httpx.Response:
    token = {"X-CSRFToken": client.cookies["__Host-csrftoken"], "Origin": f"https://{HOST}"}
    return client.post(path, data=data, files=files, headers=token | headers)


def upload(client: httpx.Client) -> str:
    """A picture that no live story shows; its address."""
    drawn = io.BytesIO()
    Picture.new("RGB", (640, 480), (10, 60, 90)).save(drawn, "PNG")
    files = {"file": ("sea.png", drawn.getvalue(), "image/png")}
    answer = send(client, "/admin/articles/image/upload/", {"alt": "The sea"}, files)
    assert answer.status_code == 201, answer.text[:2000]
    address = str(answer.json()["picture"]["url"])
    assert client.get(address).status_code == 200
    return address


def assert_the_desk_answers_what_is_too_long(client: httpx.Client, number: int) -> None:
    """Nothing in front may refuse it first, in words of its own."""
    page = f"/admin/articles/article/{number}/change/"
    form = form_on(LexborHTMLParser(client.get(page).text))
    answer = send(client, page, form | {"body": [f"<p>{'word ' * 4_200_000}</p>"]}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "guard_failed"), answer.text[:2000]
    long = client.get(f"/api/v1/articles?q={'a' * 40_000}")
    assert (long.status_code, long.headers["content-type"]) == (414, "application/problem+json")


def assert_tagged(site: Site, number: int) -> None:
    """By a worker, told by Redis."""
    status = (
        "SELECT run.status FROM articles_taggingrun run JOIN articles_article story USING (revision_id) "
        f"WHERE story.id = {number}"
    )
    wait_until(lambda: site.ask(status) == "finished", what="a worker has tagged the story", seconds=60)


def decide_all(site: Site, client: httpx.Client, number: int) -> None:
    """Every proposal confirmed, one by one."""
    for kind in ("tag", "quote"):
        undecided = f"FROM articles_{kind} WHERE article_id = {number} AND verdict = 'proposed'"
        rows = str(site.ask(f"SELECT string_agg(id::text, ' ') {undecided}") or "").split()
        assert rows, f"The tagger has proposed no {kind}."
        for row in rows:
            answer = send(client, f"/admin/articles/article/{number}/proposals/{kind}/{row}/confirm/", **JSON)
            assert answer.status_code == 200, answer.text[:2000]


def schedule(client: httpx.Client, number: int) -> None:
    """Approved and put on the schedule."""
    press(client, number, "approve", is_confirmed="on")
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=10)
    press(client, number, "schedule", publish_at=at.isoformat())


def assert_published_by_the_clock(site: Site, number: int) -> None:
    """Beat, Redis and a worker do the rest."""
    state = f"SELECT pub_state FROM articles_article WHERE id = {number}"
    wait_until(lambda: site.ask(state) == "live", what="the clock has published the story", seconds=90)


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


def assert_the_front_door_keeps_the_rules(site: Site, address: str, picture: str) -> None:
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


def assert_one_web_server_is_enough(site: Site, address: str) -> None:
    """One is killed and started again while a reader goes on reading."""
    site.kill(f"web{site.web_ports[0]}")
    with site.client() as reader:
        assert {reader.get(address).status_code for _ in range(20)} == {200}
        site.start_web(site.web_ports[0])
        until = time.monotonic() + 5
        while time.monotonic() < until:
            assert reader.get(address).status_code == 200


def assert_it_says_how_it_fares(site: Site) -> None:
    with site.client() as prober:
        ready = prober.get("/readyz")
        assert (ready.status_code, set(ready.json()["checks"].values())) == (200, {"ok"}), ready.text
        # Nobody was given the token.
        assert prober.get("/metrics").status_code == 404


def assert_gone(site: Site, address: str, story: str, key: str) -> None:
    with site.client() as reader:
        page = reader.get(address)
        assert (page.status_code, "icebreaker" in page.text) == (410, False)
    with site.client(Authorization=f"Bearer {key}") as partner:
        assert partner.get(f"/api/v1/articles/{story}").status_code == 410
        changes = partner.get("/api/v1/changes").json()["items"]
    assert [change["action"] for change in changes] == ["upsert", "remove"], json.dumps(changes)
