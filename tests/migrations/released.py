"""The release that may still be running while the next one migrates, and what was permitted all the same.

With each release, `COMMIT` and `MIGRATIONS` are moved to it, and `EXCEPTIONS` is emptied.
"""

from __future__ import annotations

# What `git rev-parse HEAD` said then.
COMMIT = "ea873ce49d227ce3022a074183bcce8ec8b97691"
# The newest migration of each app in it.
MIGRATIONS = {
    "articles": "0026_pins_on_pages",
    "entities": "0003_clean_names",
    "partners": "0006_webhook_roles",
}

# (app, migration, what it does, as the test says it): why nobody is harmed.
EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("articles", "0031_diary", "Raw SQL operation"): "a trigger on a table that the release does not know",
    ("articles", "0031_diary", "Raw Python operation"): "three permissions of the new table, for three groups",
    (
        "articles",
        "0030_storylines_and_exercises",
        "Raw SQL operation",
    ): "triggers on tables that the release does not know",
    (
        "articles",
        "0030_storylines_and_exercises",
        "Raw Python operation",
    ): "three permissions for each new table, for three groups",
    (
        "articles",
        "0030_storylines_and_exercises",
        "Create constraint former_address_of_one_subject on model formeraddress",
    ): "the release writes one of the three columns that it knows, which this permits",
}

# Tables that a lock for a second harms nobody in: they do not grow with the archive.
SMALL = frozenset(
    {
        *("articles.section", "articles.author", "articles.heartbeat", "articles.changecounter", "articles.frontslot"),
        *("articles.formeraddress",),
        *("articles.standingpage", "articles.cachepurge", "articles.publicstate", "articles.savedlist"),
        *("articles.previewlink", "entities.gazetteerversion", "entities.country"),
        *("partners.partner", "partners.product", "partners.apikey", "partners.webhookendpoint"),
    }
)
