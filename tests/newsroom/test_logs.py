"""Lines of the log: one a request, with its id, and without what is nobody's business."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from celery import current_app
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from structlog.contextvars import bind_contextvars, clear_contextvars

from articles.preview_links import share_preview, token_of
from newsroom import broker
from newsroom.logs import formatter
from newsroom.redaction import redacted
from tests.services import CeleryWorker, wait_until

KEY = "nrk_live_4kQ9xZ2a_0123456789abcdefghijABCDEFGHIJ01234567"


@pytest.fixture
def lines(monkeypatch):
    """What is logged from here on, as production writes it."""
    monkeypatch.setenv("LOG_FORMAT", "json")
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def of_requests(lines) -> list[dict]:
    return [line for line in lines() if line["logger"] == "newsroom.requests"]


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_id(lines):
    answer = Client().get("/about/", headers={"X-Request-ID": "from-nginx-1"})

    (line,) = of_requests(lines)
    assert answer.status_code == 200
    assert {name: line[name] for name in ("event", "level", "method", "path", "status", "request_id")} == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "path": "/about/",
        "status": 200,
        "request_id": "from-nginx-1",
    }
    assert line["ms"] >= 0
    assert "user_id" not in line


@pytest.mark.django_db
def test_the_api_answers_with_the_id_of_its_line(lines):
    answer = Client().get("/api/v1/nowhere")

    (line,) = of_requests(lines)
    assert line["request_id"] == answer["X-Request-ID"] == answer.json()["request_id"]


@pytest.mark.django_db
def test_a_hostile_id_is_not_taken_over(lines):
    Client().get("/about/", headers={"X-Request-ID": 'x","level":"forged'})

    (line,) = of_requests(lines)
    assert len(line["request_id"]) == 32


@pytest.mark.django_db
def test_the_line_of_somebody_signed_in_has_their_number_and_not_their_name(lines, client, journalist):
    client.force_login(journalist)

    client.get("/admin/")

    (line,) = of_requests(lines)
    assert line["user_id"] == journalist.pk
    assert "journalist" not in json.dumps(line)


@pytest.mark.django_db
def test_a_public_page_stays_without_a_session(lines, client, journalist, django_assert_num_queries):
    """What is logged must not be what asks who is reading."""
    client.force_login(journalist)

    answer = client.get("/about/")

    (line,) = of_requests(lines)
    assert "user_id" not in line
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_what_is_logged_meanwhile_has_the_id_too(lines):
    bind_contextvars(request_id="of-this-request")
    logging.getLogger("articles.anything").warning("Something")
    clear_contextvars()

    assert lines()[-1]["request_id"] == "of-this-request"


@pytest.mark.django_db
def test_an_error_is_logged_once_with_its_traceback_and_its_id(lines, monkeypatch):
    def broken(*args):
        raise RuntimeError(f"broken by {KEY}")

    monkeypatch.setattr("articles.views.about.render", broken)

    answer = Client(raise_request_exception=False).get("/about/")

    with_traceback = [line for line in lines() if "exception" in line]
    (request,) = of_requests(lines)
    assert (answer.status_code, request["status"], len(with_traceback)) == (500, 500, 1)
    assert with_traceback[0]["request_id"] == request["request_id"] == answer["X-Request-ID"]
    assert "RuntimeError: broken by [redacted]" in with_traceback[0]["exception"]


@pytest.mark.django_db
def test_nothing_secret_is_logged_of_a_request(lines, desk, keys):
    token, partner_key = token_of(share_preview(desk.draft(), by=desk.journalist)), keys.make()[1].text
    secrets = [token, "hunter2", "s3cr3t", "ana@paper.example", partner_key, "sessionid-abc"]
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "sessionid-abc"

    client.get(f"/previews/{token}/")
    client.get("/search/?q=ana@paper.example&token=s3cr3t")
    client.get("/api/v1/articles?key=s3cr3t", headers={"Authorization": f"Bearer {partner_key}"})
    client.get("/api/v1/articles", headers={"Authorization": "Basic hunter2hunter2"})
    client.post("/admin/login/", {"username": "ana@paper.example", "password": "hunter2"})
    client.get(f"/previews/{token}x/")

    written = json.dumps(lines())
    assert len(of_requests(lines)) == 6
    assert [secret for secret in secrets if secret in written] == []


@pytest.mark.parametrize(
    "text",
    [
        f"key {KEY}",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "GET /previews/eyJhbGciOi:1abc:xyz/",
        "amqp://desk:hunter2@broker:5672/",
        "postgresql://desk:p%40ss@127.0.0.1/newsroom",
        "Authorization: Bearer abcdefghijkl",
        "password=hunter2 host=db",
        "http://127.0.0.1/a?token=hunter2&x=1",
        "refused for ana.sample@paper.example",
    ],
)
def test_redacted_takes_out(text):
    assert "[redacted]" in redacted(text)
    assert not any(
        word in redacted(text) for word in ("hunter2", "0123456789abc", "MfKQ9r8", "eyJ", "p%40ss", "@paper")
    )


@pytest.mark.parametrize(
    "text",
    [
        "worker@newsroom ready.",
        "/news/2026/11/fleet-returns-to-port/",
        "Connected to pgmq at localhost:5432",
        "http://127.0.0.1:8000/about/",
        "Really? Nobody knows.",
        "the bearer of a key",
        "nrk_test",
    ],
)
def test_redacted_leaves_alone(text):
    assert redacted(text) == text


def test_a_line_is_one_line_whatever_it_says(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "plain")
    record = logging.LogRecord("articles", logging.INFO, "", 0, "a\nERROR b: forged", None, None)

    assert formatter().format(record).count("\n") == 0


@pytest.mark.parametrize(("production", "first"), [("true", "{"), ("false", "2")])
def test_production_writes_json_and_others_plain_words(production, first, monkeypatch):
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    monkeypatch.setenv("PRODUCTION", production)
    record = logging.LogRecord("articles", logging.WARNING, "", 0, "Said %s", ("so",), None)

    line = formatter().format(record)

    assert line[0] == first
    assert "Said so" in line


def test_a_form_that_nobody_knows_is_refused_in_words(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "yaml")

    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is “yaml”: say json or plain"):
        formatter()


@pytest.mark.django_db(transaction=True)
def test_the_id_of_a_request_stands_in_the_lines_of_its_tasks(tmp_path: Path, desk):
    broker.purge(connection)
    worker = CeleryWorker(tmp_path / "worker.log", LOG_FORMAT="json").start()
    bind_contextvars(request_id="the-save-of-a-story")
    try:
        current_app.send_task("articles.tag_revision", args=[desk.draft().revision_id])
        clear_contextvars()
        current_app.send_task("articles.tag_revision", args=[0])
        wait_until(lambda: worker.log.read_text().count("succeeded in") >= 3, what="the tasks are done")
    finally:
        clear_contextvars()
        worker.stop()

    lines = [json.loads(line) for line in worker.log.read_text().splitlines() if line.startswith("{")]
    done = [line for line in lines if "succeeded in" in line["event"]]
    # The save's own message, the one by hand, and one that no request sent.
    assert [line.get("request_id") for line in done].count("the-save-of-a-story") == 2
    assert [line.get("request_id") for line in done].count(None) == 1
    assert {line["task"] for line in done} == {"articles.tag_revision"}
    assert all(line["task_id"] in line["event"] for line in done)
    assert any(" ready." in line["event"] for line in lines)


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_that_it_is_ready_however_little_is_logged(tmp_path: Path):
    """What started it waits for these words."""
    worker = CeleryWorker(tmp_path / "worker.log", LOG_LEVEL="ERROR").start()
    try:
        wait_until(lambda: " ready." in worker.log.read_text(), what="the worker is ready")
    finally:
        worker.stop()

    assert "succeeded in" not in worker.log.read_text()


@pytest.mark.django_db
def test_what_anybody_can_provoke_is_one_line(lines, settings, monkeypatch):
    """Asked by a name that is not ours, or for what is not there."""
    settings.ALLOWED_HOSTS = ["newsroom.example"]

    Client().get("/about/", headers={"Host": "elsewhere.example"})
    Client().get("/nowhere", headers={"Host": "newsroom.example"})

    assert [(line["logger"], line["status"]) for line in lines()] == [
        ("newsroom.requests", 400),
        ("newsroom.requests", 404),
    ]
