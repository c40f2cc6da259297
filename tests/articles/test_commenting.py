"""Talking about a story: who may, who is told, what follows the text, and what the database keeps."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles import commenting, desk_lists, revisions
from articles.assignment import assign
from articles.comment_anchors import Marked
from articles.models import Article, Comment, CommentThread, Notification
from articles.states import GuardFailed, NotAllowed, Refused
from tests.desk import make_person

pytestmark = pytest.mark.django_db

WORDS = "return to port by Friday"


def body_of(article: Article, first: str, second: str = "Nobody else spoke.") -> str:
    """The article's two paragraphs in other words, under the ids they have."""
    ids = [block["id"] for block in article.revision.blocks]
    return f'<p data-block="{ids[0]}">{first}</p><p data-block="{ids[1]}">{second}</p>'


def marked(article: Article, words: str = WORDS, field: str = "body") -> Marked:
    """The words as the page sends them."""
    text = article.revision.text if field == "body" else getattr(article, field)
    start = text.index(words)
    block = article.revision.block_at(start) if field == "body" else None
    end = start + len(words)
    return Marked(field, words, text[max(0, start - 32) : start], text[end : end + 32], block["id"] if block else "")


def said(article: Article, by: User, text: str = "Which port?", **about: Any) -> Comment:
    return commenting.comment(article, by=by, text=text, **about)


def messages(user: User) -> list[str]:
    return [notification.message for notification in Notification.objects.filter(user=user).order_by("pk")]


def test_comment_stands_at_its_words(desk, editor):
    article = desk.draft()

    comment = said(article, editor, marked=marked(article))

    thread = comment.thread
    assert (thread.field, thread.words, thread.anchor) == ("body", WORDS, "kept")
    assert article.revision.text[thread.start : thread.end] == WORDS
    assert (thread.made_on, comment.text, comment.created_by) == (article.revision, "Which port?", editor)


def test_comment_leaves_the_story_as_it_is(desk, editor):
    article = desk.approved()
    comment = said(article, editor, marked=marked(article))
    commenting.reply(comment.thread, by=desk.journalist, text="Gdynia.")
    commenting.resolve(comment.thread, by=editor)

    after = desk.fresh(article)
    assert (after.lock_version, after.revision_id, after.work_state) == (
        article.lock_version,
        article.revision_id,
        "approved",
    )


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "live", "withdrawn"])
def test_comment_is_welcome_in_every_state_but_killed(desk, colleague, state):
    article = getattr(desk, state)()

    assert said(article, colleague).thread.article == article


def test_killed_story_keeps_its_comments_and_takes_no_more(desk, editor):
    article = desk.live()
    comment = said(article, editor)
    desk.kill(article)

    verbs = (
        lambda: said(article, editor),
        lambda: commenting.reply(comment.thread, by=editor, text="More."),
        lambda: commenting.resolve(comment.thread, by=editor),
        lambda: commenting.reopen(comment.thread, by=editor),
        lambda: commenting.edit(comment, by=editor, text="Other."),
        lambda: commenting.delete(comment, by=editor),
    )

    for verb in verbs:
        with pytest.raises(GuardFailed, match="was killed"):
            verb()
    comment.refresh_from_db()
    assert (comment.text, comment.is_deleted, comment.thread.is_resolved) == ("Which port?", False, False)


def test_comment_refuses_who_may_not_see_the_story(desk, stranger):
    with pytest.raises(NotAllowed):
        said(desk.draft(), stranger)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no words"),
        (" \r\n ", "no words"),
        ("a" * 5001, "5,001 characters; 5,000 is the most"),
        ("a\x00b", "cannot be kept"),
        ("a\ud800b", "cannot be kept"),
    ],
)
def test_comment_refuses_words_that_cannot_stand(desk, editor, text, reason):
    with pytest.raises(GuardFailed, match=reason):
        said(desk.draft(), editor, text)
    assert not CommentThread.objects.exists()


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        (Marked("body", " "), "Mark the words"),
        (Marked("slug", "x"), "Mark the words"),
        (Marked("body", "a" * 2001), "2,001 characters; 2,000 is the most"),
        (Marked("body", "a\x00"), "cannot be kept"),
        (Marked("body", "a", prefix="\x00"), "cannot be kept"),
    ],
)
def test_comment_refuses_marked_words_that_cannot_stand(desk, editor, about, reason):
    with pytest.raises(GuardFailed, match=reason):
        said(desk.draft(), editor, marked=about)


