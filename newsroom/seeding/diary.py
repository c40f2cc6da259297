"""The demo's diary, from seeds/diary.tsv. Days are told from the day of seeding, so that all of it lies ahead:
"+4" in four days, "month+1" next month, "quarter+1" next quarter, "year+1" next year."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from articles.day_precision import Days, read_days, together
from articles.diary import save_entry
from articles.models import DiaryEntry, PublicAddress
from entities.models import Country
from newsroom.seeding.desk import cast
from newsroom.seeding.tables import read_table


def write_diary() -> int:
    """Only where nobody has written any; how many entries that were."""
    if DiaryEntry.objects.exists():
        return 0
    today, editor, rows = timezone.localdate(), cast().editor, read_table("diary")
    stories = {
        address.path.rpartition("/")[2]: address.article
        for address in PublicAddress.objects.filter(is_current=True).select_related("article")
    }
    people = {person.username: person for person in User.objects.filter(username__in=("reporter", "editor", "chief"))}
    for row in rows:
        save_entry(
            by=editor,
            title=row["title"],
            kind=row["kind"],
            days=together(_days(row["from"], today), _days(row["to"], today) if row["to"] else None),
            place=row["place"],
            country=Country.objects.filter(alpha2=row["country"]).first(),
            assigned_to=people.get(row["assigned"]),
            story=stories.get(row["story"]),
            note=row["note"],
            is_public=row["public"] == "yes",
        )
    return len(rows)


def _days(written: str, today: date) -> Days:
    unit, _, number = written.partition("+")
    if unit == "month":
        month = today.replace(day=1) + timedelta(days=31 * int(number))
        return read_days(f"{month:%Y-%m}")
    if unit == "quarter":
        quarter = (today.month - 1) // 3 + int(number)
        return read_days(f"{today.year + quarter // 4}-Q{quarter % 4 + 1}")
    if unit == "year":
        return read_days(f"{today.year + int(number)}")
    return read_days(f"{today + timedelta(days=int(number))}")
