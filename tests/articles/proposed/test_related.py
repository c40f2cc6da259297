"""Related news proposed for a story: whom it finds, whom it must not find, and what it leaves alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import proposing, publishing, suggestions
from articles.models import Article, ArticleTerm, RelatedLink
from articles.proposed.related import write_related

BODY = "<p>The icebreaker {} of the Northern Fleet left Tromso for the Kara Sea with forty sailors.</p>"
# Stories of other things, so that the words of the cast are not in every story.
OTHERS = (
    ("Parliament votes on tanks", "<p>Lawmakers approved a budget for armour on Thursday.</p>"),
    ("Shipyard wins contract", "<p>The yard will build frigates until the next decade.</p>"),
    ("Drone shot down over desert", "<p>A quadcopter fell near a pumping station, police told reporters.</p>"),
)


@pytest.fixture
def archive(desk):
    """Stories of other things, live before any other."""
    return [desk.live(headline, body=body, standfirst="Other things.") for headline, body in OTHERS]


def icebreaker(number: int) -> dict[str, str]:
    names = ("Polaris", "Vega", "Sirius", "Capella", "Rigel", "Altair")
    extra = f"<p>Her captain {names[number]} spoke of {' '.join(f'thing{number}{n}x' for n in range(12))}.</p>"
    return {
        "headline": f"Icebreaker {names[number]} leaves for the Kara Sea",
        "body": BODY.format(names[number]) + extra,
        "standfirst": f"Orders {number}.",
    }


def tag(article: Article) -> list[int | None]:
    """Tag the newest revision; the proposed stories in their order."""
    proposing.suggest(Article.objects.get(pk=article.pk).revision_id, again=True)
    proposed = RelatedLink.objects.filter(article=article, origin="machine", verdict="proposed")
    return list(proposed.order_by("ordinal").values_list("target_id", flat=True))


def test_suggest_proposes_the_earlier_story_of_the_same_things_and_says_why(desk, archive):
    earlier = desk.live(**icebreaker(0))
    article = desk.draft(**icebreaker(1))

    assert tag(article) == [earlier.pk]
    link = article.related_links.get()
    assert link.reason == "both: Kara Sea, Northern Fleet, Tromso"
    assert 0.1 <= link.score <= 1


def test_suggest_proposes_under_shared_entities_with_their_names(desk, archive, norway, finland):
    earlier = desk.live("Norway buys radars", body="<p>Oslo ordered nine radars.</p>", standfirst="Radars.")
    proposing.suggest(earlier.revision_id, again=True)
    desk.approve_again(desk.save(earlier, standfirst="Nine radars."))
    proposing.suggest(desk.fresh(earlier).revision_id)
    publishing.publish_update(earlier, by=desk.editor)
    article = desk.draft("Radars for the north", body="<p>Norwegian radars arrived.</p>", standfirst="They came.")

    assert tag(article) == [earlier.pk]
    assert article.related_links.get().reason == "both: Norway"


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "withdrawn", "killed"])
def test_suggest_does_not_propose_a_story_that_is_not_live(desk, archive, state):
    shown = desk.live(**icebreaker(0))
    getattr(desk, state)(**icebreaker(1))
    article = desk.draft(**icebreaker(2))

    assert tag(article) == [shown.pk]


def test_suggest_does_not_propose_what_only_waits_in_a_new_version(desk, archive):
    story = desk.live("Budget debate", body="<p>Members spoke of money.</p>", standfirst="Money.")
    desk.save(story, **icebreaker(0))
    article = desk.draft(**icebreaker(1))

    assert tag(article) == []


def test_suggest_proposes_earlier_stories_only(desk, archive):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        first = desk.live(**icebreaker(0))
    second = desk.live(**icebreaker(1))

    assert tag(first) == []
    assert tag(second) == [first.pk]


def test_suggest_leaves_the_same_story_again_and_copies_of_one_story(desk, archive):
    desk.live(**icebreaker(1))
    for _ in range(2):
        desk.live(**icebreaker(0))
    article = desk.draft(**icebreaker(1))

    proposed = tag(article)

    assert len(proposed) == 1
    assert Article.objects.get(pk=proposed[0]).headline == icebreaker(0)["headline"]


def test_suggest_leaves_an_editors_links_and_proposes_no_story_twice(desk, archive):
    linked, free = desk.live(**icebreaker(0)), desk.live(**icebreaker(2))
    article = desk.draft(**icebreaker(1), related=[{"target": linked}, {"title": "Elsewhere"}])
    before = list(article.related_links.order_by("id").values())

    assert tag(article) == [free.pk]
    assert list(article.related_links.editorial().order_by("id").values()) == before


def test_suggest_does_not_bring_back_a_rejected_story_nor_take_a_confirmed_one(desk, archive):
    rejected, confirmed = desk.live(**icebreaker(0)), desk.live(**icebreaker(2))
    article = desk.draft(**icebreaker(1))
    assert set(tag(article)) == {rejected.pk, confirmed.pk}
    suggestions.reject(article.related_links.get(target=rejected), by=desk.journalist)
    suggestions.confirm_related(article.related_links.get(target=confirmed), by=desk.journalist)

    saved = desk.save(article, standfirst="Changed.")

    assert tag(saved) == []
    verdicts = dict(article.related_links.values_list("target", "verdict"))
    assert verdicts == {rejected.pk: "rejected", confirmed.pk: "confirmed"}


def test_suggest_reads_the_newest_words(desk, archive):
    earlier = desk.live(**icebreaker(0))
    article = desk.draft("Budget debate", body="<p>Members spoke of money.</p>", standfirst="Money.")
    assert tag(article) == []

    saved = desk.save(article, **icebreaker(1))

    assert tag(saved) == [earlier.pk]


def test_suggest_run_twice_proposes_the_same(desk, archive):
    for number in range(3):
        desk.live(**icebreaker(number))
    article = desk.draft(**icebreaker(4))

    first = tag(article), list(article.related_links.values_list("target", "ordinal", "score", "reason"))
    second = tag(article), list(article.related_links.values_list("target", "ordinal", "score", "reason"))

    assert len(first[0]) == 3
    assert first == second


def test_proposals_cost_the_same_statements_for_one_story_and_for_three(desk, archive):
    desk.live(**icebreaker(0))
    article = desk.draft(**icebreaker(4))

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            write_related(article, article.revision)
        return len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]])

    statements()
    one = statements()
    for number in (1, 2):
        desk.live(**icebreaker(number))

    assert (one, statements()) == (6, 6)


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_two_taggings_and_a_kill_at_once_leave_whole_rows(desk):
    for headline, body in OTHERS:
        desk.live(headline, body=body)
    live = [desk.live(**icebreaker(number)) for number in range(3)]
    drafts = [desk.draft(**icebreaker(number)) for number in (4, 5)]

    def work(step: int) -> None:
        try:
            if step == 5:
                desk.kill(live[0])
            elif step % 3 == 2:
                publishing.refresh(live[step % 2 + 1])
            else:
                tag(drafts[step % 2])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(12)))

    for draft in drafts:
        assert set(tag(draft)) == {live[1].pk, live[2].pk}
    assert not ArticleTerm.objects.filter(article=live[0]).exists()
