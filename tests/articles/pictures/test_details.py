"""What stands beside a picture: saved by who changed it, never by who only had it open; rights are not given by all."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from articles.models import Image
from articles.pictures.details import RightsKept, StaleDetails, as_read, change_details

ENDED, LATER = date(2026, 3, 1), date(2031, 5, 4)


def picture(**columns) -> Image:
    standard = {"title": "Ship", "alt": "A ship", "credit": "Us", "rights": "agency"}
    image = Image(sha256="1" * 64, file="ship.webp", width=16, height=9, **standard | columns)
    Image.objects.bulk_create([image])
    return image


def told(image: Image) -> list[str]:
    logged = LogEntry.objects.filter(object_id=str(image.pk), content_type__model="image")
    return list(logged.order_by("pk").values_list("change_message", flat=True))


def test_change_details_leaves_what_its_writer_did_not_change(desk):
    image = picture()
    read = as_read(image)
    change_details(image, by=desk.editor, read=read, expires_on=ENDED, may_syndicate=False)

    described = change_details(
        image, by=desk.editor, read=read, caption="At sea", credit="Us", expires_on=None, may_syndicate=True
    )

    image = Image.objects.get()
    assert (image.caption, image.expires_on, image.may_syndicate) == ("At sea", ENDED, False)
    assert (described.written, described.meanwhile) == (
        ["caption"],
        "use until 1 March 2026 and syndication allowed no",
    )


def test_change_details_refuses_what_two_changed_and_takes_it_from_who_knows(desk):
    image = picture(may_syndicate=False)
    read = as_read(image)
    change_details(image, by=desk.editor, read=read, credit="Theirs", expires_on=ENDED)

    with pytest.raises(StaleDetails) as refusal:
        change_details(image, by=desk.editor, read=read, credit="Mine", expires_on=LATER, caption="At sea")
    before = Image.objects.get()
    change_details(image, by=desk.editor, read=as_read(refusal.value.image), credit="Mine", expires_on=LATER)

    assert refusal.value.told == {
        "credit": "Meanwhile: “Theirs”. To put yours in its place, save again.",
        "expires_on": "Meanwhile: 1 March 2026. To put yours in its place, save again.",
    }
    assert (before.credit, before.expires_on, before.caption) == ("Theirs", ENDED, "")
    image.refresh_from_db(fields=["credit", "expires_on"])
    assert (image.credit, image.expires_on) == ("Mine", LATER)


def test_change_details_gives_no_rights_to_a_page_that_does_not_say_what_it_read(desk):
    image = picture(expires_on=ENDED)

    with pytest.raises(StaleDetails) as refusal:
        change_details(image, by=desk.editor, read={}, caption="At sea", expires_on=None)
    change_details(image, by=desk.editor, read={}, caption="At sea", expires_on=ENDED)

    assert list(refusal.value.told) == ["expires_on"]
    assert (Image.objects.get().caption, Image.objects.get().expires_on) == ("At sea", ENDED)


@pytest.mark.parametrize(
    ("stands", "wanted", "refused"),
    [
        ({"expires_on": ENDED}, {"expires_on": None}, "expires_on"),
        ({"expires_on": ENDED}, {"expires_on": LATER}, "expires_on"),
        ({"may_syndicate": False}, {"may_syndicate": True}, "may_syndicate"),
    ],
    ids=["no end", "later", "partners"],
)
def test_change_details_lets_only_editors_give_rights(desk, stands, wanted, refused):
    image = picture(**stands)

    with pytest.raises(RightsKept) as refusal:
        change_details(image, by=desk.journalist, read=as_read(image), caption="At sea", **wanted)
    before = Image.objects.values().get()
    described = change_details(image, by=desk.editor, read=as_read(image), **wanted)

    assert list(refusal.value.told) == [refused]
    assert "ask one" in refusal.value.message
    assert (before["caption"], before[refused]) == ("", stands[refused])
    assert described.written == [refused]


def test_change_details_lets_everybody_take_rights(desk):
    image = picture(expires_on=LATER)

    change_details(
        image, by=desk.journalist, read=as_read(image), expires_on=ENDED, may_syndicate=False, rights="handout"
    )

    image = Image.objects.get()
    assert (image.expires_on, image.may_syndicate, image.rights) == (ENDED, False, "handout")


def test_change_details_writes_down_who_changed_which_rights(desk):
    image = picture()

    change_details(
        image,
        by=desk.journalist,
        read=as_read(image),
        expires_on=ENDED,
        may_syndicate=False,
        rights_note="Contract 7",
        rights="own",
        caption="Sea",
    )
    change_details(image, by=desk.editor, read=as_read(Image.objects.get()), caption="Sea")

    rights = (
        *("use until from no end to 1 March 2026", "syndication allowed from yes to no"),
        *("source or proof from nothing to “Contract 7”", "rights category from agency or bought to our own"),
    )
    assert told(image) == [f"Changed {', '.join(rights)} and caption."]
    assert LogEntry.objects.get(object_id=str(image.pk)).user == desk.journalist


def test_change_details_tells_the_sweep(desk):
    image = picture()
    before = Image.objects.get().changed_at

    change_details(image, by=desk.editor, read=as_read(image), credit="Them")

    assert Image.objects.get().changed_at > before


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_lose_neither(desk):
    image = picture()
    read = as_read(image)

    def change(**wanted) -> None:
        change_details(image, by=desk.editor, read=read, **wanted)
        connection.close()

    threads = [Thread(target=change, kwargs={"credit": "Them"}), Thread(target=change, kwargs={"expires_on": ENDED})]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Image.objects.get().credit, Image.objects.get().expires_on) == ("Them", ENDED)
