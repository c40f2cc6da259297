"""What `manage.py check --deploy` warns of beside Django's own: what runs, and fails those who count on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Warning

from articles.notifications import is_mail_configured

NO_MAIL = Warning(
    "EMAIL_URL names no mail server: urgent mail, of kills that partners have not confirmed and of webhooks that were "
    "switched off, goes to the log, and is counted as sent.",
    hint="Name one, such as EMAIL_URL=smtp+tls://user:password@mail.example.org:587",
    id="newsroom.W001",
)


def mail_reaches_people(app_configs: Any, **rest: Any) -> list[Warning]:
    return [NO_MAIL] if settings.PRODUCTION and not is_mail_configured() else []
