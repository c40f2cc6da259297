"""The wire in the admin: who sees what, what a press does, and what the lists cost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from newsroom.admin.board import board_of
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.rounds import fetch_source
from tests.agency import ninjs, ninjs_item, rss, rss_item

pytestmark = pytest.mark.django_db

LIST = reverse("admin:wire_wireitem_changelist")
SOURCES = reverse("admin:wire_wiresource_changelist")
NEW_SOURCE = reverse("admin:wire_wiresource_add")
TRY = reverse("admin:wire_wiresource_try")
NEWER = "<p>The frigate left Bergen at noon, with a tanker.</p>"


def form_of(url: str, **changed: str) -> dict[str, str]:
    whole = {"name": "Coast", "url": url, "format": "rss", "credit": "Coast Agency", "language": "en", "minutes": "5"}
    return whole | {"is_enabled": "on", "makes_drafts": "on"} | changed


def page_of(item: WireItem) -> str:
    return reverse("admin:wire_wireitem_change", args=[item.pk])


def bring(source: WireSource, agency, *items) -> WireItem:
    agency.body = ninjs(*(items or (ninjs_item(),)))
    assert fetch_source(source.pk) is not None
    return WireItem.objects.order_by("-pk")[0]


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        *(("journalist", LIST, 200), ("journalist", SOURCES, 200), ("journalist", NEW_SOURCE, 403)),
        *(("editor", LIST, 200), ("editor", SOURCES, 200), ("editor", NEW_SOURCE, 200)),
        ("stranger", LIST, 302),
    ],
)
def test_wire_is_read_by_journalists_and_managed_by_editors(client: Client, request, who, address, status) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(address).status_code == status


def test_reporter_takes_an_item_to_a_draft(client, declare, agency, journalist) -> None:
    item = bring(declare(format="ninjs", makes_drafts=False), agency)
    client.force_login(journalist)

    page = client.get(page_of(item)).content.decode()
    response = client.post(page_of(item), {"verb": "take"})

    assert ("Take to drafts" in page, ">Ignore<" in page) == (True, False)
    article = Article.objects.get()
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert (article.created_by, article.may_syndicate) == (journalist, False)


@pytest.mark.parametrize(
    ("verb", "status"), [("ignore", 403), ("settle_kill", 403), ("bring_back", 403), ("burn", 404)]
)
def test_reporter_decides_nothing_else(client, declare, agency, journalist, verb, status) -> None:
    item = bring(declare(format="ninjs", makes_drafts=False), agency)
    client.force_login(journalist)

    assert client.post(page_of(item), {"verb": verb}).status_code == status
    item.refresh_from_db()
    assert item.state == "new"


def test_list_takes_and_ignores_several_at_once(client, declare, agency, editor) -> None:
    source = declare(format="ninjs", makes_drafts=False)
    bring(source, agency, *(ninjs_item(f"urn:{n}", headline=f"No. {n}", body_html="") for n in range(4)))
    first, second, third, _ = WireItem.objects.order_by("pk").values_list("pk", flat=True)
    client.force_login(editor)

    client.post(LIST, {"action": "take_chosen", "_selected_action": [first, second]})
    client.post(LIST, {"action": "ignore_chosen", "_selected_action": [third]})

    assert sorted(WireItem.objects.values_list("state", flat=True)) == ["ignored", "new", "taken", "taken"]
    assert Article.objects.count() == 2


def test_update_is_shown_word_by_word_and_taken(client, declare, agency, desk) -> None:
    source = declare(format="ninjs")
    item = bring(source, agency, ninjs_item(body_html="<p>The frigate left Bergen at dawn, with a tanker.</p>"))
    desk.save(item.article, by=desk.editor, headline="Ours")
    item = bring(source, agency, ninjs_item(version="2", body_html=NEWER))
    client.force_login(desk.editor)

    page = client.get(page_of(item)).content.decode()
    client.post(page_of(item), {"verb": "take_update", "seen": item.content_hash})

    assert ("<del>dawn</del>" in page, "<ins>noon</ins>" in page, "Our headline stays" in page) == (True, True, True)
    article = desk.fresh(item.article)
    assert ("at noon" in article.body, article.headline) == (True, "Ours")


def test_board_tells_of_kills_updates_and_sources_that_fail(client, declare, agency, desk) -> None:
    source = declare(format="ninjs")
    items = [ninjs_item(f"urn:{n}", headline=f"No. {n}", body_html=f"<p>Words {n}.</p>") for n in range(2)]
    bring(source, agency, *items)
    for article in Article.objects.all():
        desk.save(article, by=desk.editor, slugline="ours")
    bring(
        source,
        agency,
        items[0] | {"version": "2", "headline": "Later"},
        items[1] | {"pubstatus": "canceled", "version": "2"},
    )
    WireSource.objects.filter(pk=declare("Silent").pk).update(
        paused_at=timezone.now(), failures=12, failing_since=timezone.now(), last_error="It did not answer in time."
    )
    client.force_login(desk.editor)

    page = client.get(reverse("admin:index")).content.decode()

    assert "Coast Agency killed “<a href=" in page
    assert "New versions from agencies" in page
    assert ("is paused: nothing comes from it" in page, "It did not answer in time." in page) == (True, True)
    assert [len(rows) for rows in (board_of(desk.editor).wire.kills, board_of(desk.editor).wire.offers)] == [1, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Coast", "Norwegian waters", "Taken"]),
        ("state=new", ["Coast", "Norwegian waters"]),
        ("state=taken", ["Taken"]),
        ("state=ignored", ["Ignored"]),
        ("state=also", ["Twin"]),
        ("q=tanker", ["Coast"]),
        ("q=%22%27%3A*%20%26%7C%21", []),
        ("country=norway", ["Norwegian waters"]),
        ("country=nowhere", []),
    ],
)
def test_list_finds_by_state_words_and_country(client, declare, norway, editor, query, found) -> None:
    source = declare()
    article = Article.objects.create()

    def item(headline: str, text: str = "", **columns) -> WireItem:
        return WireItem.objects.create(source=source, guid=headline, headline=headline, text=text, **columns)

    first = item("Coast", "A tanker left.")
    item("Norwegian waters")
    item("Taken", state="taken", article=article)
    item("Ignored", state="ignored")
    item("Twin", duplicate_of=first)
    client.force_login(editor)

    response = client.get(f"{LIST}?{query}")

    assert sorted(row.headline for row in response.context["cl"].result_list) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("word " * 60, "word " * 31 + "word…"),
        ("Short,\n\nand whole.", "Short, and whole."),
        (f"{'word ' * 30}wordwordz behind", f"{'word ' * 30}wordwordz…"),
    ],
)
def test_list_begins_the_copy_and_ends_after_a_word(client, declare, editor, text, shown) -> None:
    WireItem.objects.create(source=declare(), guid="1", headline="Coast", text=text)
    client.force_login(editor)

    assert f'<span class="wire-standfirst">{shown}</span>' in client.get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_as_many_queries_for_one_row_as_for_three(
    client, declare, editor, django_assert_num_queries, rows
) -> None:
    for number in range(rows):
        source = declare(f"S{number}")
        item = WireItem.objects.create(source=source, guid="1", headline="One")
        WireItem.objects.create(source=source, guid="2", duplicate_of=item)
    client.force_login(editor)

    for address, queries in ((LIST, 9), (SOURCES, 7)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_editor_declares_a_source_and_an_address_inside_is_refused(client, agency, editor, settings) -> None:
    client.force_login(editor)

    client.post(NEW_SOURCE, form_of(agency.url()))
    assert WireSource.objects.get().url == agency.url()

    settings.WEBHOOK_LOOPBACK = False
    for url in (agency.url("/b"), "https://127.0.0.1/", "https://user:word@example.org/", "file:///etc/passwd"):
        response = client.post(NEW_SOURCE, form_of(url, name="Other"))
        assert response.context["adminform"].form.errors["url"], url
    assert WireSource.objects.count() == 1


def test_trial_shows_what_would_come_in_and_keeps_nothing(client, agency, editor) -> None:
    agency.body = rss(rss_item("1"), "<item/>")
    client.force_login(editor)

    page = client.post(TRY, form_of(agency.url())).content.decode()

    assert ("Frigate leaves port" in page, "neither a title nor words" in page) == (True, True)
    assert (WireSource.objects.count(), WireItem.objects.count(), Article.objects.count()) == (0, 0, 0)


def test_trial_says_what_is_wrong_and_is_no_door_for_reporters(client, agency, editor, journalist) -> None:
    agency.status = 404
    client.force_login(editor)
    pages = [client.post(TRY, form_of(url)).content.decode() for url in (agency.url(), "http://example.org/")]
    assert ("nothing at this address" in pages[0], "Only https" in pages[1]) == (True, True)

    asked = len(agency.asked)
    client.force_login(journalist)
    assert client.post(TRY, form_of(agency.url())).status_code == 403
    assert len(agency.asked) == asked


def test_trial_of_a_saved_source_changes_nothing_of_it(client, declare, agency, editor) -> None:
    source = declare()
    agency.body = rss(rss_item("1"))
    client.force_login(editor)

    page = client.post(
        reverse("admin:wire_wiresource_try_saved", args=[source.pk]), form_of(agency.url("/x"), name="New")
    )

    assert "Frigate leaves port" in page.content.decode()
    assert WireSource.objects.get().name == "Coast"


def test_changed_address_forgets_what_the_old_one_said(client, declare, agency, editor) -> None:
    source = declare(
        etag='"1"', failures=12, failing_since=timezone.now(), paused_at=timezone.now(), last_error="Gone."
    )
    client.force_login(editor)

    client.post(reverse("admin:wire_wiresource_change", args=[source.pk]), form_of(agency.url("/elsewhere")))

    source.refresh_from_db()
    assert (source.url, source.etag, source.is_paused, source.failures) == (agency.url("/elsewhere"), "", False, 0)


def test_fetch_now_starts_a_paused_source_again(client, declare, editor, journalist) -> None:
    source = declare(failures=12, failing_since=timezone.now(), paused_at=timezone.now())
    ask = reverse("admin:wire_wiresource_ask", args=[source.pk])
    client.force_login(journalist)
    client.post(ask)
    assert WireSource.objects.get().is_paused

    client.force_login(editor)
    client.post(ask)

    assert (WireSource.objects.get().is_paused, WireSource.objects.get().failures) == (False, 0)
    assert client.get(ask).status_code == 405
