"""Wake whoever follows the change log, as soon as what is being written is public.

The settings name their tasks: articles know nobody who follows. What no message came through for, followers find in
the log.
"""

from __future__ import annotations

from celery import current_app
from django.conf import settings
from django.db import transaction


def wake_on_commit() -> None:
    def send() -> None:
        for name in settings.TASKS_AFTER_CHANGE:
            current_app.send_task(name)

    transaction.on_commit(send, robust=True)
