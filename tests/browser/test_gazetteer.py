"""A name is tried, taken back, tried again and saved, in a real browser, with and without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from articles import proposing
from articles.models import NewName
from entities.models import Entity, Name

pytestmark = pytest.mark.browser


@pytest.fixture
def ship(transactional_db, desk) -> Entity:
    desk.draft("Out at sea", body="<p>The Bluefin left at dawn.</p>")
    ship = Entity.objects.create(kind="equipment", name="KNM Bluefin", slug="knm-bluefin")
    Name.objects.create(entity=ship, text="Bluefin", strength="weak", needs_context=["submarine"])
    return ship


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("has_javascript", [True, False])
def test_name_is_tried_before_it_is_saved(signed_in, desk, ship, scheme: str, has_javascript: bool) -> None:
    page = signed_in(desk.editor, java_script_enabled=has_javascript, color_scheme=scheme)
    page.goto(reverse("admin:entities_entity_change", args=[ship.pk]))
    page.select_option("[name=names-0-strength]", "strong")

    page.click("[name=_try]")
    assert page.inner_text("h1") == "1 story would change"
    assert page.inner_text(".sentence mark") == "Bluefin"
    if has_javascript:
        assert Axe().run(page, options={"preload": False}).response["violations"] == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click("[name=_edit]")
    assert page.input_value("[name=names-0-strength]") == "strong"
    assert Name.objects.get().strength == "weak"
    page.click("[name=_try]")
    page.click("[name=_save]")

    assert Name.objects.get().strength == "strong"


@pytest.mark.journey
def test_new_name_becomes_an_entity(signed_in, transactional_db, desk) -> None:
    proposing.suggest(desk.draft("Rain at the parade", body="<p>General Ana Sample spoke.</p>").revision_id)
    page = signed_in(desk.editor)
    page.goto(reverse("admin:articles_newname_changelist"))
    page.click("text=Ana Sample >> nth=0")

    page.click("section.decision >> nth=0 >> [name=_try]")
    assert page.inner_text("h1") == "1 story would change"
    page.click("[name=_save]")
    page.wait_for_url("**/newname/")

    assert "“Ana Sample” is an entity now." in page.inner_text(".messagelist")
    assert NewName.objects.get().entity == Entity.objects.get()
