"""The examples of docs/partner-api.md can be typed as they stand, there is one for each operation, and what they are
said to answer is what they answer."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from articles.publishing import publish
from articles.storylines import add_story, make_storyline
from articles.suggestions import add_quote, add_tag
from entities.models import Entity, Kind
from newsroom.api.problems import PROBLEMS
from newsroom.api.views import description
from newsroom.partners.webhooks.challenging import challenge
from newsroom.partners.webhooks.endpoints import make_endpoint
from tests.desk import make_country
from tests.webhooks import tell

GUIDE = settings.BASE_DIR / "docs" / "partner-api.md"
TEXT = GUIDE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^ {4}(curl .*)$", TEXT, re.MULTILINE)
# An example with the JSON that the guide shows as its answer, or as an item of it.
ANSWERED = re.findall(r"^ {4}(curl [^\n]*)\n\n```json\n(.+?)\n```$", TEXT, re.MULTILINE | re.DOTALL)
ADDRESS, BODY = re.compile(r"'http://127\.0\.0\.1:8000(.+?)'"), re.compile(r"--json '(.+?)'")
# What stands in the examples, and has other ids here than on a demonstration.
STORY, SLUG = "13afd575-675c-4050-be2e-1cce9a1f246d", "northern-lantern-ends-41-faults"
ENTITY = "0b60afd7-7b44-5f07-b7df-ad57f33d7731"
STORYLINE = "fb706d65-3c87-49c5-aec5-eb21c9f6d39a"
# Examples that show an error, or name a position that only the demonstration has.
OTHER_THAN_200 = {
    "/api/v1/articles?page_size=500": 400,
    f"/api/v1/articles/by-slug/{SLUG}": 307,
    "/api/v1/changes?after=7c93761893f04d9da2706019391df71f.0.53": 409,
    # The number of a kill in the example's feed, not in the test's.
    "/api/v1/acknowledgements": 400,
    "/api/v1/webhooks/endpoints": 201,
    # Whoever types it has an id.
    "/api/v1/webhooks/endpoints/{id}/enable": 404,
}


@pytest.fixture
def places(desk, norway, settings) -> dict[str, str]:
    """A story with all that examples ask for, and what stands for their ids."""
    for code, name, alpha3, numeric in (
        ("CN", "China", "CHN", "156"),
        ("DE", "Germany", "DEU", "276"),
        ("RU", "Russia", "RUS", "643"),
        ("TW", "Taiwan", "TWN", "158"),
    ):
        make_country(code, name, alpha3, numeric)
    alliance = Entity.objects.create(kind=Kind.ALLIANCE, name="The Alliance", slug="alliance")
    article = desk.approved(
        "What nine armies learned in the snow",
        body="<p>“I asked for forty and they found one more,” the frigate’s captain said.</p>",
        slug=SLUG,
    )
    words = article.revision.text
    start = words.index("I asked")
    speaker = {"speaker_name": "Odd-Arne Fjeldstad", "speaker_kind": "person"}
    add_quote(article, start=start, end=words.index("”"), by=desk.editor, **speaker)
    for entity in (Entity.objects.get(name="China"), norway, alliance):
        add_tag(article, entity, by=desk.editor, role="about")
    publish(article, by=desk.editor)
    storyline = make_storyline(by=desk.editor, title="Northern Lantern", is_public=True)
    add_story(storyline, article, by=desk.editor, note="How it ended.")
    return {
        STORY: str(article.uuid),
        SLUG: desk.fresh(article).edition.slug,
        ENTITY: str(alliance.uuid),
        STORYLINE: str(storyline.uuid),
    }


def ask(example: str, places: dict[str, str], keys: Any) -> Any:
    client = keys.client() if "-H 'Authorization: Bearer nrk_live_…'" in example else Client()
    address, body = ADDRESS.search(example)[1], BODY.search(example)
    for shown, real in places.items():
        address = address.replace(shown, real)
    return client.post(address, body[1], content_type="application/json") if body else client.get(address)


def is_of_webhooks(text: str) -> bool:
    """Their operations stand in a table of their own, and what they answer in tests/newsroom/partners/."""
    return "/webhooks/" in text


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_understood(example, places, keys):
    answer = ask(example, places, keys)

    assert answer.status_code == OTHER_THAN_200.get(ADDRESS.search(example)[1], 200), answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("example", "shown"),
    # What is sent is answered below, with a kill.
    [(example, shown) for example, shown in ANSWERED if not is_of_webhooks(example) and "--json" not in example],
)
def test_what_is_shown_is_what_is_answered(example, shown, places, keys, numbered):
    numbered()
    if "/changes" in example:
        example = re.sub(r"\?after=[^']*", "", example)

    answer = ask(example, places, keys).json()

    document = json.loads(shown)
    if "items" in answer and "items" not in document:
        answer = answer["items"][0]
    assert_has(answer, document)


def assert_has(answer: Any, shown: Any, where: str = "") -> None:
    """Every member that the guide shows is in the answer; “…” stands for those it leaves out."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            if name != "…":
                assert name in answer, f"{where}/{name}"
                assert_has(answer[name], value, f"{where}/{name}")
    elif isinstance(shown, list) and shown and answer:
        assert_has(answer[0], shown[0], where)


