"""The addresses of sign-in and second factor, under allauth's names: only those that the desk needs.

Signing up, e-mail addresses and resetting a password by mail are not among them.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import authenticate, index
from allauth.mfa.base.views import reauthenticate as reauthenticate_by_code
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import (
    add_webauthn,
    edit_webauthn,
    login_webauthn,
    reauthenticate_webauthn,
    remove_webauthn,
)
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import RedirectView

from newsroom.accounts.models import AccountEvent
from newsroom.accounts.pages import (
    guarded,
    name_at_the_code,
    of_a_person,
    of_the_desk,
    own_name,
    that_makes_a_factor,
    that_signs_in,
)

Verb = AccountEvent.Verb
code = guarded(of_the_desk(authenticate), name_of=name_at_the_code, on_failure=Verb.CODE_FAILED)
password_again = guarded(of_a_person(reauthenticate), name_of=own_name, on_failure=Verb.CONFIRMATION_FAILED)
code_again = guarded(of_a_person(reauthenticate_by_code), name_of=own_name, on_failure=Verb.CONFIRMATION_FAILED)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:login", query_string=True), name="account_login"),
    path("code/", code, name="mfa_authenticate"),
    path("passkey/", that_signs_in(login_webauthn), name="mfa_login_webauthn"),
    path("again/", password_again, name="account_reauthenticate"),
    path("again/code/", code_again, name="mfa_reauthenticate"),
    path("again/passkey/", of_a_person(reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("security/", of_a_person(index), name="mfa_index"),
    path("security/app/", that_makes_a_factor(activate_totp), name="mfa_activate_totp"),
    path("security/app/remove/", of_a_person(deactivate_totp), name="mfa_deactivate_totp"),
    path("security/codes/", of_a_person(view_recovery_codes), name="mfa_view_recovery_codes"),
    path("security/codes/new/", of_a_person(generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("security/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("security/passkeys/new/", that_makes_a_factor(add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", of_a_person(edit_webauthn), name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", of_a_person(remove_webauthn), name="mfa_remove_webauthn"),
    path("out/", LogoutView.as_view(next_page="admin:login"), name="sign_out"),
]
