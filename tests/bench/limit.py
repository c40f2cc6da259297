"""The limit: what it costs to give out the stored bytes with nothing around them. WSGI over psycopg, no framework.

It reads the same rows of the same tables, and promises nothing else: no keys, no limits, no ETag, no log.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

LIST = """
SELECT json FROM articles_representation WHERE status = 'live' ORDER BY published_at DESC, article_id DESC LIMIT 20
"""
ARTICLE = "SELECT json FROM articles_representation WHERE uuid = %s::uuid"
PAGE = "SELECT convert_to(head, 'UTF8'), convert_to(html, 'UTF8') FROM articles_representation WHERE path = %s"

_local = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path == "/list":
        documents = b",".join(row[0] for row in _rows(LIST))
        body, kind = b'{"items":[' + documents + b"]}", "application/json"
    elif path.startswith("/article/"):
        body, kind = _rows(ARTICLE, path.removeprefix("/article/"))[0][0], "application/json"
    else:
        head, html = _rows(PAGE, path.removeprefix("/page/"))[0]
        body, kind = b"<!doctype html><html><head>" + head + b"</head><body>" + html + b"</body></html>", "text/html"
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


def _rows(statement: str, *parameters: str) -> list[Any]:
    if not hasattr(_local, "cursor"):
        connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0)
        _local.cursor = connection.cursor(binary=True)
    return list(_local.cursor.execute(statement, parameters).fetchall())
