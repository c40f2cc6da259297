"""The demo's front page as an editor would have arranged it, from seeds/front_page.tsv."""

from __future__ import annotations

from articles import front
from articles.front import Place, Spot
from articles.models import FrontSlot, Representation, Section
from entities.models import Entity
from newsroom.seeding.desk import cast
from newsroom.seeding.tables import read_table


def arrange_front_page() -> int:
    """Fill the places where no editor has filled any; how many that were. A story that is not live has none."""
    if FrontSlot.objects.exists():
        return 0
    editor = cast().editor
    live = Representation.objects.filter(status=Representation.Status.LIVE).select_related("article")
    stories = {shown.path.rpartition("/")[2]: shown.article for shown in live}
    rows = [row for row in read_table("front_page") if row["story"] in stories]
    for row in rows:
        front.place(_spot(row), story=stories[row["story"]], by=editor)
    return len(rows)


def _spot(row: dict[str, str]) -> Spot:
    """`page` is the slug of a section, or the key of an entity."""
    place, number = Place(row["place"]), int(row["number"])
    if place == Place.SECTION:
        return Spot(place, number, section=Section.objects.get(slug=row["page"]))
    if place == Place.ENTITY:
        return Spot(place, number, entity=Entity.objects.get(key=row["page"]))
    return Spot(place, number)
