import pytest
from django.test import Client
from django.urls import reverse

from articles import desk_lists
from articles.error_reports import report_error
from articles.models import Notification

LIST = reverse("admin:articles_errorreport_changelist")


@pytest.fixture
def report(desk):
    words = {"message": "It was <b>Monday</b>.", "passage": "by Friday", "contact": "reader@example.org"}
    return report_error(desk.live(), version=1, sender="one", **words)


def page_of(report):
    return reverse("admin:articles_errorreport_change", args=[report.pk])


def shown(client, address, person):
    client.force_login(person)
    return client.get(address).content.decode()


def test_list_shows_open_reports_and_the_others_when_asked(client: Client, report, desk):
    assert "It was &lt;b&gt;Monday" in shown(client, LIST, desk.editor)

    client.post(page_of(report), {"verb": "resolve", "note": "Put right."})

    assert "It was" not in shown(client, LIST, desk.editor)
    assert "It was" in shown(client, f"{LIST}?state=resolved", desk.editor)
    assert "It was" in shown(client, f"{LIST}?state=all", desk.editor)


def test_page_shows_the_report_and_takes_a_verb_with_its_note(client: Client, report, desk):
    page = shown(client, page_of(report), desk.editor)
    assert "It was &lt;b&gt;Monday&lt;/b&gt;." in page
    assert "reader@example.org" in page

    response = client.post(page_of(report), {"verb": "reject", "note": "It was\x00 Friday."})

    report.refresh_from_db()
    assert response.status_code == 302
    assert (report.state, report.handled_by, report.note) == ("rejected", desk.editor, "It was Friday.")


def test_page_keeps_the_note_when_somebody_was_quicker(client: Client, report, desk):
    client.force_login(desk.editor)
    client.post(page_of(report), {"verb": "resolve"})

    response = client.post(page_of(report), {"verb": "reject", "note": "Mine"})

    report.refresh_from_db()
    assert (response.status_code, report.state) == (409, "resolved")


def test_page_offers_nothing_to_who_may_not_decide(client: Client, report, colleague):
    page = shown(client, page_of(report), colleague)

    assert 'value="resolve"' not in page
    assert client.post(page_of(report), {"verb": "resolve"}).status_code == 403


def test_action_of_the_list_handles_what_is_chosen(client: Client, report, desk):
    client.force_login(desk.editor)

    client.post(LIST, {"action": "resolve_chosen", "_selected_action": [report.pk]})

    report.refresh_from_db()
    assert report.state == "resolved"


def test_notification_leads_to_the_reports_of_the_story(client: Client, report, desk):
    told = Notification.objects.get(kind="reported")
    client.force_login(desk.journalist)

    response = client.get(reverse("admin:articles_notification_change", args=[told.pk]))

    assert response["Location"] == f"{LIST}?article__id__exact={report.article_id}"
    assert "It was" in client.get(response["Location"]).content.decode()


def test_board_has_the_stories_with_open_reports(report, desk, colleague):
    waiting = desk_lists.with_open_reports(desk.editor)

    assert [(article, article.reports_left) for article in waiting] == [(report.article, 1)]
    assert list(desk_lists.with_open_reports(desk.journalist)) == [report.article]
    assert list(desk_lists.with_open_reports(colleague)) == []
