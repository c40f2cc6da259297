"""Titles under Related News of imported stories, and the stories that they name."""

import pytest
from django.utils import timezone

from articles import publishing, suggestions, sweeping
from articles.importing import import_story
from articles.models import RelatedLink
from articles.related_titles import story_titled

STORY = "Fleet returns to port\n\nThe fleet came home on Friday.\n\nRelated News\n- {}"


@pytest.fixture
def imported(desk):
    def make(title: str = "Frigate repairs delayed"):
        return import_story(STORY.format(title), by=desk.journalist).article

    return make


def links(article) -> list[tuple[str, int | None, str]]:
    return list(article.related_links.order_by("ordinal").values_list("title", "target", "origin"))


@pytest.mark.parametrize(
    "title",
    ["Frigate repairs delayed", "FRIGATE REPAIRS DELAYED", "Frigate: repairs delayed", "Repairs of frigate delayed"],
)
def test_story_titled_finds_a_headline_give_or_take_spelling(desk, title):
    frigate = desk.live("Frigate repairs delayed")
    desk.live("Submarine repairs finished")

    assert story_titled(title) == frigate


@pytest.mark.parametrize("title", ["Frigate", "Tank repairs hurried along", "", "!!!", "the of and"])
def test_story_titled_does_not_find_another_headline(desk, title):
    desk.live("Frigate repairs delayed")

    assert story_titled(title) is None


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "killed"])
def test_story_titled_does_not_find_a_story_that_is_not_live(desk, state):
    getattr(desk, state)("Frigate repairs delayed")

    assert story_titled("Frigate repairs delayed") is None
    assert story_titled("Frigate: repairs delayed") is None


def test_story_titled_takes_the_newest_of_two_with_one_headline(desk):
    desk.live("The week ahead")
    newest = desk.live("The week ahead")

    assert story_titled("The week ahead") == newest


def test_story_titled_costs_the_same_statements_among_one_story_and_three(desk, django_assert_num_queries):
    desk.live("Frigate repairs delayed")
    with django_assert_num_queries(5):
        assert story_titled("Frigate: repairs delayed") is not None
    for headline in ("Frigate sails", "Repairs of a pier delayed"):
        desk.live(headline)

    with django_assert_num_queries(5):
        assert story_titled("Frigate: repairs delayed") is not None


def test_sweep_links_a_title_whose_story_has_arrived(desk, imported):
    article = imported()
    frigate = desk.live("Frigate Repairs Delayed")
    before = article.lock_version

    first, second = (sweeping.link_titles_that_have_arrived(newest_only=True) for _ in range(2))

    assert (first, second) == (1, 0)
    assert links(article) == [("Frigate repairs delayed", frigate.pk, "import")]
    assert desk.fresh(article).lock_version == before


def test_a_night_links_titles_of_stories_that_no_sweep_saw(desk, imported, monkeypatch):
    article = imported()
    frigate = desk.live("Frigate repairs delayed")
    monkeypatch.setattr("articles.related_titles.NEWEST_PUBLICATIONS", 0)

    assert sweeping.link_titles_that_have_arrived(newest_only=True) == 0
    sweeping.refresh_related_news()

    assert links(article) == [("Frigate repairs delayed", frigate.pk, "import")]


def test_sweep_leaves_a_title_that_names_its_own_story_or_one_not_live(desk, imported):
    own, waiting = (
        imported("Fleet returns to port"),
        import_story("A\n\nB c.\n\nRelated News\n- Gone", by=desk.journalist),
    )
    desk.withdrawn("Gone")
    desk.draft("Gone")

    assert sweeping.link_titles_that_have_arrived(newest_only=True) == 0
    assert links(own)[0][1] is links(waiting.article)[0][1] is None


def test_sweep_leaves_an_editors_title_and_a_rejected_one(desk, imported):
    by_hand = desk.draft(related=[{"title": "Frigate repairs delayed"}])
    rejected = imported()
    suggestions.reject(rejected.related_links.get(), by=desk.journalist)
    desk.live("Frigate repairs delayed")

    assert sweeping.link_titles_that_have_arrived(newest_only=True) == 0
    assert links(by_hand) == [("Frigate repairs delayed", None, "person")]


def test_an_arrived_title_takes_the_place_of_a_proposal_and_gives_way_to_a_verdict(desk, imported):
    frigate = desk.live("Frigate repairs put off")
    proposed, decided = (
        imported(),
        import_story("A\n\nB c.\n\nRelated News\n- Frigate repairs delayed", by=desk.journalist),
    )
    for article in (proposed, decided.article):
        RelatedLink.objects.create(article=article, target=frigate, ordinal=5)
    suggestions.confirm_related(decided.article.related_links.get(target=frigate), by=desk.journalist)
    renamed = desk.save(frigate, headline="Frigate repairs delayed")
    desk.approve_again(renamed)
    publishing.publish_update(renamed, by=desk.editor)

    sweeping.link_titles_that_have_arrived(newest_only=False)

    assert links(proposed) == [("Frigate repairs delayed", frigate.pk, "import")]
    assert sorted(links(decided.article)) == [("", frigate.pk, "machine"), ("Frigate repairs delayed", None, "import")]


def test_sweep_links_nothing_in_a_killed_story(desk, imported):
    article = imported()
    type(article).objects.filter(pk=article.pk).update(pub_state="spiked", saved_at=timezone.now())
    desk.live("Frigate repairs delayed")

    assert sweeping.link_titles_that_have_arrived(newest_only=True) == 0
