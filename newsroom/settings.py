"""Settings, read from the environment. Every variable is described in docs/operations.md."""

from pathlib import Path

import environ

from newsroom import embedded, logs, media_storage, secret_key, weak_settings
from newsroom.security import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = embedded.VAR

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
PRODUCTION = env.bool("PRODUCTION", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or ("" if PRODUCTION else secret_key.recorded(VAR_DIR))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The address that stored documents, feeds and the API give for our own pages: of the desk whose database we use.
own_address = embedded.USUAL_ADDRESS if "DATABASE_URL" in env.ENVIRON else embedded.recorded_address()
SITE_URL = env.str("SITE_URL", default=own_address).rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Newsroom")
# Says in the site's foot that people, exercises and quotations are invented.
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)

INSTALLED_APPS = [
    "newsroom.admin.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "newsroom.accounts.apps.AllauthConfig",
    "allauth.mfa",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_prose_editor",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "newsroom",
    "entities",
    "articles",
    "newsroom.partners",
    "newsroom.wire",
    "newsroom.accounts",
]

MIDDLEWARE = [
    "newsroom.health.HealthMiddleware",
    "newsroom.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.permissions_policy.permissions_policy",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "newsroom" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.site.identity",
            ],
        },
    },
]

# PostgreSQL is the only engine. Without DATABASE_URL, the server that `make run` started under var/.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=embedded.recorded_url())
    | {
        "ENGINE": "newsroom.database",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Without CELERY_BROKER_URL, the queue lives in the same PostgreSQL (newsroom/celery.py).
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")

# The cache in front of the site, told what to let go of: where, with which header of its own, in which member.
PURGE_URL = env.str("PURGE_URL", default="")
PURGE_HEADER = env.str("PURGE_HEADER", default="")
PURGE_FIELD = env.str("PURGE_FIELD", default="surrogate_keys")

# Tasks that articles send after every public change, by name, without knowing whose they are.
TASKS_AFTER_CHANGE = ["partners.dispatch_webhooks"]
# For tests: webhooks to http on this very machine, and how long retries wait, in parts of the timetable.
WEBHOOK_LOOPBACK = env.bool("WEBHOOK_LOOPBACK", default=False)
WEBHOOK_RETRY_SCALE = env.float("WEBHOOK_RETRY_SCALE", default=1.0)

# Who may read /metrics: the bearer of this token; without one, outside of production, this machine itself.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# /.well-known/security.txt (RFC 9116) says where to tell of a weakness, and until when that holds.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
SECURITY_EXPIRES = env.str("SECURITY_EXPIRES", default="")

CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    # Masthead and foot, under all that they show; each process renders its own. Not where templates are being changed.
    "template_fragments": env.cache_url_config("dummycache://" if DEBUG else "locmemcache://fragments"),
}

if PRODUCTION:
    weak_settings.refuse(globals(), environment=env.ENVIRON)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
# The desk's own clock, shown beside UTC in the admin.
NEWSROOM_TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", default="Europe/London")

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "newsroom" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "newsroom.stylesheets.SiteStylesheetFinder",
]
# Served straight from the source folders, except where a release has collected and compressed them.
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR_DIR / "media")
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
STORAGES = {
    "default": media_storage.storage_of(env.ENVIRON),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# A story of 20 MB is refused with a message of our own; the request must get that far.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["newsroom.api.parsers.SmallJsonParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["newsroom.api.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["newsroom.api.permissions.OpenReading"],
    "DEFAULT_THROTTLE_CLASSES": ["newsroom.api.throttles.Allowance"],
    "DEFAULT_PAGINATION_CLASS": "newsroom.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["newsroom.api.filters.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "newsroom.api.schema.NewsroomSchema",
    "EXCEPTION_HANDLER": "newsroom.api.problems.handle_exception",
    "UNAUTHENTICATED_USER": None,
    # "?format=" is a parameter like any other: refused where a resource does not know it.
    "URL_FORMAT_OVERRIDE": None,
}
# Reading without a key: on for the demonstration, off in production.
API_OPEN_READING = env.bool("API_OPEN_READING", default=not PRODUCTION)
# Requests without a key that an address may make in a minute; 0: as many as it likes.
API_ANONYMOUS_PER_MINUTE = env.int("API_ANONYMOUS_PER_MINUTE", default=600)

SPECTACULAR_SETTINGS = {
    "TITLE": "Newsroom partner API",
    "DESCRIPTION": "Published defence news with its quotes, countries and entities, and a gap-free feed of changes.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
    "CONTACT": {"name": "The newsroom, which gave you your key"},
    "SERVERS": [{"url": "/", "description": "Where this description came from."}],
    "TAGS": [
        {"name": "articles", "description": "Published stories, whole, in parts and in their earlier versions."},
        {"name": "quotes", "description": "Who said what, over all stories."},
        {"name": "countries", "description": "Countries by ISO 3166-1, under the desk's own names."},
        {"name": "entities", "description": "People, organisations, equipment, exercises and the rest."},
        {"name": "storylines", "description": "Stories that tell one thing, in the order of the editors."},
        {"name": "search", "description": "Words in stories, best match first."},
        {"name": "changes", "description": "The feed by which you miss no correction."},
        {"name": "acknowledgements", "description": "Your word that a killed story is gone."},
        {"name": "me", "description": "Your key."},
        {"name": "webhooks", "description": "Where you are told of changes at once, signed."},
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_NAME_OVERRIDES": {
        "ArticleType": "articles.models.ArticleType",
        "EntityKind": "entities.models.Kind",
        "TagRole": "articles.models.tag.Role",
        "QuoteKind": "articles.models.Quote.Kind",
        "SpeakerKind": "articles.models.Quote.SpeakerKind",
        "RelatedKind": "articles.models.RelatedLink.Kind",
        "CorrectionKind": "articles.models.Correction.Kind",
        "CorrectionPosition": "articles.models.Correction.Position",
        "RightsCategory": "articles.models.Rights",
        "ChangeKind": "articles.models.Change.Kind",
        "ChangeAction": "articles.models.Change.Action",
        "StorylineState": "articles.models.Storyline.State",
        "WebhookState": "newsroom.partners.models.WebhookEndpoint.State",
        "WebhookOffReason": "newsroom.partners.models.WebhookEndpoint.Reason",
        "WebhookType": "newsroom.partners.models.WebhookDelivery.Type",
        "DeliveryState": "newsroom.partners.models.WebhookDelivery.State",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "newsroom.api.schema.close_bodies",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="desk@newsroom.invalid")

LOGGING = logs.configuration()
if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    from newsroom import sentry

    sentry.start(SENTRY_DSN, environment=env.str("SENTRY_ENVIRONMENT", default=SITE_URL))
