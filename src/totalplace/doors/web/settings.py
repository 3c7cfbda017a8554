"""Django's settings for the service: those of the command line, and what pages and sign-in need.

What differs from one installation to another comes from the environment and nowhere else; see
`doors.web.safety`, which also says when the service refuses to start.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from totalplace.doors import settings as small
from totalplace.doors.web import logs
from totalplace.doors.web.safety import chosen

_HERE: Final = Path(__file__).parent
_CHOSEN: Final = chosen()

INSTALLED_APPS: Final = [
    *small.INSTALLED_APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "totalplace.doors.web.work",
]
DATABASES: Final = small.DATABASES
DEFAULT_AUTO_FIELD: Final = small.DEFAULT_AUTO_FIELD
AUTH_USER_MODEL: Final = small.AUTH_USER_MODEL

USE_TZ: Final = True
TIME_ZONE: Final = small.TIME_ZONE
LANGUAGE_CODE: Final = small.LANGUAGE_CODE
USE_I18N: Final = False

# A secret that is made anew cannot leak; `totalplace serve` sees to it that one is kept.
SECRET_KEY: Final = _CHOSEN.secret or secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS: Final = list(_CHOSEN.former_secrets)
ALLOWED_HOSTS: Final = list(_CHOSEN.hosts)
DEBUG: Final = False

ROOT_URLCONF: Final = "totalplace.doors.web.urls"
WSGI_APPLICATION: Final = "totalplace.doors.web.wsgi.application"
APPEND_SLASH: Final = True
LOGGING: Final = logs.configured()
MIDDLEWARE: Final = [
    "totalplace.doors.web.logs.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "totalplace.doors.web.showing.Refusals",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: Final[list[dict[str, Any]]] = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {"environment": "totalplace.doors.web.jinja.environment"},
    },
    {
        # Sign-in's pages are another's, and written for Django's own engine.
        "NAME": "sign-in",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "sign_in" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

STATIC_URL: Final = "/static/"
STATICFILES_DIRS: Final = [_HERE / "static"]
STATICFILES_FINDERS: Final = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS: Final = True
WHITENOISE_AUTOREFRESH: Final = False
WHITENOISE_MAX_AGE: Final = 31_536_000  # an address changes with its content: see jinja.static

# Who may look inside: only ourselves. Nothing stands in a page that is not a file of ours.
CONTENT_SECURITY_POLICY: Final = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *_CHOSEN.sign_in_origins],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS: Final = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF: Final = True
SECURE_REFERRER_POLICY: Final = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY: Final = "same-origin"
SECURE_SSL_REDIRECT: Final = _CHOSEN.https
SECURE_REDIRECT_EXEMPT: Final = [r"^health$", r"^ready$"]  # asked from beside us, without a proxy
SECURE_HSTS_SECONDS: Final = 31_536_000 if _CHOSEN.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS: Final = False  # other services of the same host are not ours to say
SECURE_PROXY_SSL_HEADER: Final = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _CHOSEN.proxies and _CHOSEN.https else None
)
CSRF_COOKIE_SECURE: Final = _CHOSEN.https
CSRF_COOKIE_HTTPONLY: Final = True
CSRF_COOKIE_SAMESITE: Final = "Lax"
CSRF_FAILURE_VIEW: Final = "totalplace.doors.web.errors.no_token"
SESSION_COOKIE_SECURE: Final = _CHOSEN.https
SESSION_COOKIE_HTTPONLY: Final = True
SESSION_COOKIE_SAMESITE: Final = (
    "Lax"  # "Strict" would lose a sign-in that comes back from a provider
)
SESSION_COOKIE_AGE: Final = int(timedelta(minutes=30).total_seconds())  # without any act
SESSION_SAVE_EVERY_REQUEST: Final = False  # `sign_in.sessions` moves the end on, once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE: Final = True

DATA_UPLOAD_MAX_MEMORY_SIZE: Final = 2_500_000  # of a form, its files apart
DATA_UPLOAD_MAX_NUMBER_FIELDS: Final = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES: Final = 50
FILE_UPLOAD_MAX_MEMORY_SIZE: Final = 2_500_000  # larger files go to disk as they come

MESSAGE_STORAGE: Final = "django.contrib.messages.storage.session.SessionStorage"

AUTHENTICATION_BACKENDS: Final = [
    "axes.backends.AxesBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS: Final = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: Final = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("code", "name", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL: Final = "/account/login/"
LOGIN_REDIRECT_URL: Final = "/my/"
LOGOUT_REDIRECT_URL: Final = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD: Final = "code"
ACCOUNT_USER_MODEL_EMAIL_FIELD: Final = "email"
ACCOUNT_LOGIN_METHODS: Final = {"username"}
ACCOUNT_SIGNUP_FIELDS: Final = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION: Final = "none"
MFA_SUPPORTED_TYPES: Final = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER: Final = "Total Place"
MFA_RECOVERY_CODES_SHOW_ONCE: Final = True
MFA_ALLOW_UNVERIFIED_EMAIL: Final = True  # an administrator says the address, not its owner
USERSESSIONS_TRACK_ACTIVITY: Final = True

AXES_FAILURE_LIMIT: Final = 10
AXES_COOLOFF_TIME: Final = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS: Final = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD: Final = "login"
AXES_RESET_ON_SUCCESS: Final = True
AXES_ENABLE_ADMIN: Final = False
AXES_VERBOSE: Final = False
AXES_DISABLE_ACCESS_LOG: Final = True  # the record says who signed in

SILENCED_SYSTEM_CHECKS: Final[list[str]] = []