def test_comment_takes_the_longest_text_and_any_script(desk, editor):
    text = "א" * 2000 + "<script>alert(1)</script>" + "🚢" * 2000

    assert said(desk.draft(), editor, text).text == text


def test_comment_sent_twice_stands_once(desk, editor):
    article, mark = desk.draft(), uuid4()

    first = said(article, editor, uuid=mark)
    again = said(article, editor, uuid=mark)
    reply = commenting.reply(first.thread, by=editor, text="More.", uuid=(other := uuid4()))
    reply_again = commenting.reply(first.thread, by=editor, text="More.", uuid=other)

    assert (first, reply) == (again, reply_again)
    assert Comment.objects.count() == 2
    assert len(messages(desk.journalist)) == 2


def test_comment_refuses_the_mark_of_somebody_elses(desk, editor):
    article, mark = desk.draft(), uuid4()
    said(article, editor, uuid=mark)

    with pytest.raises(GuardFailed, match="mark of another one"):
        said(article, desk.chief, uuid=mark)


@pytest.mark.parametrize(
    ("first", "anchor", "now"),
    [
        (f"At noon the minister said the fleet would “{WORDS}”.", "kept", ""),
        ("The minister said the fleet would “return to port by Monday”.", "changed", "return to port by Monday"),
        ("The minister said nothing.", "gone", ""),
    ],
)
def test_save_moves_the_anchor(desk, editor, first, anchor, now):
    article = desk.draft()
    thread = said(article, editor, marked=marked(article)).thread

    article = desk.save(article, body=body_of(article, first))

    thread.refresh_from_db()
    assert (thread.anchor, thread.words_now, thread.words) == (anchor, now, WORDS)
    if anchor == "kept":
        assert article.revision.text[thread.start : thread.end] == WORDS


def test_save_finds_words_again_that_came_back(desk, editor):
    article = desk.draft()
    thread = said(article, editor, marked=marked(article)).thread
    before = article.body

    desk.save(desk.save(article, body="<p>Nothing.</p>"), body=before)

    thread.refresh_from_db()
    assert thread.anchor == "kept"


def test_save_brings_words_that_were_commented_on_before_they_were_saved(desk, editor):
    article = desk.draft()
    thread = said(article, editor, marked=Marked("body", "at dawn", prefix="Nobody spoke ")).thread
    unsaved = thread.anchor

    desk.save(article, body=body_of(article, "The fleet sails.", "Nobody spoke at dawn."))

    thread.refresh_from_db()
    assert (unsaved, thread.anchor) == ("gone", "kept")


@pytest.mark.parametrize(
    ("headline", "anchor"),
    [
        ("The fleet returns to port", "kept"),
        ("Fleet returned to port", "changed"),
        ("Sailors go home", "gone"),
    ],
)
def test_anchor_in_the_headline_follows_it(desk, editor, headline, anchor):
    article = desk.draft("Fleet returns to port")
    thread = said(article, editor, marked=marked(article, "returns to port", "headline")).thread

    desk.save(article, headline=headline)

    thread.refresh_from_db()
    assert thread.anchor == anchor


def test_anchor_over_two_paragraphs_follows_an_edit_in_them(desk, editor):
    article = desk.draft()
    thread = said(article, editor, marked=marked(article, f"{WORDS}”.\n\nNobody else")).thread

    desk.save(article, body=body_of(article, "The minister said the fleet would “return to port by Sunday”."))

    thread.refresh_from_db()
    assert (thread.anchor, thread.words_now) == ("changed", "return to port by Sunday”.\n\nNobody else")


