"""The sign-in of the desk: name and password, then a second factor where the person has one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from newsroom.accounts import guesses
from newsroom.accounts.forms import SignInForm
from newsroom.accounts.models import AccountEvent
from newsroom.accounts.pages import guarded, within_allauth


class SignInView(LoginView):
    template_name = "admin/login.html"
    authentication_form = SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        """The password is right. Whoever has a second factor is asked for it before anything else is known of them."""
        person, leads_to = form.get_user(), self.get_success_url()
        if self.request.user.is_authenticated:
            logout(self.request)
        with within_allauth(self.request):
            record_authentication(
                self.request, person, "password", username=person.get_username(), reauthenticated=True
            )
            return perform_login(self.request, Login(user=person, redirect_url=leads_to))


def _name_typed(request: HttpRequest) -> str:
    return guesses.name_in(request.POST.get("username", ""))


def sign_in(request: HttpRequest, *, shown: dict[str, Any]) -> HttpResponse:
    view: Any = SignInView.as_view(extra_context=shown)
    return guarded(view, name_of=_name_typed, on_failure=AccountEvent.Verb.SIGN_IN_FAILED)(request)
