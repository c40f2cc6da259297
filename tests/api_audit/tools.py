"""What the API's judges bring from npm."""

from __future__ import annotations

from pathlib import Path

from tests.audits.tools import NodePackages

FOLDER = Path(__file__).resolve().parent
PACKAGES = NodePackages(FOLDER, command="make api-audit")
