"""Verb: load one story of an archive as a draft with the tagger's proposals, once."""

from __future__ import annotations

import logging
from enum import Enum
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from articles import proposing
from articles.importing import draft_of
from articles.models import Article, TaggingRun
from articles.states import GuardFailed, Refused
from articles.story_files import StoryFile, read_story

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

LONGEST_ID = 200


class Loaded(Enum):
    """What became of one story."""

    NEW = "new"
    KNOWN = "already here"
    # By its id; they were left as they are.
    OTHER_WORDS = "already here with other words, which were kept"
    # The draft stands; the sweep tries again.
    UNTAGGED = "new, but not tagged"
    KNOWN_UNTAGGED = "already here, but not tagged"


def load_story(external_id: str, *, text: str, title: str = "", by: User) -> Loaded:
    """Make a tagged draft of a story, known ever after by its id in the archive.

    A story is known by its id, or by its words where it was imported without one; then it is only tagged, if
    it has not been. That a known id has other words by now is told. Draft and proposals are one transaction: killed
    anywhere, there is either all or nothing.

    Raises:
        UnreadableStory: there is no story in the text.
        Refused: the id is none, the title too long, or the person may not write stories.
    """
    if not external_id.strip() or len(external_id) > LONGEST_ID or not external_id.isprintable():
        raise GuardFailed(f"Its id is empty, longer than {LONGEST_ID} characters, or holds signs that cannot be seen.")
    story = read_story(text, has_headline=not title)
    if known := _known(external_id, Article.objects.filter(external_id=external_id), words=story.fingerprint):
        return known
    if known := _known(
        external_id, Article.objects.filter(import_fingerprint=story.fingerprint), words=story.fingerprint
    ):
        return known
    try:
        return _load(external_id, story, title=title, by=by)
    except IntegrityError:
        # Somebody loaded the same story at the same moment; theirs stands.
        twin = Q(external_id=external_id) | Q(import_fingerprint=story.fingerprint)
        theirs = Article.objects.filter(twin).order_by("pk").first()
        if theirs is None:
            raise
        return _became(theirs, story.fingerprint)


def _load(external_id: str, story: StoryFile, *, title: str, by: User) -> Loaded:
    try:
        with transaction.atomic():
            _tag(_draft(external_id, story, title=title, by=by))
    except (IntegrityError, Refused):
        raise
    except Exception:
        logger.exception("Tagging story %s failed; it is kept as a draft", external_id)
        with transaction.atomic():
            _draft(external_id, story, title=title, by=by)
        return Loaded.UNTAGGED
    return Loaded.NEW


def _draft(external_id: str, story: StoryFile, *, title: str, by: User) -> Article:
    article = draft_of(story, by=by, headline=title.strip() or story.headline)
    Article.objects.filter(pk=article.pk).update(external_id=external_id)
    article.refresh_from_db()
    return article


def _known(external_id: str, articles: QuerySet[Article], *, words: str) -> Loaded | None:
    """None where there is no such story; one that was never tagged is tagged now."""
    article = articles.select_related("revision__tagging_run").first()
    if article is None:
        return None
    run: TaggingRun | None = getattr(article.revision, "tagging_run", None)
    if run is not None:
        return _became(article, words)
    try:
        _tag(article)
    except Exception:
        logger.exception("Tagging story %s failed; it was here already and stays as it is", external_id)
        return Loaded.KNOWN_UNTAGGED
    return _became(article, words)


def _became(article: Article, words: str) -> Loaded:
    """Of a story that is here. With which words it came is not known of each: an archive of published stories is known
    by its ids alone."""
    return Loaded.OTHER_WORDS if article.import_fingerprint not in (None, words) else Loaded.KNOWN


def _tag(article: Article) -> None:
    if article.revision_id is not None:
        proposing.suggest(article.revision_id)
