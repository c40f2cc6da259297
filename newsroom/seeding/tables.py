"""The tab-separated tables of seeds/: a header line, no quoting, an empty field is absent."""

import csv
from pathlib import Path

from django.conf import settings

FOLDER: Path = settings.BASE_DIR / "seeds"


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of seeds/`name`.tsv by column name. Raises OSError when the table is missing."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
        return [{column: value.strip() for column, value in row.items() if column} for row in rows]
