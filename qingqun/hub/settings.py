"""The hub's settings; what an administrator may set is read in config.py."""

from pathlib import Path

from csp.constants import NONE, SELF

from qingqun.hub import config

HUB = Path(__file__).parent
DATA = config.data_folder()
GIVEN = config.given(DATA)

DEBUG = False
SECRET_KEY = config.secret(DATA, "django")
VAULT_KEY = config.secret(DATA, "vault")
ALLOWED_HOSTS = config.words(GIVEN, "hosts", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = config.words(GIVEN, "origins", [])
HTTPS = config.flag(GIVEN, "https", default=True)
BEHIND_PROXY = config.flag(GIVEN, "behind_proxy", default=False)
OWNER = config.text(GIVEN, "owner")  # the unit that runs this hub, as pages name it
ADDRESS = config.text(GIVEN, "address")  # what links begin with
LEDGER_HEAD = Path(config.text(GIVEN, "ledger_head", str(DATA / "ledger.head")))

WEBHOOK_HOSTS = config.words(GIVEN, "webhook_hosts", [])  # where subscriptions may send to; none: there are no subscriptions
WEBHOOK_PRIVATE = config.flag(GIVEN, "webhook_private", default=False)  # those hosts may stand inside the house, and speak plain HTTP

ROOT_URLCONF = "qingqun.hub.urls"
WSGI_APPLICATION = "qingqun.hub.wsgi.application"
DATABASES = {"default": config.database(config.text(GIVEN, "database"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "hub.User"
SITE_ID = 1

INSTALLED_APPS = [
    "qingqun.hub.apps.Hub",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "qingqun.hub.doors",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qingqun.hub.pages._policy.Policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "qingqun.hub.language.spoken",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qingqun.hub.pages._idle.idle",
    "qingqun.hub.pages._once.once",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "qingqun.hub.pages._show.common",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HUB / "pages"],
        "OPTIONS": {"environment": "qingqun.hub.templating.environment", "context_processors": _CONTEXT},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",  # allauth's own pages
        "DIRS": [HUB / "pages" / "accounts"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

AUTHENTICATION_BACKENDS = ["qingqun.hub.pages._account.ByName", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_CHECK = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "qingqun.hub.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": _CHECK + "CommonPasswordValidator"},
    {"NAME": _CHECK + "UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "200/15m/ip",
    "login": "300/m/ip",
}  # one address may be a whole office; a name is locked by accounts.py
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # whoever asks is the last in X-Forwarded-For: the nearest proxy wrote it
ACCOUNT_ADAPTER = "qingqun.hub.accounts.Closed"
SOCIALACCOUNT_ADAPTER = "qingqun.hub.accounts.Known"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": GIVEN.get("oidc", [])}}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ADAPTER = "qingqun.hub.factor.Kept"
MFA_FORMS = {"authenticate": "qingqun.hub.factor.Counted"}
MFA_TOTP_ISSUER = OWNER or "qingqun"
SECOND_FACTOR = config.one_of(GIVEN, "second_factor", ("rights", "all", "off"))  # who signs in by password must have one; see factor.py

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "qingqun.hub.pages._errors.forged"
SESSION_ENGINE = "qingqun.hub.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATICFILES_DIRS = [HUB / "static"]
STATIC_ROOT = None  # served from the folders themselves
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 30 * 24 * 3600  # addresses carry a mark of the content
ATTACHMENTS = DATA / "attachments"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

MAIL = bool(config.text(GIVEN, "mail_host"))  # without it nothing is mailed, and pages offer nothing that is
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = config.text(GIVEN, "mail_host", "localhost")
EMAIL_PORT = int(config.text(GIVEN, "mail_port", "25"))
DEFAULT_FROM_EMAIL = config.text(GIVEN, "mail_from", "qingqun@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
