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
from totalplace.doors.web.safety import chosen, content_security_policy

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
    "totalplace.doors.web.sign_in",
    "totalplace.doors.web.work",
    "totalplace.doors.api",
    "totalplace.doors.web.digests",
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
    "totalplace.doors.web.health.Health",
    "totalplace.doors.web.logs.Requests",
    "totalplace.doors.web.secure.Secure",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below the two, which its files carry too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "totalplace.doors.web.limits.Limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "totalplace.doors.web.sign_in.session.Lifetimes",
    "totalplace.doors.web.showing.Refusals",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: Final[list[dict[str, Any]]] = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "environment": "totalplace.doors.web.jinja.environment",
            "context_processors": ["totalplace.doors.web.showing.frame"],
        },
    },
    {
        # What a library shows that is not among our pages; all that is linked to is.
        "NAME": "libraries",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
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

CONTENT_SECURITY_POLICY: Final = content_security_policy(_CHOSEN)
X_FRAME_OPTIONS: Final = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF: Final = True
SECURE_REFERRER_POLICY: Final = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY: Final = "same-origin"
SECURE_SSL_REDIRECT: Final = _CHOSEN.https
SECURE_REDIRECT_EXEMPT: Final = [r"^health$", r"^ready$"]  # asked from beside us, without a proxy
SECURE_HSTS_SECONDS: Final = 31_536_000 if _CHOSEN.https else 0
# Other services below the same name are not ours to say: whoever runs it says so.
SECURE_HSTS_INCLUDE_SUBDOMAINS: Final = _CHOSEN.https_below
SECURE_PROXY_SSL_HEADER: Final = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _CHOSEN.proxies and _CHOSEN.https else None
)
# A browser takes a cookie of that name from this host alone, and only over https (RFC 6265bis).
_COOKIE_PREFIX: Final = "__Host-" if _CHOSEN.https else ""
CSRF_COOKIE_NAME: Final = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE: Final = _CHOSEN.https
CSRF_COOKIE_HTTPONLY: Final = True
CSRF_COOKIE_SAMESITE: Final = "Lax"
CSRF_FAILURE_VIEW: Final = "totalplace.doors.web.errors.no_token"
SESSION_COOKIE_NAME: Final = f"{_COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE: Final = _CHOSEN.https
SESSION_COOKIE_HTTPONLY: Final = True
SESSION_COOKIE_SAMESITE: Final = (
    "Lax"  # "Strict" would lose a sign-in that comes back from a provider
)
SESSION_COOKIE_AGE: Final = 30 * 60  # seconds without any act, as sign_in.session.IDLE
SESSION_SAVE_EVERY_REQUEST: Final = False  # `sign_in.session` moves it on, once a minute
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
_DJANGOS: Final = "django.contrib.auth.password_validation"
_OURS: Final = "totalplace.doors.web.sign_in.passwords"
AUTH_PASSWORD_VALIDATORS: Final[list[dict[str, Any]]] = [
    {
        "NAME": f"{_DJANGOS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("code", "name", "email")},
    },
    {"NAME": f"{_DJANGOS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_DJANGOS}.CommonPasswordValidator"},
    {"NAME": f"{_OURS}.NotNearAtHand"},
    {"NAME": f"{_OURS}.NotLost"},
]
LOGIN_URL: Final = "/account/login/"
LOGIN_REDIRECT_URL: Final = "/my/"
LOGOUT_REDIRECT_URL: Final = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD: Final = "code"
ACCOUNT_USER_MODEL_EMAIL_FIELD: Final = "email"
ACCOUNT_LOGIN_METHODS: Final = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS: Final = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION: Final = "none"  # an administrator says the address, not its owner
ACCOUNT_SESSION_REMEMBER: Final = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE: Final = False
ACCOUNT_ADAPTER: Final = "totalplace.doors.web.sign_in.adapters.Accounts"
ACCOUNT_FORMS: Final = {
    "login": "totalplace.doors.web.sign_in.forms.SignIn",
    "change_password": "totalplace.doors.web.sign_in.forms.ChangePassword",
    "reauthenticate": "totalplace.doors.web.sign_in.forms.PasswordAgain",
}
# By account wherever from, behind the lock-out by account and computer.
ACCOUNT_RATE_LIMITS: Final = {"login_failed": "30/m/ip,20/300s/key"}
MFA_ADAPTER: Final = "totalplace.doors.web.sign_in.adapters.SecondFactor"
MFA_FORMS: Final = {
    "authenticate": "totalplace.doors.web.sign_in.forms.Code",
    "reauthenticate": "totalplace.doors.web.sign_in.forms.CodeAgain",
    "activate_totp": "totalplace.doors.web.sign_in.forms.TakeOnApp",
}
MFA_SUPPORTED_TYPES: Final = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER: Final = "Total Place"
MFA_TOTP_TOLERANCE: Final = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE: Final = True
MFA_ALLOW_UNVERIFIED_EMAIL: Final = True
SOCIALACCOUNT_ADAPTER: Final = "totalplace.doors.web.sign_in.adapters.SingleSignOn"
SOCIALACCOUNT_EMAIL_VERIFICATION: Final = "none"
SOCIALACCOUNT_STORE_TOKENS: Final = False  # nothing is asked of the provider once one is in
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX: Final = "single-sign-on"
SOCIALACCOUNT_PROVIDERS: Final[dict[str, Any]] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": _CHOSEN.sign_on_apps}
}
SIGN_IN_EMAILS_ARE_VERIFIED: Final = _CHOSEN.emails_are_verified
SIGN_IN_PROVIDER_ASKS_TWICE: Final = _CHOSEN.asks_twice
ALLAUTH_TRUSTED_PROXY_COUNT: Final = _CHOSEN.proxies

CACHES: Final = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_counts",
    }
}
AXES_FAILURE_LIMIT: Final = 5
AXES_COOLOFF_TIME: Final = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS: Final = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE: Final = "totalplace.doors.web.sign_in.pages.typed_name"
AXES_CLIENT_IP_CALLABLE: Final = "totalplace.doors.web.sign_in.pages.asked_from"
AXES_LOCKOUT_CALLABLE: Final = "totalplace.doors.web.sign_in.pages.locked_out"
AXES_RESET_ON_SUCCESS: Final = True
AXES_ENABLE_ADMIN: Final = False
AXES_VERBOSE: Final = False
AXES_DISABLE_ACCESS_LOG: Final = True  # the record says who signed in

SILENCED_SYSTEM_CHECKS: Final[list[str]] = []
