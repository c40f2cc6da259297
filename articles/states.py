"""The two axes of an article's state, and what a verb says when it refuses."""

from __future__ import annotations

from django.db import models


class WorkState(models.TextChoices):
    """What the desk is doing with the next version."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    CHANGES_REQUESTED = "changes_requested", "changes requested"
    APPROVED = "approved", "approved"


class PubState(models.TextChoices):
    """What the public has."""

    NEVER = "never", "never published"
    SCHEDULED = "scheduled", "scheduled"
    LIVE = "live", "live"
    WITHDRAWN = "withdrawn", "withdrawn"
    KILLED = "killed", "killed"
    SPIKED = "spiked", "spiked"


# Every reachable pair: all but scheduled with work that is not approved.
REACHABLE_STATES = frozenset(
    (work, pub) for work in WorkState for pub in PubState if pub is not PubState.SCHEDULED or work is WorkState.APPROVED
)


class Refused(Exception):
    """A verb did not act, and nothing was written. The message tells the journalist what to do."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The person may not use this verb on this article."""

    code = "not_allowed"


class WrongState(Refused):
    """The article's state does not permit this verb."""

    code = "wrong_state"


class GuardFailed(Refused):
    """State and person are right, but something of the article itself stands in the way.

    `reasons` holds a sentence for each thing to mend.
    """

    code = "guard_failed"

    def __init__(self, message: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.reasons = reasons


class Unconfirmed(Refused):
    """Nothing forbids it, but the person is asked once before; the message is the question."""

    code = "unconfirmed"


class StaleArticle(Refused):
    """Somebody saved the article after this copy of it was read. Nothing was overwritten."""

    code = "stale"

    def __init__(self, message: str, *, expected: int, found: int) -> None:
        super().__init__(message)
        self.expected = expected
        self.found = found
