"""Our own app of sign-ins, and allauth's without what it would ask of every request."""

from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "newsroom.accounts"
    label = "accounts"
    verbose_name = "Sign-in"


class AllauthConfig(AccountConfig):
    """allauth insists on a middleware; only its own pages need it, and `newsroom.accounts.pages` gives it to them."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401
