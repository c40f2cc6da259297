"""The diary: written by the desk, told to who covers it, public as far as an editor says so."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import diary
from articles.calendar_file import Event, calendar, escaped, folded
from articles.day_precision import read_days
from articles.models import DiaryEntry, Notification
from articles.states import GuardFailed, NotAllowed
from entities.models import Entity

PAGE, CALENDAR = reverse("diary"), reverse("diary-calendar")
ADD, LIST = reverse("admin:articles_diaryentry_add"), reverse("admin:articles_diaryentry_changelist")
MONTH = reverse("admin:articles_diaryentry_month")


@pytest.fixture
def write(desk):
    def write_entry(title="Bundestag votes", days="2099-05-12", *, by=None, **facts):
        return diary.save_entry(by=by or desk.editor, title=title, days=read_days(days), **facts)

    return write_entry


def told_to(person):
    return [(note.message, note.diary_entry.title) for note in Notification.objects.filter(user=person)]


def unfolded(response):
    return response.content.decode().replace("\r\n ", "")


def test_who_covers_it_is_told_once(desk, write):
    entry = write(assigned_to=desk.journalist)
    diary.save_entry(entry, by=desk.editor, title="Bundestag votes on frigates", assigned_to=desk.journalist)

    assert told_to(desk.journalist) == [
        ("editor wants you to cover “Bundestag votes”, 12 May 2099.", "Bundestag votes on frigates")
    ]
    write("Mine", assigned_to=desk.editor)
    assert told_to(desk.editor) == []


def test_bell_and_board_lead_to_the_entry(client, desk, write):
    entry = write(assigned_to=desk.journalist, days=f"{timezone.localdate() + timedelta(days=3)}")
    client.force_login(desk.journalist)

    own = reverse("admin:articles_diaryentry_change", args=[entry.pk])
    board = client.get(reverse("admin:index")).content.decode()
    assert board.count(f'href="{own}"') == 2
    listed = client.get(reverse("admin:articles_notification_changelist")).content.decode()
    assert f'href="{own}"' in listed


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"title": " \x00"}, "Say what happens"), ({"assigned_to": "stranger"}, "may not write stories")],
)
def test_entry_says_what_is_wrong_and_is_not_written(desk, stranger, write, wrong, says):
    with pytest.raises(GuardFailed, match=says):
        write(**wrong | ({"assigned_to": stranger} if "assigned_to" in wrong else {}))

    assert not DiaryEntry.objects.exists()


def test_only_an_editor_says_what_is_public(desk, write):
    private = write(by=desk.journalist)
    with pytest.raises(NotAllowed, match="is an editor’s to say"):
        diary.save_entry(private, by=desk.journalist, is_public=True)
    with pytest.raises(NotAllowed, match="is an editor’s to say"):
        write(by=desk.journalist, is_public=True)

    public = diary.save_entry(private, by=desk.editor, is_public=True)
    with pytest.raises(NotAllowed):
        diary.save_entry(public, by=desk.journalist, title="Something else")


def test_save_that_comes_too_late_overwrites_nothing(desk, write):
    entry = write()
    diary.save_entry(entry, by=desk.chief, expected_version=entry.version, title="Chief’s")

    with pytest.raises(diary.StaleEntry, match="chief changed “Chief’s”"):
        diary.save_entry(entry, by=desk.editor, expected_version=entry.version, title="Late")

    assert DiaryEntry.objects.get().title == "Chief’s"


def test_private_entry_and_every_note_are_nowhere(client, desk, write, norway):
    secret = Entity.objects.create(kind="person", name="Entityzq", slug="entityzq")
    draft = desk.approved("Storyzq")
    facts = {"note": "Notezq", "assigned_to": desk.journalist, "story": draft, "entities": [secret, norway]}
    write("Privatezq", **facts)
    write("Public vote", place="Berlin", is_public=True, **facts)

    for address in (PAGE, CALENDAR):
        answer = client.get(address).content.decode()
        assert "Public vote" in answer
        for word in ("Privatezq", "Notezq", "Entityzq", "Storyzq", "journalist"):
            assert word not in answer
    assert "Norway" in client.get(PAGE).content.decode()


def test_live_story_is_led_to_until_it_is_killed(client, desk, write):
    article = desk.live("Vote comes near")
    write(story=article, is_public=True)
    assert b"Vote comes near" in client.get(PAGE).content
    assert article.representation.path in unfolded(client.get(CALENDAR))

    desk.kill(article)

    assert b"Vote comes near" not in client.get(PAGE).content
    assert article.representation.path not in unfolded(client.get(CALENDAR))


def test_page_heads_what_is_ahead_no_more_exactly_than_it_is_known(client, write):
    with time_machine.travel("2098-11-20T12:00:00Z"):
        for title, days in (
            ("Over", "2098-11-19"),
            ("Today", "2098-11-20"),
            ("This quarter", "Q4 2098"),
            ("This year", "2098"),
            ("New year", "2099-01-01"),
            ("In January", "Jan 2099"),
            ("Late in January", "2099-01-30"),
            ("Next quarter", "Q1 2099"),
            ("In March", "2099-03-31"),
            ("Next year", "2099"),
            ("In December", "2099-12-31"),
        ):
            write(title, days, is_public=True)
        answer = client.get(PAGE)

    assert [(str(period), [entry.title for entry in entries]) for period, entries in answer.context["periods"]] == [
        ("November 2098", ["Today"]),
        ("fourth quarter of 2098", ["This quarter"]),
        ("2098", ["This year"]),
        ("January 2099", ["New year", "Late in January", "In January"]),
        ("March 2099", ["In March"]),
        ("first quarter of 2099", ["Next quarter"]),
        ("December 2099", ["In December"]),
        ("2099", ["Next year"]),
    ]
    assert '<h2 id="in-2099-Q1" class="rule-heading">First quarter of 2099</h2>' in answer.content.decode()


def test_page_leads_on_until_nothing_more_is_ahead(client, write, monkeypatch):
    monkeypatch.setattr("articles.views.diary.ENTRIES_ON_PAGE", 2)
    days = ["2099-05-01", "2099-05-01", "May 2099", "2099-06-02", "2100"]
    for number, day in enumerate(days):
        write(f"Entry {number}", day, is_public=True)

    told, address = [], PAGE
    while address:
        answer = client.get(address)
        told += [entry.title for _, entries in answer.context["periods"] for entry in entries]
        further = re.search(r'href="(\?after=[^"]+)" rel="next"', answer.content.decode())
        address = further and PAGE + further[1]

    assert told == [f"Entry {number}" for number in range(5)]
    assert "From today" in answer.content.decode()
    assert client.get(PAGE, {"after": "2199-01-01,1"}).status_code == 200
    for wrong in ("", "2099-02-30,1", "2099-05-01", "2099-05-01,x"):
        assert client.get(PAGE, {"after": wrong}).status_code == 404


def test_calendar_never_drops_what_is_ahead_for_what_is_over(client, write, monkeypatch):
    monkeypatch.setattr("articles.views.diary.AHEAD_IN_CALENDAR", 2)
    monkeypatch.setattr("articles.views.diary.OVER_IN_CALENDAR", 2)
    with time_machine.travel("2098-11-20T12:00:00Z"):
        for day in ("2098-11-01", "2098-11-02", "2098-11-03", "2098-11-21", "2098-11-22", "2098-11-23"):
            write(f"On {day}", day, is_public=True)
        told = re.findall("SUMMARY:On (.*)", unfolded(client.get(CALENDAR)))

    assert [day.strip() for day in told] == ["2098-11-02", "2098-11-03", "2098-11-21", "2098-11-22"]


def test_page_heads_what_goes_on_by_today(client, write):
    with time_machine.travel("2098-11-20T12:00:00Z"):
        entry = write("Long drill", "Q1 2098", is_public=True)
        DiaryEntry.objects.filter(pk=entry.pk).update(ends=date(2098, 12, 31))
        periods = client.get(PAGE).context["periods"]

    assert [str(period) for period, _ in periods] == ["fourth quarter of 2098"]


def test_pages_cost_the_same_with_one_entry_and_three(client, desk, write, norway, django_assert_num_queries):
    for number in (1, 3):
        while DiaryEntry.objects.count() < number:
            story = desk.live(f"Story {DiaryEntry.objects.count()}")
            write(f"Vote {story.pk}", is_public=True, story=story, entities=[norway])
        with django_assert_num_queries(4):
            client.get(PAGE)
        with django_assert_num_queries(4):
            client.get(CALENDAR)


def test_calendar_says_days_whole_and_what_is_known(client, desk, write):
    entry = write("Vote; budget, frigates\\", "2099-05-12", place="Berlin", kind="vote", is_public=True)
    write("Drill", "Q2 2099", is_public=True)
    diary.save_entry(entry, by=desk.editor, is_cancelled=True)

    answer = client.get(CALENDAR)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = unfolded(answer)
    assert f"UID:{entry.uuid}\r\n" in text
    assert "SUMMARY:Vote\\; budget\\, frigates\\\\\r\n" in text
    assert "DTSTART;VALUE=DATE:20990512\r\nDTEND;VALUE=DATE:20990513\r\n" in text
    assert "SEQUENCE:1\r\n" in text
    assert "STATUS:CANCELLED\r\n" in text
    assert "SUMMARY:Drill (second quarter of 2099)\r\n" in text
    assert "DTSTART;VALUE=DATE:20990401\r\nDTEND;VALUE=DATE:20990701\r\n" in text
    assert "STATUS:TENTATIVE\r\n" in text


def test_calendar_file_ends_its_lines_and_folds_them():
    event = Event("one", "Å" * 80, date(2099, 1, 1), date(2099, 1, 2), timezone.now(), 0)

    lines = calendar("Paper", [event]).split(b"\r\n")

    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert ("SUMMARY:" + "Å" * 80).encode() in b"\r\n".join(lines).replace(b"\r\n ", b"")
    for line in lines:
        line.decode()


def test_escaped_leaves_no_line_to_smuggle():
    assert escaped("a\r\nEND:VEVENT\x00\u2028b") == "a\\nEND:VEVENTb"
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"


def given(**other):
    return {"title": "A vote", "kind": "vote", "begins": "12 May 2099", "finishes": "", **other}


def test_admin_writes_an_entry_and_shows_what_was_typed(client, desk, write):
    client.force_login(desk.journalist)
    article = desk.draft("The vote")

    client.post(
        ADD, given(begins="Q2 2099", named_story=f"#{article.pk}", assigned_to=desk.journalist.pk, is_public="on")
    )

    entry = DiaryEntry.objects.get()
    assert (entry.when, entry.story, entry.made_by) == ("second quarter of 2099", article, desk.journalist)
    assert entry.is_public is False
    page = client.get(reverse("admin:articles_diaryentry_change", args=[entry.pk])).content.decode()
    assert 'value="2099-Q2"' in page
    assert f'value="#{article.pk} The vote"' in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"finishes": "11 May 2099"}, "It would end (11 May 2099) before it begins (12 May 2099)."),
        ({"finishes": "June 2099"}, "The beginning is a day and the end a month"),
        ({"begins": "32 May 2099"}, "There is no day such as"),
        ({"begins": "soon"}, "is no date"),
        ({"begins": ""}, "This field is required"),
        ({"title": ""}, "This field is required"),
        ({"named_story": "no such story"}, "No story is found"),
    ],
)
def test_admin_says_what_is_wrong_and_keeps_what_was_typed(client, desk, wrong, says):
    client.force_login(desk.editor)

    page = client.post(ADD, given(place="Typed place") | wrong)

    assert says in page.content.decode()
    assert "Typed place" in page.content.decode()
    assert not DiaryEntry.objects.exists()


def test_admin_refuses_a_save_that_comes_too_late(client, desk, write):
    entry = write()
    diary.save_entry(entry, by=desk.chief, title="Chief’s")
    client.force_login(desk.editor)

    page = client.post(
        reverse("admin:articles_diaryentry_change", args=[entry.pk]), given(title="Late", read_version=entry.version)
    ).content.decode()

    assert "chief changed “Chief’s” meanwhile" in page
    assert 'value="Late"' in page
    assert DiaryEntry.objects.get().title == "Chief’s"


def test_admin_refuses_a_save_that_does_not_say_what_was_read(client, desk, write):
    entry = write()
    client.force_login(desk.editor)

    page = client.post(
        reverse("admin:articles_diaryentry_change", args=[entry.pk]), given(title="Unread", read_version="")
    ).content.decode()

    assert "does not say which version you have read" in page
    assert 'value="Unread"' in page
    assert DiaryEntry.objects.get().title == entry.title


def test_entry_is_not_led_to_a_killed_story_and_keeps_one_that_was_killed_since(client, desk, write):
    story, killed = desk.live("Live"), desk.killed("Killed")
    entry = write(story=story)
    with pytest.raises(GuardFailed, match="“Killed” is killed: choose another story, or none"):
        diary.save_entry(entry, by=desk.editor, story=killed)
    with pytest.raises(GuardFailed, match="is killed"):
        write(story=killed)
    desk.kill(story)

    diary.save_entry(entry, by=desk.editor, title="Renamed", story=desk.fresh(story))

    assert (DiaryEntry.objects.get().title, DiaryEntry.objects.get().story) == ("Renamed", story)


def test_list_is_what_is_ahead_and_filters_by_week_and_person(client, desk, write):
    today = timezone.localdate()
    write("Overzq", f"{today - timedelta(days=3)}")
    write("Soonzq", f"{today + timedelta(days=3)}", assigned_to=desk.journalist)
    write("Laterzq", f"{today + timedelta(days=30)}", kind="vote")
    client.force_login(desk.journalist)

    def listed(query=""):
        page = client.get(f"{LIST}{query}").content.decode()
        return [word for word in ("Overzq", "Soonzq", "Laterzq") if word in page]

    assert listed() == ["Soonzq", "Laterzq"]
    assert listed("?when=week") == ["Soonzq"]
    assert listed("?when=past") == ["Overzq"]
    assert listed("?when=all") == ["Overzq", "Soonzq", "Laterzq"]
    assert listed("?whose=mine") == ["Soonzq"]
    assert listed("?kind__exact=vote") == ["Laterzq"]


def test_list_says_who_covers_it(client, desk, write):
    write("One", assigned_to=desk.journalist)
    write("Two")
    client.force_login(desk.editor)

    page = client.get(LIST).content.decode()

    assert re.findall(r'<td class="field-covered_by[^>]*>([^<]*)<', page) == ["journalist", "nobody"]


def test_month_has_each_day_of_it_and_what_is_known_no_better(client, desk, write):
    write("Two days", "2099-05-30", by=desk.chief)
    diary.save_entry(DiaryEntry.objects.get(), by=desk.chief, days=read_days("2099-05"))
    write("Long show", "2099-05-12")
    client.force_login(desk.editor)

    page = client.get(MONTH, {"month": "2099-05"})

    assert [entry.title for entry in page.context["vague"]] == ["Two days"]
    days = [day for week in page.context["weeks"] for day in week if day.entries]
    assert [(day.date, [entry.title for entry in day.entries]) for day in days] == [(date(2099, 5, 12), ["Long show"])]
    assert "Days without an entry are left out here." in page.content.decode()
    assert "No day of this month has an entry." in client.get(MONTH, {"month": "2099-06"}).content.decode()
    for wrong in ("2099", "x", "2099-13", "1000-01"):
        assert client.get(MONTH, {"month": wrong}).status_code == 404
    for end in ("1900-01", "2200-12"):
        assert client.get(MONTH, {"month": end}).status_code == 200
