"""xmllint, which judges a document by a grammar or a schema."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.audits.tools import JudgeAbsentError, judges_folder, program

from .tools import FOLDER

GRAMMAR = FOLDER / "grammar"
WRAPPER = """<?xml version="1.0"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
{imports}
</xsd:schema>
"""
SITEMAP, NEWS = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap-news/0.9"


def faults(document: bytes, rules: list[str]) -> list[str]:
    """What xmllint says of a document; empty where it is valid."""
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        path = Path(folder) / "document.xml"
        path.write_bytes(document)
        command = [program("xmllint", package="libxml2-utils"), "--noout", "--nonet", *rules, str(path)]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if said.returncode == 0:
        return []
    # 3 and 4: the document is not valid; 1: it is no XML at all. Anything else is a fault of the judge's own rules.
    if said.returncode not in (1, 3, 4):
        raise JudgeAbsentError(f"xmllint failed: {said.stderr.strip()[-500:]}")
    lines = [line.replace(str(path), "line") for line in said.stderr.splitlines()]
    return [line for line in lines if line.strip() and "fails to validate" not in line and line.strip() != "^"]


def by_grammar(document: bytes, name: str) -> list[str]:
    return faults(document, ["--relaxng", str(GRAMMAR / name)])


def by_sitemap_schema(document: bytes) -> list[str]:
    """By the protocol's own schema, and ours for the news part, which it leaves to others."""
    places = ((SITEMAP, judges_folder(holding="sitemap.xsd") / "sitemap.xsd"), (NEWS, GRAMMAR / "news.xsd"))
    imports = "\n".join(f'<xsd:import namespace="{space}" schemaLocation="{place}"/>' for space, place in places)
    with tempfile.NamedTemporaryFile("w", suffix=".xsd", prefix="newsroom-audit-") as wrapper:
        wrapper.write(WRAPPER.format(imports=imports))
        wrapper.flush()
        return faults(document, ["--schema", wrapper.name])


def by_index_schema(document: bytes) -> list[str]:
    return faults(document, ["--schema", str(GRAMMAR / "siteindex.xsd")])
