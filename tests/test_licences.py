"""docs/licences.md says what is pinned, and nothing that a program under the BSD licence may not use."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest
from django.conf import settings

PROGRAM = settings.BASE_DIR / "requirements" / "licences.py"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


licences = loaded()


def test_document_is_what_would_be_written():
    assert licences.DOCUMENT.read_text() == licences.document(), "run: make licences"


def test_every_pin_has_a_row_and_a_licence_that_fits():
    rows = re.findall(r"^\| ([^ ]+) \| (\d[^ ]*) \| (.+) \|$", licences.DOCUMENT.read_text(), re.MULTILINE)

    locks = "".join((licences.ROOT / "requirements" / name).read_text() for name in ("runtime.txt", "s3.txt"))
    pinned = set(re.findall(r"^([a-z0-9][^=\s]*)==(\S+)", locks, re.MULTILINE))
    assert {(package, version) for package, version, _ in rows} == pinned
    assert {"django", "boto3", "django-storages"} <= {package for package, _, _ in rows}
    assert {package: licences.unfitting(licence) for package, _, licence in rows if licences.unfitting(licence)} == {}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("MIT", set()),
        ("LGPL-3.0-only", set()),
        ("GPL-3.0-only OR MIT", set()),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", set()),
        ("GPL-3.0-only", {"GPL-3.0-only"}),
        ("AGPL-3.0-or-later", {"AGPL-3.0-or-later"}),
        ("MIT AND GPL-2.0-only", {"GPL-2.0-only"}),
        ("SSPL-1.0", {"SSPL-1.0"}),
        ("", {""}),
    ],
)
def test_what_does_not_fit_is_found(expression, found):
    assert licences.unfitting(expression) == found


def test_package_that_says_nothing_clear_stops_the_writing(monkeypatch):
    monkeypatch.delitem(licences.SAID_OTHERWISE, "sqlparse")

    with pytest.raises(LookupError, match="sqlparse"):
        licences.licence_of("sqlparse")
