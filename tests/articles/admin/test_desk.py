"""The list of stories: what it shows and costs, its filters, and verbs on several stories at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import proposing
from articles.assignment import assign, set_priority
from articles.models import Article, Notification, SavedList, Tag

LIST = reverse("admin:articles_article_changelist")


def headlines(response) -> set[str]:
    return {article.headline for article in response.context["cl"].result_list}


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def bulk(client: Client, verb: str, *articles: Article, **data: str):
    return client.post(LIST, {"action": verb, "_selected_action": [article.pk for article in articles], **data})


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_ten_queries_whatever_its_length(
    client: Client, desk, editor, norway, django_assert_num_queries, rows: int
) -> None:
    for number in range(rows):
        article = desk.live(f"Story {number}")
        Tag.objects.create(article=article, entity=norway, score=0.5)
        assign(article, to=editor, by=editor)
        SavedList.objects.create(owner=editor, name=f"Kept {number}", query="due=late&type__exact=brief")
    client.force_login(editor)
    client.get(LIST)

    with django_assert_num_queries(9):
        client.get(LIST, {"q": "story"})


def test_list_shows_both_states_and_what_is_left_to_decide(client: Client, desk, editor, norway) -> None:
    article = desk.live("Norway buys")
    Tag.objects.create(article=article, entity=norway, score=0.4)
    client.force_login(editor)

    page = client.get(LIST).content.decode()

    parts = ("Norway buys", "Approved", "Live", "Ana Sample", '<span class="count">1</span>')
    assert [part for part in parts if part not in page] == []


def test_list_filters_by_both_states(client: Client, desk, editor) -> None:
    desk.draft("A draft")
    desk.in_review("Waiting")
    desk.live("Out")
    client.force_login(editor)

    waiting = client.get(LIST, {"work_state__exact": "in_review"})
    public = client.get(LIST, {"pub_state__exact": "live"})

    assert (headlines(waiting), headlines(public)) == ({"Waiting"}, {"Out"})


def test_list_filters_by_country_but_not_by_a_rejected_one(client: Client, desk, editor, norway, finland) -> None:
    about = desk.draft("About Norway")
    Tag.objects.create(article=about, entity=norway, is_accepted=True)
    rejected = desk.draft("Not about Norway")
    Tag.objects.create(
        article=rejected,
        entity=norway,
        is_accepted=True,
        verdict="rejected",
        verdict_by=editor,
        verdict_at=timezone.now(),
    )
    Tag.objects.create(article=rejected, entity=finland, is_accepted=True)
    client.force_login(editor)

    response = client.get(LIST, {"country": "norway"})

    assert headlines(response) == {"About Norway"}


def test_list_filters_by_assignee(client: Client, desk, editor, colleague) -> None:
    mine, theirs = desk.draft("Mine"), desk.draft("Theirs")
    desk.draft("Nobody's")
    assign(mine, to=editor, by=editor)
    assign(theirs, to=colleague, by=editor)
    client.force_login(editor)

    found = {
        chosen: headlines(client.get(LIST, {"assigned_to": chosen})) for chosen in ("me", "nobody", str(colleague.pk))
    }

    assert found == {"me": {"Mine"}, "nobody": {"Nobody's"}, str(colleague.pk): {"Theirs"}}


@pytest.mark.parametrize(
    ("due", "lists"),
    [
        ("2026-11-25 11:00", {"late", "day", "week"}),
        ("2026-11-25 23:30", {"day", "week"}),
        ("2026-11-26 00:30", {"week"}),
        ("2026-11-23 00:00", {"late", "week"}),
        ("2026-11-30 00:00", set()),
    ],
)
@time_machine.travel("2026-11-25 12:00:00+00:00", tick=False)
def test_list_filters_by_due_time(client: Client, desk, editor, due: str, lists: set[str]) -> None:
    article = desk.draft("Due")
    Article.objects.filter(pk=article.pk).update(due_at=datetime.fromisoformat(f"{due}+00:00"))
    desk.draft("Whenever")
    client.force_login(editor)

    found = {chosen for chosen in ("late", "day", "week") if headlines(client.get(LIST, {"due": chosen})) == {"Due"}}

    assert found == lists
    assert headlines(client.get(LIST, {"due": "none"})) == {"Whenever"}


@time_machine.travel("2026-11-25 12:00:00+00:00", tick=False)
def test_list_filters_by_a_range_of_days(client: Client, desk, editor) -> None:
    for day in (1, 10, 20):
        article = desk.draft(f"Of the {day}.")
        Article.objects.filter(pk=article.pk).update(saved_at=datetime(2026, 11, day, 23, 59, tzinfo=UTC))
    client.force_login(editor)

    found = [
        headlines(client.get(LIST, query))
        for query in (
            {"from": "2026-11-10", "until": "2026-11-10"},
            {"from": "2026-11-10"},
            {"date": "published", "from": "2026-11-10"},
            {"from": "2026-11-11", "until": "nonsense"},
        )
    ]

    assert found == [{"Of the 10."}, {"Of the 10.", "Of the 20."}, set(), {"Of the 20."}]


def test_list_filters_by_section_type_and_priority(client: Client, desk, editor, section) -> None:
    there = desk.draft("Brief of the sea", type="brief")
    desk.draft("Nowhere", section=None)
    set_priority(there, priority=3, by=editor)
    client.force_login(editor)

    for query in ({"section": "sea"}, {"type__exact": "brief"}, {"priority__exact": "3"}):
        assert headlines(client.get(LIST, query)) == {"Brief of the sea"}


@pytest.mark.parametrize(
    "text", ["FRIGATE", "frig", "gdansk yard", "Su-57", "harbour's", "'harbour", "poland !!", "frigate-pol"]
)
def test_list_finds_by_words_of_headline_slugline_and_body(client: Client, desk, editor, text: str) -> None:
    desk.draft(
        "Frigate floats",
        slugline="frigate-poland",
        body="<p>At the yard in Gdansk, the harbour was full of Su-57s.</p>",
    )
    desk.draft("Tank rolls", body="<p>Somewhere else.</p>")
    client.force_login(editor)

    assert headlines(client.get(LIST, {"q": text})) == {"Frigate floats"}


def test_list_finds_nothing_by_a_word_that_no_story_has(client: Client, desk, editor) -> None:
    desk.draft("Frigate floats")
    client.force_login(editor)

    response = client.get(LIST, {"q": "submarine"})

    assert headlines(response) == set()
    assert "Nothing matches “submarine”" in response.content.decode()


def test_search_leads_straight_to_the_story_that_an_address_or_number_means(client: Client, desk, editor) -> None:
    article = desk.live("Fleet")
    page = reverse("admin:articles_article_change", args=[article.pk])
    client.force_login(editor)

    for text in (
        f"https://news.example{article.edition.get_absolute_url()}",
        f" {article.edition.get_absolute_url()}?utm=1#top ",
        f"http://localhost:8000{page}",
        f"#{article.pk}",
        str(article.uuid),
        f"https://news.example/api/v1/articles/{article.uuid}",
    ):
        response = client.get(LIST, {"q": text})
        assert (response.status_code, response.headers.get("Location")) == (302, page), text


def test_search_for_a_number_finds_the_story_and_those_that_name_it(client: Client, desk, editor) -> None:
    article = desk.draft("One")
    desk.draft(f"Squadron {article.pk} flies")
    client.force_login(editor)

    assert headlines(client.get(LIST, {"q": str(article.pk)})) == {"One", f"Squadron {article.pk} flies"}


@pytest.mark.parametrize("text", ["https://elsewhere.example/news/", "/", "#0", "https://[", "&|!():*", "\\", "''"])
def test_search_answers_what_means_nothing(client: Client, desk, editor, text: str) -> None:
    desk.draft("Frigate floats")
    client.force_login(editor)

    assert client.get(LIST, {"q": text}).status_code == 200


def test_shortcuts_count_what_they_show(client: Client, desk, editor) -> None:
    desk.in_review("Waiting")
    desk.live("Out")
    client.force_login(editor)

    response = client.get(LIST, {"work_state__exact": "in_review"})

    counts = {shortcut.says: shortcut.count for shortcut in response.context["shortcuts"] if shortcut.count}
    assert counts == {"All": 2, "In review": 1, "Live": 1}
    assert [shortcut.says for shortcut in response.context["shortcuts"] if shortcut.is_here] == ["In review"]


def test_list_is_kept_under_a_name_of_ones_own_and_forgotten(client: Client, desk, editor, chief) -> None:
    desk.draft("Brief", type="brief")
    client.force_login(editor)
    query = "type__exact=brief&p=2&nonsense=1"

    kept = client.post(reverse("admin:articles_article_keep_list"), {"name": " My  briefs ", "query": query})
    page = client.get(kept.headers["Location"])
    mine = page.context["shortcuts"][-1]

    assert kept.headers["Location"] == f"{LIST}?type__exact=brief"
    assert (mine.says, mine.count, mine.is_here) == ("My briefs", 1, True)

    client.force_login(chief)
    assert client.post(reverse("admin:articles_article_forget_list", args=[mine.kept])).status_code == 404
    client.force_login(editor)
    client.post(reverse("admin:articles_article_forget_list", args=[mine.kept]))
    assert SavedList.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "query"), [("", "due=late"), ("x" * 41, "due=late"), ("Empty", "p=3"), ("\x00", "due=late")]
)
def test_list_without_name_or_filter_is_not_kept(client: Client, desk, editor, name: str, query: str) -> None:
    client.force_login(editor)

    response = client.post(reverse("admin:articles_article_keep_list"), {"name": name, "query": query})

    assert (response.status_code, SavedList.objects.count(), len(said(response))) == (302, 0, 1)


def test_nobody_is_offered_to_delete(client: Client, desk, admin_user) -> None:
    article = desk.draft()
    client.force_login(admin_user)

    response = client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})

    assert (response.status_code, Article.objects.count()) == (403, 1)
    assert "delete_selected" not in client.get(LIST).content.decode()


def test_bulk_submit_names_each_story_that_was_refused(client: Client, desk, journalist) -> None:
    ready, empty = desk.draft("Ready"), desk.draft("Empty", body="")
    client.force_login(journalist)

    response = bulk(client, "submit", ready, empty)

    assert said(response) == ["1 story submitted.", "“Empty” cannot be submitted yet: it lacks a body."]
    assert (desk.fresh(ready).work_state, desk.fresh(empty).work_state) == ("in_review", "draft")


def test_bulk_refusals_of_one_reason_are_one_message_with_ten_names(client: Client, desk, journalist) -> None:
    empty = [desk.draft(f"Empty {number:02}", body="") for number in range(14)]
    nameless = desk.draft("")
    client.force_login(journalist)

    response = bulk(client, "submit", *empty, nameless, desk.draft("Ready"))

    first, most, other = said(response)
    assert first == "1 story submitted."
    assert most.startswith(
        "“Empty 00” cannot be submitted yet: it lacks a body. The same goes for 13 others: “Empty 01”, "
    )
    assert most.endswith("“Empty 10” and 3 more.")
    assert other.startswith("“Untitled story”")


def test_bulk_refusals_of_many_reasons_leave_room_for_the_list(client: Client, desk, journalist, monkeypatch) -> None:
    monkeypatch.setattr("articles.admin.bulk.REASONS_SHOWN", 1)
    empty = [desk.draft(f"Empty {number}", body="") for number in range(2)]
    client.force_login(journalist)

    response = bulk(client, "submit", *empty, desk.draft(""))

    assert [message.split(":")[0] for message in said(response)] == [
        "“Empty 0” cannot be submitted yet",
        "1 story refused for other reasons",
    ]


def test_bulk_offers_reporters_what_they_may_do_and_nothing_else(client: Client, desk, journalist) -> None:
    article = desk.in_review("One")
    client.force_login(journalist)

    response = bulk(client, "approve", article)

    offered = [name for name, _ in client.get(LIST).context["action_form"].fields["action"].choices]
    assert offered == ["", "submit", "spike"]
    assert (said(response), desk.fresh(article).work_state) == (["No action selected."], "in_review")


def test_bulk_approve_asks_what_a_single_approval_asks(client: Client, desk, editor) -> None:
    read, unread, blocked = desk.in_review("Read"), desk.in_review("Unread"), desk.in_review("Blocked", authors=[])
    for article in (read, blocked):
        proposing.suggest(article.revision_id)
    client.force_login(editor)

    response = bulk(client, "approve", read, unread, blocked)

    assert [desk.fresh(article).work_state for article in (read, unread, blocked)] == [
        "approved",
        "in_review",
        "in_review",
    ]
    assert said(response)[0] == "1 story approved."
    assert said(response)[1].startswith("The tagger is still reading this version of “Unread”.")
    assert said(response)[2].startswith("“Blocked” is not ready:")


def test_bulk_spike_asks_for_a_reason_first(client: Client, desk, editor) -> None:
    article = desk.draft("Overtaken")
    client.force_login(editor)

    asked = bulk(client, "spike", article)
    unreasoned = bulk(client, "spike", article, apply="yes", reason="")

    assert (asked.status_code, unreasoned.status_code) == (200, 200)
    assert "Overtaken" in asked.content.decode()
    assert desk.fresh(article).pub_state == "never"


def test_bulk_spike_with_a_reason_spikes_what_it_can(client: Client, desk, editor) -> None:
    draft, live = desk.draft("Draft"), desk.live("Live")
    client.force_login(editor)

    response = bulk(client, "spike", draft, live, apply="yes", reason="Overtaken by events.")

    assert (desk.fresh(draft).pub_state, desk.fresh(live).pub_state) == ("spiked", "live")
    assert draft.transitions.latest("id").reason == "Overtaken by events."
    assert len(said(response)) == 2


def test_bulk_assign_gives_stories_to_a_colleague(client: Client, desk, editor, colleague) -> None:
    articles = [desk.draft("One"), desk.draft("Two")]
    client.force_login(editor)

    response = bulk(client, "hand_out", *articles, apply="yes", to=str(colleague.pk))

    assert said(response) == ["2 stories assigned."]
    assert set(Article.objects.filter(assigned_to=colleague)) == set(articles)


def test_bulk_request_changes_sends_the_comment_with_each(client: Client, desk, editor, journalist) -> None:
    waiting, draft = desk.in_review("Waiting"), desk.draft("Draft")
    client.force_login(editor)

    asked = bulk(client, "request_changes", waiting, draft)
    response = bulk(client, "request_changes", waiting, draft, apply="yes", comment="Name the source.")

    assert "What should be changed" in asked.content.decode()
    assert desk.fresh(waiting).work_state == "changes_requested"
    assert [message.split(" ")[0] for message in said(response)] == ["1", "“Draft”"]
    assert Notification.objects.get(user=journalist).message.endswith("Name the source.")


def test_bulk_publish_asks_first_and_publishes_what_is_approved(client: Client, desk, editor) -> None:
    ready, waiting = desk.approved("Ready"), desk.in_review("Waiting")
    client.force_login(editor)

    bulk(client, "publish", ready, waiting)
    assert desk.fresh(ready).pub_state == "never"
    response = bulk(client, "publish", ready, waiting, apply="yes")

    assert (desk.fresh(ready).pub_state, desk.fresh(waiting).pub_state) == ("live", "never")
    assert said(response)[0] == "1 story published."


def test_bulk_due_time_and_priority_are_set_on_each(client: Client, desk, editor) -> None:
    articles = [desk.draft("One"), desk.draft("Two")]
    client.force_login(editor)

    bulk(client, "set_due", *articles, apply="yes", at="2031-06-01T14:00")
    bulk(client, "set_priority", *articles, apply="yes", priority="4")

    arranged = {(article.due_at, article.priority) for article in Article.objects.all()}
    assert arranged == {(datetime(2031, 6, 1, 13, 0, tzinfo=UTC), 4)}


def test_bulk_verbs_reach_all_that_the_list_holds_and_no_more(client: Client, desk, editor) -> None:
    briefs = [desk.draft(f"Brief {number}", type="brief") for number in range(2)]
    other = desk.draft("Other")
    client.force_login(editor)
    data = {"action": "set_priority", "_selected_action": [briefs[0].pk], "select_across": "1"}

    asked = client.post(f"{LIST}?type__exact=brief", data)
    client.post(f"{LIST}?type__exact=brief", {**data, "apply": "yes", "priority": "3"})

    assert 'name="select_across" value="1"' in asked.content.decode()
    assert [desk.fresh(article).priority for article in (*briefs, other)] == [3, 3, 2]


def test_bulk_verbs_refuse_more_than_a_request_can_do(client: Client, desk, editor, monkeypatch) -> None:
    monkeypatch.setattr("articles.admin.bulk.MOST", 1)
    articles = [desk.draft("One"), desk.draft("Two")]
    client.force_login(editor)

    response = bulk(client, "submit", *articles)

    assert said(response)[0].startswith("Nothing was done")
    assert {article.work_state for article in Article.objects.all()} == {"draft"}