@pytest.mark.parametrize("count", [1, 20])
def test_save_follows_one_thread_and_twenty_for_the_same_price(desk, editor, count):
    article = desk.draft()
    for _ in range(count):
        said(article, editor, marked=marked(article))

    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        revisions.save_revision(
            article, expected_version=article.lock_version, by=desk.journalist, body=body_of(article, f"So: {WORDS}.")
        )

    about_threads = [query["sql"] for query in queries if "commentthread" in query["sql"]]
    assert len(about_threads) == 2


def test_author_and_assignee_are_told_and_nobody_of_their_own(desk, editor, colleague):
    article = desk.draft()
    assign(article, to=colleague, by=editor)
    Notification.objects.all().delete()

    said(article, editor, "Which port?")

    expected = ["editor comments on “Fleet returns to port”: Which port?"]
    assert (messages(desk.journalist), messages(colleague), messages(editor)) == (expected, expected, [])


def test_writers_with_an_account_are_told(desk, editor, author):
    author.user = writer = make_person("writer", "Reporter")
    author.save()

    said(desk.draft(), editor)

    assert len(messages(writer)) == 1


def test_everybody_in_the_thread_is_told_of_a_reply(desk, editor, chief, colleague):
    article = desk.draft()
    thread = said(article, editor, "What does @colleague think?").thread
    commenting.reply(thread, by=chief, text="I wonder, too.")

    commenting.reply(thread, by=desk.journalist, text="Gdynia.")

    expected = "journalist replies on “Fleet returns to port”: Gdynia."
    assert [messages(person)[-1] for person in (editor, chief, colleague)] == [expected] * 3
    assert messages(desk.journalist) == [
        "editor comments on “Fleet returns to port”: What does @colleague think?",
        "chief replies on “Fleet returns to port”: I wonder, too.",
    ]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("@colleague please look", True),
        ("Ask @Colleague.", True),
        ("(@colleague)", True),
        ("Two: @editor,@colleague", True),
        ("desk@colleague", False),
        ("@colleagues", False),
        ("colleague", False),
    ],
)
def test_mention_tells_the_person(desk, editor, colleague, text, is_told):
    said(desk.draft(), editor, text)

    assert bool(messages(colleague)) == is_told


def test_mention_of_the_author_is_one_notification(desk, editor):
    said(desk.draft(), editor, "@journalist @journalist which port?")

    assert messages(desk.journalist) == [
        "editor mentions you on “Fleet returns to port”: @journalist @journalist which port?"
    ]


def test_mention_reaches_only_the_desk(desk, editor, stranger):
    gone = make_person("gone", "Reporter", is_active=False)

    said(desk.draft(), editor, "@stranger @gone @nobody")

    assert (messages(stranger), messages(gone)) == ([], [])


def test_notification_leads_to_the_comment(desk, editor, colleague):
    comment = said(desk.draft(), editor, "@colleague which port?")

    lines = Notification.objects.filter(place=f"comment-{comment.pk}").order_by("user__username")

    assert [(line.user, line.kind, line.by) for line in lines] == [
        (colleague, "mention", editor),
        (desk.journalist, "comment", editor),
    ]


def test_edit_marks_whom_it_mentions_only_now(desk, editor):
    comment = said(desk.draft(), editor, "Which port?")

    commenting.edit(comment, by=editor, text="@journalist which port?")

    assert comment.notices.get(user=desk.journalist).is_mention
    assert len(messages(desk.journalist)) == 1


def test_edit_tells_only_who_is_newly_mentioned(desk, editor, colleague, chief):
    comment = said(desk.draft(), editor, "@colleague which port?")

    edited = commenting.edit(comment, by=editor, text="@colleague @chief which harbour?")
    commenting.edit(comment, by=editor, text="Which harbour?")
    commenting.edit(comment, by=editor, text="@colleague which one?")

    assert (len(messages(colleague)), len(messages(chief)), len(messages(desk.journalist))) == (1, 1, 1)
    assert edited.edited_at is not None


