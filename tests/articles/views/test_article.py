from datetime import UTC, datetime

import pytest
import time_machine

from articles import publishing


def get(client, article):
    return client.get(article.representation.get_absolute_url())


def test_article_shows_what_was_published(client, tell, picture, norway):
    article = tell(image=picture, about=[norway])

    page = " ".join(get(client, article).content.decode().split())

    assert '<h1 class="story-headline">Fleet returns to port</h1>' in page
    assert '<a href="/authors/ana-sample/">Ana Sample</a>' in page
    assert f'src="{picture.file.url}" width="1" height="1" alt="A ship"' in page
    assert "A ship at sea." in page
    assert 'href="/countries/norway/"' in page[page.index("Countries in this story") :]
    assert f'id="quote-{article.quotes.get().uuid}"' in page
    assert "Updated" not in page


def test_article_costs_one_statement(client, desk, tell, django_assert_num_queries):
    tell("Before")
    address = tell("After", related=[{"title": "Elsewhere"}]).representation.get_absolute_url()

    with django_assert_num_queries(1):
        client.get(address)


def test_article_costs_one_statement_with_three_related_stories(client, tell, django_assert_num_queries):
    related = [{"target": tell(name)} for name in ("One", "Two", "Three")]
    address = tell("After", related=related).representation.get_absolute_url()

    with django_assert_num_queries(1):
        client.get(address)


def test_article_says_when_it_was_updated(client, desk):
    with time_machine.travel(datetime(2026, 11, 2, 7, 40, tzinfo=UTC)):
        article = desk.live()
    with time_machine.travel(datetime(2026, 11, 3, 9, 5, tzinfo=UTC)):
        desk.approve_again(desk.save(article, standfirst="Another one."))
        publishing.publish_update(desk.fresh(article), by=desk.editor)

    page = get(client, desk.fresh(article)).content.decode()

    assert '<time datetime="2026-11-02T07:40:00Z">2 November 2026, 07:40 UTC</time>' in page
    assert 'Updated <time datetime="2026-11-03T09:05:00Z">3 November 2026, 09:05 UTC</time>' in page


def test_article_does_not_say_updated_after_a_slip(client, desk):
    article = desk.live()
    publishing.publish_minor_update(desk.save(article, by=desk.editor, standfirst="A slip repaired."), by=desk.editor)

    page = get(client, desk.fresh(article)).content.decode()

    assert "A slip repaired." in page
    assert "Updated" not in page


@pytest.mark.parametrize("position", ["top", "foot"])
def test_article_shows_a_correction_where_it_belongs(client, desk, position):
    article = desk.live()
    desk.approve_again(desk.save(article, standfirst="Right now."))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="It was wrong.", position=position)

    page = get(client, desk.fresh(article)).content.decode().partition("<main")[2]

    # Once as the notice, once in the story's change log; for machines it stands in the head.
    assert page.count("It was wrong.") == 2
    assert (page.index("It was wrong.") < page.index('class="story-body"')) is (position == "top")


def test_article_prints_a_title_without_a_story_unlinked(client, tell):
    page = get(client, tell(related=[{"title": "A title only"}])).content.decode()

    assert "<li>A title only</li>" in page


def test_article_links_related_stories_under_the_headline_of_today(client, desk, tell):
    target = desk.live("Old headline")
    article = tell(related=[{"target": target}])
    publishing.publish_minor_update(desk.save(target, by=desk.editor, headline="New headline"), by=desk.editor)

    page = get(client, article).content.decode()

    assert "New headline</a>" in page
    assert "Old headline" not in page


@pytest.mark.parametrize("fate", ["withdraw", "kill"])
def test_article_drops_a_related_story_with_its_headline_at_once(client, desk, tell, fate):
    target = desk.live("Secret convoy leaves")
    article = tell(related=[{"target": target}])
    assert "Secret convoy leaves" in get(client, article).content.decode()

    if fate == "kill":
        desk.kill(target)
    else:
        publishing.withdraw(target, by=desk.editor, reason="Too early.")

    assert "Secret convoy leaves" not in get(client, article).content.decode()


def test_article_leads_on_to_older_stories_of_its_section(client, tell):
    tell("First")
    second = tell("Second")

    page = get(client, second).content.decode()

    assert '<a href="/news/' in page[page.index("Next in Sea") :]
    assert "First" in page[page.index("Next in Sea") :]


def test_article_does_not_lead_on_to_what_stands_under_related_news(client, tell):
    first = tell("First")
    second = tell("Second", related=[{"target": first}])

    page = get(client, second).content.decode()

    assert "Related News" in page
    assert "Next in Sea" not in page


def test_article_earlier_address_leads_to_the_current_one(client, desk):
    article = desk.live()
    old = article.representation.get_absolute_url()
    publishing.publish_minor_update(desk.save(article, by=desk.editor, slug="new-address"), by=desk.editor)

    response = client.get(old)

    new = desk.fresh(article).representation.get_absolute_url()
    assert (response.status_code, response["Location"]) == (301, new)
    assert new.endswith("/new-address/")


def test_article_withdrawn_is_gone_without_a_word_about_it(client, desk):
    article = desk.withdrawn("Secret convoy leaves")

    response = get(client, article)

    assert response.status_code == 410
    assert "has been withdrawn" in response.content.decode()
    assert "Secret convoy" not in response.content.decode()


def test_article_killed_is_gone_with_its_notice_and_no_headline(client, desk):
    article = desk.killed("Secret convoy leaves")

    response = get(client, article)

    assert response.status_code == 410
    assert "This story has been removed for legal reasons." in response.content.decode()
    assert "Secret convoy" not in response.content.decode()


def test_article_killed_is_gone_at_its_earlier_address_too(client, desk):
    article = desk.live()
    old = article.representation.get_absolute_url()
    publishing.publish_minor_update(desk.save(article, by=desk.editor, slug="new-address"), by=desk.editor)
    desk.kill(desk.fresh(article))

    response = client.get(old)

    assert response.status_code == 410
    assert "new-address" not in response.content.decode()


def test_article_unknown_is_not_found(client, db):
    assert client.get("/news/2026/11/never-written/").status_code == 404


def test_article_escapes_what_was_written(client, desk):
    article = desk.live("Fleet <script>alert(1)</script> & “port”", related=[{"title": "<b>bold</b>"}])

    page = get(client, article).content.decode()

    assert "<script>" not in page
    assert "<b>" not in page
