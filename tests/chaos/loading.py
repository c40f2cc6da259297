"""An archive read by `manage.py analyse --jsonl --load`, killed time and again: each story stands once in the end."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from pathlib import Path

from newsroom import processes
from newsroom.embedded import ROOT

TEXT = "The fleet of Norway left harbour on day {number}.\nFinland said it would send {number} ships to the exercise."


class Loader:
    """The command and the file; it is killed by dice of its own, beside the killer's kills."""

    def __init__(self, folder: Path, *, stories: int, seed: int) -> None:
        self.ids = [f"archive-{number}" for number in range(stories)]
        self.dice = random.Random(f"{seed} loader")
        self.file = folder / "archive.jsonl"
        self.log = folder / "log" / "loader.log"
        self.kills = 0
        self.is_done = False
        lines = [
            {"id": name, "title": f"Archive story {number}", "text": TEXT.format(number=number + 2)}
            for number, name in enumerate(self.ids)
        ]
        self.file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    def run(self, is_over: threading.Event) -> None:
        """Until the file is loaded, or it is over."""
        while not is_over.is_set() and not self.is_done:
            self.is_done = self.live(self.dice.uniform(4, 15)) == 0
            is_over.wait(1)

    def finish(self) -> None:
        """To its natural end; it is left so after ten times in vain."""
        for _ in range(10):
            if self.is_done:
                return
            self.is_done = self.live(300) == 0

    def live(self, seconds: float) -> int:
        """The exit status; the one of SIGKILL where it lived longer."""
        command = [sys.executable, "manage.py", "analyse", "--jsonl", "--load"]
        with self.file.open("rb") as lines, self.log.open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdin=lines, stdout=log, stderr=log, start_new_session=True)
            try:
                return process.wait(seconds)
            except subprocess.TimeoutExpired:
                processes.kill_group(process.pid)
                self.kills += 1
                return process.wait()
