"""What partners may have: live articles that the desk may pass on."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.models import EditionQuote, Representation, StorylineStory

# From a quote of a current edition to the stored document of its article. Of the way by the article PostgreSQL expects
# one row where there are thousands, and reads them all for one page.
OF_QUOTE = "edition__current_for"
# From a story in a storyline to its stored document.
OF_STORY = "article__representation"


def shared_articles() -> QuerySet[Representation]:
    return Representation.objects.filter(status=Representation.Status.LIVE, edition__may_syndicate=True)


def shared_quotes() -> QuerySet[EditionQuote]:
    """Quotes of the current editions of those articles."""
    is_live = {f"{OF_QUOTE}__status": Representation.Status.LIVE}
    return EditionQuote.objects.filter(**is_live, edition__may_syndicate=True)


def shared_in_storylines() -> QuerySet[StorylineStory]:
    """Those articles in the storylines that are public."""
    return StorylineStory.objects.live().filter(
        storyline__is_public=True, **{f"{OF_STORY}__edition__may_syndicate": True}
    )
