"""The front page in the admin: a page arranged as a whole, looked at, made live, and never over somebody else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles import front, publishing, suggestions
from articles.front import Place, Spot
from articles.models import FrontSlot, Listing, Section

HOME = reverse("admin:articles_frontslot_changelist")
SEA = reverse("admin:articles_frontslot_section", args=["sea"])
NAMED = reverse("admin:articles_frontslot_named")
LIVE, PREVIEW, EDIT = {"_live": "1"}, {"_preview": "1"}, {"_edit": "1"}


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def of_norway(desk, norway):
    story = desk.draft("Of Norway")
    suggestions.add_tag(story, norway, by=desk.editor, role="about")
    publishing.publish(desk.approve_again(story), by=desk.editor)
    return desk.fresh(story)


def filled():
    return {(slot.place, slot.ordinal): str(slot.story or slot.text) for slot in FrontSlot.objects.all()}


def put(story, *spots, **given):
    for spot in spots:
        front.place(spot, story=story, **given)


def typed(client, address=HOME):
    """What the form of a page holds when it is opened."""
    form = client.get(address).context["form"]
    return {
        f"{place.code}-{name}": str(getattr(place[name].value(), "text", None) or place[name].value() or "")
        for place in form.places
        for name in place.fields
    } | {f"{place.code}-number": str(place.number) for place in form.places if place.number}


def in_minutes(minutes):
    return f"{timezone.now() + timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}"


def test_page_says_what_stands_in_each_place(editor_client, desk):
    put(desk.live("Chosen lead"), Spot(Place.LEAD), by=desk.editor)
    desk.live("The newest")

    page = editor_client.get(HOME).content.decode()

    assert "Chosen lead" in page
    assert "filled by itself: The newest" in page
    assert f'<a href="{SEA}">Sea</a>' in page


def test_page_says_why_a_placed_story_is_not_shown(editor_client, desk):
    story = desk.live("Some story")
    put(story, Spot(Place.LEAD), by=desk.editor)
    desk.kill(story)

    page = editor_client.get(HOME).content.decode()

    assert "<strong>Not shown:</strong> Some story; the story is killed" in page


def test_page_says_that_a_pinned_story_is_of_another_section(editor_client, desk, section):
    moon = Section.objects.create(slug="moon", name="Moon", ordinal=99)
    story = desk.live("Some story")
    address = reverse("admin:articles_frontslot_section", args=["moon"])
    hint = "This story is of the section Sea: pinned here, it stands in Moon as well."
    data = typed(editor_client, address)
    assert hint not in editor_client.get(address).content.decode()

    data |= {"section-1-story": f"#{story.pk}"}
    back = editor_client.post(address, data | EDIT).content.decode()
    editor_client.post(address, data | LIVE)

    assert back.count(hint) == 1
    assert editor_client.get(address).content.decode().count(hint) == 1
    put(story, Spot(Place.SECTION, 1, section), by=desk.editor)
    assert "pinned here, it stands" not in editor_client.get(SEA).content.decode()
    assert FrontSlot.objects.filter(section=moon, story=story).exists()


def test_page_says_that_a_pinned_story_has_left_it(editor_client, desk, norway, of_norway):
    put(of_norway, Spot(Place.ENTITY, 1, entity=norway), by=desk.editor)
    address = reverse("admin:articles_frontslot_page", args=[norway.pk])
    shown = editor_client.get(address).content.decode()
    Listing.objects.filter(article=of_norway).delete()

    page = editor_client.get(address).content.decode()

    assert "Not shown" not in shown
    assert "<strong>Not shown:</strong> Of Norway; it does not stand under Norway any more" in page


def test_killed_story_in_a_row_left_alone_hinders_nothing(editor_client, desk):
    """Nor does another story take its place, whose words hold its number."""
    killed = desk.live("Killed one")
    put(killed, Spot(Place.LEAD), by=desk.editor)
    desk.live(f"Ministry orders {killed.pk} frigates")
    other = desk.live("Other")
    desk.kill(killed)

    answer = editor_client.post(HOME, typed(editor_client) | {"secondary-1-story": f"#{other.pk}"} | LIVE)

    assert answer.status_code == 302, answer.context["form"].places
    assert filled() == {("lead", 1): "Killed one", ("secondary", 1): "Other"}


def test_one_press_makes_all_of_it_live(editor_client, desk):
    one, two, three = desk.live("One"), desk.live("Two"), desk.live("Three")
    put(one, Spot(Place.LEAD), by=desk.editor)
    put(two, Spot(Place.SECONDARY, 1), by=desk.editor)
    ends = in_minutes(90)
    wanted = typed(editor_client) | {
        "lead-1-number": "2",
        "secondary-4-story": f"#{three.pk}",
        "secondary-4-until": ends,
        "breaking-1-text": "Fleet sails",
        "breaking-1-until": ends,
    }

    response = editor_client.post(HOME, wanted | LIVE, follow=True)

    assert "Home page is live as arranged." in response.content.decode()
    assert filled() == {
        ("breaking", 1): "Fleet sails",
        ("lead", 1): "Two",
        ("secondary", 1): "One",
        ("secondary", 4): "Three",
    }
    assert f"{FrontSlot.objects.get(ordinal=4).until:%Y-%m-%dT%H:%MZ}" == ends
    assert LogEntry.objects.filter(content_type__model="frontslot").count() == 4


def test_press_without_a_change_writes_nothing(editor_client, desk):
    put(desk.live("One"), Spot(Place.LEAD), by=desk.chief, until=timezone.now() + timedelta(hours=1))
    stood = FrontSlot.objects.get()

    response = editor_client.post(HOME, typed(editor_client) | LIVE, follow=True)

    assert "Home page stood like this already." in response.content.decode()
    assert FrontSlot.objects.values().get() == {**FrontSlot.objects.values().get(pk=stood.pk), "until": stood.until}


def test_emptied_place_is_given_back_and_noted(editor_client, desk):
    put(desk.live("One"), Spot(Place.LEAD), by=desk.editor)

    editor_client.post(HOME, typed(editor_client) | {"lead-1-story": ""} | LIVE)

    assert filled() == {}
    assert LogEntry.objects.get(content_type__model="frontslot").is_deletion()


def test_place_takes_an_older_story_by_its_address(editor_client, desk):
    story = desk.live("Old")
    address = f"{settings.SITE_URL}{story.representation.get_absolute_url()}?x=1"

    editor_client.post(HOME, {"lead-1-story": address} | LIVE)

    assert filled() == {("lead", 1): "Old"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"lead-1-story": "/news/2026/11/nowhere/"}, "No story is found"),
        ({"lead-1-story": "Not live"}, "is not live. Publish it first"),
        ({"lead-1-story": "\x00"}, "Null characters are not allowed"),
        ({"lead-1-number": "7"}, "Write a number from 1 to 5."),
        ({"lead-1-number": "3", "secondary-1-number": "3"}, "Two are to stand at number 3."),
        ({"lead-1-until": "soon", "lead-1-story": "Good"}, "Enter a valid date/time."),
        ({"lead-1-until": "2020-01-01T00:00", "lead-1-story": "Good"}, "The end has passed already."),
        ({"lead-1-story": "Good", "secondary-2-story": "Good"}, "stands here twice"),
        ({"breaking-1-text": "Fleet sails"}, "Say when the breaking strip ends"),
        ({"breaking-1-text": "F" * 161}, "at most 160 characters"),
    ],
)
@pytest.mark.parametrize("press", [LIVE, PREVIEW])
def test_what_is_wrong_is_said_and_nothing_is_live(editor_client, desk, wrong, says, press):
    desk.draft("Not live")
    good = desk.live("Good")

    response = editor_client.post(HOME, {"secondary-4-story": f"#{good.pk}"} | wrong | press)

    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "Nothing is live yet. Put right what is marked" in page
    assert f'value="#{good.pk}"' in page
    assert filled() == {}


def test_preview_shows_exactly_what_is_typed_and_changes_nothing(editor_client, desk):
    stood, story = desk.live("Stood there"), desk.live("Chosen lead")
    put(stood, Spot(Place.LEAD), by=desk.editor)
    wanted = typed(editor_client) | {
        "lead-1-story": f"#{story.pk}",
        "secondary-2-story": f"#{stood.pk}",
        "breaking-1-text": "Fleet sails",
        "breaking-1-until": in_minutes(90),
    }

    response = editor_client.post(HOME, wanted | PREVIEW)

    page = response.content.decode()
    assert page.index("Fleet sails", page.index("</aside>")) < page.index('lead-headline"') < page.index("Chosen lead")
    assert page.index("Chosen lead</a>") < page.index("Stood there</a>")
    assert filled() == {("lead", 1): "Stood there"}
    assert "Fleet sails" not in editor_client.get(reverse("home")).content.decode()
    assert not LogEntry.objects.filter(content_type__model="frontslot").exists()


def test_preview_says_that_it_is_one_and_stays_with_the_desk(editor_client, desk):
    desk.live("One")

    response = editor_client.post(HOME, PREVIEW)
    public = editor_client.get(reverse("home"))

    page = response.content.decode()
    assert "<strong>Preview: not live.</strong>" in page
    assert "Back to the front page’s desk" in page
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Preview: not live" not in public.content.decode()
    assert "noindex" not in public.content.decode()


def test_preview_hands_on_what_was_typed(editor_client, desk):
    story = desk.live("One")
    preview = editor_client.post(HOME, {"secondary-1-story": f"#{story.pk}", "secondary-1-number": "1"} | PREVIEW)
    carried = dict(preview.context["not_live"].typed)

    back = editor_client.post(HOME, carried | EDIT)
    assert back.status_code == 200
    assert "data-unsaved" in back.content.decode()
    assert f'name="lead-1-story" value="#{story.pk}"' in back.content.decode()
    assert filled() == {}

    editor_client.post(HOME, carried | LIVE)
    assert filled() == {("lead", 1): "One"}


def test_stale_form_overwrites_nothing_and_loses_nothing(editor_client, desk):
    put(desk.live("First"), Spot(Place.LEAD), by=desk.editor)
    put(desk.live("Second"), Spot(Place.SECONDARY, 1), by=desk.editor)
    mine = typed(editor_client) | {"lead-1-story": f"#{desk.live('Mine').pk}"}
    put(desk.live("Their lead"), Spot(Place.LEAD), by=desk.chief)
    put(desk.live("Their second"), Spot(Place.SECONDARY, 1), by=desk.chief)

    response = editor_client.post(HOME, mine | LIVE)

    assert response.status_code == 409
    assert filled() == {("lead", 1): "Their lead", ("secondary", 1): "Their second"}
    page = response.content.decode()
    assert "Somebody arranged this page meanwhile." in page
    assert page.count("Changed meanwhile.") == 2
    places = {place.code: place for place in response.context["form"].places}
    assert places["lead-1"]["story"].value() == mine["lead-1-story"]
    assert "Their second" in places["secondary-1"]["story"].value()

    editor_client.post(HOME, dict(response.context["form"].carried) | LIVE)
    assert filled() == {("lead", 1): "Mine", ("secondary", 1): "Their second"}


def test_stale_preview_says_so_before_anything_is_shown(editor_client, desk):
    read = typed(editor_client)
    put(desk.live("Theirs"), Spot(Place.LEAD), by=desk.chief)

    response = editor_client.post(HOME, read | PREVIEW)

    assert response.status_code == 409
    assert "Preview: not live" not in response.content.decode()


def test_section_is_arranged_and_looked_at_in_the_same_way(editor_client, desk):
    one, two = desk.live("One"), desk.live("Two", type="analysis")
    put(one, Spot(Place.SECTION, 1, desk.section), by=desk.editor)
    wanted = typed(editor_client, SEA) | {"section-2-story": f"#{two.pk}", "section-2-number": "1"}

    preview = editor_client.post(SEA, wanted | PREVIEW).content.decode()
    assert "Preview: not live." in preview
    assert 'href="/sections/sea/?type=analysis"' in preview
    assert 'href="?' not in preview
    chosen = preview[preview.index('aria-label="Chosen by the editors"') :]
    assert chosen.index("Two</a>") < chosen.index("One</a>")
    assert filled() == {("section", 1): "One"}

    editor_client.post(SEA, wanted | LIVE)
    assert filled() == {("section", 1): "Two", ("section", 2): "One"}


def test_page_of_a_country_is_arranged_from_its_address(editor_client, of_norway, norway):
    opened = editor_client.get(NAMED, {"address": "https://paper.example/countries/norway/"})
    address = reverse("admin:articles_frontslot_page", args=[norway.pk])
    assert opened.url == address

    preview = editor_client.post(address, {"entity-2-story": f"#{of_norway.pk}"} | PREVIEW).content.decode()
    assert "Chosen by the editors" in preview
    assert not FrontSlot.objects.exists()

    editor_client.post(address, {"entity-2-story": f"#{of_norway.pk}"} | LIVE)
    slot = FrontSlot.objects.get()
    assert (slot.place, slot.ordinal, slot.entity, slot.story) == ("entity", 2, norway, of_norway)
    assert f'<a href="{address}">Norway <span class="count">1</span></a>' in editor_client.get(HOME).content.decode()


def test_page_of_a_country_takes_only_stories_that_stand_under_it(editor_client, desk, norway):
    address = reverse("admin:articles_frontslot_page", args=[norway.pk])

    response = editor_client.post(address, {"entity-1-story": f"#{desk.live('Of nobody').pk}"} | LIVE)

    assert "does not stand under Norway" in response.content.decode()
    assert not FrontSlot.objects.exists()


@pytest.mark.parametrize("address", ["/countries/atlantis/", "/about/", "x", "/countries/\x00/", "", "http://[x"])
def test_page_that_is_none_is_refused(editor_client, address):
    response = editor_client.get(NAMED, {"address": address}, follow=True)

    assert "There is no page of a country, a person or a thing at this address." in response.content.decode()


def test_address_of_one_place_leads_to_its_page(editor_client, desk):
    slot = front.place(Spot(Place.SECTION, 1, desk.section), story=desk.live("One"), by=desk.editor)

    assert editor_client.get(reverse("admin:articles_frontslot_change", args=[slot.pk])).url == SEA
    assert editor_client.get(reverse("admin:articles_frontslot_change", args=[slot.pk + 1])).url == HOME


@pytest.mark.parametrize("press", [LIVE, PREVIEW, EDIT])
def test_reporter_sees_the_places_and_arranges_nothing(client, desk, press):
    put(desk.live("One"), Spot(Place.LEAD), by=desk.editor)
    client.force_login(desk.journalist)

    page = client.get(HOME).content.decode()
    refused = client.post(HOME, press)

    assert "One" in page
    assert 'name="_live"' not in page
    assert refused.status_code == 403
    assert filled() == {("lead", 1): "One"}


def test_page_costs_the_same_for_one_and_three_places(editor_client, desk, django_assert_num_queries):
    put(desk.live("One"), Spot(Place.LEAD), by=desk.editor)
    editor_client.get(HOME)
    with django_assert_num_queries(9):
        editor_client.get(HOME)

    for number in (1, 2):
        put(desk.live(f"Second {number}"), Spot(Place.SECONDARY, number), by=desk.editor)
    with django_assert_num_queries(9):
        editor_client.get(HOME)
