#!/usr/bin/env python3
"""Django's command line for the newsroom."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line
        from django.db.utils import OperationalError

        from newsroom.embedded import NOT_RUNNING_MESSAGE, NOT_RUNNING_URL, recorded_url
    except ImportError as error:
        sys.exit(f"{error}. Install the newsroom first with `make run`, then use .venv/bin/python manage.py.")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except OperationalError:
        if "DATABASE_URL" in os.environ or recorded_url() != NOT_RUNNING_URL:
            raise
        sys.exit(NOT_RUNNING_MESSAGE)


if __name__ == "__main__":
    main()
