"""Doors of the worker: fetch, call a verb, nothing else. Tasks may run twice."""

from __future__ import annotations

from celery import shared_task

from newsroom.wire import clearing, rounds, taking_back


@shared_task(name="wire.ask_for_due")
def ask_for_due() -> None:
    """Have every source asked whose time has come, and hold what was pasted of words that are killed."""
    rounds.ask_for_due()
    taking_back.hold_what_was_pasted()


@shared_task(name="wire.fetch_source")
def fetch_source(source_id: int) -> None:
    """Ask one source and bring in what it has; then there is place for another."""
    rounds.fetch_source(source_id)
    rounds.ask_for_due()


@shared_task(name="wire.forget_old_items")
def forget_old_items() -> None:
    """Forget what nobody took, and put aside what was drafted and nobody touched."""
    rounds.forget_old_items()
    clearing.spike_untouched_drafts()
