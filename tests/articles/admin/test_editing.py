"""The editing page: what it shows, what saving does, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from celery import current_app
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from articles import proposing, suggestions
from articles.models import Article
from articles.models.verdict import Verdict

JSON = {"Accept": "application/json"}
QUOTED = "<p>The minister said the fleet would “return to port by Friday”.</p>"


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(client: Client, article: Article, **changes: Any) -> dict[str, Any]:
    """What a browser would send back from the page, with some fields changed."""
    form = client.get(page_of(article)).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list):
            data[bound.html_name] = [str(getattr(item, "pk", item)) for item in value]
        else:
            data[bound.html_name] = "" if value is None else str(value)
    return data | changes


def test_add_offers_a_button_and_makes_nothing_by_itself(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.get(reverse("admin:articles_article_add"))

    assert response.status_code == 200
    assert "Begin writing" in response.content.decode()
    assert Article.objects.count() == 0


def test_add_makes_the_draft_at_once(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(reverse("admin:articles_article_add"))

    article = Article.objects.get()
    assert (article.created_by, article.headline, article.revision.number) == (journalist, "", 1)
    assert response.headers["Location"] == page_of(article)


def test_add_refuses_who_may_not_write(client: Client, stranger) -> None:
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    response = client.post(reverse("admin:articles_article_add"))

    assert response.status_code == 403
    assert Article.objects.count() == 0


def test_save_works_as_a_plain_form(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = client.post(
        page_of(article), form_of(client, article, headline="Fleet delayed", body="<p>Not <b>before</b> Sunday.</p>")
    )

    saved = desk.fresh(article)
    assert response.headers["Location"] == page_of(article)
    assert saved.headline == "Fleet delayed"
    assert saved.revision.text == "Not before Sunday."
    assert saved.lock_version == article.lock_version + 1


def test_save_in_place_answers_with_the_new_lock(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = client.post(page_of(article), form_of(client, article, headline="Fleet delayed"), headers=JSON)

    saved = desk.fresh(article)
    assert response.json()["lock_version"] == saved.lock_version == article.lock_version + 1
    assert saved.headline == "Fleet delayed"


def test_save_of_an_unchanged_form_makes_no_revision(client: Client, desk, journalist) -> None:
    article = desk.draft(related=[{"title": "A title"}, {"title": "Elsewhere", "url": "https://example.org/a"}])
    client.force_login(journalist)

    client.post(page_of(article), form_of(client, article))

    assert desk.fresh(article).lock_version == article.lock_version


def test_save_stands_when_the_broker_does_not_answer(
    client: Client, desk, journalist, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    article = desk.draft()
    client.force_login(journalist)
    data = form_of(client, article, headline="Fleet delayed")

    def refuse(*args: Any, **options: Any) -> None:
        raise OperationalError("terminating connection due to administrator command")

    monkeypatch.setattr(current_app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        response = client.post(page_of(article), data, headers=JSON)

    assert (response.status_code, len(callbacks)) == (200, 1)
    assert desk.fresh(article).headline == "Fleet delayed"


def test_save_requires_nothing_of_a_draft(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    empty = {"headline": "", "standfirst": "", "body": "", "section": "", "authors": []}

    response = client.post(page_of(article), form_of(client, article, **empty), headers=JSON)

    saved = desk.fresh(article)
    assert response.status_code == 200
    assert (saved.headline, saved.body, saved.section) == ("", "", None)


def test_save_writes_everything_beside_the_words(client: Client, desk, journalist, section) -> None:
    article = desk.draft()
    other = desk.live("Minehunter leaves")
    client.force_login(journalist)
    address = other.edition.get_absolute_url()
    related = f"{address}\nElsewhere | https://example.org/a\nA title alone"
    facts = {"dateline": "GDYNIA", "urgency": "2", "type": "analysis", "slugline": "fleet", "related": related}

    client.post(page_of(article), form_of(client, article, **facts))

    saved = desk.fresh(article)
    links = [(link.target_id, link.title, link.url) for link in saved.related_links.all()]
    assert (saved.dateline, saved.urgency, saved.type, saved.slugline) == ("GDYNIA", 2, "analysis", "fleet")
    assert links == [(other.pk, "", ""), (None, "Elsewhere", "https://example.org/a"), (None, "A title alone", "")]


def test_approved_story_that_is_only_assigned_is_read_and_says_what_to_do(client: Client, desk, colleague) -> None:
    article = desk.approved()
    Article.objects.filter(pk=article.pk).update(assigned_to=colleague)
    client.force_login(colleague)

    page = client.get(page_of(article))
    saved = client.post(page_of(article), form_of(client, article, headline="Mine now"), headers=JSON)

    assert "ask an editor to request changes, which opens it again" in page.content.decode()
    assert (saved.status_code, desk.fresh(article).work_state) == (403, "approved")


def test_save_says_which_field_is_wrong_and_saves_nothing(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    data = form_of(client, article, headline="Kept", related="#999999 Gone", urgency="99")

    response = client.post(page_of(article), data, headers=JSON)

    assert response.status_code == 422
    assert response.json()["fields"] == {
        "related": "There is no story #999999 to link to.",
        "urgency": "Select a valid choice. 99 is not one of the available choices.",
    }
    assert desk.fresh(article).headline == article.headline


def test_save_without_javascript_gives_a_wrong_form_back_with_its_words(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = client.post(page_of(article), form_of(client, article, headline="Typed", related="#999999 Gone"))

    assert response.status_code == 422
    assert "Typed" in response.content.decode()


def test_save_is_refused_to_a_colleague_and_keeps_the_words(client: Client, desk, colleague) -> None:
    article = desk.draft()
    client.force_login(colleague)

    response = client.post(page_of(article), form_of(client, article, headline="Mine now"))

    assert response.status_code == 409
    assert "neither yours nor assigned to you" in response.content.decode()
    assert desk.fresh(article).headline == article.headline


def test_save_that_would_give_a_story_to_partners_is_refused_and_keeps_the_words(
    client: Client, desk, journalist, editor
) -> None:
    article = desk.save(desk.draft(), may_syndicate=False)
    client.force_login(journalist)

    page = client.get(page_of(article)).content.decode()
    response = client.post(page_of(article), form_of(client, article, headline="Typed", may_syndicate="on"))

    assert "Partners do not get it: only an editor may change that." in page
    assert response.status_code == 409
    assert "untick “Partners get it” and save again" in response.content.decode()
    assert response.context["form"]["headline"].value() == "Typed"
    assert desk.fresh(article).may_syndicate is False
    # As the page now stands, it saves.
    client.post(page_of(article), form_of(client, article, headline="Typed"))
    assert desk.fresh(article).headline == "Typed"
    client.force_login(editor)
    client.post(page_of(article), form_of(client, article, may_syndicate="on"))
    assert desk.fresh(article).may_syndicate is True


def test_page_is_read_only_for_a_colleague(client: Client, desk, colleague) -> None:
    article = desk.draft()
    client.force_login(colleague)

    response = client.get(page_of(article))

    assert response.context["is_editable"] is False
    assert all(field.disabled for field in response.context["form"].fields.values())


def test_page_of_a_killed_story_is_read_only_even_for_the_chief(client: Client, desk, chief) -> None:
    article = desk.killed()
    client.force_login(chief)

    response = client.get(page_of(article))

    assert response.context["is_editable"] is False
    assert "can no longer be edited" in response.content.decode()


def test_page_is_closed_to_strangers(client: Client, desk, stranger) -> None:
    article = desk.draft()
    client.force_login(stranger)

    response = client.get(page_of(article))

    assert response.status_code in (302, 403)


def test_page_of_no_story_is_not_found(client: Client, desk, journalist) -> None:
    client.force_login(journalist)

    assert client.get("/admin/articles/article/999999/change/").status_code == 404
    assert client.get("/admin/articles/article/none/change/").status_code == 404


def test_page_allows_no_inline_script_but_the_import_map(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = client.get(page_of(article))

    policy = response.headers["Content-Security-Policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert "unsafe" not in policy
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode().replace(
        f'nonce="{nonce}" type="importmap"', f'type="importmap" nonce="{nonce}"'
    )


def test_page_offers_the_verbs_of_the_moment(client: Client, desk, editor) -> None:
    article = desk.in_review()
    client.force_login(editor)

    panel = client.get(page_of(article)).context["panel"]

    assert panel.foremost.verb == "approve_and_publish"
    assert [press.verb for press in panel.further] == ["recall", "request_changes", "approve"]
    assert [press.verb for press in panel.grave] == ["spike"]


def test_page_offers_no_update_where_readers_have_the_newest_version(client: Client, desk, editor) -> None:
    article = desk.live()
    client.force_login(editor)

    panel = client.get(page_of(article)).context["panel"]

    assert panel.foremost is None
    assert "publish_update" not in [press.verb for press in panel.presses]


def test_page_offers_the_minor_update_after_a_change(client: Client, desk, editor) -> None:
    article = desk.save(desk.live(), by=editor, headline="Fleet returns to port again")
    client.force_login(editor)

    panel = client.get(page_of(article)).context["panel"]

    assert panel.foremost.verb == "publish_minor_update"


@pytest.fixture
def tagged(desk, norway, finland):
    """Makes a tagged story with as many quotes and countries as asked."""

    def make(count: int) -> Article:
        countries = ["Norway", "Finland", "Sweden"][:count]
        body = "".join(f"<p>“We sail on day number {name},” Captain Ida Berg of {name} said.</p>" for name in countries)
        article = desk.draft(f"Fleets of {count}", body=body, related=[{"title": f"Title {n}"} for n in range(count)])
        proposing.suggest(article.revision_id)
        return article

    return make


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_row_and_three(
    client: Client, tagged, journalist, count, django_assert_num_queries
) -> None:
    article = tagged(count)
    client.force_login(journalist)

    with django_assert_num_queries(20):
        client.get(page_of(article))


@pytest.mark.parametrize("count", [1, 3])
def test_save_costs_the_same_for_one_row_and_three(
    client: Client, tagged, journalist, count, django_assert_num_queries
) -> None:
    article = tagged(count)
    client.force_login(journalist)
    data = form_of(client, article, headline="Another one", body=article.body + QUOTED)

    with django_assert_num_queries(24):
        client.post(page_of(article), data, headers=JSON)


def test_page_stays_within_its_budget_where_most_is_asked(
    client: Client, tagged, desk, editor, django_assert_max_num_queries
) -> None:
    article = tagged(3)
    other = desk.live("Minehunter leaves")
    linked = f'{article.body}<p><a href="{other.edition.get_absolute_url()}">More</a></p>'
    desk.save(desk.approve_again(desk.save(article, body=linked)), by=editor, headline="Not yet approved")
    client.force_login(editor)

    with django_assert_max_num_queries(20):
        client.get(page_of(article))


def test_verdicts_survive_saving(client: Client, tagged, journalist) -> None:
    article = tagged(1)
    quote = article.quotes.get()
    suggestions.confirm_quote(quote, by=journalist)
    client.force_login(journalist)

    client.post(page_of(article), form_of(client, article, body=article.body + "<p>One more.</p>"))

    quote.refresh_from_db()
    assert (quote.verdict, quote.anchor) == (Verdict.CONFIRMED, "kept")


def test_the_words_are_shown_as_they_are_set_until_the_editor_is_there(client: Client, desk) -> None:
    article = desk.draft(body="<h2>North</h2><p>Norway <strong>sends</strong> ships.</p>")
    client.force_login(desk.journalist)

    page = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()

    shown = page.split('class="story is-awaited"')[1].split("<textarea")[0]
    assert "<strong>sends</strong>" in shown
    assert 'name="body"' in page


def test_words_that_could_not_be_saved_are_shown_without_what_may_do_harm(client: Client, desk) -> None:
    article = desk.draft()
    client.force_login(desk.journalist)

    page = client.post(
        f"/admin/articles/article/{article.pk}/change/",
        {"lock_version": "wrong", "body": "<p>Typed</p><script>alert(1)</script><p onclick='x()'>on</p>"},
    ).content.decode()

    shown = page.split('class="story is-awaited"')[1].split("<textarea")[0]
    assert "Typed" in shown
    assert "<script" not in shown
    assert "onclick" not in shown
