"""Errors go to a Sentry that is named, and to nobody else; what goes there holds no secret and no word of a story."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsroom.embedded import ROOT
from tests.services import LOOKS

# A process of its own, as a web process is: a view that breaks, asked with everything that must not be told; then a
# task that breaks, and the same error in a log.
PROGRAM = """
import io
from wsgiref.util import setup_testing_defaults
import django
django.setup()
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from newsroom import celery_app, urls
import sentry_sdk

@csrf_exempt
def broken(request, token):
    request.POST
    embargoed = "The words of an embargoed story"
    raise RuntimeError("broken for ana@paper.example with nrk_live_4kQ9xZ2a_0123456789")

@celery_app.task(name="tests.broken")
def broken_task():
    raise RuntimeError("the task is broken")

urls.urlpatterns.insert(0, path("previews/<str:token>/", broken))
settings.ALLOWED_HOSTS = ["*"]
settings.SECURE_SSL_REDIRECT = False
body = b"password=the-password"
asked = {
    "REQUEST_METHOD": "POST", "PATH_INFO": "/previews/the-token/", "QUERY_STRING": "key=the-query",
    "REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer the-bearer-of-a-key", "HTTP_X_REQUEST_ID": "request-17",
    "HTTP_COOKIE": "sessionid=the-session", "HTTP_HOST": "testserver", "CONTENT_LENGTH": str(len(body)),
    "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": io.BytesIO(body),
}
setup_testing_defaults(asked)
answer = get_wsgi_application()(asked, lambda status, headers: print(status))
broken_task.apply()
sentry_sdk.flush(10)
"""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict]]]:
    """Takes envelopes as a Sentry does; its DSN, and the events that came."""
    events: list[dict] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            events.extend(json.loads(line) for line in body.split(b"\n") if b'"exception"' in line)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, args=[LOOKS], daemon=True).start()
    yield f"http://public@127.0.0.1:{server.server_port}/1", events
    server.shutdown()
    server.server_close()


def run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "API_OPEN_READING": "true"}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | settings | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_sentry_is_told_of_errors_and_of_nothing_secret(receiver, db):
    dsn, events = receiver

    done = run(PROGRAM, SENTRY_DSN=dsn)

    assert done.returncode == 0, done.stderr
    of_view, of_task = events
    error = of_view["exception"]["values"][-1]
    assert (error["type"], error["value"]) == ("RuntimeError", "broken for [redacted] with [redacted]")
    assert of_view["tags"]["request_id"] == "request-17"
    assert of_view["request"] == {"method": "POST", "url": "http://testserver/previews/[redacted]/"}
    assert of_task["tags"]["task"] == "tests.broken"
    told = json.dumps(events)
    secrets = [
        "the-token",
        "the-query",
        "the-password",
        "the-bearer",
        "the-session",
        "203.0.113.9",
        "The words of an embargoed",
    ]
    secrets += [os.environ["DATABASE_URL"], "ana@paper"]
    assert [secret for secret in secrets if secret in told] == []


def test_sentry_is_not_even_imported_where_none_is_named():
    done = run("import sys, django; django.setup(); print('sentry_sdk' in sys.modules)", SENTRY_DSN="")

    assert (done.returncode, done.stdout.strip()) == (0, "False"), done.stderr
