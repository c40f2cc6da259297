"""Nothing that is not public stands anywhere. First comes what could leak, then every address is asked for it."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from articles import publishing, suggestions, workflow
from articles.models import Article, Image
from tests.desk import make_country
from tests.public_addresses import every_address

# Of every story: one word for each thing that it says, and a number that makes the word its own.
PLACES = ("headline", "slug", "standfirst", "body", "quote", "speaker", "role", "dateline", "alt", "caption", "credit")
ASKED = ("", "?q={word}", "?speaker={word}", "?country=NO&q={word}")


def words_of(number):
    return {place: f"{place}zq{number:02}xv" for place in PLACES}


def told_story(desk, number, country):
    """A draft in which every field that could be public has its word, with a confirmed quotation, a tag, a picture."""
    word = words_of(number)
    said = f"the {word['quote']} convoy leaves on Friday"
    article = desk.draft(
        f"Convoy {word['headline']}",
        slug=word["slug"],
        standfirst=f"It goes to {word['standfirst']}.",
        body=f"<p>At {word['body']} the general said “{said}”.</p>",
        dateline=word["dateline"],
        image=picture_of(number, word),
    )
    start = article.revision.text.index(said)
    suggestions.add_quote(
        article,
        start=start,
        end=start + len(said),
        by=desk.editor,
        speaker_name=f"General {word['speaker']}",
        speaker_as_written=word["speaker"],
        speaker_role=word["role"],
        speaker_kind="person",
        speaker_country=country.country_facts,
    )
    suggestions.add_tag(article, country, by=desk.editor, role="about")
    return desk.fresh(article)


def picture_of(number, word):
    content = io.BytesIO()
    Picture.new("RGB", (16, 9), (number, number, number)).save(content, "PNG")
    file = ContentFile(content.getvalue(), name=f"{number}.png")
    return Image.objects.create(file=file, alt=word["alt"], caption=word["caption"], credit=word["credit"])


def harmless(desk, article, number):
    """Save the story without its words."""
    for quote in article.quotes.all():
        suggestions.reject(quote, by=desk.editor)
    written = {"headline": f"Quiet {number}", "slug": f"quiet-{number}", "standfirst": "It goes.", "dateline": ""}
    return desk.save(article, body="<p>Nothing more.</p>", image=None, **written)


def stays_draft(desk, article, number):
    """As it is."""


def goes_to_review(desk, article, number):
    workflow.submit(article, by=desk.journalist)


def is_embargoed(desk, article, number):
    Article.objects.filter(pk=desk.approve_again(article).pk).update(embargo_until=timezone.now() + timedelta(days=1))


def is_scheduled(desk, article, number):
    publishing.schedule(desk.approve_again(article), by=desk.editor, publish_at=timezone.now() + timedelta(hours=1))


def is_spiked(desk, article, number):
    workflow.spike(article, by=desk.editor, reason="Not ours.")


def is_withdrawn(desk, article, number):
    publishing.publish(desk.approve_again(article), by=desk.editor)
    publishing.withdraw(article, by=desk.editor, reason="Too early.")


def is_killed(desk, article, number):
    publishing.publish(desk.approve_again(article), by=desk.editor)
    desk.kill(desk.fresh(article))


def is_sealed(desk, article, number):
    publishing.publish(desk.approve_again(article), by=desk.editor)
    harmless(desk, article, number)
    desk.approve_again(desk.fresh(article))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="We said too much.", seal=True)


def is_edited_after_publication(desk, article, number):
    """Live with harmless words, while the working copy holds its own."""
    written = {name: getattr(article, name) for name in ("headline", "slug", "standfirst", "body", "dateline", "image")}
    harmless(desk, article, number)
    publishing.publish(desk.approve_again(desk.fresh(article)), by=desk.editor)
    desk.save(article, **written)


FATES = (
    *(stays_draft, goes_to_review, is_embargoed, is_scheduled, is_spiked),
    *(is_withdrawn, is_killed, is_sealed, is_edited_after_publication),
)


@pytest.fixture
def hidden_stories(desk, norway, settings, tmp_path):
    """Thirty stories, the fates in turn; and a public one that would show each of them under Related News."""
    settings.MEDIA_ROOT = tmp_path
    stories = []
    for number in range(30):
        article = told_story(desk, number, norway)
        FATES[number % len(FATES)](desk, article, number)
        stories.append(article)
    neighbour = desk.draft("Harmless", related=[{"target": story} for story in stories])
    publishing.publish(desk.approve_again(neighbour), by=desk.editor)
    return stories


def all_that_is_said(response):
    """Everything that goes out: the first line, the headers, the body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}{body.decode(errors='replace')}".lower()


