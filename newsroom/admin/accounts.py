"""People and their roles: Django's own pages in the desk's words, without the parts that a screen reader cannot use."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import Count, QuerySet
from django.http import HttpRequest

admin.site.unregister((User, Group))


class PersonForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        labels = {
            "is_active": "May sign in",
            "is_staff": "Works at the desk",
            "is_superuser": "Looks after the newsroom",
            "groups": "Roles",
            "user_permissions": "Single permissions",
        }
        help_texts = {
            "is_active": "Take the tick away when somebody leaves; what they wrote stays theirs.",
            "is_staff": "Without it, signing in leads nowhere.",
            "is_superuser": "May everything, accounts and roles included. No rule about stories is lifted by it.",
            "groups": "Reporter, Editor or Chief. A person may all that one of their roles may.",
            "user_permissions": "Beside those of the roles; seldom needed.",
        }


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Plain lists to choose from; when somebody joined and was last here is seen, not written."""

    form = PersonForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "groups", "is_superuser", "user_permissions")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    list_display = ("username", "full_name", "email", "roles", "signs_in", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="name", ordering="first_name")
    def full_name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        held = [role.name for role in person.groups.all()]
        return ", ".join([*held, "looks after the newsroom"] if person.is_superuser else held)

    @admin.display(description="may sign in", ordering="is_active")
    def signs_in(self, person: User) -> str:
        return "yes" if person.is_active and person.is_staff else "no"


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Plain lists to choose from."""

    list_display = ("name", "people")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(count_of_people=Count("user"))

    @admin.display(description="people", ordering="count_of_people")
    def people(self, role: Any) -> int:
        return int(role.count_of_people)
