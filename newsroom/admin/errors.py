"""What the desk's own pages say where something is not there, or is not for this person: at the desk, with its menu."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.defaults import permission_denied

from newsroom import errors


def is_at_the_desk(request: HttpRequest) -> bool:
    """Whether somebody of the desk asked for a page of the desk; everybody else is a reader."""
    is_desk = request.path.startswith(reverse("admin:index")) and hasattr(request, "user")
    return is_desk and admin.site.has_permission(request)


@never_cache
def desk_error(request: HttpRequest, *, title: str, says: str, status: int) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "says": says}
    return render(request, "admin/error.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """At the desk in the words of who found nothing, where they wrote any."""
    if not is_at_the_desk(request):
        return errors.not_found(request, exception)
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    says = said or "The address may have been copied incompletely, or what it showed was never there."
    return desk_error(request, title="There is no such page", says=says, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not is_at_the_desk(request):
        return permission_denied(request, exception)
    says = str(exception) or "Your role does not open this page. If it should, ask the chief."
    return desk_error(request, title="This is not yours to do", says=says, status=403)


@never_cache
def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the sign that this browser was given: opened before somebody signed in, or not ours at all."""
    if not request.path.startswith(reverse("admin:index")):
        return csrf.csrf_failure(request, reason)
    if is_at_the_desk(request):
        says = "You have signed in since it was opened. Go back, load it again, and press once more."
        return desk_error(request, title="That page is out of date", says=says, status=403)
    shown = {**admin.site.each_context(request), "title": "That page is out of date"}
    return render(request, "accounts/out_of_date.html", shown, status=403)
