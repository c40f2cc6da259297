"""What the partner API is held to: each figure with the floor below which the audit fails, and its target."""

from __future__ import annotations

from tests.audits.bars import Bar, at_least, none

# Requests of schemathesis, with a key and without.
CASES = 20_000
# Requests an operation in each random phase, with which both runs together make more than enough.
EXAMPLES = 260
# What the readers that are killed live through.
KILLS, CHANGES = 100, 3_000

BARS: dict[str, list[Bar]] = {
    "descriptions": none("openapi_errors", "redocly_problems", "spectral_problems"),
    "breaking": [at_least("breaking_changes_tried", 300), *none("breaking_changes_not_caught", "additions_refused")],
    "spans": [at_least("spans_checked", 1_000), *none("spans_wrong", "spans_wrong_in_utf16")],
    "ninjs": [
        at_least("ninjs_documents", 100),
        at_least("ninjs_tombstones", 2),
        *none("ninjs_errors"),
    ],
    "forbidden": [at_least("forbidden_addresses_tried", 120), *none("forbidden_addresses_reached")],
    "throttle": [at_least("throttle_clients", 32), *none("throttle_granted_too_many", "throttle_granted_too_few")],
    "costs": [
        Bar("list_of_20_cpu_ms", 5, 2.5),
        Bar("list_of_20_with_key_cpu_ratio", 1.5, 1.2),
        Bar("article_cpu_ms", 2, 1),
        Bar("article_with_key_cpu_ratio", 1.5, 1.2),
        Bar("list_304_cpu_ms", 2, 1),
        Bar("article_304_cpu_ms", 2, 1),
        Bar("round_trips_anonymous", 1, 1),
        Bar("round_trips_with_key", 2, 2),
        Bar("round_trips_with_key_for_a_304", 2, 2),
    ],
    "mirror": [
        at_least("mirror_changes", CHANGES),
        at_least("mirror_kills", KILLS),
        *none("mirror_differences", "mirror_held_after_a_kill"),
    ],
    "webhooks": [
        at_least("webhook_changes", CHANGES),
        at_least("webhook_messages_verified", CHANGES),
        at_least("webhook_failures_percent", 25, 33),
        *none("webhook_messages_refused", "webhook_forgeries_accepted"),
        *none("webhook_differences", "webhook_held_after_a_kill"),
    ],
    "fuzzing": [at_least("schemathesis_cases", CASES), *none("schemathesis_failures", "schemathesis_errors")],
}
