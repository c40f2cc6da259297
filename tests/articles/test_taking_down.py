import pytest
from django.db import connection

from articles import publishing
from articles.models import Article, Listing, Representation
from articles.states import GuardFailed, NotAllowed, WrongState


def numbered(article: Article) -> list[tuple[str, str, int]]:
    """The article's changes in the order of their numbers, as given at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return list(article.changes.order_by("sequence").values_list("kind", "action", "version"))


def test_withdraw_and_publish_again(desk):
    article = desk.withdrawn()

    gone = Representation.objects.get(article=article)
    publishing.publish(article, by=desk.editor)

    assert (gone.status, gone.headline, gone.html, gone.edition) == ("withdrawn", "", "", None)
    assert b"Fleet" not in bytes(gone.json)
    assert numbered(article) == [
        ("publish", "upsert", 1),
        ("withdraw", "remove", 2),
        ("publish", "upsert", 3),
    ]


def test_kill_is_the_chiefs_and_typed_out(desk):
    article = desk.live()

    with pytest.raises(NotAllowed):
        publishing.kill(article, by=desk.editor, reason="x", public_note="y", confirmation="fleet-returns-to-port")
    with pytest.raises(GuardFailed, match="Type: fleet-returns-to-port"):
        publishing.kill(article, by=desk.chief, reason="x", public_note="y", confirmation="yes")
    with pytest.raises(GuardFailed, match="needs a reason"):
        publishing.kill(article, by=desk.chief, reason="x", public_note=" ", confirmation="fleet-returns-to-port")

    assert desk.fresh(article).pub_state == "live"


def test_kill_seals_everything_and_tells_partners_to_purge(desk):
    article = desk.killed()

    change = article.changes.order_by("-id").first()
    assert (change.kind, change.must_purge, change.version) == ("kill", True, 2)
    assert not article.editions.filter(sealed_at=None).exists()
    assert not Listing.objects.filter(article=article).exists()
    with pytest.raises(WrongState):
        publishing.publish(article, by=desk.chief)


def test_a_killed_headline_is_gone_from_stories_that_link_to_it(desk):
    killed = desk.live("Secret name revealed")
    linking = desk.live("Another story", related=[{"target": killed}, {"title": "A bare title"}])
    before = bytes(linking.representation.json)

    desk.kill(killed)

    shown = Representation.objects.get(article=linking)
    assert b"Secret name revealed" in before
    assert b"Secret name revealed" not in bytes(shown.json)
    assert b"A bare title" in bytes(shown.json)
    assert numbered(linking) == [("publish", "upsert", 1), ("refresh", "upsert", 2)]


@pytest.mark.parametrize(
    "typed", ["fleet-port", "  Fleet-Port ", "FLEET-RETURNS-TO-PORT", "fleet  returns to port", "Fleet returns to port"]
)
def test_kill_takes_slugline_address_or_headline_in_any_hand(desk, typed):
    article = desk.live(slugline="fleet-port")

    publishing.kill(article, by=desk.chief, reason="An order.", public_note="Removed.", confirmation=typed)

    assert desk.fresh(article).pub_state == "killed"


@pytest.mark.parametrize("typed", ["", " ", "yes", "fleet-por", "kill"])
def test_kill_takes_no_other_word(desk, typed):
    article = desk.live(slugline="fleet-port")

    with pytest.raises(GuardFailed, match="Type: fleet-port"):
        publishing.kill(article, by=desk.chief, reason="An order.", public_note="Removed.", confirmation=typed)

    assert desk.fresh(article).pub_state == "live"


def test_kill_of_a_story_without_a_slugline_is_not_confirmed_by_nothing(desk):
    article = desk.live()

    with pytest.raises(GuardFailed):
        publishing.kill(article, by=desk.chief, reason="An order.", public_note="Removed.", confirmation="")

    assert desk.fresh(article).pub_state == "live"
