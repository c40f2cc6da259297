"""How fast the engine reads, how soon it is ready, and how much memory it takes, on one core.

Times are CPU seconds of the process, so that a busy machine does not count.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice

from articles.tagging import Document, analyse
from tests.corpus.reader import stories

from .engine import gazetteer

WORDS = 450
ARTICLES = 400
STARTS = 5
# The kernel's own high-water mark: what `resource` tells counts the parent's memory at the fork as well.
START = """
import re, resource, sys, time
from pathlib import Path
from articles.tagging import Document, Gazetteer, analyse
gazetteer = Gazetteer.shipped()
ready = time.process_time()
analyse(Document(text="Beijing and Moscow agree, “at last”, said Colonel Mart Kask in Tallinn."), gazetteer)
status = Path("/proc/self/status")
if status.exists():
    memory = int(re.search("VmHWM:[^0-9]*([0-9]+)", status.read_text()).group(1)) * 1024
else:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(ready, memory / 1e6)
"""


def rates() -> dict[str, float]:
    """Articles a second and the 95th percentile in milliseconds, in a process that has done nothing else."""
    printed = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed)
    return figures


def timed() -> dict[str, float]:
    """The same, in this process, for texts of 450 words from our own stories."""
    texts = list(islice(cycle(articles()), ARTICLES))
    names = gazetteer()
    analyse(Document(text=texts[0]), names)
    times = []
    for text in texts:
        began = time.process_time()
        analyse(Document(text=text), names)
        times.append(time.process_time() - began)
    return {
        "speed_articles_per_second": len(times) / sum(times),
        "speed_95_percent_ms": 1000 * statistics.quantiles(times, n=20)[-1],
    }


def articles() -> Iterator[str]:
    """Texts of at least 450 words, made of whole stories and cut at the end of a paragraph."""
    lines: list[str] = []
    words = 0
    for story in stories():
        for line in story.text.splitlines():
            lines.append(line)
            words += len(line.split())
            if words >= WORDS:
                yield "\n".join(lines)
                lines, words = [], 0


def start() -> dict[str, float]:
    """Median seconds of CPU until the shipped gazetteer is ready, and the process's largest memory in MB."""
    runs = [
        subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(STARTS)
    ]
    return {
        "startup_seconds": statistics.median(float(seconds) for seconds, _ in runs),
        "memory_mb": statistics.median(float(size) for _, size in runs),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(timed()))
