"""Who may do what to which article. Superusers skip these questions, never the guards of a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.states import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models import Article


def has_permission(user: User, codename: str) -> bool:
    return bool(user.is_active and user.has_perm(f"articles.{codename}"))


def is_own_or_assigned(article: Article, user: User) -> bool:
    """Whether the story is the person's: begun by, assigned to, or carrying the byline of them."""
    if user.pk in (article.created_by_id, article.assigned_to_id):
        return True
    return any(byline.author.user_id == user.pk for byline in article.bylines.all())


def may_edit(article: Article, user: User) -> bool:
    if has_permission(user, "edit_any_article"):
        return True
    return has_permission(user, "write_article") and is_own_or_assigned(article, user)


def may_decide(article: Article, user: User) -> bool:
    """Whether the person may confirm and reject what the tagger proposes for this story."""
    return has_permission(user, "decide_proposals") and may_edit(article, user)


def require_edit(article: Article, user: User) -> None:
    if not may_edit(article, user):
        raise NotAllowed(
            f"“{article}” is neither yours nor assigned to you: ask an editor to assign it, or to make the change."
        )


def require_decide(article: Article, user: User) -> None:
    if not may_decide(article, user):
        raise NotAllowed(f"You may not decide proposals of “{article}”: ask its author or an editor.")


def is_sole_author(article: Article, user: User) -> bool:
    """Whether nobody but this person has saved the story since it was last published."""
    revisions = article.revisions.all()
    if article.edition is not None:
        revisions = revisions.filter(number__gt=article.edition.revision.number)
    others = revisions.exclude(created_by=user).exclude(created_by=None)
    return revisions.filter(created_by=user).exists() and not others.exists()
