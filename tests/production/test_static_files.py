"""The static files of two releases, by the commands of the guide."""

from __future__ import annotations

import json
import os
import re
import secrets
import shlex
import subprocess
import sys
from pathlib import Path

from newsroom.embedded import ROOT
from tests.production import shipped

# All that the shipped file leaves open; nothing of it is asked here.
RELEASE = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": "postgres://newsroom@127.0.0.1:1/newsroom",
    "EMAIL_URL": "dummymail://",
    "METRICS_TOKEN": secrets.token_urlsafe(32),
}
UPGRADE = (shipped.FOLDER / "README.md").read_text().split("## An upgrade without an interruption")[1]


def test_new_release_has_its_own_files_and_keeps_those_of_the_old(tmp_path: Path) -> None:
    """Also a module that others import by its plain name, and though the copy is younger than the checkout."""
    old, new = tmp_path / "current" / "staticfiles", tmp_path / "release" / "staticfiles"
    module = "articles/editing/bubble.js"
    for name in (module, "site/of-the-old-one.0123456789ab.css"):
        (old / name).parent.mkdir(parents=True)
        (old / name).write_text("of the old release")
    new.parent.mkdir()

    for command in re.findall(r"^ {7}(\.venv/bin/python manage\.py collectstatic .*|cp .*)$", UPGRADE, re.MULTILINE):
        words = shlex.split(command.replace("/srv/newsroom/current", str(tmp_path / "current")))
        if words[0] == "cp":
            subprocess.run(words, cwd=new.parent, check=True)
        else:
            environment = os.environ | shipped.environment(**RELEASE) | {"STATIC_ROOT": str(new)}
            subprocess.run([sys.executable, *words[1:]], cwd=ROOT, env=environment, check=True, capture_output=True)

    assert (new / module).read_text() == (ROOT / "articles" / "static" / module).read_text()
    assert (new / "site/of-the-old-one.0123456789ab.css").read_text() == "of the old release"
    assert json.loads((new / "staticfiles.json").read_text())["paths"][module] != module
