"""What holds for every public page: headers, methods, hostile addresses."""

import pytest

PAGES = [
    *("/", "/sections/sea/", "/countries/", "/countries/norway/", "/entities/organisation/tides/"),
    *(
        "/quotes/",
        "/authors/",
        "/authors/ana-sample/",
        "/corrections/",
        "/about/",
        "/policies/naming/",
        "/news/{path}/",
    ),
]
HOSTILE = [
    "\x00",
    "a" * 10_000,
    "', 1); --",
    "مرحبا Привет 你好 ‮",
    "2026-11-16T07:40:00Z,99999999999999999999",
    "2026-13-45T99:99:99Z,1",
    "0000-00-00T00:00:00Z,0",
    "２０２６-11-16T07:40:00Z,１",
    "<script>alert(1)</script>",
    "",
]


@pytest.fixture
def site(client, tell, norway):
    """Every page has something to show; answers with the responses of all PAGES by their address."""
    tides = type(norway).objects.create(kind="organisation", name="Tides", slug="tides")
    article = tell(about=[norway, tides], speaker_country=norway.country_facts)

    def get_all(query=None, method="get"):
        addresses = [page.format(path=article.representation.path) for page in PAGES]
        return {address: getattr(client, method)(address, query) for address in addresses}

    return get_all


def each(responses, value):
    """The same expected value for every page, to compare in whole."""
    return dict.fromkeys(responses, value)


def without_data(response):
    """The page without the block of data that no browser runs."""
    return response.content.decode().replace('<script type="application/ld+json">', "")


def test_pages_set_no_cookie_and_vary_by_nothing(site):
    responses = site()

    seen = {
        address: (response.status_code, dict(response.cookies), "Vary" in response)
        for address, response in responses.items()
    }
    assert seen == each(responses, (200, {}, False))


def test_pages_hold_no_token_nonce_inline_style_or_script(site):
    responses = site()

    refused = ("csrf", "nonce", "<style", " style=", "<script", " onclick=")
    seen = {
        address: [
            word
            for word in refused
            if word in without_data(response) + response["Content-Security-Policy"].replace("<", "")
        ]
        for address, response in responses.items()
    }
    assert seen == each(responses, [])


def test_pages_are_cached_for_a_minute_at_most(site):
    responses = site()

    seen = {address: response["Cache-Control"] for address, response in responses.items()}
    assert seen == each(responses, "public, max-age=0, s-maxage=60")


def test_pages_unchanged_are_not_sent_again(site, client):
    responses = site()

    seen = {}
    for address, response in responses.items():
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        seen[address] = (again.status_code, again.content, again["Cache-Control"])
    assert seen == each(responses, (304, b"", "public, max-age=0, s-maxage=60"))


def test_pages_answer_head_and_refuse_post(site):
    heads, posts = site(method="head"), site(method="post")

    seen = {address: (head.status_code, head.content, posts[address].status_code) for address, head in heads.items()}
    assert seen == each(heads, (200, b"", 405))


def test_pages_survive_hostile_parameters(site):
    for value in HOSTILE:
        responses = site(dict.fromkeys(("before", "speaker", "country", "page"), value))

        seen = {
            address: response.status_code in (200, 404) and "<script>alert" not in response.content.decode()
            for address, response in responses.items()
        }
        assert seen == each(responses, True), value


@pytest.mark.parametrize(
    "address",
    [
        "/news/2026/11/\x00/",
        "/news/2026/1/x/",
        "/news/２０２６/11/x/",
        f"/countries/{'a' * 5000}/",
        "/quotes/not-a-uuid/",
    ],
)
def test_address_of_no_page_is_not_found(client, db, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_a_page_says_that_it_is_a_demonstration(client, db, settings):
    settings.DEMONSTRATION = True
    assert "quotations in these stories are invented" in client.get("/about/").content.decode()

    settings.DEMONSTRATION = False
    assert "invented" not in client.get("/about/").content.decode()


def test_a_fault_is_told_without_asking_the_database(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.views.about.furniture", lambda: 1 / 0)

    response = client.get("/about/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


@pytest.mark.parametrize("address", ["/nowhere/", "/news/2026/11/nowhere/"])
def test_not_found_offers_the_latest_stories(client, desk, address):
    desk.live("Some story")

    page = client.get(address).content.decode()

    assert "Some story</a>" in page


def test_gone_offers_the_latest_stories_and_not_itself(client, desk):
    killed = desk.killed("Killed story")
    desk.live("Some story")

    page = client.get(f"/news/{killed.addresses.get().path}/").content.decode()

    assert "Some story</a>" in page
    assert "Killed story" not in page


@pytest.mark.parametrize(
    "prefix", ["/", "/news/", "/sections/", "/countries/", "/entities/person/", "/quotes/", "/authors/"]
)
@pytest.mark.parametrize(
    "part", ["%00", "a" * 10_000, "%FF%FE", "%C3%28", "..%2f..%2fetc%2fpasswd", "%E2%80%AE", "'%22%3C"]
)
def test_hostile_address_is_not_found(client, db, prefix, part):
    response = client.get(f"{prefix}{part}/")

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_a_host_that_is_not_ours_is_told_so_without_the_database(client):
    response = client.get("/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "This address cannot be read" in response.content.decode()