def test_long_comment_makes_a_short_notification(desk, editor):
    said(desk.draft("A" * 250), editor, "word " * 900)

    assert len(messages(desk.journalist)[0]) <= 500


def test_edit_and_delete_are_for_who_wrote_it(desk, editor, chief):
    comment = said(desk.draft(), editor)

    for verb in (
        lambda: commenting.edit(comment, by=chief, text="Mine now."),
        lambda: commenting.delete(comment, by=chief),
    ):
        with pytest.raises(NotAllowed, match="editor wrote this comment"):
            verb()


def test_edit_waits_for_a_resolved_thread_to_be_reopened(desk, editor):
    comment = said(desk.draft(), editor)
    commenting.resolve(comment.thread, by=desk.journalist)

    with pytest.raises(GuardFailed, match="resolved"):
        commenting.edit(comment, by=editor, text="Other words.")


def test_delete_takes_the_words_and_what_nobody_has_read(desk, editor, colleague):
    comment = said(desk.draft(), editor, "@colleague which port?")
    Notification.objects.filter(user=colleague).update(read_at=comment.created_at)

    deleted = commenting.delete(comment, by=editor)

    assert (deleted.text, deleted.is_deleted) == ("", True)
    assert (messages(desk.journalist), len(messages(colleague))) == ([], 1)
    with pytest.raises(Refused, match="deleted already"):
        commenting.edit(comment, by=editor, text="Again.")


def test_resolve_names_who_and_when_and_reopen_forgets_it(desk, editor):
    thread = said(desk.draft(), editor).thread

    resolved = commenting.resolve(thread, by=desk.journalist)
    again = commenting.resolve(thread, by=editor)
    reopened = commenting.reopen(thread, by=editor)

    assert (resolved.resolved_by, again.resolved_by) == (desk.journalist, desk.journalist)
    assert resolved.resolved_at == again.resolved_at
    assert (reopened.resolved_at, reopened.resolved_by) == (None, None)


def test_reply_opens_a_resolved_thread_again(desk, editor):
    thread = said(desk.draft(), editor).thread
    commenting.resolve(thread, by=desk.journalist)

    commenting.reply(thread, by=editor, text="Not yet.")

    thread.refresh_from_db()
    assert not thread.is_resolved


def test_open_comments_wait_for_who_is_asked(desk, editor, colleague, chief):
    asked = desk.draft("Asked")
    thread = said(asked, editor, "@colleague which port?").thread
    done = desk.draft("Done")
    commenting.resolve(said(done, editor, "@colleague?").thread, by=editor)
    taken_back = desk.draft("Taken back")
    commenting.delete(said(taken_back, editor, "@colleague?"), by=editor)

    before = [list(desk_lists.with_open_comments(user)) for user in (colleague, desk.journalist, editor, chief)]
    commenting.reply(thread, by=colleague, text="Gdynia.")
    after = [list(desk_lists.with_open_comments(user)) for user in (colleague, desk.journalist, editor, chief)]

    assert before == [[asked], [asked], [], []]
    assert after == [[], [asked], [asked], []]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Comment, {"created_by": "chief"}),
        (Comment, {"thread": 0}),
        (CommentThread, {"words": "forged"}),
        (CommentThread, {"article": 0}),
    ],
)
def test_database_keeps_what_was_said_and_where(desk, editor, chief, model, change):
    comment = said(desk.draft(), editor, marked=None)
    other = said(desk.draft("Another"), editor)
    values = {"created_by": chief, "thread": other.thread, "article": other.thread.article, "words": "forged"}
    row = comment if model is Comment else comment.thread

    with pytest.raises(IntegrityError, match="keeps what was said"):
        model.objects.filter(pk=row.pk).update(**{name: values[name] for name in change})


def test_database_keeps_every_row_and_what_was_deleted(desk, editor):
    comment = said(desk.draft(), editor)
    commenting.delete(comment, by=editor)

    with pytest.raises(IntegrityError, match="stays deleted"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(text="Back", deleted_at=None)
    for model in (Comment, CommentThread):
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
