import pytest

from articles import proposing, revisions, suggestions
from articles.models import Author
from articles.states import GuardFailed, NotAllowed, StaleArticle


def test_create_article_makes_its_first_revision(desk):
    article = desk.draft("Fleet returns")

    revision = article.revision
    assert (revision.number, article.lock_version, revision.headline) == (1, 1, "Fleet returns")
    assert revision.text == "The minister said the fleet would “return to port by Friday”.\n\nNobody else spoke."
    assert [revision.text[block["start"] : block["end"]] for block in revision.blocks] == revision.text.split("\n\n")


def test_create_article_gives_the_writer_the_byline(desk):
    author = Author.objects.create(slug="jo", name="Jo", user=desk.journalist)

    article = revisions.create_article(by=desk.journalist, headline="Mine")

    assert list(article.authors.all()) == [author]


def test_create_article_refuses_who_may_not_write(stranger):
    with pytest.raises(NotAllowed):
        revisions.create_article(by=stranger, headline="Mine")


def test_save_revision_appends_and_raises_the_lock(desk):
    article = desk.draft()

    revision = revisions.save_revision(article, expected_version=1, by=desk.journalist, headline="New headline")

    article = desk.fresh(article)
    assert (revision.number, article.lock_version, article.headline) == (2, 2, "New headline")
    assert article.revision_id == revision.pk


def test_save_revision_makes_nothing_when_nothing_differs(desk):
    article = desk.draft()

    revision = revisions.save_revision(
        article, expected_version=1, by=desk.journalist, headline=article.headline, authors=[desk.author]
    )

    assert (revision.number, desk.fresh(article).lock_version) == (1, 1)


def test_save_revision_refuses_a_stale_copy_and_keeps_the_newer_text(desk):
    article = desk.draft()
    revisions.save_revision(article, expected_version=1, by=desk.editor, headline="The editor was first")

    with pytest.raises(StaleArticle) as refusal:
        revisions.save_revision(article, expected_version=1, by=desk.journalist, headline="Too late")

    assert (refusal.value.expected, refusal.value.found) == (1, 2)
    assert desk.fresh(article).headline == "The editor was first"


def test_save_revision_takes_an_approval_back(desk):
    article = desk.save(desk.approved(), headline="Changed after approval")

    assert article.work_state == "draft"
    assert article.transitions.first().verb == "reopen"


def test_save_revision_takes_a_story_off_the_schedule_and_tells_who_scheduled(desk):
    article = desk.save(desk.scheduled(), headline="Changed after scheduling")

    assert (article.work_state, article.pub_state, article.publish_at) == ("draft", "never", None)
    assert (
        desk.editor.notifications.get().message
        == "“Changed after scheduling” is off the schedule: journalist edited it."
    )


def test_save_revision_leaves_readers_their_edition(desk):
    article = desk.save(desk.live(), headline="Not published yet")

    assert (article.pub_state, article.edition.headline) == ("live", "Fleet returns to port")


@pytest.mark.parametrize("state", ["killed"])
def test_save_revision_refuses_a_story_that_is_over(desk, state):
    article = getattr(desk, state)()

    with pytest.raises(GuardFailed, match="can no longer be edited"):
        desk.save(article, headline="Back from the dead")


def test_save_revision_refuses_the_story_of_another(desk, colleague):
    article = desk.draft()

    with pytest.raises(NotAllowed, match="neither yours nor assigned to you"):
        revisions.save_revision(article, expected_version=1, by=colleague, headline="Mine now")


@pytest.mark.parametrize("body", [f"<p>{'word ' * 1_100_000}</p>", "<p>" * 7_000_000], ids=["text", "markup"])
def test_save_revision_refuses_a_text_that_no_story_has(desk, body):
    article = desk.draft()

    with pytest.raises(GuardFailed, match="larger than 5 MB, which no story is"):
        revisions.save_revision(article, expected_version=1, by=desk.journalist, body=body)

    assert desk.fresh(article).lock_version == 1


def test_save_revision_says_which_text_is_too_long(desk):
    with pytest.raises(GuardFailed, match="The headline has 251 characters; 250 is the most"):
        desk.draft("x" * 251)


def test_restore_revision_brings_back_all_that_was_written(desk):
    other = desk.live("Another story")
    article = desk.draft(related=[{"target": other}, {"title": "A title alone"}])
    before = revisions.snapshot_of(article)
    changed = desk.save(article, headline="Changed", body="<p>Changed</p>", authors=[], related=[])

    revisions.restore_revision(
        changed.revisions.get(number=1), expected_version=changed.lock_version, by=desk.journalist
    )

    article = desk.fresh(article)
    assert revisions.snapshot_of(article) == before
    assert (article.revision.number, article.revision.note) == (3, "Restored revision 1")


def test_restore_revision_leaves_verdicts_as_they_are(desk, norway):
    article = desk.draft(body="<p>Norway waits.</p>")
    proposing.suggest(article.revision_id)
    changed = desk.save(article, body="<p>Norway waits and waits.</p>")
    suggestions.reject(article.tags.get(entity=norway), by=desk.journalist)

    revisions.restore_revision(
        changed.revisions.get(number=1), expected_version=changed.lock_version, by=desk.journalist
    )

    assert article.tags.get(entity=norway).verdict == "rejected"


def test_save_revision_gives_a_story_to_partners_again_for_editors_alone(desk):
    article = desk.save(desk.draft(), may_syndicate=False)

    with pytest.raises(NotAllowed, match="only an editor may change that"):
        desk.save(article, headline="Typed", may_syndicate=True)
    assert (desk.fresh(article).may_syndicate, desk.fresh(article).headline) == (False, article.headline)

    assert desk.save(article, headline="Typed").headline == "Typed"
    assert desk.save(article, by=desk.editor, may_syndicate=True).may_syndicate is True


@pytest.mark.parametrize("by", ["journalist", "editor"])
def test_restore_revision_leaves_whose_words_they_are_and_whether_partners_get_them(desk, by):
    article = desk.draft(headline="First")
    first = article.revision
    desk.save(article, by=desk.editor, headline="Second", source_name="Coast Agency", may_syndicate=False)

    revisions.restore_revision(first, expected_version=desk.fresh(article).lock_version, by=getattr(desk, by))

    restored = desk.fresh(article)
    assert (restored.headline, restored.source_name, restored.may_syndicate) == ("First", "Coast Agency", False)
