"""The Comments tab: what it shows and costs, what its doors answer, and that nothing of it leaves the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import commenting, workflow
from articles.admin.conversation import Conversation, conversation_stamp
from articles.admin.panel import loaded
from articles.models import Article, Comment, CommentThread
from articles.templatetags.comments import initials, said
from tests.articles.admin.test_heartbeat import beat
from tests.articles.test_commenting import WORDS, body_of, marked
from tests.desk import make_person

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def door(article: Article) -> str:
    return reverse("admin:articles_article_comments", args=[article.pk])


def thread_door(thread: CommentThread, verb: str) -> str:
    return reverse("admin:articles_article_thread", args=[thread.article_id, thread.pk, verb])


def comment_door(comment: Comment, verb: str) -> str:
    return reverse("admin:articles_article_comment", args=[comment.thread.article_id, comment.pk, verb])


def in_words(text: str, *mentioned: str) -> str:
    comment = Comment(text=text)
    comment.mentioned = list(mentioned)  # type: ignore[attr-defined]
    return str(said(comment))


def test_comment_is_made_at_the_marked_words(client: Client, desk, editor) -> None:
    article = desk.draft()
    about = marked(article)
    client.force_login(editor)

    answer = client.post(
        door(article),
        {
            "text": "Which port?",
            "field": "body",
            "words": about.words,
            "prefix": about.prefix,
            "suffix": about.suffix,
            "block": about.block_id,
        },
        headers=JSON,
    ).json()

    thread = CommentThread.objects.get()
    [part] = answer["marks"][str(thread.pk)]["parts"]
    assert (thread.words, thread.anchor, thread.comments.get().text) == (WORDS, "kept", "Which port?")
    assert (part["block"], part["words"], answer["thread"]) == (about.block_id, WORDS, thread.pk)
    assert "Which port?" in answer["list"]


def test_plain_forms_work_without_javascript(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)

    made = client.post(door(article), {"text": "Which port?"})
    thread = CommentThread.objects.get()
    replied = client.post(thread_door(thread, "reply"), {"text": "Gdynia."})
    client.post(thread_door(thread, "resolve"))
    page = client.get(page_of(article)).content.decode()

    assert made.headers["Location"] == f"{page_of(article)}#comments"
    assert replied.headers["Location"] == f"{page_of(article)}#thread-{thread.pk}"
    assert all(words in page for words in ("Which port?", "Gdynia.", "Resolved by editor"))


def test_refusal_comes_in_the_words_of_the_verb(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)

    refused = client.post(door(article), {"text": "a" * 5001}, headers=JSON)
    plain = client.post(door(article), {"text": ""}, follow=True)

    assert (refused.status_code, refused.json()["code"]) == (409, "guard_failed")
    assert "5,001 characters" in refused.json()["message"]
    assert "has no words yet" in plain.content.decode()


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "<script>x</script>" * 60_000])
def test_hostile_text_is_refused_and_nothing_breaks(client: Client, desk, editor, text) -> None:
    client.force_login(editor)

    assert client.post(door(desk.draft()), {"text": text}, headers=JSON).status_code == 409


@pytest.mark.parametrize(
    "about",
    [
        {"field": "body", "words": "\x00"},
        {"field": "\x00", "words": "a"},
        {"field": "body", "words": "a", "block": "\x00" * 99},
        {"field": "slug", "words": "a"},
        {"uuid": "\x00"},
    ],
)
def test_hostile_places_never_break(client: Client, desk, editor, about) -> None:
    client.force_login(editor)

    assert client.post(door(desk.draft()), {"text": "Hm.", **about}, headers=JSON).status_code in (200, 409)


def test_hostile_queries_never_break(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)

    statuses = [client.get(door(article), query).status_code for query in ({"stamp": "\x00"}, {"stamp": "a" * 5000})]

    assert statuses == [200, 200]
    assert client.get(f"/admin/articles/article/{'9' * 30}/comments/").status_code == 404
    assert client.post(f"/admin/articles/article/{article.pk}/threads/{'9' * 30}/reply/").status_code == 404


def test_doors_find_only_threads_of_their_story(client: Client, desk, editor) -> None:
    comment = commenting.comment(desk.draft(), by=editor, text="Hm.")
    other = desk.draft("Another")
    client.force_login(editor)

    addresses = (
        reverse("admin:articles_article_thread", args=[other.pk, comment.thread_id, "resolve"]),
        reverse("admin:articles_article_comment", args=[other.pk, comment.pk, "delete"]),
        thread_door(comment.thread, "kill"),
        comment_door(comment, "kill"),
    )

    assert [client.post(address).status_code for address in addresses] == [404] * 4


def test_doors_are_for_the_desk(client: Client, desk, editor, stranger) -> None:
    comment = commenting.comment(desk.draft(), by=editor, text="Hm.")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    posts = (
        door(comment.thread.article),
        thread_door(comment.thread, "resolve"),
        comment_door(comment, "delete"),
    )
    gets = (door(comment.thread.article), reverse("admin:articles_article_people"))

    assert [client.post(address, {"text": "x"}).status_code for address in posts] == [403] * 3
    assert [client.get(address).status_code for address in gets] == [403] * 2


def test_somebody_elses_comment_is_theirs(client: Client, desk, editor, chief) -> None:
    comment = commenting.comment(desk.draft(), by=editor, text="Hm.")
    client.force_login(chief)

    refused = client.post(comment_door(comment, "delete"), headers=JSON)
    page = client.get(page_of(comment.thread.article)).content.decode()

    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert comment_door(comment, "edit") not in page


def test_own_comment_is_edited_and_deleted(client: Client, desk, editor) -> None:
    comment = commenting.comment(desk.draft(), by=editor, text="Hm.")
    client.force_login(editor)

    edited = client.post(comment_door(comment, "edit"), {"text": "Why?"}, headers=JSON).json()["list"]
    deleted = client.post(comment_door(comment, "delete"), headers=JSON).json()["list"]

    assert ("Why?" in edited, "edited" in edited) == (True, True)
    assert f"comment-{comment.pk}" not in deleted


def test_deleted_comment_keeps_its_place_where_somebody_answered(client: Client, desk, editor) -> None:
    first = commenting.comment(desk.draft(), by=editor, text="Secret words.")
    commenting.reply(first.thread, by=desk.journalist, text="An answer.")
    commenting.delete(first, by=editor)
    client.force_login(editor)

    page = client.get(page_of(first.thread.article)).content.decode()

    assert ("Secret words." in page, "Deleted by its author." in page, "An answer." in page) == (False, True, True)


def test_threads_stand_in_the_order_of_the_text(desk, editor) -> None:
    article = desk.draft("Fleet returns to port")
    for words, field in (("Nobody", "body"), (WORDS, "body"), ("Two", "standfirst"), ("Fleet", "headline")):
        commenting.comment(article, by=editor, text=words, marked=marked(article, words, field))

    talks = Conversation(loaded(article.pk), editor).in_text

    assert [talk.thread.words for talk in talks] == ["Fleet", "Two", WORDS, "Nobody"]


def test_what_a_verb_asked_for_stands_in_the_time_line(client: Client, desk, editor) -> None:
    article = desk.in_review()
    commenting.comment(article, by=editor, text="First.")
    workflow.request_changes(article, by=editor, comment="Name the <b>port</b>.")
    commenting.comment(article, by=editor, text="Last.")
    client.force_login(editor)

    conversation = Conversation(loaded(article.pk), editor)
    told = [getattr(item, "thread", None) or item.transition.verb for item in conversation.on_the_whole]
    page = client.get(page_of(article)).content.decode()
    workflow.submit(article, by=desk.journalist, comment="Named it.")
    later = Conversation(loaded(article.pk), editor)

    first, last = CommentThread.objects.order_by("pk")
    assert told == [first, "request_changes", last]
    assert "Name the &lt;b&gt;port&lt;/b&gt;." in page
    assert ([request.is_open for request in conversation.requests], conversation.open_count) == ([True], 3)
    assert ([request.is_open for request in later.requests], later.open_count) == ([False, False], 2)
    assert Comment.objects.count() == 2


def test_anchor_says_what_became_of_the_words(client: Client, desk, editor) -> None:
    article = desk.draft()
    commenting.comment(article, by=editor, text="A", marked=marked(article))
    commenting.comment(article, by=editor, text="B", marked=marked(article, "Nobody else spoke."))
    desk.save(
        article, body=body_of(article, "The minister said the fleet would “return to port by Monday”.", "Silence.")
    )
    client.force_login(editor)

    page = client.get(page_of(article)).content.decode()

    assert "Now in the text: <q>return to port by Monday</q>" in page
    assert "Not in the saved text." in page


@pytest.mark.parametrize("count", [1, 50])
def test_tab_costs_two_queries_with_one_thread_and_fifty(
    client: Client, desk, editor, count, django_assert_num_queries
) -> None:
    article = desk.draft()
    for number in range(count):
        comment = commenting.comment(article, by=editor, text=f"@colleague {number}?", marked=marked(article))
        commenting.reply(comment.thread, by=desk.journalist, text="Yes.")
    workflow.submit(article, by=desk.journalist, comment="Ready.")
    article = loaded(article.pk)
    editor.has_perm("articles.view_article")

    with django_assert_num_queries(2):
        conversation = Conversation(article, editor)
        assert conversation.open_count == count
        conversation.marks()
        assert conversation.stamp


def test_stamp_is_that_of_the_page_and_costs_one_query(client: Client, desk, editor, django_assert_num_queries) -> None:
    article = desk.in_review()
    commenting.comment(article, by=editor, text="Hm.")
    workflow.request_changes(article, by=editor, comment="Name the port.")

    with django_assert_num_queries(1):
        stamp = conversation_stamp(article.pk)

    assert stamp == Conversation(loaded(article.pk), editor).stamp


def test_stamp_changes_with_everything_that_is_shown(desk, editor) -> None:
    article = desk.draft()
    stamps = [conversation_stamp(article.pk)]

    def note() -> None:
        stamps.append(conversation_stamp(article.pk))

    comment = commenting.comment(article, by=editor, text="Hm.", marked=marked(article))
    note()
    commenting.reply(comment.thread, by=desk.journalist, text="What?")
    note()
    commenting.edit(comment, by=editor, text="Which port?")
    note()
    commenting.resolve(comment.thread, by=editor)
    note()
    commenting.reopen(comment.thread, by=editor)
    note()
    commenting.delete(comment, by=editor)
    note()
    desk.save(article, body="<p>Other words.</p>")
    note()
    workflow.submit(article, by=desk.journalist, comment="Ready.")
    note()

    assert len(set(stamps)) == len(stamps)


def test_unchanged_comments_answer_with_their_stamp_alone(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)
    stamp = client.get(door(article)).json()["stamp"]

    assert client.get(door(article), {"stamp": stamp}).json() == {"stamp": stamp}
    assert beat(client, article, editor).json()["comments"] == stamp


def test_killed_story_shows_its_comments_without_a_box(client: Client, desk, editor) -> None:
    article = desk.live()
    commenting.comment(article, by=editor, text="Which port?")
    desk.kill(article)
    client.force_login(editor)

    page = client.get(page_of(article)).content.decode()

    assert ("Which port?" in page, "data-composer" in page, "data-reply" in page) == (True, False, False)


def test_people_are_the_desk_without_the_asker(client: Client, desk, editor, stranger) -> None:
    make_person("ana", "Reporter", first_name="Ana", last_name="Sample")
    client.force_login(editor)

    people = client.get(reverse("admin:articles_article_people")).json()["people"]

    assert people[0] == {"username": "ana", "name": "Ana Sample"}
    assert [person["username"] for person in people] == ["ana", "chief", "journalist"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        (
            "See https://example.org/a?b=c&d=e.",
            (
                'See <a href="https://example.org/a?b=c&amp;d=e" target="_blank" rel="noopener noreferrer nofollow">'
                "https://example.org/a?b=c&amp;d=e</a>."
            ),
        ),
        (
            "(http://example.org/a_(b))",
            (
                '(<a href="http://example.org/a_(b)" target="_blank" rel="noopener noreferrer nofollow">'
                "http://example.org/a_(b)</a>)"
            ),
        ),
        ("javascript:alert(1) //example.org ftp://a.b", "javascript:alert(1) //example.org ftp://a.b"),
        ("@ana. @Ana, @bo", '<span class="mention">@ana</span>. <span class="mention">@Ana</span>, @bo'),
        ("@<b>", "@&lt;b&gt;"),
        ("desk@ana", "desk@ana"),
    ],
)
def test_words_are_escaped_links_and_names_stand_out(text, html) -> None:
    assert in_words(text, "ana") == html


def test_links_carry_no_markup_of_their_own() -> None:
    html = in_words('https://example.org/"onmouseover="alert(1) https://a.b/<script>')

    assert ("<script" in html, ' onmouseover="' in html) == (False, False)


def test_initials_stand_for_a_person() -> None:
    names = {"ana": "A", "ana.sample": "AS", "": "?"}

    assert {name: initials(type("Person", (), {"username": name})()) for name in names} == names


SECRET = "zyzzyva"


def test_comments_leak_to_no_public_page_preview_feed_or_answer(client: Client, desk, editor, norway) -> None:
    article = desk.live(slug="fleet")
    about: dict[str, Any] = {"marked": marked(article)}
    thread = commenting.comment(article, by=editor, text=f"{SECRET} one", **about).thread
    commenting.reply(thread, by=desk.journalist, text=f"{SECRET} two")
    commenting.comment(article, by=editor, text=f"{SECRET} three")
    article = desk.approve_again(desk.save(article, headline="Fleet stays out"))
    from articles.publishing import publish_update

    publish_update(article, by=editor)
    article = desk.fresh(article)
    addresses = [
        "/",
        "/sections/sea/",
        "/authors/ana-sample/",
        "/quotes/",
        "/countries/",
        "/about/",
        article.edition.get_absolute_url(),
        f"{article.edition.get_absolute_url()}?version=1",
        *(f"/api/v1/{name}" for name in ("articles", "quotes", "changes", "entities", f"search?q={SECRET}")),
        reverse("api-article", args=[article.uuid]),
        reverse("api-article-quotes", args=[article.uuid]),
        reverse("api-article-related", args=[article.uuid]),
        reverse("api-article-versions", args=[article.uuid]),
        reverse("api-article-version", args=[article.uuid, 1]),
        f"/news/{timezone.now():%Y/%m}/fleet/",
    ]

    client.logout()
    answers = {address: client.get(address).content.decode().replace(f"q={SECRET}", "") for address in addresses}
    client.force_login(editor)

    assert [address for address, content in answers.items() if SECRET in content] == []
    assert SECRET in client.get(page_of(article)).content.decode()
