"""The account in whose name the wire uses verbs that a person must, an editor who cannot sign in; and whom it tells."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

from articles.models import Article
from articles.notifications import people_of

ACCOUNT = "wire-desk"
CHIEF = "Chief"


def wire_account() -> User:
    user, is_new = User.objects.get_or_create(username=ACCOUNT, defaults={"first_name": "Wire desk"})
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name="Editor"))
    return user


def chiefs() -> set[User]:
    """Who is told where nobody else is at work, and always of what cannot wait."""
    return set(User.objects.filter(groups__name=CHIEF, is_active=True))


def responsible_for(article: Article) -> set[User]:
    """Who works on it; where nobody does, the chiefs."""
    if article.assigned_to is not None:
        return {article.assigned_to}
    return people_of(article) or chiefs()
