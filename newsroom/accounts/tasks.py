"""Door of the worker. The task may run twice."""

from __future__ import annotations

from celery import shared_task

from newsroom.accounts.forgetting import forget_ended_sessions, forget_old_sign_ins


@shared_task(name="accounts.forget")
def forget() -> None:
    """Forget sessions that have ended and sign-ins of long ago."""
    forget_ended_sessions()
    forget_old_sign_ins()
