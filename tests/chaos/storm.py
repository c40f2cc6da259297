"""The storm: everybody at work while the killer goes round; then quiet, then the judges."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack

from django.contrib.auth.models import Group, User
from django.test import Client

from articles.models import Article, Author, Change, ChangeCounter, TaggingRun
from newsroom import processes
from newsroom.partners import keys
from newsroom.partners.models import Partner, WebhookEndpoint
from newsroom.partners.webhooks.endpoints import make_endpoint
from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError

from . import judging
from .bars import DUMB, QUIET
from .browsing import Browser
from .killing import Killer
from .ledger import Ledger
from .listening import Endpoint, Follower
from .loading import Loader
from .memory import Scales
from .quiet import wait_until_quiet
from .services import SPARED
from .stage import Stage
from .working import Writer

WRITERS = 5
ARCHIVE = 300


class Storm:
    """A desk with people, partners and an archive, about to be killed."""

    def __init__(self, stage: Stage, *, seed: int) -> None:
        self.stage = stage
        self.is_over, self.stack = threading.Event(), ExitStack()
        self.ledger, self.killer, self.scales = Ledger(), Killer(stage, seed=seed), Scales(stage)
        self.reporter, self.chief = _person("reporter", "Reporter"), _person("chief", "Chief")
        Author.objects.create(slug="rita-holm", name="Rita Holm")
        self.writers = [
            Writer(
                number,
                seed=seed,
                user=self.reporter.pk,
                ledger=self.ledger,
                reporter=self.browser(self.reporter),
                chief=self.browser(self.chief),
            )
            for number in range(WRITERS)
        ]
        stage.supervisor.log_folder.mkdir(parents=True, exist_ok=True)
        self.loader = Loader(stage.folder, stories=ARCHIVE, seed=seed)
        self.endpoint, self.follower = Endpoint(seed=seed), Follower(stage.site)

    def __enter__(self) -> Storm:
        self.stack.enter_context(self.endpoint)
        return self

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        self.stack.close()

    def browser(self, person: User) -> Browser:
        """Signed in beforehand: signing in is not what is tried here."""
        client = Client()
        client.force_login(person)
        return Browser(self.stage.site, client.cookies["sessionid"].value)

    def rage(self, kills: int) -> None:
        self.stage.begin()
        self.subscribe()
        threads = [
            threading.Thread(target=run, args=[self.is_over])
            for run in (*(writer.run for writer in self.writers), self.scales.run, self.follower.run, self.loader.run)
        ]
        for thread in threads:
            thread.start()
        try:
            self.killer.run(kills, done=lambda: self.ledger.answers["done"], still_up=lambda: not self.ledger.errors)
        finally:
            self.is_over.set()
            for thread in threads:
                thread.join()

    def subscribe(self) -> None:
        """A partner's endpoint that has answered its challenge and is told from the first change on."""
        partner = Partner.objects.create(name="The storm")
        key, _ = keys.make_key(partner, by=None)
        # Nothing that comes is looked at before the receiver knows its secret.
        with self.endpoint.lock:
            endpoint, self.endpoint.secret = make_endpoint(key, url=self.endpoint.url)
        self.begins_after = ChangeCounter.objects.get().sequence
        self.must_become(lambda: WebhookEndpoint.objects.get(pk=endpoint.pk).is_active, "the endpoint is active")

    def must_become(self, is_so: Callable[[], bool], what: str, *, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise JudgeAbsentError(f"in {seconds} s it did not become so: {what}")
            time.sleep(0.3)

    def judge(self, report: Report) -> None:
        if self.ledger.errors:
            raise JudgeAbsentError("a writer failed:\n" + "\n".join(self.ledger.errors))
        waited, left = wait_until_quiet(QUIET)
        self.loader.finish()
        wait_until_quiet(QUIET)
        self.follower.finish()
        self.tell_figures(report, waited)
        self.tell_faults(report, left)
        report.count("services_dumb_afterwards", _found("services", self.dumb(report)))

    def tell_figures(self, report: Report, waited: float) -> None:
        ledger = self.ledger
        schedules = sorted(judging.lateness(ledger), reverse=True)
        report.note(f"killed: {dict(self.killer.kills)}; the loader besides {self.loader.kills} times")
        report.note(f"answers: {dict(ledger.answers)}; {judging.files_without_row()} files without a row")
        report.note(f"memory, percent: { {name: round(grown) for name, grown in self.scales.growth().items()} }")
        for late, pk, due in schedules[:3]:
            report.note(f"late: story {pk} was due at {due:%H:%M:%S} and published {late:.0f} s later")
        report.figure("kills", self.killer.kills.total())
        report.figure("saves_acknowledged", len(ledger.saves))
        report.figure("stories_published", Change.objects.filter(kind=Change.Kind.PUBLISH).count())
        report.figure("schedules_kept", len(schedules))
        report.figure("webhooks_heard", len(self.endpoint.heard))
        report.figure("seconds_until_quiet", waited)
        report.figure("schedule_late_seconds", max((late for late, _, _ in schedules), default=0))
        report.figure("database_back_seconds", max(self.stage.back, default=0))
        grown = self.scales.growth()
        report.figure("memory_growth_percent", grown.pop(SPARED, math.inf))
        # Those that are killed begin anew and are weighed at any age, early and late: less exactly.
        report.figure("killed_memory_growth_percent", max(grown.values(), default=math.inf))

    def tell_faults(self, report: Report, left: list[str]) -> None:
        ledger = self.ledger
        told: dict[str, Iterable[str]] = {
            "acknowledged_saves_lost": judging.saves_lost(ledger),
            "acknowledged_verbs_lost": judging.verbs_lost(ledger),
            "imports_lost_or_doubled": judging.imports_wrong(ledger, self.loader.ids),
            "newest_revisions_untagged": judging.untagged(),
            "schedules_missed": judging.schedules_missed(ledger),
            "schedules_published_twice": judging.published_twice(),
            "change_log_gaps": judging.log_gaps(),
            "change_feed_differences": judging.feed_differences(self.follower.items),
            "public_documents_stale": judging.stale_documents(),
            "webhooks_missed": judging.webhooks_missed(self.endpoint.heard, after=self.begins_after),
            "webhooks_refused": self.endpoint.refused,
            "locks_stuck": [*left, *judging.sittings_left(ledger)],
            "pictures_without_file": judging.pictures_lost(ledger),
        }
        for name, faults in told.items():
            report.count(name, _found(name, faults))
        report.figure("database_not_back", self.stage.not_back)

    def dumb(self, report: Report) -> Iterable[str]:
        """Who lives and does not answer: web by a save, the worker that nobody killed by tagging it alone.

        How long that takes is a figure of its own, so that a slow machine is not taken for a silent worker.
        """
        if not self.stage.all_are_up():
            yield "not everything is up"
        worker = self.stage.child("worker")
        worker.start_again_at = time.monotonic() + 3_600
        if worker.process is not None:
            # Written down as dead first, so that the watch does not start it again.
            process, worker.process = worker.process, None
            processes.kill_group(process.pid)
            process.wait()
        writer = Writer(
            99,
            seed=0,
            user=self.reporter.pk,
            ledger=Ledger(),
            reporter=self.browser(self.reporter),
            chief=self.browser(self.chief),
        )
        try:
            writer.write()
            pk = writer.drafts[-1]
            saved_at = time.monotonic()
            # That of the words, not that of the empty story before them.
            newest = Article.objects.get(pk=pk).revision_id
            done = TaggingRun.objects.filter(revision=newest, status=TaggingRun.Status.FINISHED)
            self.must_become(done.exists, f"the {SPARED} worker tags story {pk}", seconds=DUMB)
            report.figure("spared_worker_tags_seconds", time.monotonic() - saved_at)
        except Exception as error:
            yield f"{type(error).__name__}: {error}"


def _person(username: str, group: str) -> User:
    person = User.objects.create_user(username, is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


def _found(judge: str, faults: Iterable[str]) -> list[Finding]:
    return [Finding(judge, "desk", fault) for fault in faults]
