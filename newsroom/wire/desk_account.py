"""The account in whose name the wire uses verbs that a person must: an editor who cannot sign in."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

ACCOUNT = "wire-desk"


def wire_account() -> User:
    user, is_new = User.objects.get_or_create(username=ACCOUNT, defaults={"first_name": "Wire desk"})
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name="Editor"))
    return user
