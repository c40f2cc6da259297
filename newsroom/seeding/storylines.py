"""The demo’s storylines as an editor would have made them: seeds/storylines.tsv, seeds/storyline_stories.tsv."""

from __future__ import annotations

from articles import storylines
from articles.models import Article, PublicAddress, Storyline
from entities.models import Entity
from newsroom.seeding.desk import cast
from newsroom.seeding.tables import read_table


def tell_storylines() -> int:
    """Make those that are missing; how many that were. What an editor has made of one stays."""
    known = set(Storyline.objects.values_list("slug", flat=True))
    rows = [row for row in read_table("storylines") if row["slug"] not in known]
    stories = _stories()
    for row in rows:
        _tell(row, stories)
    return len(rows)


def _tell(row: dict[str, str], stories: dict[str, Article]) -> None:
    editor = cast().editor
    made = storylines.make_storyline(
        by=editor,
        title=row["title"],
        slug=row["slug"],
        intro=row["intro"],
        is_public=True,
        entities=list(Entity.objects.filter(key__in=row["entities"].split(","))),
    )
    for told in read_table("storyline_stories"):
        if told["storyline"] == row["slug"] and told["story"] in stories:
            storylines.add_story(made, stories[told["story"]], by=editor, note=told["note"])
    if row["state"] == Storyline.State.CLOSED:
        storylines.close(made, by=editor)


def _stories() -> dict[str, Article]:
    """By the slug of their public address."""
    addresses = PublicAddress.objects.filter(is_current=True).select_related("article")
    return {address.path.rpartition("/")[2]: address.article for address in addresses}
