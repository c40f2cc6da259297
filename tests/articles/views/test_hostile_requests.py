"""Whatever is asked at a public address, in whatever way: a right answer, never an error of ours.

The addresses are walked out of the map of the site, so a new page is asked by itself.
"""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from entities.models import Entity
from tests.public_addresses import every_address

# 401 is the answer where only partners with a key may ask.
RIGHT = {200, 301, 302, 304, 307, 400, 401, 404, 405, 406, 410, 412, 414, 416, 431}
PARAMETERS = (
    *("q", "before", "speaker", "country", "entity", "page", "since", "said_from", "said_to", "cursor", "page_size"),
    *("after", "order", "section", "kind", "fields", "format", "published_from", "limit", "organisation", "sort"),
)
HOSTILE = (
    *(
        "\x00",
        "a\x00b",
        "a" * 10_000,
        "', 1); DROP TABLE x; --",
        "<script>alert(1)</script>",
        "‮abc",
        "مرحبا Привет 你好",
    ),
    *("9" * 400, "-1", "0", "1e309", "NaN", "２０２６-11-16", "2026-13-45", "0000-00-00T00:00:00Z,0", "\ud800"),
    *("2026-11-16T07:40:00Z,99999999999999999999", "9999-12-31T23:59:59Z,1", "0001-01-01T00:00:00Z,1", "%", "%zz"),
    *('"', "\\", "{{ 7*7 }}", "../../etc/passwd", "\r\nSet-Cookie: a=b", "|&!():*", "'", "*", ""),
)
HEADERS = (
    {"If-None-Match": '"'},
    {"If-None-Match": '"\x01", W/, ***'},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "not a day"},
    {"If-Modified-Since": "Thu, 99 Foo 9999 99:99:99 GMT"},
    {"If-Match": '"x"', "Range": "bytes=5-1,,x"},
    {"Range": "bytes=99999999999999999999-"},
    {"Accept": "a" * 9_000},
    {"Accept": "*/*;q=x, ///"},
    {"Accept-Language": "xx-\u00e4\u00f6", "Accept-Encoding": "gzip;q=9"},
    {"Cookie": "sessionid=\x00; csrftoken=<script>"},
    {"X-Forwarded-Proto": "gopher", "X-Forwarded-For": "' OR 1=1"},
    {"X-Requested-With": "\u0000", "Content-Type": "multipart/form-data; boundary="},
)


@pytest.fixture
def addresses(tell, norway, picture, settings):
    # So many requests at once would be throttled.
    settings.API_ANONYMOUS_PER_MINUTE = 0
    tides = Entity.objects.create(kind="organisation", name="Tides", slug="tides")
    tell(about=[norway, tides], speaker_country=norway.country_facts, image=picture)
    return every_address()


def answer_of(client, address, method="get", **more):
    response = getattr(client, method)(address, **more)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    # JSON and plain text may say again what was asked: nobody reads them as a page.
    is_page = not any(kind in response.headers.get("Content-Type", "") for kind in ("json", "text/plain"))
    assert is_page or response["X-Content-Type-Options"] == "nosniff"
    return response.status_code, body if is_page else b""


def escaped(text):
    """Percent escapes of anything, lone surrogates too."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def wrong(client, requests):
    """Requests that were not answered rightly; a script that was sent must not come back as one."""
    found = []
    for address, method, more in requests:
        try:
            status, body = answer_of(client, address, method, **more)
        except Exception as error:
            found.append((address[:200], method, repr(error)[:200]))
            continue
        if status not in RIGHT or b"<script>alert(1)" in body:
            found.append((address[:200], method, status))
    return found


def test_every_address_answers_every_hostile_value(client, addresses):
    """Each value in all parameters at once, and in one alone, in turn, which reaches what refuses others first."""
    requests = []
    for number, value in enumerate(HOSTILE):
        written = escaped(value)
        together = "&".join(f"{name}={written}" for name in PARAMETERS)
        for place, address in enumerate(addresses):
            alone = PARAMETERS[(number + place) % len(PARAMETERS)]
            requests += [(f"{address}?{together}", "get", {}), (f"{address}?{alone}={written}", "get", {})]

    assert wrong(client, requests[:: max(1, len(requests) // 1_200)]) == []


def test_every_address_answers_a_flood_and_bad_escapes(client, addresses):
    flood = "&".join(f"p{number}=x" for number in range(300))
    queries = (flood, "q=%ff%fe", "%00=%00", "=&&==&q", "q=%u0041", "before=" + "%2C" * 3_000)

    assert wrong(client, [(f"{address}?{query}", "get", {}) for address in addresses for query in queries]) == []


def test_every_address_answers_every_hostile_header(client, addresses):
    requests = [
        (address, "get", {"headers": headers})
        for place, address in enumerate(addresses)
        for headers in (HEADERS[place % len(HEADERS)], HEADERS[(place + 5) % len(HEADERS)])
    ]

    assert wrong(client, requests) == []


def test_every_address_refuses_to_be_written_to(client, addresses):
    """A door that takes what readers write, such as reports of errors, says so by not being read in this way."""
    methods = ("put", "delete", "patch", "options")
    requests = [(address, methods[place % 4], {}) for place, address in enumerate(addresses)]

    assert wrong(client, [(address, method, more) for address, method, more in requests]) == []


@pytest.mark.parametrize("tail", ["%00", "%ff", "a" * 9_000, "%2e%2e/%2e%2e/", "<script>alert(1)</script>", "‮", "/"])
def test_every_address_with_a_hostile_end_is_no_error(client, addresses, tail):
    places = sorted({f"{address.rstrip('/')}{tail}" for address in addresses})

    assert wrong(client, [(address, "get", {}) for address in places[::3]]) == []


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_request_has_a_right_answer(addresses, data):
    address = data.draw(st.sampled_from(addresses))
    text = st.text(max_size=60)
    query = data.draw(st.dictionaries(st.sampled_from(PARAMETERS) | text, st.sampled_from(HOSTILE) | text, max_size=5))
    written = "&".join(f"{escaped(name)}={escaped(value)}" for name, value in query.items())
    tail = escaped(data.draw(st.sampled_from(["", "", ""]) | text))

    assert wrong(Client(), [(f"{address}{tail}?{written}", data.draw(st.sampled_from(["get", "head"])), {})]) == []
