"""The same storm through webhooks: an endpoint that fails a third of the time holds exactly what the server has.

Sent by the desk's own sender and clock over the queue in the database; the timetable of retries is a thousandth of
the real one. Two endpoints: of a key for everything, and of one with products. Both get another secret on the way;
one goes on checking with the old one, which signs along.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.test import override_settings

from newsroom import broker, processes
from tests.audits.report import Finding, Report
from tests.audits.tools import ROOT, JudgeAbsentError

from .asking import Client
from .comparing import differences, not_purged, require_sight
from .receiving import Receiver, Verifier
from .site import Keys
from .writing import start_writers

SCALE = 0.001
# A release sends to no address of this machine, and waits as long as the timetable says.
SENDING = {"PRODUCTION": "false", "WEBHOOK_LOOPBACK": "true", "WEBHOOK_RETRY_SCALE": str(SCALE)}
PATIENCE = 900


def judge_webhooks(report: Report, site: str, keys: Keys, *, changes: int) -> None:
    require_sight()
    before = _sequence()
    with ExitStack() as stack:
        verifier = Verifier()
        stack.callback(verifier.close)
        receivers = [
            stack.enter_context(Receiver("everything", site, keys.whole, verifier)),
            stack.enter_context(Receiver("products", site, keys.of_products, verifier)),
        ]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-audit-")))
        stack.enter_context(senders(folder))
        endpoints = [_endpoint(receiver) for receiver in receivers]
        for receiver in receivers:
            receiver.begin()
        _storm(receivers, endpoints, changes)
        _wait_until_told(endpoints, folder)
        _tell(report, site, receivers, _sequence() - before)


def _tell(report: Report, site: str, receivers: list[Receiver], changes: int) -> None:
    report.figure("webhook_changes", changes)
    report.figure("webhook_messages_verified", sum(receiver.verified for receiver in receivers))
    failed, came = (sum(getattr(receiver, name) for receiver in receivers) for name in ("failed", "came"))
    report.figure("webhook_failures_percent", 100 * failed / came if came else 0)
    report.count("webhook_messages_refused", [_finding(one, why) for one in receivers for why in one.refused])
    report.count("webhook_forgeries_accepted", [_finding(one, why) for one in receivers for why in one.forged])
    found, kept = list[Finding](), list[Finding]()
    for receiver in receivers:
        stories = Client(site, receiver.key).every("/api/v1/articles")
        found += differences(receiver.name, receiver.held(), {story["id"]: story for story in stories})
        kept += not_purged(receiver.name, receiver.held())
        report.note(
            f"webhooks of {receiver.name}: {len(receiver.ids)} messages came {receiver.came} times, "
            f"{receiver.failed} of them in vain; holds {len(receiver.documents)}"
        )
    report.count("webhook_differences", found)
    report.count("webhook_held_after_a_kill", kept)


def _finding(receiver: Receiver, why: str) -> Finding:
    return Finding("webhooks", receiver.name, why)


@contextmanager
def senders(folder: Path) -> Iterator[None]:
    """The process that sends and the clock that wakes it, as the desk starts them, on an empty queue."""
    from django.db import connection

    from newsroom.desk import beat_service, sender_service

    broker.purge(connection)
    started = []
    try:
        for service in (sender_service(), beat_service()):
            with (folder / f"{service.name}.log").open("wb") as log:
                started.append(
                    subprocess.Popen(
                        service.command,
                        cwd=ROOT,
                        env=os.environ | SENDING,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )
                )
        yield
    finally:
        for process in started:
            processes.kill_group(process.pid)
            process.wait()


def _endpoint(receiver: Receiver) -> Any:
    """An endpoint that has answered its challenge."""
    from newsroom.partners.key_format import read_key
    from newsroom.partners.models import ApiKey, WebhookEndpoint
    from newsroom.partners.webhooks.endpoints import make_endpoint

    key = ApiKey.objects.get(prefix=read_key(receiver.key).prefix)
    # Nothing that comes is looked at before the receiver knows its secret.
    with override_settings(PRODUCTION=False, WEBHOOK_LOOPBACK=True), receiver.lock:
        endpoint, receiver.secret = make_endpoint(key, url=receiver.url)
    deadline = time.monotonic() + 120
    while not WebhookEndpoint.objects.get(pk=endpoint.pk).is_active:
        if time.monotonic() > deadline:
            raise JudgeAbsentError(f"the endpoint of {receiver.name} has not answered its challenge")
        time.sleep(0.2)
    return endpoint


def _storm(receivers: list[Receiver], endpoints: list[Any], changes: int) -> None:
    from newsroom.partners.webhooks.endpoints import rotate_secret

    writers = start_writers(changes)
    try:
        time.sleep(5)
        for receiver, endpoint in zip(receivers, endpoints, strict=True):
            _, secret = rotate_secret(endpoint)
            if receiver.name == "products":
                time.sleep(2)
                receiver.secret = secret
        said = [writer.communicate(timeout=PATIENCE)[0] for writer in writers]
    finally:
        for writer in writers:
            writer.kill()
    if any(writer.returncode for writer in writers):
        raise JudgeAbsentError(f"a writer failed, after {said}")


def _wait_until_told(endpoints: list[Any], folder: Path) -> None:
    """Raises JudgeAbsentError where messages wait for ever. Endpoints of other judges may."""
    from newsroom.partners.models import WebhookDelivery, WebhookEndpoint

    deadline = time.monotonic() + PATIENCE
    while True:
        ours = WebhookEndpoint.objects.filter(pk__in=[endpoint.pk for endpoint in endpoints])
        behind = ours.exclude(sequence=_sequence()).count()
        waiting = WebhookDelivery.objects.filter(endpoint__in=ours, state=WebhookDelivery.State.WAITING).count()
        if not behind and not waiting:
            return
        if time.monotonic() > deadline:
            log = (folder / "sender.log").read_text(errors="replace")[-3000:]
            raise JudgeAbsentError(f"{waiting} messages still wait, {behind} endpoints are behind:\n{log}")
        time.sleep(0.5)


def _sequence() -> int:
    from articles.models import ChangeCounter

    return ChangeCounter.objects.get().sequence
