"""axe-core on every page of the admin, light and dark: the pages come from the resolver, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse

from articles import commenting, sittings, workflow
from articles.admin.verb_table import DOORS
from articles.models import Article, Notification
from articles.sittings import Typed
from articles.transitions import allowed_verbs, one_press_verbs
from tests.browser.editing_page import accessibility_problems, open_tab
from tests.browser.forty_proposals import with_proposals
from tests.desk import make_person
from tests.newsroom.test_admin_urls import address, patterns
from tests.newsroom.test_admin_urls import rows as rows  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

SCHEMES = ("light", "dark")
TABS = ("Desk", "Proposals", "Comments", "About")

# Addresses that show no page by GET, and why. Whatever is not here is visited.
FRAGMENT, DATA = "a part of a page, looked at where it stands", "data for a script, or a file"
LEADS_ON, POST_ONLY = "leads on to another page", "takes POST only"
NOBODY = "shown to nobody: refused or not there for every role"
NO_PAGES = {
    "accounts_accountevent_add": NOBODY,
    "accounts_accountevent_delete": NOBODY,
    "accounts_lock_add": NOBODY,
    "accounts_lock_delete": NOBODY,
    "articles_article_add_quote": POST_ONLY,
    "articles_article_add_tag": POST_ONLY,
    "articles_article_checks": POST_ONLY,
    "articles_article_comment": POST_ONLY,
    "articles_article_comments": FRAGMENT,
    "articles_article_confirm_all": POST_ONLY,
    "articles_article_decide": POST_ONLY,
    "articles_article_delete": NOBODY,
    "articles_article_discard": POST_ONLY,
    "articles_article_entities": DATA,
    "articles_article_find": DATA,
    "articles_article_forget_list": POST_ONLY,
    "articles_article_heartbeat": POST_ONLY,
    "articles_article_keep_list": POST_ONLY,
    "articles_article_panel": FRAGMENT,
    "articles_article_people": DATA,
    "articles_article_preview": POST_ONLY,
    "articles_article_restore": POST_ONLY,
    "articles_article_revoke": POST_ONLY,
    "articles_article_run_again": POST_ONLY,
    "articles_article_share": POST_ONLY,
    "articles_article_storylines": POST_ONLY,
    "articles_article_take_back": POST_ONLY,
    "articles_article_thread": POST_ONLY,
    "articles_author_delete": NOBODY,
    "articles_diaryentry_delete": NOBODY,
    "articles_errorreport_add": NOBODY,
    "articles_errorreport_delete": NOBODY,
    "articles_exerciseedition_delete": NOBODY,
    "articles_frontslot_add": NOBODY,
    "articles_frontslot_change": LEADS_ON,
    "articles_frontslot_delete": NOBODY,
    "articles_frontslot_named": LEADS_ON,
    "articles_image_chooser": DATA,
    "articles_image_delete": NOBODY,
    "articles_image_details": POST_ONLY,
    "articles_image_facts": POST_ONLY,
    "articles_image_render": POST_ONLY,
    "articles_image_thumbnail": DATA,
    "articles_image_upload": POST_ONLY,
    "articles_newname_add": NOBODY,
    "articles_newname_delete": NOBODY,
    "articles_notification_add": NOBODY,
    "articles_notification_change": NOBODY,
    "articles_notification_delete": NOBODY,
    "articles_notification_history": LEADS_ON,
    "articles_notification_read": POST_ONLY,
    "articles_notification_unread": DATA,
    "articles_section_delete": NOBODY,
    "articles_standingpage_delete": NOBODY,
    "articles_storyline_delete": NOBODY,
    "articles_storyline_stories": POST_ONLY,
    "autocomplete": DATA,
    "board": FRAGMENT,
    "entities_entity_delete": NOBODY,
    "entities_entity_unmerge": POST_ONLY,
    "jsi18n": DATA,
    "login": "looked at before anybody signs in",
    "logout": "takes POST only; looked at last",
    "partners_accessevent_add": NOBODY,
    "partners_accessevent_delete": NOBODY,
    "partners_partner_delete": NOBODY,
    "partners_partner_webhook_redeliver": POST_ONLY,
    "partners_partner_webhook_switch": POST_ONLY,
    "partners_product_delete": NOBODY,
    "view_on_site": LEADS_ON,
    "wire_wireitem_add": NOBODY,
    "wire_wireitem_delete": NOBODY,
    "wire_wiresource_ask": POST_ONLY,
    "wire_wiresource_delete": NOBODY,
    "wire_wiresource_try": POST_ONLY,
    "wire_wiresource_try_saved": POST_ONLY,
}
# The page that says that there is none.
NOT_FOUND = "(?P<url>.*)"


def page_names() -> set[str]:
    """Every address of the admin that shows a page: without exports, and Django's old form of a row's address."""
    names = {name for name, _ in patterns(admin.site.get_urls())}
    return {name for name in names - set(NO_PAGES) if not name.endswith(("/export.csv", "/<path:object_id>/"))}


@pytest.fixture
def superuser(db):
    return make_person("root", "Chief", is_superuser=True)


@pytest.fixture
def addresses(rows, desk, superuser) -> dict[str, str]:
    """A page of every name with something on it, and the pages that one address shows in several shapes."""
    routes = {name: route for name, route in patterns(admin.site.get_urls()) if name in page_names()}
    found = {name: address(route, rows) for name, route in routes.items()}
    live = Article.objects.get(pk=rows["articles/article"])
    Notification.objects.create(user=superuser, article=live, message="journalist mentions you.")
    sitting = sittings.keep(live, Typed({"headline": ["Typed"]}, live.lock_version), by=superuser, tab="tab-one")
    found["articles_article_unsaved"] = reverse("admin:articles_article_unsaved", args=[live.pk, sitting.pk])
    story = with_proposals(desk, 4)
    commenting.comment(story, by=desk.editor, text="@journalist which port?")
    found["articles_article_change"] = reverse("admin:articles_article_change", args=[story.pk])
    listed = found["articles_article_changelist"]
    return found | {
        "live story": reverse("admin:articles_article_change", args=[live.pk]),
        "filtered list": f"{listed}?work_state__exact=in_review",
        "empty list": f"{listed}?q=nothing",
        **verb_pages(desk, superuser),
    }


def verb_pages(desk, person) -> dict[str, str]:
    """The page of every verb, at a story where it is possible."""
    changed = desk.approve_again(desk.save(desk.live("Changed"), headline="Changed again"))
    waiting = desk.save(desk.live("Live, once more"), headline="Waiting for an update")
    workflow.submit(waiting, by=desk.journalist)
    spiked = desk.draft("Spiked")
    workflow.spike(spiked, by=desk.editor, reason="Overtaken.")
    stories = [changed, waiting, spiked, desk.draft(), desk.in_review(), desk.approved(), desk.scheduled()]
    stories += [desk.live("Still live"), desk.withdrawn("Withdrawn")]
    found = {}
    for story in map(desk.fresh, stories):
        for verb in (*allowed_verbs(story, by=person), *one_press_verbs(story, by=person)):
            if verb in DOORS:
                found.setdefault(verb, reverse("admin:articles_article_verb", args=[story.pk, verb]))
    return {f"verb {verb}": place for verb, place in found.items()}


def problems(page, name: str) -> Iterator[str]:
    for rule, html in accessibility_problems(page):
        yield f"{name}: {rule} {html[:200]}"


def looked_at(page, name: str, place: str) -> Iterator[str]:
    """What axe-core finds on one page; the editing page with each of its tabs."""
    status = page.goto(place).status
    if status != (404 if name == NOT_FOUND else 200) or "text/html" not in page.evaluate("document.contentType"):
        yield f"{name}: {status} at {place}"
    if name in ("articles_article_change", "live story"):
        page.wait_for_selector(".is-ready .story")
        for tab in TABS:
            open_tab(page, tab)
            yield from problems(page, f"{name}, {tab}")
    else:
        yield from problems(page, name)
    yield from (f"{name}: {violation}" for violation in page.evaluate("window.violations"))


def bulk_page(page) -> None:
    """The page that asks before several stories are changed at once."""
    page.goto(reverse("admin:articles_article_changelist"))
    page.locator("input[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("request_changes")
    page.get_by_role("button", name="Go").click()
    page.wait_for_selector("[name=comment]")


def test_exceptions_are_addresses_of_the_admin() -> None:
    assert set(NO_PAGES) <= {name for name, _ in patterns(admin.site.get_urls())}
    assert {"index", "articles_article_change", "auth_user_password_change"} <= page_names()


def test_every_verb_has_a_page_to_look_at(transactional_db, desk, superuser) -> None:
    assert {name.removeprefix("verb ") for name in verb_pages(desk, superuser)} == set(DOORS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_of_the_admin_has_a_problem(signed_in, superuser, addresses, scheme: str) -> None:
    page = signed_in(superuser, color_scheme=scheme)
    found = []

    for name in sorted(addresses):
        found += looked_at(page, name, addresses[name])
    bulk_page(page)
    found += problems(page, "bulk page")
    page.locator("form[action$='/logout/']").first.evaluate("form => form.submit()")
    page.wait_for_url("**/logout/")
    found += problems(page, "signed out")
    found += looked_at(page, "sign in", reverse("admin:login"))

    assert "\n".join(found) == ""