def leaks(client, addresses, words, **headers):
    """Where any of the words is said. What was asked is no leak, so an address goes without its own words."""
    found = {}
    for address in addresses:
        said = all_that_is_said(client.get(address, headers=headers)).replace(address.lower(), "")
        if leaked := [word for word in words if word in said and word not in address]:
            found[address] = leaked
    return found


def test_nothing_leaks_at_any_address(client, hidden_stories):
    words = [word for number in range(30) for word in words_of(number).values()]
    slugs = [words_of(number)["slug"] for number in range(30)]
    lists = ["/", "/quotes/", "/search/", "/search/suggest", "/api/v1/search", "/api/v1/quotes", "/api/v1/articles"]
    asked = [
        f"{address}{query.format(word=words_of(number)[place])}"
        for address in lists
        for query in ASKED
        for number, place in ((0, "headline"), (5, "quote"), (6, "speaker"), (7, "body"), (8, "standfirst"))
    ]

    assert leaks(client, dict.fromkeys([*every_address(guessed_slugs=slugs), *asked]), words) == {}


def test_pictures_of_hidden_stories_are_not_served(client, hidden_stories):
    files = [image.file.url for image in Image.objects.all()]

    assert len(files) == 30
    assert {client.get(file).status_code for file in files} == {404}


def test_the_words_would_be_seen_were_they_public(client, desk, norway, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    publishing.publish(desk.approve_again(told_story(desk, 1, norway)), by=desk.editor)
    words = words_of(1)

    seen = leaks(client, every_address(), words.values())

    assert {word for found in seen.values() for word in found} == set(words.values())
    shown_at = {"/", "/sections/sea/", "/quotes/", "/countries/norway/", "/feeds/all.atom", "/feeds/quotes.json"}
    assert shown_at <= set(seen)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [is_withdrawn, is_killed])
def test_what_was_kept_of_a_story_is_not_confirmed_once_it_is_gone(client, desk, settings, tmp_path, end):
    """With the validators that each answer had while the story was live. Real commits: they raise the number of the
    public's state."""
    settings.MEDIA_ROOT = tmp_path
    norway = make_country("NO", "Norway", "NOR", "578", ("Norwegian", "adjective"))
    article = told_story(desk, 1, norway)
    publishing.publish(desk.approve_again(article), by=desk.editor)
    words = list(words_of(1).values())
    held = {}
    for address in every_address():
        response = client.get(address)
        if any(word in all_that_is_said(response) for word in words) or address.startswith("/media/"):
            held[address] = response.headers.get("ETag"), response.headers.get("Last-Modified")
    assert {"/", "/feeds/all.rss", f"/news/{article.representation.path}/"} <= set(held)

    if end is is_killed:
        desk.kill(desk.fresh(article))
    else:
        publishing.withdraw(article, by=desk.editor, reason="Too early.")

    confirmed, leaking = [], []
    for address, (etag, _) in held.items():
        response = client.get(address, headers={"If-None-Match": etag} if etag else {})
        confirmed += [address] if response.status_code == 304 else []
        if any(
            word in all_that_is_said(response).replace(address.lower(), "") for word in words if word not in address
        ):
            leaking.append(address)
    assert (confirmed, leaking) == ([], [])
