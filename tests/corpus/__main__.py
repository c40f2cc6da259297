"""`python -m tests.corpus [FILE …]`: reads the labelled stories, says what is wrong and counts what they hold."""

import re
import sys
from collections import Counter
from pathlib import Path

from articles.tagging.reading.spans import scan

from .reader import STORIES, BadStory, LabelledStory, read


def main(paths: list[Path]) -> int:
    """Check the files, print the faults and the counts; 1 where there are faults."""
    counts: Counter[str] = Counter()
    faults = 0
    for path in paths:
        try:
            story = read(path.stem, path.read_text(encoding="utf-8"))
        except BadStory as error:
            faults += 1
            sys.stdout.write(f"FAULT {error}\n")
            continue
        for doubt in doubts(story):
            sys.stdout.write(f"doubt {story.id}: {doubt}\n")
        counts.update(_counts(story))
    sys.stdout.writelines(f"{number:6d}  {what}\n" for what, number in sorted(counts.items()))
    return 1 if faults else 0


def doubts(story: LabelledStory) -> list[str]:
    """What looks wrong: pieces without a line, a name marked in one place and not in another."""
    listed = [(piece.span.start, piece.span.end) for piece in story.pieces]
    found = [
        f"no quote line for “{story.text[piece.start : piece.end][:60]}”"
        for piece in scan(story.text)
        if not any(piece.start < end and start < piece.end for start, end in listed)
    ]
    marked = {(named.span.start, named.span.end) for named in story.named}
    for words in sorted({named.words for named in story.named if len(named.words) > 2}):
        for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", story.text):
            if not any(start < match.end() and match.start() < end for start, end in marked):
                around = story.text[max(0, match.start() - 20) : match.end() + 20].replace("\n", " ")
                found.append(f"{words!r} is marked elsewhere, not in {around!r}")
    return found


def _counts(story: LabelledStory) -> Counter[str]:
    counts = Counter({"stories": 1, "words": len(story.text.split())})
    for named in story.named:
        counts[f"{named.kind or 'country'} mentions"] += 1
    for piece in story.pieces:
        counts[f"{piece.refused} in marks" if piece.refused else "quotations"] += 1
    return counts


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or sorted(STORIES.glob("*.txt"))))
