"""Takes the pictures on a desk that was started for them; `manage.py screenshots` runs it there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from playwright.sync_api import sync_playwright

from newsroom import sign_ins
from newsroom.screenshots.camera import FLAGS, Camera, chromium
from newsroom.screenshots.desk_pages import desk_shots
from newsroom.screenshots.gazetteer_pages import gazetteer_shots
from newsroom.screenshots.paper_pages import paper_shots
from newsroom.screenshots.public_pages import public_shots
from newsroom.screenshots.stage import set_stage
from newsroom.screenshots.story_pages import story_shots
from newsroom.screenshots.wire_pages import wire_shots


class Command(BaseCommand):
    help = (
        "Take the pictures of the desk that runs at SITE_URL. It writes stories and accounts of its own: only for a "
        "desk that is thrown away afterwards. Use `manage.py screenshots`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--only", nargs="*", default=[])
        parser.add_argument("--views", nargs="*", default=[])
        parser.add_argument("--whole-pages", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Only for a demonstration: it writes stories of its own. Use `manage.py screenshots`.")
        # Before the browser starts: its loop and the database's connection do not share a thread.
        stage = set_stage(sign_ins.read(settings.VAR_DIR))
        every = [*public_shots(), *desk_shots(stage), *story_shots(stage), *gazetteer_shots(stage)]
        every += [*paper_shots(stage), *wire_shots(stage)]
        shots = [shot for shot in every if not options["only"] or shot.name in options["only"]]
        unknown = set(options["only"]) - {shot.name for shot in shots}
        if unknown:
            raise CommandError(f"No page is called {', '.join(sorted(unknown))}.")
        options["folder"].mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            camera = Camera(
                browser,
                settings.SITE_URL,
                options["folder"],
                stage.passwords,
                whole_pages=options["whole_pages"],
                only_views=frozenset(options["views"]),
            )
            for path in camera.take(shots):
                self.stdout.write(str(path))
            browser.close()
