"""Build what the public gets of every article anew."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import publishing
from articles.models import Article
from articles.progress import Progress

STEP = 100


class Command(BaseCommand):
    help = (
        "Build the stored form of every public article anew, after the form itself was changed. Partners are told "
        "only of those whose document differs. Can be stopped and run again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on behind this article")

    def handle(self, *args: Any, **options: Any) -> None:
        public = Article.objects.filter(pk__gt=options["after"]).exclude(representation=None).order_by("pk")
        progress, changed = Progress(sys.stderr, expected=public.count(), what="articles"), 0
        for article in public.iterator(chunk_size=STEP):
            changed += publishing.refresh(article) is not None
            progress.advance(f"up to article {article.pk}")
        progress.clear()
        self.stdout.write(f"Built {progress.done} articles anew; {changed} differ and were announced.")
