"""What an import of an archive says: of lines where they stand, and of the whole in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.core.management.base import CommandError, OutputWrapper
from django.urls import reverse

from articles.archive.withheld import LiveButWithheld
from articles.counted_nouns import count_of, count_of_stories
from articles.progress import Progress
from articles.retagging import never_read

# More of a kind would hide each other; all are counted.
LINES_TOLD = 20


class ArchiveReport:
    """Counts what became of lines and stories, and tells what a person must know."""

    def __init__(self, out: OutputWrapper, errors: OutputWrapper, progress: Progress) -> None:
        self._out, self._errors, self._progress = out, errors, progress
        self._counted: Counter[str] = Counter()

    def count(self, what: str, number: int = 1) -> None:
        self._counted[what] += number

    def tell(self, what: str, number: int, sentence: str) -> None:
        self._counted[what] += 1
        if self._counted[what] <= LINES_TOLD:
            self._progress.clear()
            self._errors.write(f"Line {number}: {visible(sentence)}")

    def conclude(self, live: Sequence[LiveButWithheld]) -> None:
        """Say the whole. What must be taken down comes last and is told completely: nothing else may hide it.

        Raises:
            CommandError: lines were not imported, or stories are live that may not be.
        """
        count = self._counted
        said = f"Imported {count_of_stories(count['new'])}; {count_of(count['known'], 'was', 'were')} here already."
        if count["links"]:
            said += f" Left out {count_of(count['links'], 'link', 'links')} to stories that are not here."
        self._out.write(said)
        if count["linked"]:
            added = count_of(count["linked"], "link", "links")
            self._out.write(f"Added {added} to stories that came in later: readers see them with the next version.")
        if count["older"]:
            self._out.write(f"Left out {count_of(count['older'], 'line', 'lines')} with older versions of stories.")
        if count["withheld"]:
            self._out.write(f"Left out {count_of(count['withheld'], 'line', 'lines')} of stories that may not be used.")
        if count["other"]:
            self._out.write(f"Kept {count_of_stories(count['other'])} as here: the archive has other words by now.")
        if waiting := never_read().count():
            wait = count_of(waiting, "imported story waits", "imported stories wait")
            self._out.write(
                f"{wait} for the tagger, which does not read them by itself. Next: .venv/bin/python manage.py retag"
            )
        self._fail(live)

    def _fail(self, live: Sequence[LiveButWithheld]) -> None:
        faults = []
        if refused := self._counted["refused"]:
            faults.append(
                f"{count_of(refused, 'line was', 'lines were')} not imported; the first of them are told above."
            )
        for story in live:
            address = reverse("admin:articles_article_change", args=[story.article.pk])
            headline, reason = visible(story.article.headline), visible(story.reason)
            self._errors.write(f"Take down “{headline}”, {address}: line {story.number} says that {reason}.")
        if live:
            stories = count_of(len(live), "story that may not be used is", "stories that may not be used are")
            faults.append(f"{stories} live or scheduled here: take down what is named above.")
        if faults:
            raise CommandError(" ".join(faults))


def visible(sentence: str) -> str:
    """What came with a line may hold signs that move a terminal, or that it cannot write."""
    return "".join(sign if sign.isprintable() else "�" for sign in sentence)
