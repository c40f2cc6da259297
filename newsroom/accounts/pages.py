"""allauth's pages as pages of the desk: what they need around them, and where wrong guesses are counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.internal.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from newsroom.accounts import guesses, second_factor
from newsroom.accounts.acting import written_down
from newsroom.accounts.guesses import Guess
from newsroom.accounts.models import AccountEvent
from newsroom.accounts.recording import record_failure

Page = Callable[..., HttpResponse]
Verb = AccountEvent.Verb


def of_the_desk(view: Page) -> Page:
    """A page of allauth's before or after signing in, without a middleware that every reader's request would pass."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with within_allauth(request):
            try:
                response = written_down(view)(request, *args, **kwargs)
            except ImmediateHttpResponse as known:
                response = known.response
            except ReauthenticationRequired:
                response = _ask_again(request)
            return _dressed(request, response)

    return page


def within_allauth(request: HttpRequest) -> Any:
    """What allauth's middleware does for a request."""
    request.allauth = SimpleNamespace()  # type: ignore[attr-defined]
    return context.request_context(request)


def of_a_person(view: Page) -> Page:
    """A page about one's own second factor: for people of the desk, and where one is set up, after showing it."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person: Any = request.user
        is_of_the_desk = person.is_active and person.is_staff
        if not is_of_the_desk or not (second_factor.used(request, person) or not second_factor.has_any(person)):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return of_the_desk(page)


def that_makes_a_factor(view: Page) -> Page:
    """Whoever has just made a second factor has shown it, too."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person: Any = request.user
        before = second_factor.has_any(person) if request.method == "POST" else True
        response = view(request, *args, **kwargs)
        if not before and second_factor.has_any(person):
            record_authentication(request, person, "mfa", type="new")
        return response

    return of_a_person(page)


def that_signs_in(view: Page) -> Page:
    """The page of a passkey: also where a session is open that may see nothing, which ends here. Asking for a passkey
    makes a session, so it is counted as showing one is."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and (
            refused := consume_or_429(request, app="allauth.mfa", action="webauthn_login", limit_get=True)
        ):
            return refused
        if request.user.is_authenticated and not admin.site.has_permission(request):
            logout(request)
        return view(request, *args, **kwargs)

    return of_the_desk(page)


def guarded(view: Page, *, name_of: Callable[[HttpRequest], str], on_failure: AccountEvent.Verb) -> Page:
    """A page where somebody could guess: each answer is counted before it is looked at."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = name_of(request) if request.method == "POST" else ""
        if not name:
            return view(request, *args, **kwargs)
        guess = guesses.count(name, address=guesses.where_from(request))
        if guess.until:
            return locked_page(request, guess)
        request.guess = guess  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if not _has_errors(response):
            guesses.give_back(guess)
            return response
        record_failure(request, on_failure, guess)
        guesses.forget_stale()
        return locked_page(request, guess) if guess.is_last else response

    return page


def locked_page(request: HttpRequest, guess: Guess) -> HttpResponse:
    """Says that no guess is taken, why, how long, and what to do."""
    now = timezone.now()
    until = guess.until or now + settings.AXES_COOLOFF_TIME
    seconds = max(1, int((until - now).total_seconds()))
    told = {"title": "Locked for now", "minutes": -(-seconds // 60), "until": until, "is_of_address": not guess.number}
    shown = {**admin.site.each_context(request), **told}
    response = TemplateResponse(request, "accounts/locked.html", shown, status=429)
    response["Retry-After"] = str(seconds)
    return response.render()


def name_at_the_code(request: HttpRequest) -> str:
    """Whose code is asked for, after their password."""
    with within_allauth(request):
        login = unstash_login(request, peek=True)
    return login.user.get_username() if login and login.user else ""


def own_name(request: HttpRequest) -> str:
    return request.user.get_username()


def _ask_again(request: HttpRequest) -> HttpResponse:
    """Leads to where the password or a code is given once more, and back."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied("There is no password to confirm this with: ask the chief.")
    return reauthentication.suspend_request(request, methods[0]["url"])


def _dressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With what every page of the admin shows around it, while allauth still knows the request."""
    if isinstance(response, TemplateResponse) and not response.is_rendered:
        response.context_data = {**admin.site.each_context(request), **(response.context_data or {})}
        return response.render()
    return response


def _has_errors(response: HttpResponse) -> bool:
    shown = getattr(response, "context_data", None) or {}
    return any(form is not None and form.errors for form in (shown.get("form"), shown.get("webauthn_form")))
