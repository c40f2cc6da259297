"""Doors of the worker: fetch, call a verb, nothing else. Tasks may run twice."""

from __future__ import annotations

from celery import shared_task

from newsroom.partners import reminding


@shared_task(name="partners.remind_of_kills")
def remind_of_kills() -> None:
    """Write to those who have not confirmed a kill in time."""
    reminding.remind_of_kills()
