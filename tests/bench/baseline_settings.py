"""The settings of a release, with the addresses of the baseline instead of ours."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import REST_FRAMEWORK

ROOT_URLCONF = "tests.bench.baseline"
REST_FRAMEWORK = {name: value for name, value in REST_FRAMEWORK.items() if not name.startswith("DEFAULT_")} | {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}
