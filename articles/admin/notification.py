"""What a person has been told: a list of their own, read one by one or all, and whether they want mail."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from articles.admin.clean_queries import is_key
from articles.admin.proposals import wants_json
from articles.mailing import address_of
from articles.models import MailChoice, Notification
from articles.notifications import is_mail_configured

# What the list shows of each, and what it leads to.
SHOWN = ("kind", "message", "place", "at", "read_at", "article__headline", "diary_entry__title")


class ReadFilter(admin.SimpleListFilter):
    title = "read"
    parameter_name = "read"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Unread"), ("yes", "Read")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notification]) -> QuerySet[Notification]:
        match self.value():
            case "no":
                return queryset.filter(read_at=None)
            case "yes":
                return queryset.exclude(read_at=None)
        return queryset


@admin.action(description="Mark as read")
def mark_read(admin: NotificationAdmin, request: HttpRequest, chosen: QuerySet[Notification]) -> None:
    own = Notification.objects.filter(user=request.user.pk, pk__in=list(chosen.values_list("pk", flat=True)))
    messages.success(request, f"{own.read()} marked as read.")


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):
    list_display = ("told", "story", "kind", "when", "reading")
    list_display_links = None
    list_filter = (ReadFilter, "kind")
    search_fields = ("message", "article__headline")
    search_help_text = "Words of the message or the headline"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    ordering = ("-id",)
    actions = (mark_read,)
    csv_columns = {
        "id": "pk",
        "message": "message",
        "story": "article",
        "kind": "kind",
        "when (UTC)": "at",
        "read (UTC)": "read_at",
    }

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = [
            path("unread/", guard(unread_view), name="articles_notification_unread"),
            path("read/", guard(read_view), name="articles_notification_read"),
            path("e-mail/", guard(partial(mail_view, self)), name="articles_notification_mail"),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notification]:
        """One's own, and nobody else's."""
        own = super().get_queryset(request).filter(user=request.user.pk)
        return own.select_related("article", "diary_entry").only(*SHOWN)

    def get_action_choices(self, request: HttpRequest, default_choices: Any = (("", "Choose"),)) -> Any:
        return super().get_action_choices(request, list(default_choices))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        newest = Notification.objects.filter(user=request.user.pk, read_at=None).values_list("pk", flat=True).first()
        context = {"title": "Notifications", "newest_unread": newest, "is_mail_configured": is_mail_configured()}
        return super().changelist_view(request, (extra_context or {}) | context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A notification has no page of its own: it leads to the place that it tells of."""
        found = self.get_queryset(request).filter(pk=object_id).first() if is_key(object_id) else None
        if found is None:
            raise Http404("There is no such notification of yours.")
        return redirect(address_of(found))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: verbs tell."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the clock forgets what was read long ago."""
        return False

    @admin.display(description="message")
    def told(self, notification: Notification) -> SafeString:
        return _cell("told", notification)

    @admin.display(description="story", ordering="article__headline")
    def story(self, notification: Notification) -> str:
        return str(notification.article or notification.diary_entry)

    @admin.display(description="when", ordering="id")
    def when(self, notification: Notification) -> SafeString:
        return _cell("when", notification)

    @admin.display(description="read", ordering="read_at")
    def reading(self, notification: Notification) -> SafeString:
        return _cell("reading", notification)


class MailChoiceForm(forms.Form):
    when = forms.ChoiceField(
        choices=[
            (MailChoice.When.NEVER, "Never"),
            (MailChoice.When.URGENT, "Only when urgent"),
        ],
        widget=forms.RadioSelect,
        label="Tell me by e-mail",
        help_text="Urgent is: changes asked of you, a mention, a story that is overdue, off the schedule, withdrawn or "
        "killed, and all news of a breaking story.",
    )


def mail_view(admin: NotificationAdmin, request: HttpRequest) -> HttpResponse:
    """The person's choice; there is none to make where the newsroom sends no mail."""
    if not is_mail_configured():
        raise Http404("This newsroom sends no e-mail.")
    choice = MailChoice.objects.filter(user=request.user.pk).first()
    initial = {"when": choice.when if choice else MailChoice.When.NEVER}
    form = MailChoiceForm(request.POST or None, initial=initial, label_suffix="")
    if request.method == "POST" and form.is_valid():
        MailChoice.objects.update_or_create(user_id=request.user.pk, defaults={"when": form.cleaned_data["when"]})
        messages.success(request, "Kept.")
        return redirect("admin:articles_notification_changelist")
    context = admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "title": "Notifications by e-mail",
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/notification/mail.html", context)


@require_GET
def unread_view(request: HttpRequest) -> HttpResponse:
    """How many are unread, for the bell."""
    return JsonResponse({"unread": _own(request).unread().count()})


@require_POST
def read_view(request: HttpRequest) -> HttpResponse:
    """One has been read (`read`), or all up to the one shown last (`newest`); what came since stays."""
    one, newest = request.POST.get("read", ""), request.POST.get("newest", "")
    if is_key(one):
        _own(request).filter(pk=one).read()
    if is_key(newest):
        _own(request).filter(pk__lte=newest).read()
    if wants_json(request):
        return JsonResponse({"unread": _own(request).unread().count()})
    return redirect("admin:index" if request.POST.get("from") == "board" else "admin:articles_notification_changelist")


def _own(request: HttpRequest) -> Any:
    if not request.user.is_staff:
        raise PermissionDenied
    return Notification.objects.filter(user=request.user.pk)


def _cell(cell: str, notification: Notification) -> SafeString:
    context = {"notification": notification, "address": address_of(notification)}
    return render_to_string(f"admin/articles/notification/{cell}.html", context)
