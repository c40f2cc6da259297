"""People and their roles: Django's own pages, without the parts of them that a screen reader cannot use."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

admin.site.unregister((User, Group))


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Plain lists to choose from; when somebody joined and was last here is seen, not written."""

    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Plain lists to choose from."""

    filter_horizontal = ()
