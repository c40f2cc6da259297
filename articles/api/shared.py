"""What partners may have: live articles that the desk may pass on."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from articles.models import EditionQuote, Representation, StorylineStory

# From a quote of any edition to the stored document of its article.
OF_QUOTE = "edition__article__representation"
# From a story in a storyline to its stored document.
OF_STORY = "article__representation"


def shared_articles() -> QuerySet[Representation]:
    return Representation.objects.filter(status=Representation.Status.LIVE, edition__may_syndicate=True)


def shared_quotes() -> QuerySet[EditionQuote]:
    """Quotes of the current editions of those articles."""
    current: dict[str, Any] = {
        f"{OF_QUOTE}__edition": F("edition"),
        f"{OF_QUOTE}__status": Representation.Status.LIVE,
        "edition__may_syndicate": True,
    }
    return EditionQuote.objects.filter(**current)


def shared_in_storylines() -> QuerySet[StorylineStory]:
    """Those articles in the storylines that are public."""
    return StorylineStory.objects.live().filter(
        storyline__is_public=True, **{f"{OF_STORY}__edition__may_syndicate": True}
    )
