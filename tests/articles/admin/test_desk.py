"""The list of stories: what it shows and costs, its filters, and verbs on several stories at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.assignment import assign
from articles.models import Article, Tag

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
    client.force_login(editor)
    client.get(LIST)

    with django_assert_num_queries(10):
        client.get(LIST)


def test_list_shows_both_states_and_what_is_left_to_decide(client: Client, desk, editor, norway) -> None:
    article = desk.live("Norway buys")
    Tag.objects.create(article=article, entity=norway, score=0.4)
    client.force_login(editor)

    page = client.get(LIST).content.decode()

    assert all(
        part in page for part in ("Norway buys", "Approved", "Live", "Ana Sample", '<span class="count">1</span>')
    )


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


def test_list_filters_by_due_time(client: Client, desk, editor) -> None:
    now = timezone.now()
    for headline, due in (("Late", -1), ("Today", 3), ("This week", 60)):
        article = desk.draft(headline)
        Article.objects.filter(pk=article.pk).update(due_at=now + timedelta(hours=due))
    desk.draft("Whenever")
    client.force_login(editor)

    found = {chosen: headlines(client.get(LIST, {"due": chosen})) for chosen in ("late", "day", "week", "none")}

    assert found == {"late": {"Late"}, "day": {"Today"}, "week": {"Today", "This week"}, "none": {"Whenever"}}


def test_list_finds_by_headline_and_slugline(client: Client, desk, editor) -> None:
    desk.draft("Frigate floats")
    desk.draft("Other", slugline="frigate-poland")
    desk.draft("Tank rolls")
    client.force_login(editor)

    assert headlines(client.get(LIST, {"q": "FRIGATE"})) == {"Frigate floats", "Other"}


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

    assert said(response) == ["“Empty” cannot be submitted yet: it lacks a body.", "1 story submitted."]
    assert (desk.fresh(ready).work_state, desk.fresh(empty).work_state) == ("in_review", "draft")


def test_bulk_approve_is_refused_to_reporters_story_by_story(client: Client, desk, journalist) -> None:
    articles = [desk.in_review("One"), desk.in_review("Two")]
    client.force_login(journalist)

    response = bulk(client, "approve", *articles)

    assert [message.split(":")[0] for message in said(response)] == [
        "You may not use “Approve” on “One”",
        "You may not use “Approve” on “Two”",
    ]


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
