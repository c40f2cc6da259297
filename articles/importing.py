"""Verb: bring a story from elsewhere onto the desk, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from articles import proposing, publishing, workflow
from articles.models import Article, Author
from articles.models.verdict import Origin
from articles.related_titles import story_titled
from articles.revisions import RelatedEntry, create_article
from articles.states import GuardFailed
from articles.story_files import MAXIMUM_BYTES, StoryFile, UnreadableStory, read_story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User

    from articles.models import Section

__all__ = ["MAXIMUM_BYTES", "ImportResult", "UnreadableStory", "draft_of", "import_story", "service_account"]

SERVICE_ACCOUNT = "import-desk"
HOUSE_AUTHOR = "newsroom-desk"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The draft that was made, or the article that the same story became before."""

    article: Article
    is_new: bool
    warnings: tuple[str, ...]


def import_story(
    source: bytes | str,
    *,
    by: User,
    filename: str = "",
    headline: str = "",
    section: Section | None = None,
    publish: bool = False,
) -> ImportResult:
    """Make a draft of a plain-text or HTML story; with `publish`, take it through every verb to the public.

    A story whose words were imported before is recognised and not made twice. All or nothing: where
    publication is refused, no draft stays behind.

    Raises:
        UnreadableStory: there is no story in the source.
        Refused: the person may not write or publish, or something blocks publication; `reasons` say what.
    """
    story = read_story(source, filename=filename)
    existing = Article.objects.filter(import_fingerprint=story.fingerprint).first()
    if existing is not None:
        return _recognised(existing)
    try:
        with transaction.atomic():
            return _import(story, by=by, headline=headline or story.headline, section=section, publish=publish)
    except IntegrityError:
        # Somebody imported the same story at the same moment; theirs stands.
        existing = Article.objects.filter(import_fingerprint=story.fingerprint).first()
        if existing is None:
            raise
        return _recognised(existing)


def service_account() -> User:
    """The person in whose name the command line imports: a chief who cannot sign in."""
    user, is_new = User.objects.get_or_create(username=SERVICE_ACCOUNT, defaults={"first_name": "Import desk"})
    if is_new:
        user.set_unusable_password()
        user.save()
    user.groups.add(Group.objects.get(name="Chief"))
    return user


def draft_of(story: StoryFile, *, by: User, **content: Any) -> Article:
    """A draft of a story that was read, with its Related News; `content` adds or replaces columns.

    Raises IntegrityError where the same story was imported before.
    """
    written = {
        "headline": story.headline,
        "body": story.body,
        "related": _related(story.related_titles),
    } | content
    return create_article(by=by, note="Imported", import_fingerprint=story.fingerprint, **written)


def _import(story: StoryFile, *, by: User, headline: str, section: Section | None, publish: bool) -> ImportResult:
    content: dict[str, Any] = {"headline": headline, "section": section}
    warnings = [] if headline else ["It has no headline yet: the first line is a full sentence."]
    if publish:
        warnings += _fill_for_publication(content, story, by=by)
    article = draft_of(story, by=by, **content)
    if publish:
        _publish(article, by=by)
    article.refresh_from_db()
    return ImportResult(article, is_new=True, warnings=tuple(warnings))


def _recognised(article: Article) -> ImportResult:
    return ImportResult(article, is_new=False, warnings=(f"The same story was imported before: “{article}”.",))


def _fill_for_publication(content: dict[str, Any], story: StoryFile, *, by: User) -> list[str]:
    """What a publication needs and a file does not carry: a standfirst and a byline."""
    first = story.text.split("\n", 1)[0]
    content["standfirst"] = first if len(first) <= 300 else first[:299].rsplit(" ", 1)[0] + "…"
    warnings = ["The standfirst was taken from the first paragraph."]
    if not Author.objects.filter(user=by).exists():
        author, _ = Author.objects.get_or_create(slug=HOUSE_AUTHOR, defaults={"name": "Newsroom desk"})
        content["authors"] = [author]
        warnings.append(f"The byline is {author}.")
    return warnings


def _publish(article: Article, *, by: User) -> None:
    """Tag, submit, approve and publish, each by its verb."""
    if article.section_id is None:
        raise GuardFailed("A story is published in a section: name one with the import.", ("No section is chosen.",))
    article.refresh_from_db()
    if article.revision_id is not None:
        proposing.suggest(article.revision_id)
    workflow.submit(article, by=by)
    workflow.approve(article, by=by, reason="Imported and published in one step.")
    publishing.publish(article, by=by, reason="Imported and published in one step.")


def _related(titles: Sequence[str]) -> list[RelatedEntry]:
    """Titles under Related News as links to live stories of ours, or as titles alone."""
    return [{"title": title, "target": story_titled(title), "origin": Origin.IMPORT} for title in titles]
