"""What the judges said: figures as JSON lines on standard output, what is behind them for whoever mends it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .bars import Bar

MESSAGES_A_PAGE = 12


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: which judge found it where, in its own words."""

    judge: str
    page: str
    message: str


@dataclass
class Report:
    """Figures against their bars, and findings."""

    bars: dict[str, Bar]
    title: str = "the audit"
    values: dict[str, float] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def figure(self, name: str, value: float) -> None:
        """Print a figure at once; raises KeyError for one that has no bar."""
        bar = self.bars[name]
        self.values[name] = value
        line = {"name": name, "value": round(value, 2), "floor": bar.floor, "target": bar.target}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    def count(self, name: str, found: list[Finding]) -> None:
        """The figure that is a number of faults, with the faults."""
        self.findings.extend(found)
        self.figure(name, len(found))

    def note(self, line: str) -> None:
        """Something worth reading that no bar is set for."""
        self.notes.append(line)
        sys.stderr.write(f"{line}\n")

    @property
    def not_measured(self) -> list[str]:
        """Bars without a figure: their judge did not run."""
        return [name for name in self.bars if name not in self.values]

    @property
    def missed(self) -> list[str]:
        return [name for name, value in self.values.items() if not self.bars[name].holds(value)]

    @property
    def status(self) -> int:
        """The exit status: 0 only where every bar has a figure and every figure holds."""
        return 1 if self.not_measured or self.missed else 0

    def tell(self) -> None:
        """On standard error: what was found, what missed its floor, what was not measured."""
        for finding in _shortened(self.findings):
            sys.stderr.write(f"{finding.judge}: {finding.page}: {finding.message}\n")
        for name in self.missed:
            sys.stderr.write(f"below its floor: {name} is {self.values[name]:g}, floor {self.bars[name].floor:g}\n")
        for name in self.not_measured:
            sys.stderr.write(f"not measured: {name}\n")

    def write(self, path: Path) -> None:
        """All findings by page, as Markdown."""
        lines = [f"# Findings of {self.title}", ""]
        lines += [f"- below its floor: `{name}` is {self.values[name]:g}" for name in self.missed]
        lines += [f"- not measured: `{name}`" for name in self.not_measured]
        lines += [f"- {note}" for note in self.notes]
        for page in sorted({finding.page for finding in self.findings}):
            lines += ["", f"## {page}", ""]
            lines += [f"- {found.judge}: {found.message}" for found in sorted(self.findings) if found.page == page]
        path.write_text("\n".join(lines) + "\n")


def _shortened(findings: list[Finding]) -> list[Finding]:
    """The first of each page and judge: a fault of the furniture is said by every page."""
    shown: list[Finding] = []
    told: dict[tuple[str, str], int] = {}
    for finding in findings:
        place = (finding.judge, finding.page)
        told[place] = told.get(place, 0) + 1
        if told[place] <= MESSAGES_A_PAGE:
            shown.append(finding)
    return shown
