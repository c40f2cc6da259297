"""A preview is what readers would get, with what is typed now; and it writes nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import proposing, publishing, suggestions
from articles.models import Image, Representation
from articles.previews import preview_of
from articles.views.preview import page_context
from entities.models import Entity, Kind

WORDS = "The whole fleet will return to port by Friday at the latest."
BODY = f"<p>“{WORDS}”, said Ana Sample.</p><p>Norway waits.</p>"


@pytest.fixture
def draft(desk, norway):
    article = desk.draft(body=BODY)
    suggestions.add_quote(
        article,
        start=1,
        end=1 + len(WORDS),
        by=desk.editor,
        kind="direct",
        speaker_name="Ana Sample",
        speaker_as_written="Ana Sample",
        speaker_kind="person",
    )
    proposing.suggest(article.revision_id)
    suggestions.add_tag(article, norway, by=desk.editor, role="about")
    return desk.fresh(article)


def middle(html: str) -> str:
    """Without what tells when: the stamps and the number of the version."""
    html = re.sub(r"(?s)<p class=\"(stamps|version-note)\">.*?</p>", "", html)
    return re.sub(r"\s+", " ", html)


def test_preview_is_the_page_that_publication_makes(desk, draft):
    shown = preview_of(draft)

    publishing.publish(desk.approve_again(draft), by=desk.editor)

    published = Representation.objects.get(article=draft)
    assert middle(shown.story.html) == middle(published.html)
    assert shown.story.card == published.card
    assert 'class="quotation"' in shown.story.html
    assert "/countries/norway/" in shown.story.html


def test_preview_shows_what_is_typed_and_keeps_what_still_stands(desk, draft):
    typed = {"headline": "Typed  now", "body": BODY.replace("<p>“", "<p>New words. “") + "<p>Typed.</p>"}

    html = preview_of(draft, typed).story.html

    assert ("Typed now" in html, "<p" in html, "Typed.</p>" in html) == (True, True, True)
    assert f'">{WORDS}</mark>' in html


def test_preview_leaves_out_a_quotation_whose_words_were_changed(desk, draft):
    html = preview_of(draft, {"body": BODY.replace("by Friday", "by Sunday")}).story.html

    assert 'class="quotation"' not in html


def test_preview_follows_a_name_that_moved_in_its_block(desk, draft):
    blocks = draft.revision.blocks
    body = f'<p data-block="{blocks[0]["id"]}">Short.</p><p data-block="{blocks[1]["id"]}">Still, Norway waits.</p>'

    assert '<a class="name" href="/countries/norway/">Norway</a>' in preview_of(draft, {"body": body}).story.html


def test_preview_shows_no_proposal_that_nobody_confirmed(desk, norway):
    article = desk.draft(body=f"<p>“{WORDS}”, said Captain Ida Berg in Norway.</p>")
    proposing.suggest(article.revision_id)
    assert article.quotes.exists()

    assert 'class="quotation"' not in preview_of(desk.fresh(article)).story.html


def test_preview_of_an_empty_story_is_a_page(desk, journalist):
    article = desk.draft("", standfirst="", body="", section=None, authors=[])

    story = preview_of(article).story

    assert "Untitled story" in story.html
    assert "No section yet" in story.html


def test_preview_shows_related_news_as_typed(desk):
    live, hidden = desk.live("Live story"), desk.draft("Secret draft")
    article = desk.draft("Own", related=[{"title": "Old title"}])
    entries = [{"target": live}, {"target": hidden}, {"title": "Elsewhere", "url": "https://example.org/"}]

    story = preview_of(article, {"related": entries}).story

    assert [entry["headline"] for entry in story.related] == ["Live story", "Elsewhere"]
    assert [entry["headline"] for entry in preview_of(article).story.related] == ["Old title"]


def test_preview_leaves_out_an_expired_picture(desk):
    (image,) = Image.objects.bulk_create(
        [
            Image(
                sha256="a" * 64,
                file="images/aa/a.webp",
                width=16,
                height=9,
                alt="A",
                credit="Us",
                expires_on="2020-01-02",
            )
        ]
    )
    body = f'<p>Text.</p><figure><img src="{image.file.url}" alt="A"></figure>'

    assert "a.webp" not in preview_of(desk.draft(body=body, image=image)).story.html


def test_preview_writes_nothing(desk, draft):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        preview_of(draft, {"headline": "Typed", "body": "<p>Typed.</p>"})

    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "WITH"}
    assert not any(word in query["sql"] for query in queries for word in ("INSERT INTO", "UPDATE ", "DELETE FROM"))


@pytest.mark.parametrize("number", [1, 5])
def test_preview_asks_the_same_number_of_questions(desk, number, django_assert_max_num_queries):
    others = [desk.live(f"Story {place}") for place in range(number)]
    article = desk.draft("Own", related=[{"target": other} for other in others])

    with django_assert_max_num_queries(13):
        preview_of(article)


def test_preview_shows_who_is_quoted_and_the_story_so_far(desk, draft, norway):
    earlier = desk.live("The fleet sails")
    article = desk.save(draft, related=[{"target": earlier}])
    lantern = Entity.objects.create(kind=Kind.EXERCISE, name="Lantern", slug="lantern")
    for story in (article, before := desk.draft("Lantern begins")):
        suggestions.add_tag(story, lantern, by=desk.editor, role="about")
    publishing.publish(desk.approve_again(before), by=desk.editor)

    context = page_context(preview_of(desk.fresh(article)))

    assert [(speaker["name"], speaker["count"]) for speaker in context["speakers"]] == [("Ana Sample", 1)]
    assert [story.headline for story in context["story_so_far"].before] == ["Lantern begins"]


def test_preview_names_no_earlier_story_that_was_taken_down(desk, draft):
    lantern = Entity.objects.create(kind=Kind.EXERCISE, name="Lantern", slug="lantern")
    for story in (draft, before := desk.draft("Lantern begins")):
        suggestions.add_tag(story, lantern, by=desk.editor, role="about")
    publishing.publish(desk.approve_again(before), by=desk.editor)
    desk.kill(desk.fresh(before))

    assert page_context(preview_of(desk.fresh(draft)))["story_so_far"] is None
