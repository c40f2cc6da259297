from django.test import Client
from django.urls import reverse

from articles.models import StandingPage


def form_of(page, **changed):
    fields = ("title", "summary", "body", "ordinal", "version")
    return {name: getattr(page, name) for name in fields} | {"is_public": "on"} | changed


def address(page):
    return reverse("admin:articles_standingpage_change", args=[page.pk])


def test_chief_saves_a_page_and_readers_have_it(client: Client, chief):
    page = StandingPage.objects.get(slug="privacy")
    client.force_login(chief)

    response = client.post(address(page), form_of(page, title="What we keep", slug="elsewhere"))

    assert response.status_code == 302
    shown = client.get("/policies/privacy/").content.decode()
    assert "<h1>What we keep</h1>" in shown


def test_page_that_somebody_saved_meanwhile_keeps_the_words_typed(client: Client, chief):
    page = StandingPage.objects.get(slug="privacy")
    client.force_login(chief)
    client.post(address(page), form_of(page, title="Theirs"))

    response = client.post(address(page), form_of(page, title="Mine"))

    assert response.status_code == 409
    assert 'value="Mine"' in response.content.decode()
    page.refresh_from_db()
    assert page.title == "Theirs"


def test_versions_tell_who_changed_what(client: Client, chief):
    page = StandingPage.objects.get(slug="privacy")
    client.force_login(chief)
    client.post(address(page), form_of(page, title="What we keep"))

    shown = client.get(reverse("admin:articles_standingpage_versions", args=[page.pk])).content.decode()

    assert "<ins>What we keep</ins>" in shown
    assert "<del>Privacy</del>" in shown
    assert "came with the installation" in shown


def test_chief_makes_a_page_of_a_title_and_an_address(client: Client, chief):
    client.force_login(chief)

    client.post(
        reverse("admin:articles_standingpage_add"),
        {"title": "Jobs", "slug": "jobs", "summary": "", "body": "<p>Work here.</p>", "ordinal": 9, "version": 1}
        | {"is_public": "on"},
    )

    assert "Work here." in client.get("/policies/jobs/").content.decode()


def test_the_list_tells_the_time_as_the_rest_of_the_desk_does(client: Client, chief):
    client.force_login(chief)

    shown = client.get(reverse("admin:articles_standingpage_changelist")).content.decode()

    assert 'class="field-changed"><time datetime="' in shown
    assert ".m." not in shown.split('id="result_list"')[1]
