"""No link is lost: what was renamed, merged, typed in capitals or written in another form leads on, in one step."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.models import Author, FormerAddress, Listing, Section
from entities import merging
from entities.models import Entity


@pytest.fixture
def live_story(desk):
    return desk.live()


def renamed(desk, article, slug):
    publishing.publish_update(desk.approve_again(desk.save(article, slug=slug)), by=desk.editor)


def end_of(client, address):
    """Where an address leads in the end: its status, its path, and the steps that it took."""
    response = client.get(address, follow=True)
    return response.status_code, response.request["PATH_INFO"], len(response.redirect_chain)


def unit(name, told_by):
    """A unit that a live story names: what none names has no page."""
    made = Entity.objects.create(kind="unit", name=name, slug=name)
    Listing.objects.create(article=told_by, entity=made, role="about", published_at=told_by.published_at)
    return made


def test_earlier_addresses_of_a_story_lead_to_the_newest_in_one_step(client, desk):
    article = desk.live("First name")
    for slug in ("second", "third", "fourth"):
        renamed(desk, article, slug)
    month = f"/news/{article.published_at:%Y/%m}"

    seen = {slug: end_of(client, f"{month}/{slug}/") for slug in ("first-name", "second", "third", "fourth")}

    newest = f"{month}/fourth/"
    assert seen == dict.fromkeys(("first-name", "second", "third"), (200, newest, 1)) | {"fourth": (200, newest, 0)}


def test_story_renamed_to_and_fro_has_no_loop(client, desk):
    article = desk.live("There")
    for slug in ("back", "there", "back", "there"):
        renamed(desk, article, slug)
    month = f"/news/{article.published_at:%Y/%m}"

    assert end_of(client, f"{month}/there/") == (200, f"{month}/there/", 0)
    assert end_of(client, f"{month}/back/") == (200, f"{month}/there/", 1)


def test_other_forms_of_a_story_address_lead_to_it(client, desk):
    article = desk.live("Fleet returns to port")
    year, month = f"{article.published_at:%Y %m}".split()
    whole = f"/news/{year}/{month}/fleet-returns-to-port/"
    forms = (
        *(
            f"/news/{year}/{month}/Fleet-Returns-To-Port/",
            whole.upper(),
            f"{whole}amp/",
            "/news/fleet-returns-to-port/",
        ),
        *(f"/news/{year}/{int(month)}/fleet-returns-to-port", f"/news/{year}/{month}/24/fleet-returns-to-port/"),
        *("/news/fleet-returns-to-port.html", f"/news/{year}/fleet-returns-to-port", whole.rstrip("/")),
    )

    assert {form: end_of(client, form)[:2] for form in forms} == dict.fromkeys(forms, (200, whole))


def test_other_form_of_a_killed_story_leads_to_its_notice(client, desk):
    article = desk.killed("Fleet returns to port")

    status, path, _ = end_of(client, "/news/Fleet-Returns-To-Port")

    assert (status, path) == (410, f"/news/{article.published_at:%Y/%m}/fleet-returns-to-port/")


def test_slug_typed_in_capitals_becomes_an_address_in_small_letters(client, desk):
    article = desk.live("Fleet", slug="FLEET-Home")

    assert article.representation.path.endswith("/fleet-home")


def test_renamed_section_author_and_entity_lead_on_with_their_feeds(client, desk, section, author):
    fleet = unit("old-fleet", desk.live())
    for thing, slug in ((section, "at-sea"), (author, "ana-example"), (fleet, "new-fleet")):
        type(thing).objects.filter(pk=thing.pk).update(slug=slug)
    old = ("/sections/sea/", "/authors/ana-sample/", "/entities/unit/old-fleet/", "/feeds/sections/sea.atom")
    new = ("/sections/at-sea/", "/authors/ana-example/", "/entities/unit/new-fleet/", "/feeds/sections/at-sea.atom")

    assert [end_of(client, address) for address in old] == [(200, address, 1) for address in new]
    assert end_of(client, "/SECTIONS/Sea")[:2] == (200, "/sections/at-sea/")


def test_address_that_another_thing_has_today_is_that_things(client, desk):
    story = desk.live()
    first = unit("fleet", story)
    Entity.objects.filter(pk=first.pk).update(slug="first-fleet")
    unit("fleet", story)

    assert end_of(client, "/entities/unit/fleet/") == (200, "/entities/unit/fleet/", 0)


def test_entity_of_another_kind_leads_on(client, desk):
    thing = unit("tides", desk.live())
    Entity.objects.filter(pk=thing.pk).update(kind="organisation")

    assert end_of(client, "/entities/unit/tides/") == (200, "/entities/organisation/tides/", 1)


def test_former_address_of_a_hidden_entity_is_not_found(client, desk):
    thing = unit("old", desk.live())
    Entity.objects.filter(pk=thing.pk).update(slug="new", is_hidden=True)

    assert client.get("/entities/unit/old/").status_code == 404


def test_capitals_lead_nowhere_where_there_is_nothing(client, db):
    for address in (
        "/SECTIONS/NOWHERE/",
        "/news/Nothing-Here",
        "/News/2026/11/",
        "/ADMIN/",
        "/Media/X.png",
        "/API/V1/",
    ):
        assert client.get(address).status_code == 404, address


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["rename", "merge", "unmerge"]), st.integers(0, 3), st.integers(0, 3)), max_size=12
    )
)
def test_after_any_renames_and_merges_every_address_ends_at_a_page(client, live_story, steps):
    """No loop, no lost link, at most two steps: to the slug of today, and from there to whom it was merged into."""
    FormerAddress.objects.all().delete()
    Listing.objects.filter(entity__kind="unit").delete()
    Entity.objects.filter(kind="unit").update(merged_into=None)
    Entity.objects.filter(kind="unit").delete()
    units, number = [unit(f"unit-{place}", live_story) for place in range(4)], 4
    known = {f"unit-{place}" for place in range(4)}
    for action, one, other in steps:
        subject, into = (Entity.objects.get(pk=units[place].pk) for place in (one, other))
        if action == "rename":
            # Sometimes a new name, sometimes one that another has let go of.
            number += 1
            slug = f"unit-{number % 7}"
            if not Entity.objects.filter(kind="unit", slug=slug).exists():
                Entity.objects.filter(pk=subject.pk).update(slug=slug)
                known.add(slug)
        elif action == "merge" and not merging.refusal_of(subject, into=into):
            merging.merge(subject, into=into)
        elif action == "unmerge" and subject.merged_into:
            merging.unmerge(subject)

    for slug in known:
        status, path, hops = end_of(client, f"/entities/unit/{slug}/")
        assert (status, hops <= 1) == (200, True), slug
        assert path == Entity.objects.get(kind="unit", slug=path.split("/")[3]).canonical.get_absolute_url()


def test_names_of_sections_and_authors_are_free_again(db, section, author):
    """A former address never stands in the way of who takes it."""
    Section.objects.filter(pk=section.pk).update(slug="old")
    Section.objects.create(slug="sea", name="The sea")
    Author.objects.filter(pk=author.pk).update(slug="old")
    Author.objects.create(slug="ana-sample", name="Another Ana")

    assert set(FormerAddress.objects.values_list("path", flat=True)) == {"/sections/sea/", "/authors/ana-sample/"}
