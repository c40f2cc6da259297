"""Verbs: make a draft of what an agency sent, and write its next version over a draft that nobody has touched."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.models import Article, Notification, Sitting
from articles.models.article import WITH_WRITER
from articles.notifications import notify, people_of
from articles.revisions import create_article, save_revision
from articles.states import PubState, WorkState
from articles.transitions import lock
from newsroom.wire.desk_account import chiefs
from newsroom.wire.embargoes import keep_embargo
from newsroom.wire.likeness import is_telling
from newsroom.wire.models import WireItem


def draft(item: WireItem, *, by: User | None = None) -> Article:
    """A draft of an item whose row is locked: credited to the agency, and not for partners.

    A story of the same words that stands on the desk already, pasted or imported, is taken for it.

    Raises:
        NotAllowed: the person may not write stories.
    """
    article = _with_words_of(item)
    if article is None:
        article = _drafted(item, by=by)
    else:
        _credit(item, article)
    # Whoever began it: the story has the words that the agency holds back.
    keep_embargo(item, lock(article), may_free=True)
    _tie(item, article)
    return article


def write_over(item: WireItem, article: Article) -> None:
    """The newest version of an item as a new revision of its untouched draft; both rows are locked."""
    note = f"Update from {item.source.credit}{f', version {item.version}' if item.version else ''}"
    item.revision = save_revision(
        article, expected_version=article.lock_version, by=None, note=note, **_content(item, is_new=False)
    )
    remember_used(item)
    item.offered_at = None
    keep_embargo(item, article, may_free=True)
    item.save()


def remember_used(item: WireItem) -> None:
    """What of the agency our story now rests on; the next update is compared with it."""
    item.used_headline, item.used_standfirst, item.used_body = item.headline, item.standfirst, item.body


def is_untouched(item: WireItem, article: Article) -> bool:
    """Whether the draft is as the wire wrote it, and nobody is typing into it."""
    if article.work_state != WorkState.DRAFT or article.pub_state != PubState.NEVER:
        return False
    if item.revision_id is None or article.revision_id != item.revision_id:
        return False
    return not Sitting.objects.with_words().filter(article=article).exists()


def words_on_the_desk(item: WireItem) -> Article | None:
    """The story with the words of an item, wherever it came from and wherever it lies. Of a few words, which may stand
    under many headlines, only the one with the same headline."""
    if not item.text:
        return None
    found = Article.objects.filter(import_fingerprint=item.fingerprint).first()
    if found is not None and not is_telling(item.text) and found.headline.casefold() != item.headline.casefold():
        return None
    return found


def _with_words_of(item: WireItem) -> Article | None:
    """What was put aside, or killed, stays there."""
    found = words_on_the_desk(item)
    return None if found is not None and found.is_closed else found


def _credit(item: WireItem, article: Article) -> None:
    """Somebody pasted what an agency sends: while it is theirs to write, the story says whose words these are, and is
    not for partners until somebody says so anew. Of what has gone on its way, they are told."""
    locked = lock(article)
    credit = item.source.credit
    if locked.source_name or not locked.may_syndicate:
        return
    told = f"“{locked}” has the words of {credit}: it is credited now, and partners do not get it."
    if locked.pub_state == PubState.NEVER and locked.work_state in WITH_WRITER:
        note = f"These are words of {credit}"
        locked = save_revision(
            locked, expected_version=locked.lock_version, by=None, note=note, source_name=credit, may_syndicate=False
        ).article
    else:
        told = f"“{locked}” has the words of {credit}, is not credited, and goes to partners: see whether it may."
    people = people_of(locked) or chiefs()
    notify(people, locked, told, kind=Notification.Kind.NOTE, occasion=f"wire-{item.pk}-words")


def _drafted(item: WireItem, *, by: User | None) -> Article:
    is_first = is_telling(item.text) and not Article.objects.filter(import_fingerprint=item.fingerprint).exists()
    fingerprint = item.fingerprint if is_first else None
    note = f"From {item.source.credit}{f', version {item.version}' if item.version else ''}"
    try:
        with transaction.atomic():
            article = create_article(by=by, note=note, import_fingerprint=fingerprint, **_content(item, is_new=True))
    except IntegrityError:
        # Somebody pasted the same words at the same moment; theirs stands.
        article_of_theirs = _with_words_of(item)
        if article_of_theirs is None:
            raise
        return article_of_theirs
    item.revision = article.revision
    return article


def _content(item: WireItem, *, is_new: bool) -> dict[str, Any]:
    source = item.source
    content: dict[str, Any] = {
        "headline": item.headline,
        "standfirst": item.standfirst,
        "body": item.body,
        "dateline": item.dateline,
        "urgency": item.urgency,
    }
    if is_new:
        content |= {
            "language": item.language or source.language,
            "section": source.section,
            "authors": [source.author] if source.author else [],
            "source_name": source.credit,
            "may_syndicate": False,
        }
    return content


def _tie(item: WireItem, article: Article) -> None:
    item.article, item.state = article, WireItem.State.TAKEN
    remember_used(item)
    item.save()
