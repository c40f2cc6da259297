"""What keeps the site and its desk safe: who may sign in and how, cookies, and what browsers are told.

Read by newsroom/settings.py; what production refuses is in newsroom/weak_settings.py.
"""

from datetime import timedelta

import environ
from csp.constants import NONCE, NONE, SELF

env = environ.Env()
PRODUCTION = env.bool("PRODUCTION", default=False)

# Passwords.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Guesses are counted in the database before a password is looked at (newsroom/accounts/guesses.py).
AUTHENTICATION_BACKENDS = [
    "newsroom.accounts.guesses.CountingBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "newsroom.accounts.guesses.CountedFirst"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Wrong guesses for one name from one address; for all names from one address; and how long either is refused then.
AXES_FAILURE_LIMIT = 5
SIGN_IN_ADDRESS_LIMIT = 40
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# The page of the sign-in tells who is locked out; a middleware would cost every reader's request something.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

# The second factor. Editors, the chief and superusers must have one; anybody may.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=PRODUCTION)
ACCOUNT_ADAPTER = "newsroom.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Seconds for which a password or code given anew opens the pages of the second factor.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# allauth would count in the cache, where each process counts for itself: ours counts in the database.
ACCOUNT_RATE_LIMITS = False
# Nobody guesses a passkey; but each that is asked for makes a session, and a process keeps that within bounds.
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
ACCOUNT_FORMS = {"reauthenticate": "newsroom.accounts.forms.PasswordAgainForm"}
MFA_ADAPTER = "newsroom.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "newsroom.accounts.forms.CodeForm",
    "reauthenticate": "newsroom.accounts.forms.CodeAgainForm",
    "activate_totp": "newsroom.accounts.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A code of the step before and after still counts: telephones' clocks differ by that much.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = env.str("SITE_NAME", default="Newsroom")

# What browsers are told.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce joins the header only where a page asks for it (the editor's import map).
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only what a page here uses; passkeys are made and shown at the desk.
PERMISSIONS_POLICY = ", ".join(
    [
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
        "clipboard-write=(self)",
        "fullscreen=(self)",
        *(
            f"{feature}=()"
            for feature in (
                *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
                *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
                *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
            )
        ),
    ]
)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None

# Cookies. A browser takes one called __Host-… only over https, for this host alone and for all of its paths.
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "newsroom.admin.errors.out_of_date"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Longer than any shift, shorter than two: counted from signing in, whatever is done meanwhile.
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=14) * 3600
