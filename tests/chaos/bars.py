"""What the desk under fire is held to: faults, of which there may be none, and figures with a floor."""

from __future__ import annotations

from tests.audits.bars import Bar, at_least, none

KILLS = 60
# Seconds that everything may take after the last kill: leases of 90 seconds end, and what was cut short is done again.
QUIET = 240
# Seconds after which a worker that lives and has not tagged a story is silent, not slow: the sweep would have sent it
# several times.
DUMB = 120

BARS = [
    at_least("kills", KILLS),
    # So that it is known that somebody was at work meanwhile.
    at_least("saves_acknowledged", KILLS),
    at_least("stories_published", KILLS / 2),
    at_least("schedules_kept", KILLS / 10),
    at_least("webhooks_heard", KILLS / 2),
    Bar("seconds_until_quiet", QUIET, QUIET / 2),
    # The clock goes its round every twenty seconds; a killed one is back after a second or two.
    Bar("schedule_late_seconds", 60, 30),
    Bar("database_back_seconds", 30, 10),
    # The message comes at once; where it was lost, the sweep sends another after half a minute.
    Bar("spared_worker_tags_seconds", 60, 10),
    # Of the worker that lives all the time.
    Bar("memory_growth_percent", 25, 10),
    # Of the one that grew most of the others.
    Bar("killed_memory_growth_percent", 50, 25),
    *none(
        "acknowledged_saves_lost",
        "acknowledged_verbs_lost",
        "imports_lost_or_doubled",
        "newest_revisions_untagged",
        "schedules_missed",
        "schedules_published_twice",
        "change_log_gaps",
        "change_feed_differences",
        "public_documents_stale",
        "webhooks_missed",
        "webhooks_refused",
        "database_not_back",
        "locks_stuck",
        "pictures_without_file",
        "services_dumb_afterwards",
    ),
]
