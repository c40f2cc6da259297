import pytest

from articles import publishing, suggestions
from articles.page_marks import choose_pull_quote, split_after, spoken_words


def spoken(text, *, kind="direct", name="Ana Sample", speaker_kind="person", identifier="1"):
    return {"id": identifier, "kind": kind, "text": text, "speaker": {"name": name, "kind": speaker_kind}}


GOOD = "The fleet will return to port by Friday, whatever the weather does."


def test_choose_pull_quote_takes_the_desks_choice():
    quotes = [spoken(GOOD), spoken("Short.", identifier="2")]

    assert choose_pull_quote(quotes, chosen={"2"}) == quotes[1]


@pytest.mark.parametrize(
    "quote",
    [
        spoken("Too short."),
        spoken(GOOD * 4),
        spoken(GOOD, kind="partial"),
        spoken(GOOD, name=""),
        spoken(GOOD, speaker_kind="unnamed"),
        spoken(f"{GOOD}\n\nAnd on."),
    ],
)
def test_choose_pull_quote_takes_none_that_does_not_fit(quote):
    assert choose_pull_quote([quote], chosen=set()) is None


@pytest.mark.parametrize(("text", "shown"), [("we go,", "we go"), ("We go.", "We go."), ("do we go?", "do we go?")])
def test_spoken_words_lose_only_the_comma_that_led_on(text, shown):
    assert spoken_words(text) == shown


def test_split_after_a_paragraph():
    html = '<p data-block="b1">One.</p><p data-block="b2">Two.</p>'

    assert split_after(html, "b1") == ('<p data-block="b1">One.</p>', '<p data-block="b2">Two.</p>')


def test_split_after_does_not_tear_a_list_apart():
    html = '<ul><li><p data-block="b1">One.</p></li><li><p data-block="b2">Two.</p></li></ul>'

    assert split_after(html, "b1") == (html, "")


def publish_with(desk, body, *, quoted=(), tagged=()):
    """A live story with confirmed quotations (words, details) and tags (entity), by the desk's verbs."""
    article = desk.draft(body=body)
    text = article.revision.text
    for words, details in quoted:
        start = text.index(words)
        suggestions.add_quote(article, start=start, end=start + len(words), by=desk.editor, **details)
    for entity in tagged:
        tag = suggestions.add_tag(article, entity, by=desk.editor)
        for start in (place for place in range(len(text)) if text.startswith(entity.name, place)):
            tag.mentions.create(
                revision=article.revision,
                start=start,
                end=start + len(entity.name),
                surface=entity.name,
                form="name",
            )
    desk.approve_again(article)
    publishing.publish(desk.fresh(article), by=desk.editor)
    return desk.fresh(article)


def test_page_marks_a_confirmed_quotation_with_its_address(desk):
    article = publish_with(desk, "<p>He said it would “return to port”.</p>", quoted=[("return to port", {})])

    uuid = article.quotes.get().uuid
    assert (
        f'“<mark class="quotation" data-quote="{uuid}" id="quote-{uuid}">return to port</mark>”'
        in article.representation.html
    )


def test_page_marks_no_quotation_that_nobody_has_confirmed(desk):
    article = desk.draft(body="<p>He said it would “return to port”.</p>")
    quote = suggestions.add_quote(article, start=18, end=32, by=desk.editor)
    suggestions.reconsider(quote, by=desk.editor)
    desk.approve_again(article)
    publishing.publish(desk.fresh(article), by=desk.editor)

    assert "<mark" not in desk.fresh(article).representation.html


def test_page_links_a_speaker_once_outside_of_the_quotation(desk):
    details = {"speaker_name": "Ana Sample", "speaker_as_written": "Sample", "speaker_kind": "person"}
    article = publish_with(
        desk,
        "<p>Ana Sample said: “Ana Sample never sleeps”. Sample left.</p>",
        quoted=[("Ana Sample never sleeps", details)],
    )

    html = article.representation.html
    assert '<a class="name" href="/quotes/?speaker=Ana+Sample">Ana Sample</a> said' in html
    assert html.count('class="name"') == 1


def test_page_links_an_entity_at_its_first_mention_in_running_text(desk, norway):
    article = publish_with(
        desk,
        "<h2>Norway waits</h2><p>“Norway is calm”, he said. Norway waits. Norway leaves.</p>",
        quoted=[("Norway is calm", {})],
        tagged=[norway],
    )

    html = article.representation.html
    assert 'he said. <a class="name" href="/countries/norway/">Norway</a> waits. Norway leaves.' in html
    assert html.count('class="name"') == 1


def test_page_does_not_link_inside_a_link(desk, norway):
    article = publish_with(desk, '<p><a href="https://example.com/">Norway waits</a>.</p>', tagged=[norway])

    assert 'class="name"' not in article.representation.html


def test_page_pulls_a_quote_out_of_a_long_story_only(desk):
    details = {"kind": "direct", "speaker_name": "Ana Sample", "speaker_kind": "person"}
    paragraphs = [f"<p>Paragraph {number} of the story.</p>" for number in range(9)]
    long_story = publish_with(desk, f"<p>“{GOOD}”, she said.</p>{''.join(paragraphs)}", quoted=[(GOOD, details)])
    short_story = publish_with(desk, f"<p>“{GOOD}”, she said.</p>", quoted=[(GOOD, details)])

    assert f"<p>“{GOOD}”</p>" in long_story.representation.html
    assert "pull-quote" not in short_story.representation.html
