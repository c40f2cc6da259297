"""Which story stands where on the front page, filled by itself from the newest ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.models import Representation
from articles.models.article import ArticleType

STORIES_READ = 48
LEAD_AMONG = 6
SECONDARY = 3
RIVER = 8
ON_A_DESK = 3
BRIEFS = 6
OPINIONS = 4
COMMENT = frozenset({ArticleType.OPINION, ArticleType.ANALYSIS, ArticleType.INTERVIEW, ArticleType.EXPLAINER})


@dataclass(frozen=True, slots=True)
class Desk:
    """A section with stories that stand nowhere above."""

    slug: str
    name: str
    stories: list[Representation]


@dataclass(frozen=True, slots=True)
class Front:
    """The places of the front page."""

    lead: Representation | None = None
    secondary: Sequence[Representation] = field(default_factory=list)
    river: Sequence[Representation] = field(default_factory=list)
    briefs: Sequence[Representation] = field(default_factory=list)
    comment: Sequence[Representation] = field(default_factory=list)
    desks: Sequence[Desk] = field(default_factory=list)


def arrange(stories: Sequence[Representation]) -> Front:
    """Give each story one place; `stories` are live and newest first."""
    briefs = [story for story in stories if story.type == ArticleType.BRIEF][:BRIEFS]
    comment = [story for story in stories if story.type in COMMENT][:OPINIONS]
    aside = {story.pk for story in (*briefs, *comment)}
    news = [story for story in stories if story.pk not in aside]
    lead = _lead(news) or next(iter(stories), None)
    if lead is None:
        return Front()
    rest = [story for story in news if story.pk != lead.pk]
    return Front(
        lead=lead,
        secondary=rest[:SECONDARY],
        river=rest[SECONDARY : SECONDARY + RIVER],
        briefs=[story for story in briefs if story.pk != lead.pk],
        comment=[story for story in comment if story.pk != lead.pk],
        desks=_desks(rest[SECONDARY + RIVER :]),
    )


def _lead(news: Sequence[Representation]) -> Representation | None:
    """The newest story that has a picture, if it is recent among the others; else the newest."""
    with_picture = (story for story in news[:LEAD_AMONG] if story.card["image"])
    return next(with_picture, None) or next(iter(news), None)


def _desks(stories: Sequence[Representation]) -> list[Desk]:
    """Earlier stories by section, the section with the newest first."""
    desks: dict[str, Desk] = {}
    for story in stories:
        section = story.card["section"]
        desk = desks.setdefault(section["slug"], Desk(section["slug"], section["name"], []))
        if len(desk.stories) < ON_A_DESK:
            desk.stories.append(story)
    return list(desks.values())
