"""Destroy sealed text on a court order, for ever, and keep the trace that it was done."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from articles.erasing import erase, revisions_behind, sealed_editions
from articles.models import Article, Erasure
from articles.states import Refused

AFTERWARDS = """The words are gone from the tables. They may still stand in backups, in the write-ahead log until it
is recycled, and on replicas that lag: deal with those by the order too. VACUUM FULL articles_edition,
articles_revision and articles_quote to give the space back at once."""


class Command(BaseCommand):
    help = (
        "Destroys the text of sealed versions of a story, with every copy of it, on an order. Seal first: by a "
        "correction with a seal, or by a kill. Numbers, digests, times and people stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", help="Its number in the admin, its uuid, or its public address.")
        parser.add_argument("--reference", required=True, help="The order: court, file number, date. It is kept.")
        parser.add_argument("--versions", type=_numbers, default=(), help="Only these, with commas. Else all sealed.")
        parser.add_argument("--operator", default=getpass.getuser(), help="Who carries it out, if not this account.")
        parser.add_argument("--yes", action="store_true", help="Ask nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        article = _find(options["story"])
        try:
            self._announce(article, options["versions"])
            if not options["yes"]:
                self._ask(article)
            erasure = erase(
                article,
                reference=options["reference"],
                operator=options["operator"],
                versions=options["versions"],
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self._report(erasure)

    def _announce(self, article: Article, versions: tuple[int, ...]) -> None:
        editions = sealed_editions(article, versions)
        revisions = revisions_behind(article, editions)
        numbers = ", ".join(str(edition.version) for edition in editions)
        self.stdout.write(f"Story {article.pk}, {article.get_pub_state_display()}. To be destroyed for ever:")
        self.stdout.write(f"  the text of its sealed versions {numbers}")
        self.stdout.write(
            f"  {len(revisions)} saved revisions, with their evidence, quotations, comments and facts of exercises"
        )

    def _ask(self, article: Article) -> None:
        wanted = f"erase {article.pk}"
        try:
            typed = input(f"Type “{wanted}” to go on: ")
        except EOFError:
            typed = ""
        if " ".join(typed.split()).casefold() != wanted:
            raise CommandError("Nothing was destroyed: the confirmation was another word.")

    def _report(self, erasure: Erasure | None) -> None:
        if erasure is None:
            self.stdout.write("Nothing was left to destroy: it was done before.")
            return
        self.stdout.write(
            f"Destroyed: {len(erasure.versions)} versions, {len(erasure.revisions)} revisions. Erasure {erasure.pk} "
            f"keeps their digests, {erasure.operator} and the order."
        )
        self.stdout.write(AFTERWARDS)


def _numbers(written: str) -> tuple[int, ...]:
    parts = [part.strip() for part in written.split(",")]
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise ArgumentTypeError("Write version numbers with commas: 1,2")
    return tuple(map(int, parts))


def _find(written: str) -> Article:
    articles = Article.objects.select_related("revision")
    if written.isdecimal() and len(written) < 19:
        found = articles.filter(pk=int(written)).first()
    elif _is_uuid(written):
        found = articles.filter(uuid=written).first()
    else:
        path = written.partition("/news/")[2].strip("/") or written.strip("/")
        found = articles.filter(addresses__path=path).first()
    if found is None:
        raise CommandError(f"There is no story {written}.")
    return found


def _is_uuid(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True
