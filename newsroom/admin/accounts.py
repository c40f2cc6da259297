"""People and their roles: Django's own pages in the desk's words, without the parts that a screen reader cannot use."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newsroom.accounts import second_factor
from newsroom.accounts.acting import written_down

# allauth brings pages that would show addresses nobody uses here, and sealed secrets.
admin.site.unregister((User, Group, EmailAddress, Authenticator))


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
@method_decorator(written_down, name="changeform_view")
@method_decorator(written_down, name="delete_view")
@method_decorator(written_down, name="changelist_view")
@method_decorator(written_down, name="user_change_password")
class PersonAdmin(UserAdmin):
    """Plain lists to choose from; when somebody joined and was last here is seen, not written."""

    form = PersonForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "groups", "is_superuser", "user_permissions")}),
        ("Second factor", {"fields": ("second_factor",)}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    list_display = ("username", "full_name", "email", "roles", "signs_in", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    filter_horizontal = ()
    readonly_fields = ("second_factor", "last_login", "date_joined")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.take_second_factor)
        return [path("<int:pk>/second-factor/", page, name="auth_user_second_factor"), *super().get_urls()]

    def take_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks, then removes the second factors of somebody who has lost theirs. For superusers alone: whoever may do
        this may, with a password, become anybody."""
        if not request.user.is_superuser:
            raise PermissionDenied("A lost second factor is taken away by whoever looks after the newsroom.")
        person = User.objects.filter(pk=pk).first()
        if person is None:
            raise Http404("There is no such account.")
        if request.method == "POST":
            second_factor.take_away(person, by=request.user)
            messages.success(request, f"“{person}” has no second factor now, and is asked for a new one.")
            return redirect("admin:auth_user_change", pk)
        shown = {**self.admin_site.each_context(request), "title": f"Second factor of {person}", "original": person}
        shown |= {"opts": self.opts, "factors": factors_of(person)}
        return TemplateResponse(request, "admin/auth/user/second_factor.html", shown)

    @admin.display(description="second factor")
    def second_factor(self, person: User) -> SafeString | str:
        if not (found := factors_of(person)):
            return "none"
        address = reverse("admin:auth_user_second_factor", args=[person.pk])
        return format_html('{} · <a href="{}">They have lost it</a>', ", ".join(found), address)

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


def factors_of(person: User) -> list[str]:
    """Such as “authenticator app”, “passkey Telephone”."""
    words = {"totp": "authenticator app", "recovery_codes": "recovery codes"}
    rows = Authenticator.objects.filter(user=person).order_by("created_at", "id")
    return [words.get(row.type) or f"passkey {row.data.get('name', '')}".strip() for row in rows]


@admin.register(Group)
@method_decorator(written_down, name="changeform_view")
@method_decorator(written_down, name="delete_view")
@method_decorator(written_down, name="changelist_view")
class RoleAdmin(GroupAdmin):
    """Plain lists to choose from."""

    list_display = ("name", "people")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(count_of_people=Count("user"))

    @admin.display(description="people", ordering="count_of_people")
    def people(self, role: Any) -> int:
        return int(role.count_of_people)
