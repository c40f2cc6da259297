"""The settings of a release, with one address more: a page that fails, so that the page of a failure can be judged."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.site_audit.urls"
