"""Lists of the admin as CSV: what stands in them, who gets them, and what they cost."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.day_precision import read_days
from articles.diary import save_entry
from articles.exercise_facts import save_edition
from articles.models import Article, Author, ErrorReport, FrontSlot, NewName, Notification
from articles.storylines import make_storyline
from entities.models import Entity
from newsroom.accounts import guesses
from newsroom.admin.exporting import plain
from newsroom.partners.defining import save_product
from newsroom.partners.models import Partner, Product
from newsroom.wire.models import WireItem, WireSource

STORIES = reverse("admin:articles_article_changelist") + "export.csv"


def read(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-cmd", "'-cmd"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("F-16 = jet", "F-16 = jet"),
        (-3, -3),
        (None, ""),
        (True, "yes"),
        (["=a", "b"], "'=a; b"),
    ],
)
def test_plain_leaves_nothing_that_a_spreadsheet_would_run(value, written) -> None:
    assert plain(value) == written


def test_export_holds_what_the_list_shows_in_full(client: Client, desk, editor) -> None:
    article = desk.live("=cmd|' /C calc'!A0 “fleet”, München")
    desk.draft("Other", type="brief")
    client.force_login(editor)

    response = client.get(STORIES, {"pub_state__exact": "live"})
    rows = read(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="article-')
    assert [(row["headline"], row["authors"], row["public state"]) for row in rows] == [
        ("'=cmd|' /C calc'!A0 “fleet”, München", "Ana Sample", "live")
    ]
    assert rows[0]["address"].endswith(article.edition.get_absolute_url())


def test_export_follows_search_order_and_all_pages(client: Client, desk, editor) -> None:
    for number in range(3):
        desk.draft(f"Fleet {number}")
    desk.draft("Tank", body="<p>Nothing of ships.</p>")
    client.force_login(editor)

    rows = read(client.get(STORIES, {"q": "fleet", "o": "1", "p": "2"}))

    assert [row["headline"] for row in rows] == ["Fleet 0", "Fleet 1", "Fleet 2"]


def test_export_of_every_list_answers(client: Client, desk, norway, journalist) -> None:
    article = desk.draft()
    NewName.objects.create(kind="person", name="Ana Sample", key="ana sample", story_count=1, mention_count=1)
    live = desk.live("Live")
    ErrorReport.objects.create(article=live, version=1, message="Wrong.", sender="x")
    FrontSlot.objects.create(place="lead", ordinal=1, story=live, placed_by=journalist)
    Partner.objects.create(name="Nordic Wire")
    save_product(Product(name="About Norway", countries=["NO"]), by=None)
    boss = User.objects.create_superuser("boss")
    make_storyline(by=boss, title="The fleet")
    save_entry(by=boss, title="A vote", days=read_days("2099"))
    drill = Entity.objects.create(kind="exercise", name="Drill", slug="drill")
    save_edition(by=boss, exercise=drill, year=2026)
    Notification.objects.create(user=boss, article=article, message="@you")
    guesses.count("boss", address="203.0.113.9")
    source = WireSource.objects.create(name="Coast", url="https://coast.example.org/feed", credit="Coast Agency")
    WireItem.objects.create(source=source, guid="1", headline="Frigate leaves port")
    client.force_login(boss)

    from django.contrib import admin

    found = {}
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        response = client.get(f"{address}export.csv")
        found[model._meta.model_name] = (response.status_code, len(read(response)))

    assert {name for name, (status, _) in found.items() if status != 200} == set()
    assert {name for name, (_, rows) in found.items() if rows == 0} == {"image"}


def test_export_of_entities_names_all_aliases(client: Client, editor, norway) -> None:
    for number in range(9):
        norway.names.create(text=f"Alias {number}")
    client.force_login(editor)

    row = read(client.get(reverse("admin:entities_entity_changelist") + "export.csv"))[0]

    assert all(f"Alias {number}" in row["also written"] for number in range(9))


def test_export_of_notifications_is_of_ones_own(client: Client, desk, journalist, colleague) -> None:
    article = desk.draft()
    Notification.objects.create(user=journalist, article=article, message="Mine")
    Notification.objects.create(user=colleague, article=article, message="Theirs")
    client.force_login(journalist)

    rows = read(client.get(reverse("admin:articles_notification_changelist") + "export.csv"))

    assert [row["message"] for row in rows] == ["Mine"]


def test_export_needs_the_permission_of_the_list(client: Client, desk, journalist, stranger) -> None:
    for person, address, status in (
        (journalist, reverse("admin:auth_user_changelist"), 403),
        (journalist, reverse("admin:articles_author_changelist"), 200),
        (stranger, reverse("admin:articles_article_changelist"), 302),
    ):
        client.force_login(person)
        assert client.get(f"{address}export.csv").status_code == status


@pytest.mark.parametrize("query", ["q=%00", "o=999999", "p=" + "9" * 5000, "nonsense=1", "due=%00", "from=9999-99-99"])
def test_export_answers_hostile_queries(client: Client, desk, editor, query: str) -> None:
    desk.draft()
    client.force_login(editor)

    assert client.get(f"{STORIES}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("model", ["articles_article", "entities_entity", "entities_name", "articles_author"])
def test_export_takes_as_many_queries_for_one_row_as_for_many(client: Client, desk, editor, norway, model) -> None:
    address = reverse(f"admin:{model}_changelist") + "export.csv"
    client.force_login(editor)
    counts = []
    for number in range(2):
        desk.draft(f"Story {number}")
        Author.objects.create(name=f"Author {number}", slug=f"author-{number}")
        Entity.objects.create(kind="person", name=f"P {number}", slug=f"p-{number}").names.create(
            text=f"Alias {number}"
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client.get(address))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


def test_export_does_not_fetch_the_words_of_the_stories(client: Client, desk, editor) -> None:
    desk.live()
    client.force_login(editor)

    with CaptureQueriesContext(connection) as queries:
        read(client.get(STORIES))

    fetched = next(query["sql"] for query in queries if "DECLARE" in query["sql"])
    assert '"articles_article"."body"' not in fetched
    assert Article.objects.count() == 1
