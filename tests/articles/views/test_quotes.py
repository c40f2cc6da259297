import re
from uuid import uuid4

import pytest

from articles import publishing, suggestions
from articles.views import statements

WORDS = re.compile(r"“([^”]*)”</a></p></blockquote>")


def said(client, address="/quotes/"):
    return WORDS.findall(client.get(address).content.decode())


def test_quotes_shows_words_speaker_and_story(client, tell):
    article = tell(speaker_role="Admiral")

    page = client.get("/quotes/").content.decode()

    assert "“The whole fleet will return to port by Friday at the latest.”" in page
    assert '<a href="/quotes/?speaker=Ana+Sample">Ana Sample</a>' in page
    assert "Admiral" in page
    assert f'<a href="{article.representation.get_absolute_url()}">Fleet returns to port</a>' in page


def test_quotes_leaves_out_what_nobody_has_confirmed(client, desk):
    article = desk.draft(body="<p>“We go”, he said.</p>")
    quote = suggestions.add_quote(article, start=1, end=6, by=desk.editor)
    suggestions.reconsider(quote, by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)

    assert said(client) == []


def test_quotes_leaves_out_what_the_current_edition_no_longer_has(client, desk, tell):
    article = tell()
    suggestions.reject(article.quotes.get(), by=desk.editor)
    publishing.publish_minor_update(desk.save(article, by=desk.editor, standfirst="Shorter."), by=desk.editor)

    assert said(client) == []


def test_quotes_strikes_through_what_was_retracted(client, desk, tell):
    article = tell()
    desk.approve_again(desk.save(article, standfirst="Right now."))
    publishing.correct(
        desk.fresh(article), by=desk.editor, notice="She did not say so.", retracts=[article.quotes.get()]
    )

    page = client.get("/quotes/").content.decode()

    assert "<s>“The whole fleet will return to port by Friday at the latest.”</s>" in page
    assert "She did not say so." in page


def test_quotes_says_what_an_unnamed_speaker_is(client, tell):
    tell(speaker="he", speaker_kind="unnamed", speaker_role="a harbour master")

    page = client.get("/quotes/").content.decode()

    assert "A harbour master" in page
    assert "speaker=he" not in page


def test_quotes_of_one_speaker(client, tell):
    tell("One", words="We go today, all of us.")
    tell("Two", words="We stay for ever, all of us.", speaker="Ben Sample")

    assert said(client, "/quotes/?speaker=Ben+Sample") == ["We stay for ever, all of us."]


def test_quotes_of_one_country(client, tell, norway, finland):
    tell("One", words="We go today, all of us.", speaker_country=norway.country_facts)
    tell("Two", words="We stay for ever, all of us.", speaker_country=finland.country_facts)

    assert said(client, "/quotes/?country=FI") == ["We stay for ever, all of us."]


def test_quotes_pages_show_every_statement_once(client, tell, monkeypatch):
    monkeypatch.setattr(statements, "STORIES_ON_PAGE", 2)
    for words in ("First of them all.", "Second of them all.", "Third of them all."):
        tell(words, words=words, speaker="Ana & Ben")
    address = "/quotes/?speaker=Ana+%26+Ben"
    first = client.get(address).content.decode()
    older = re.search(r'href="(\?[^"]*)" rel="next"', first).group(1).replace("&amp;", "&")

    assert WORDS.findall(first) == ["Third of them all.", "Second of them all."]
    assert said(client, f"/quotes/{older}") == ["First of them all."]


def test_quotes_stand_in_the_order_of_the_story(client, desk):
    article = desk.draft(body="<p>“One two”, he said. “Three four”, she said.</p>")
    for start, end in ((1, 8), (21, 31)):
        suggestions.add_quote(article, start=start, end=end, by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)

    assert said(client) == ["One two", "Three four"]


def test_quotes_costs_the_same_for_one_and_three(client, tell, norway, django_assert_num_queries):
    tell("One", speaker_country=norway.country_facts)
    with django_assert_num_queries(9):
        client.get("/quotes/")

    tell("Two", speaker_country=norway.country_facts)
    tell("Three", speaker_country=norway.country_facts)
    with django_assert_num_queries(9):
        client.get("/quotes/")


def lose(desk, article, *, seal=False):
    """Take the quotation from the text and back, in a correction."""
    desk.save(article, body="<p>She said nothing.</p>")
    suggestions.reject(article.quotes.get(), by=desk.editor)
    desk.approve_again(desk.fresh(article))
    publishing.correct(
        desk.fresh(article), by=desk.editor, notice="Never said.", retracts=[article.quotes.get()], seal=seal
    )


def test_quotes_keeps_a_retracted_one_whose_words_left_the_story(client, desk, tell):
    first = tell("One", words="The first fleet will return to port by Friday.")
    tell("Two", words="The second fleet will return to port by Friday.")

    lose(desk, first)

    page = client.get("/quotes/").content.decode()
    assert "<s>“The first fleet will return to port by Friday.”</s>" in page
    assert page.index("The second fleet") < page.index("The first fleet")
    assert page.count("Never said.") == 1


def test_quotes_does_not_show_a_retracted_one_that_was_sealed(client, desk, tell):
    article = tell()
    uuid = article.quotes.get().uuid

    lose(desk, article, seal=True)

    assert "fleet will return" not in client.get("/quotes/").content.decode()
    answer = client.get(f"/quotes/{uuid}/")
    assert answer.status_code == 410
    assert "Never said." in answer.content.decode()


def test_quote_leads_to_its_passage(client, tell):
    article = tell()
    uuid = article.quotes.get().uuid

    response = client.get(f"/quotes/{uuid}/")

    assert (response.status_code, response["Location"]) == (
        302,
        f"{article.representation.get_absolute_url()}#quote-{uuid}",
    )


def test_quote_leads_to_the_story_when_the_passage_is_gone(client, desk, tell):
    article = tell()
    quote = article.quotes.get()
    suggestions.reject(quote, by=desk.editor)
    publishing.publish_minor_update(desk.save(article, by=desk.editor, standfirst="Shorter."), by=desk.editor)

    response = client.get(f"/quotes/{quote.uuid}/")

    assert response["Location"] == desk.fresh(article).representation.get_absolute_url()


def test_quote_of_a_killed_story_is_gone(client, desk, tell):
    article = tell("Secret convoy leaves")
    desk.kill(article)

    response = client.get(f"/quotes/{article.quotes.get().uuid}/")

    assert response.status_code == 410
    assert "The whole fleet" not in response.content.decode()
    assert "Secret convoy" not in response.content.decode()


@pytest.mark.django_db
def test_quote_never_published_is_not_found(client, desk):
    article = desk.draft(body="<p>“We go”, he said.</p>")
    quote = suggestions.add_quote(article, start=1, end=6, by=desk.editor)

    assert client.get(f"/quotes/{quote.uuid}/").status_code == 404
    assert client.get(f"/quotes/{uuid4()}/").status_code == 404
