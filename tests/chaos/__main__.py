"""`python -m tests.chaos`: the desk under fire, as JSON lines {name, value, floor, target}.

Ends with 1 where a figure is below its floor or was not measured. `--kills 1000` goes on for two hours; fewer than 60
are for developing and below the floor. `--broker redis` puts the queue there. `--seed` plans the same kills again, when
what they hit is the machine's affair. `--findings FILE` writes what is behind the figures, `--keep FOLDER` the logs.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path

from tests.audits.report import Report

from .bars import BARS, KILLS
from .stage import Stage


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--broker", choices=("pgmq", "redis"), default="pgmq")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--findings", type=Path, help="write every finding to this file, as Markdown")
    parser.add_argument("--keep", type=Path, help="copy the services' logs to this folder")
    options = parser.parse_args()
    report = Report({bar.name: bar for bar in BARS}, title="the desk under fire")
    report.note(f"seed {options.seed}, broker {options.broker}")
    try:
        with Stage(options.broker) as stage:
            try:
                run(report, stage, options)
            finally:
                if options.keep:
                    keep(stage, options.keep)
    finally:
        report.tell()
        if options.findings:
            report.write(options.findings)
    return report.status


def run(report: Report, stage: Stage, options: argparse.Namespace) -> None:
    import django

    stage.prepare()
    django.setup()
    # They reach for models, which are there only now.
    from .storm import Storm

    with Storm(stage, seed=options.seed) as storm:
        storm.rage(options.kills)
        storm.judge(report)


def keep(stage: Stage, folder: Path) -> None:
    shutil.copytree(stage.folder / "log", folder, dirs_exist_ok=True)
    shutil.copy(stage.cluster.log, folder / "database.log")


if __name__ == "__main__":
    sys.exit(main())
