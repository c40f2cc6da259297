"""`python -m tests.api_audit.writing SHARE`: writers at the desk, with the desk's own verbs and real commits.

Each publishes, corrects, retags, moves to another section, withdraws and kills stories at random until its share is
done, then the process prints what was done as JSON. Every body holds a word that no other has, so that what must have
been purged can be looked for byte by byte.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import threading
import traceback
import uuid
from collections import Counter
from typing import Any

from tests.audits.tools import ROOT

PROCESSES, THREADS = 4, 4
WRITERS = PROCESSES * THREADS
# The word that no other body has.
MARK = re.compile(r"\blog[0-9a-f]{32}\b")
SECTIONS = ("sea", "land", "air")
HEADLINES = ("Fleet returns to port", "Brigade moves north", "Radar site reopens", "Budget passes")
BODY = (
    "<p>The minister said the fleet would “return to port by Friday”.</p><p>Norway and Finland sent {number} ships, "
    "the log says under {mark}.</p>"
)


def start_writers(verbs: int) -> list[subprocess.Popen[str]]:
    """Sixteen writers in four processes, each with its share of so many verbs."""
    return [
        subprocess.Popen(
            [sys.executable, "-m", "tests.api_audit.writing", str(-(-verbs // WRITERS))],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]


def main() -> int:
    (share,) = map(int, sys.argv[1:])
    import django
    from celery import current_app

    django.setup()
    # Threads that make the pool at the same moment would trip over each other.
    current_app.amqp.producer_pool  # noqa: B018
    from tests.site_audit.stories import desk_of_seeds

    desk, done, errors = desk_of_seeds(), Counter[str](), list[str]()
    writers = [Writer(desk, share, done, errors) for _ in range(THREADS)]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stderr.write("".join(errors))
    sys.stdout.write(json.dumps(done) + "\n")
    return 1 if errors else 0


class Writer:
    """One person at the desk with some stories; it takes those of the others, too, where it finds them."""

    def __init__(self, desk: Any, share: int, done: Counter[str], errors: list[str]) -> None:
        self.dice = random.Random()
        self.desk, self.left, self.done, self.errors = desk, share, done, errors
        self.verbs = (
            (self.publish, 34),
            (self.update, 16),
            (self.correct, 14),
            (self.retag, 14),
            (self.move, 6),
            (self.withdraw, 8),
            (self.kill, 8),
        )

    def run(self) -> None:
        from django.db import connections

        from articles.states import Refused

        try:
            while self.left > 0:
                verb = self.dice.choices(*zip(*self.verbs, strict=True))[0]
                try:
                    verb()
                except Refused:
                    # Another writer was faster at the same story; that is what the desk would read, too.
                    continue
                self.left -= 1
                self.done[verb.__name__] += 1
        except Exception:
            self.errors.append(traceback.format_exc())
        finally:
            connections.close_all()

    def publish(self) -> None:
        from articles import publishing
        from articles.models import Section

        section = Section.objects.get(slug=self.dice.choice(SECTIONS))
        related = [{"target": article} for article in self.some_live(self.dice.randint(0, 2))]
        mark = self.new_mark()
        headline = f"{self.dice.choice(HEADLINES)} {mark}"
        article = self.desk.approved(headline, body=self.body(mark), section=section, related=related)
        publishing.publish(article, by=self.desk.editor)

    def update(self) -> None:
        from articles import publishing

        article = self.one_live()
        self.desk.save(article, by=self.desk.editor, body=self.body(self.new_mark()))
        publishing.publish_minor_update(self.desk.fresh(article), by=self.desk.editor)

    def correct(self) -> None:
        from articles import correcting

        article = self.one_live()
        self.desk.save(article, body=self.body(self.new_mark()))
        notice = f"An earlier version of this story counted the ships wrongly ({self.dice.randint(1, 999)})."
        correcting.correct(self.desk.approve_again(article), by=self.desk.editor, notice=notice, seal=self.chance(0.2))

    def retag(self) -> None:
        """With a country more, or without one of those it has."""
        from articles import publishing, suggestions
        from articles.models.verdict import Verdict
        from entities.models import Entity

        article = self.one_live()
        held = article.tags.filter(verdict=Verdict.CONFIRMED).order_by("?").first()
        if held is not None and self.chance(0.5):
            suggestions.reject(held, by=self.desk.editor)
        else:
            country = Entity.objects.get(key=self.dice.choice(("country-no", "country-fi", "country-se")))
            suggestions.add_tag(article, country, by=self.desk.editor)
        publishing.publish_minor_update(self.desk.fresh(article), by=self.desk.editor)

    def move(self) -> None:
        """To another section, and so perhaps out of a partner's product or into it."""
        from articles import publishing
        from articles.models import Section

        article = self.one_live()
        section = Section.objects.get(slug=self.dice.choice(SECTIONS))
        self.desk.save(article, by=self.desk.editor, section=section, body=self.body(self.new_mark()))
        publishing.publish_minor_update(self.desk.fresh(article), by=self.desk.editor)

    def withdraw(self) -> None:
        """And sometimes publish it again."""
        from articles import publishing, workflow

        article = self.one_live()
        publishing.withdraw(article, by=self.desk.editor, reason="Sent too early.")
        if self.chance(0.6):
            article = self.desk.fresh(article)
            if article.work_state != "approved":
                workflow.submit(article, by=self.desk.editor)
                workflow.approve(article, by=self.desk.chief)
            publishing.publish(self.desk.fresh(article), by=self.desk.editor)

    def kill(self) -> None:
        self.desk.kill(self.one_live())

    def body(self, mark: str) -> str:
        return BODY.format(number=self.dice.randint(2, 99), mark=mark)

    def new_mark(self) -> str:
        """A word that stands nowhere else."""
        return f"log{uuid.uuid4().hex}"

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def one_live(self) -> Any:
        from articles.states import Refused

        found = self.some_live(1)
        if not found:
            raise Refused("There is no story yet.")
        return found[0]

    def some_live(self, most: int) -> list[Any]:
        """Of the writers' own: the stories of the seeds stay as they are."""
        from articles.models import Article
        from articles.states import PubState

        live = Article.objects.filter(pub_state=PubState.LIVE, edition__text__contains="log").order_by("-pk")
        return self.dice.sample(list(live[:60]), k=min(most, len(live[:60])))


if __name__ == "__main__":
    sys.exit(main())
