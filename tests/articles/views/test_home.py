from datetime import timedelta

from django.utils import timezone

from articles import publishing


def home(client):
    return client.get("/").content.decode()


def test_home_leads_with_the_newest_story_that_has_a_picture(client, tell, picture):
    tell("Pictured", image=picture)
    tell("Newest")

    page = home(client)

    assert page.index("lead-headline") < page.index("Pictured") < page.index("Newest")


def test_home_without_any_story_says_so(client, db):
    assert "No story has been published yet." in home(client)


def test_home_with_one_story_shows_it_once(client, desk):
    desk.live("The only story")

    page = home(client)

    assert page.count("The only story</a>") == 1
    assert 'class="front is-alone"' in page


def test_home_shows_briefs_and_opinion_apart(client, desk):
    desk.live("Some news")
    desk.live("Some brief", type="brief")
    desk.live("Some opinion", type="opinion")

    page = home(client)

    assert "Some brief" in page[page.index("In brief") :]
    assert "Some opinion" in page[page.index("Analysis &amp; opinion") : page.index("In brief")]


def test_home_prints_a_quote_of_the_day_with_its_speaker(client, tell):
    article = tell()

    page = home(client)

    quote = page[page.index("Quote of the day") :]
    assert "“The whole fleet will return to port by Friday at the latest.”" in quote
    assert '<a href="/quotes/?speaker=Ana+Sample">Ana Sample</a>' in quote
    assert f"#quote-{article.quotes.get().uuid}" in quote


def test_home_prints_no_quote_of_somebody_unnamed(client, tell):
    tell(speaker="", speaker_kind="unnamed")

    assert "Quote of the day" not in home(client)


def test_home_counts_countries_of_the_seven_days_to_the_newest_story(client, desk, tell, norway, finland):
    old = desk.approved("Old")
    publishing.publish(old, by=desk.editor, published_at=timezone.now() - timedelta(days=40))
    tell("One", about=[norway, finland])
    tell("Two", about=[norway])

    page = home(client)

    side = page[page.index("Countries in the news") :]
    assert side.index("Norway") < side.index("Finland")
    assert "<span>2<" in side


def test_home_costs_the_same_for_one_and_three_stories(client, tell, norway, finland, django_assert_num_queries):
    tell("One", about=[norway])
    with django_assert_num_queries(6):
        home(client)

    tell("Two", about=[norway, finland])
    tell("Three", about=[finland])
    with django_assert_num_queries(6):
        home(client)
