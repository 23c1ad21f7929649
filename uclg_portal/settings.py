"""Settings of the portal, read from the environment (all variables: `.env.example`).

Production is the default. `DEBUG=1` means development, `DEMO=1` the demonstration; what is missing
or unsafe in production stops the start with a sentence (`uclg_portal/safety.py`).
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from uclg_portal.safety import refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
RELAXED = DEBUG or DEMO

SECRET_KEY = env("SECRET_KEY", default="not-a-secret-for-demonstration-only" if RELAXED else "")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if RELAXED else []
)
SITE_URL = env("SITE_URL", default="http://localhost:8000" if RELAXED else "").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SITE_URL else [])

# The association
ASSOCIATION_TIME_ZONE = env("ASSOCIATION_TIME_ZONE", default="Europe/Moscow")
ASSOCIATION_EMAIL = env("ASSOCIATION_EMAIL", default="secretariat@example.org")
ASSOCIATION_PHONE = env("ASSOCIATION_PHONE", default="+7 (843) 292-09-34" if RELAXED else "")
# The day of the year (MM-DD) on which members are asked whether their page is right
YEARLY_CONFIRMATION_OPENS = env("YEARLY_CONFIRMATION_OPENS", default="02-01")

# Applications
INSTALLED_APPS = [
    "modeltranslation",
    "uclg_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "js_asset",
    "django_prose_editor",
    "csp",
    "content",
    "mailing",
    "accounts",
    "facts",
    "search",
    "translating",
    "editorial",
    "members",
    "dues",
    "governance",
    "meetings",
    "partnerships",
    "events",
    "news",
    "library",
    "programme",
    "travel",
    "hosting",
    "awards",
    "judging",
    "laureates",
    "nominations",
    "ratings",
    "questionnaires",
    "standings",
    "attendance",
    "practices",
    "projects",
    "consultations",
    "association",
    "newsletter",
    "opendata",
    "uclg_portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "uclg_portal.middleware.DatabaseGoneMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "uclg_portal.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "uclg_portal.middleware.PublicPageCacheMiddleware",
    "uclg_portal.opening.OpeningMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.DevicesMiddleware",
    "accounts.middleware.ReaderLanguageMiddleware",
    "accounts.middleware.ReaderTimeZoneMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
]

ROOT_URLCONF = "uclg_portal.urls"
WSGI_APPLICATION = "uclg_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uclg_portal.context.site",
            ],
        },
    }
]

# Data
_database = env.db("DATABASE_URL", default="postgres:///uclg")
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),  # ?host=/folder of a socket
            "connect_timeout": 3,
            "pool": {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL", 8),
                "timeout": 4,
                "reconnect_timeout": 5,
            },
            "options": (
                f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', 20_000)}"
                f" -c lock_timeout={env.int('LOCK_TIMEOUT_MS', 8_000)}"
                " -c idle_in_transaction_session_timeout=60000"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")


def _redis_database(number: int) -> str:
    """The address of one numbered database: cache and broker never empty one another."""
    if REDIS_URL.startswith("unix:"):
        return f"{REDIS_URL}{'&' if '?' in REDIS_URL else '?'}db={number}"
    return urlsplit(REDIS_URL)._replace(path=f"/{number}").geturl() if REDIS_URL else ""


CACHES = {
    "default": {
        "BACKEND": "uclg_portal.caches.FailSoftRedisCache",
        "LOCATION": _redis_database(1),
        "KEY_PREFIX": "uclg",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    },
    # Takes over the counters of sign-in while the default cache is gone.
    "counters": {"BACKEND": "accounts.counters.DatabaseCounters"},
}

# Work in the background. The broker only wakes workers up; the database is the queue of record.
CELERY_BROKER_URL = (
    _redis_database(0).replace("unix://", "redis+socket://", 1).replace("db=", "virtual_host=")
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TIMEZONE = ASSOCIATION_TIME_ZONE

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:cabinet"
ACCOUNT_ADAPTER = "accounts.adapters.PortalAccountAdapter"
MFA_ADAPTER = "accounts.adapters.PortalMFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Ten wrong passwords or codes slow down: the address they come from, and the account.
# What was typed after a sign-in had run out is kept in a session, sixty times an hour.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/ip,10/10m/key",
    "typed_while_signed_out": "60/h/ip",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = RELAXED
MFA_TOTP_ISSUER = "UCLG-Eurasia"
SECOND_FACTOR_REQUIRED = not RELAXED
PURGE_BEFORE_SIGN_IN = True  # off in the tests that are not about it

# Languages and time. Days turn in the association's zone.
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
# Further languages by their codes, see docs/adding-a-language.md.
LANGUAGES += [(code, _(LANG_INFO[code]["name"])) for code in env.list("MORE_LANGUAGES", default=[])]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ru"
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": MODELTRANSLATION_LANGUAGES, "en": ("ru",)}
USE_I18N = USE_TZ = True
TIME_ZONE = ASSOCIATION_TIME_ZONE
FORMAT_MODULE_PATH = ["uclg_portal.formats"]

# Mail
EMAIL_CONFIG = env.email(
    "EMAIL_URL", default="consolemail://" if RELAXED else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
if DEMO and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "mailing.backends.LocalInboxBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"UCLG-Eurasia <{ASSOCIATION_EMAIL}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where notices of undelivered mail come in: imaps://user:password@host/INBOX; empty: not read
BOUNCE_MAILBOX_URL = env("BOUNCE_MAILBOX_URL", default="")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var/static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var/media")
PRIVATE_MEDIA_ROOT = env.path("PRIVATE_MEDIA_ROOT", BASE_DIR / "var/private")
PRIVATE_MEDIA_ACCEL = env("PRIVATE_MEDIA_ACCEL", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644
# A delegation of 500 people in one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
# A gallery of too many photos reaches the form, which says how many are taken.
DATA_UPLOAD_MAX_NUMBER_FILES = 400
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "uclg_portal.stylesheets.BundlingStorage"
    },
}
WHITENOISE_MAX_AGE = 3600

# Open data: how often one client may ask the API
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 240)

# Safety
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not RELAXED)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not RELAXED
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "sessionid"
SILENCED_SYSTEM_CHECKS = []
CSRF_FAILURE_VIEW = "uclg_portal.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"links": {"()": "uclg_portal.logs.HideSignedLinks"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}

refuse_unsafe(globals())