def test_every_operation_has_an_example():
    patterns = {
        (method, path): re.compile(re.sub(r"\\{\w+\\}", "[^/?]+", re.escape(path)) + r"(\?|$)")
        for path, methods in json.loads(description())["paths"].items()
        for method in methods
        if not is_of_webhooks(f"{path}/")
    }
    shown = [("post" if BODY.search(example) else "get", ADDRESS.search(example)[1]) for example in EXAMPLES]

    lacking = [
        f"{method.upper()} {path}"
        for (method, path), pattern in patterns.items()
        if not any(asked == method and pattern.match(address) for asked, address in shown)
    ]

    assert lacking == []


def test_every_parameter_of_articles_is_explained():
    parameters = json.loads(description())["paths"]["/api/v1/articles"]["get"]["parameters"]

    assert [entry["name"] for entry in parameters if f"`{entry['name']}" not in TEXT] == []


def test_every_problem_is_listed():
    listed = re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| `[a-z-]+`.*\| \d{3} \|", TEXT, re.MULTILINE)))

    assert sorted(listed) == sorted(problem.slug for problem in PROBLEMS)


@pytest.mark.django_db
def test_example_of_a_confirmation_is_the_answer_of_one(desk, keys, numbered):
    """The guide's own body, with the number of a kill that there is."""
    kill = desk.killed()
    numbered()
    body = BODY.search(next(example for example in EXAMPLES if "acknowledgements" in example))[1]
    sent = json.loads(body) | {"sequence": kill.changes.get(kind="kill").sequence}

    answer = keys.client().post("/api/v1/acknowledgements", sent, content_type="application/json")

    shown = re.search(r'^\{"sequence": 118.*\}$', TEXT, re.MULTILINE)
    assert (answer.status_code, answer.json().keys()) == (201, json.loads(shown[0]).keys())


@pytest.mark.django_db
def test_recipe_of_a_receiver_answers_the_challenge_and_takes_a_kill(desk, numbered, receiver, keys):
    """The guide's Python as it stands, on what is really sent."""
    code = re.search(
        r"```python\n(import json\n\nfrom standardwebhooks.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    remembered = {}
    recipe = {"remember": remembered.__setitem__}
    exec(code[1], recipe)

    def take(received):
        status, body = recipe["receive"](received.body, received.headers)
        return status, body.encode()

    receiver.take = take
    endpoint, recipe["SECRET"] = make_endpoint(keys.make()[0], url=receiver.url())
    answered = challenge(endpoint.pk)
    desk.kill(desk.live())
    numbered()
    tell(endpoint)
    recipe["SECRET"] = "whsec_b3RoZXIgc2VjcmV0IG9mIG90aGVycw=="
    forged, _ = recipe["receive"](
        b"{}", {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,eA=="}
    )

    assert answered.is_success
    assert [message["data"]["reason"] for message in remembered.values()] == ["killed", None]
    assert forged == 401


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_helper_for_javascript_finds_the_words_that_python_finds(page):
    """As it stands in the guide, in the engine of a browser."""
    helper = re.search(r"```js\n(function utf16.+?\n\})\n", TEXT, re.DOTALL)[1]
    text = "Ωμ 🛩️ said: “Go 🇳🇴 now”, e\u0301 and 𝒜 – 你好."
    spans = [[start, end] for start in range(len(text)) for end in range(start + 1, len(text) + 1)]

    found = page.evaluate(
        "([helper, text, spans]) => { const utf16 = new Function(`${helper}; return utf16`)();"
        " return spans.map(([start, end]) => text.slice(utf16(text, start), utf16(text, end))); }",
        [helper, text, spans],
    )

    assert found == [text[start:end] for start, end in spans]
