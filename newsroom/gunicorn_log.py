"""gunicorn's own lines in the form of all others: `gunicorn --logger-class=newsroom.gunicorn_log.Logger`.

Its access log stays off: newsroom/request_log.py writes a line for each request, with the id and without the query.
"""

from __future__ import annotations

from typing import Any

from gunicorn import glogging

from newsroom.logs import formatter


class Logger(glogging.Logger):  # type: ignore[misc]
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())
