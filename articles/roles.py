"""Who may do what to which article. Superusers skip these questions, never the guards of a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db.models import BooleanField, Exists, Q, Value

from articles.states import NotAllowed, WorkState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models import Article


def has_permission(user: User, codename: str) -> bool:
    return bool(user.is_active and user.has_perm(f"articles.{codename}"))


def holds(user: User, *codenames: str) -> Exists | Value:
    """`has_permission` for any of these as part of another query, for doors that are knocked at every second."""
    if user.is_superuser:
        return Value(user.is_active, output_field=BooleanField())
    granted = Permission.objects.filter(content_type__app_label="articles", codename__in=codenames)
    return Exists(granted.filter(Q(user=user) | Q(group__user=user)))


def is_own(article: Article, user: User) -> bool:
    """Whether the person began the story or has a byline on it."""
    if user.pk == article.created_by_id:
        return True
    return any(byline.author.user_id == user.pk for byline in article.bylines.all())


def is_own_draft(article: Article, user: User) -> bool:
    return article.work_state == WorkState.DRAFT and is_own(article, user)


def is_own_or_assigned(article: Article, user: User) -> bool:
    """Whether the story is the person's to work on: their own, or assigned to them."""
    return user.pk == article.assigned_to_id or is_own(article, user)


def may_work_on(article: Article, user: User) -> bool:
    if has_permission(user, "edit_any_article"):
        return True
    return has_permission(user, "write_article") and is_own_or_assigned(article, user)


def may_edit(article: Article, user: User) -> bool:
    """Whether the person may change the text now. An edit takes an approval back: that is for the
    story's own author and for editors, not for whom it is only assigned to."""
    if has_permission(user, "edit_any_article"):
        return True
    is_theirs = is_own if article.work_state == WorkState.APPROVED else is_own_or_assigned
    return has_permission(user, "write_article") and is_theirs(article, user)


def may_decide(article: Article, user: User) -> bool:
    """Whether the person may confirm and reject what the tagger proposes for this story."""
    return has_permission(user, "decide_proposals") and may_work_on(article, user)


def why_not_edit(article: Article, user: User) -> str:
    """What keeps the person from changing the text now, and what to do; empty where nothing does."""
    if may_edit(article, user):
        return ""
    if may_work_on(article, user):
        return (
            f"“{article}” is approved and only assigned to you: ask an editor to request changes, which opens it again."
        )
    return f"“{article}” is neither yours nor assigned to you: ask an editor to assign it, or to make the change."


def may_give_to_partners(article: Article, user: User) -> bool:
    """Whether the person may have partners get the story. Why they do not, whoever works on it may not know: once that
    is off, it is an editor's to switch on."""
    return article.may_syndicate or has_permission(user, "edit_any_article")


def require_edit(article: Article, user: User) -> None:
    if words := why_not_edit(article, user):
        raise NotAllowed(words)


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
