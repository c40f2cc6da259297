"""The throw-away database goes when its maker goes, however that happens."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from newsroom.embedded import ROOT
from newsroom.postgres_programs import EmbeddedDatabaseError
from newsroom.throwaway import ThrowawayDatabase
from tests.services import wait_until

MAKER = """
import time
from newsroom.throwaway import ThrowawayDatabase
print(ThrowawayDatabase().start(), flush=True)
time.sleep(60)
"""


def folder_of(url: str) -> Path:
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return Path(row[0])


def test_throwaway_is_gone_after_the_block() -> None:
    with ThrowawayDatabase() as url:
        folder = folder_of(url)

    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(url)


@pytest.mark.parametrize("autovacuum", [False, True])
def test_throwaway_takes_no_statistics_unless_told_to(autovacuum) -> None:
    """Taken in the middle of a test's transaction they call full tables empty."""
    given = {"autovacuum": True} if autovacuum else {}
    with ThrowawayDatabase(**given) as url, psycopg.connect(url) as connection:
        options = connection.execute("SELECT current_setting('autovacuum'), current_setting('fsync')").fetchone()

    assert options == ("on" if autovacuum else "off", "off")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_throwaway_is_gone_after_its_maker_was_killed(number: signal.Signals) -> None:
    maker = subprocess.Popen([sys.executable, "-c", MAKER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert maker.stdout is not None
    folder = folder_of(maker.stdout.readline().strip())

    maker.send_signal(number)
    maker.communicate()

    wait_until(lambda: not folder.exists(), what=f"{folder} is deleted")


def test_throwaway_says_why_it_cannot_start(tmp_path: Path, capfd) -> None:
    with pytest.raises(EmbeddedDatabaseError, match="did not start"):
        ThrowawayDatabase(programs=tmp_path).start()

    assert "does not run on this platform" in capfd.readouterr().err
