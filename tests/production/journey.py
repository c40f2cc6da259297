"""What people do at the desk of a production site, by its own forms and buttons."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from PIL import Image as Picture
from selectolax.lexbor import LexborHTMLParser

from tests.chaos.browsing import JSON, form_on
from tests.production.site import HOST, Site
from tests.services import wait_until

PASSWORD = "correct horse battery staple"
BODY = (
    "<p>“The northern route will stay open all winter,” Norwegian Defence Minister Ida Berg said in Oslo.</p>"
    f"<p>{'Norway and Finland had each promised an icebreaker. ' * 40}</p>"
)
PEOPLE = (
    "for name, group in (('rita', 'Reporter'), ('edda', 'Editor'), ('carl', 'Chief')):",
    f"    person = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True)",
    "    person.groups.add(Group.objects.get(name=group))",
    "Author.objects.create(slug='rita-holm', name='Rita Holm')",
)
SECURITY = "/admin/sign-in/security/"
# Takes the secret that somebody types who cannot scan: to-type">JBSWY3DPEHPK3PXP<
SECRET = re.compile(r'to-type">([A-Z2-7]+)<')


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


def wait_until_tagged(site: Site, number: int) -> None:
    """By a worker, told by Redis."""
    status = (
        "SELECT run.status FROM articles_taggingrun run JOIN articles_article story USING (revision_id) "
        f"WHERE story.id = {number}"
    )
    wait_until(lambda: site.ask(status) == "finished", what="a worker has tagged the story", seconds=60)


def wait_until_live(site: Site, number: int) -> None:
    """Beat, Redis and a worker do the rest."""
    state = f"SELECT pub_state FROM articles_article WHERE id = {number}"
    wait_until(lambda: site.ask(state) == "live", what="the clock has published the story", seconds=90)
