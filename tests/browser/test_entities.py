"""The entities desk in a real browser: read a page, mend a name, merge and undo; light, dark and narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Mention, Quote, Tag
from entities.merging import merge
from entities.models import Entity, Name, Relation
from tests.browser.editing_page import edit, put_cursor_in
from tests.browser.forty_proposals import with_proposals

pytestmark = pytest.mark.browser


@pytest.fixture
def ship(transactional_db, desk, norway) -> Entity:
    """Named in stories by a word that people reject, and also Norway's word in one story."""
    ship = Entity.objects.create(
        kind="equipment",
        category="frigate",
        name="KNM Bluefin",
        slug="knm-bluefin",
        country=norway.country_facts,
        summary="A frigate that never sailed.",
        naming_note="We write KNM, not HNoMS.",
        source="https://example.org/ships",
    )
    Name.objects.create(entity=ship, text="Bluefin", strength="weak", needs_context=["frigate", "navy"])
    Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin")
    judged = {"verdict": "rejected", "verdict_by": desk.editor, "verdict_at": timezone.now()}
    for number in range(6):
        article = desk.draft(f"Out at sea for the {number}th time with a headline of some length")
        for entity, surface, verdict in ((ship, "Bluefin", judged if number else {}), (norway, "Tuna", {})):
            tag = Tag.objects.create(article=article, entity=entity, score=0.5, **verdict)
            Mention.objects.create(tag=tag, revision=article.revision, start=4, end=11, surface=surface)
    Quote.objects.create(
        article=article,
        revision=article.revision,
        text="return to port by Friday",
        start=33,
        end=57,
        speaker_entity=ship,
    )
    Relation.objects.create(subject=ship, kind="part_of", object=norway, role="flagship")
    old = Entity.objects.create(kind="equipment", name="HNoMS Bluefin", slug="hnoms-bluefin")
    Name.objects.create(entity=old, text="Royal Bluefin", strength="forbidden")
    merge(old, into=ship)
    return ship


def change_page(entity: Entity) -> str:
    return reverse("admin:entities_entity_change", args=[entity.pk])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_desk_are_accessible_wide_and_narrow(signed_in, desk, ship, scheme: str) -> None:
    page = signed_in(desk.editor, color_scheme=scheme)
    other = Entity.objects.get(name="Bluefin")
    for address in (
        change_page(ship),
        reverse("admin:entities_entity_changelist"),
        reverse("admin:entities_entity_rejected_names"),
        reverse("admin:entities_entity_merge", args=[other.pk]) + f"?into={ship.pk}",
    ):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)

        assert Axe().run(page, options={"preload": False}).response["violations"] == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_word_that_means_something_else_is_warned_of_and_saved(signed_in, desk, ship) -> None:
    page = signed_in(desk.editor)
    page.goto(change_page(ship))
    page.fill("[name=names-0-text]", "Tuna")
    page.click("[name=_save]")

    assert "“Tuna” stands in 6 stories as something else: Norway (6)." in page.inner_text(".alias-warnings")
    page.click("[name=_save]")
    page.wait_for_url("**/entities/entity/")

    assert ship.names.get().text == "Tuna"


@pytest.mark.journey
def test_merge_is_previewed_done_and_undone_from_the_other_page(signed_in, desk, ship) -> None:
    other = Entity.objects.get(name="Bluefin")
    page = signed_in(desk.editor)
    page.goto(reverse("admin:entities_entity_merge", args=[other.pk]) + f"?into={ship.pk}")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url(f"**{change_page(other)}")
    page.goto(change_page(ship))
    page.click("[aria-label='Undo the merge of Bluefin']")
    page.wait_for_url(f"**{change_page(ship)}")

    other.refresh_from_db()
    assert other.merged_into is None


def test_highlight_says_how_we_write_it(signed_in, desk, journalist) -> None:
    article = with_proposals(desk, 1)
    tag = article.tags.get()
    Entity.objects.filter(pk=tag.entity_id).update(naming_note="We write Vessel, never Boat.")
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 900}), article, tab="Proposals")
    put_cursor_in(page, "We sail")

    page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]').hover()

    expect(page.locator("#evidence-popover")).to_contain_text("How we write it: We write Vessel, never Boat.")
