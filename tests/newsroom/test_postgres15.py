"""The oldest PostgreSQL that is supported: migrations, and the promises, on Debian's 15."""

import os
import subprocess
import sys

import pytest

from newsroom.embedded import ROOT


@pytest.mark.timeout(1_800)
def test_postgres15_keeps_the_promises(postgres15: str) -> None:
    foreign = ("NEWSROOM_TEST_RUN", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS")
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    # The files that hold a promise, by their text: to find them by their marks all the tests would be read once more.
    promising = [path for path in ROOT.glob("tests/**/test_*.py") if "mark.promise" in path.read_text()]

    asked = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "promise", "-q", "-p", "no:cacheprovider", *promising],
        cwd=ROOT,
        env=environment | {"DATABASE_URL": postgres15},
        capture_output=True,
        text=True,
    )

    assert asked.returncode == 0, asked.stdout[-8000:] + asked.stderr
