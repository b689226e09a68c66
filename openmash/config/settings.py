"""Django's settings, read from the environment. `.env.sample` lists the variables with their meaning.

The demonstration (OPENMASH_DEMO=1) needs nothing set. Anything else refuses to start until it is told its
secret key, its database and its host names.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from openmash.config.environment import Environment
from openmash.config.single_sign_on import providers

ROOT = Path(__file__).resolve().parents[2]
env = Environment(os.environ)

OPENMASH_DEMO = env.flag("OPENMASH_DEMO")
PARTNERSHIP_NAME = env.text("OPENMASH_PARTNERSHIP", "Fennshire Safeguarding Children Partnership")

# Questions between installations: off unless all three are set.
OPENMASH_INSTALLATION = env.text("OPENMASH_INSTALLATION")
OPENMASH_INSTALLATION_KEY = env.text("OPENMASH_INSTALLATION_KEY")
OPENMASH_INSTALLATIONS_FILE = env.text("OPENMASH_INSTALLATIONS_FILE")

OPENMASH_SHARING_FOLDER = env.text("OPENMASH_SHARING_FOLDER", str(ROOT / "sharing"))
OPENMASH_KEEPING_FOLDER = env.text("OPENMASH_KEEPING_FOLDER", str(ROOT / "keeping"))

# --- what must be set ---

SECRET_KEY = env.required("OPENMASH_SECRET_KEY", "a long random text known to this service alone")
# While the secret is being changed: what was signed or sealed under the old one can still be read.
SECRET_KEY_FALLBACKS = [before] if (before := env.text("OPENMASH_SECRET_KEY_BEFORE")) else []
# People are found by hashes under this secret, so that a stolen index names nobody. Changing it means making the
# whole index afresh (manage.py index_people).
OPENMASH_MATCHING_SECRET = env.required(
    "OPENMASH_MATCHING_SECRET", "another long random text, under which the index of people is kept"
)
DATABASES = {
    "default": {
        **env.database(),
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
ALLOWED_HOSTS = env.words("OPENMASH_HOSTS") or (["127.0.0.1", "localhost", "[::1]"] if OPENMASH_DEMO else [])
if not ALLOWED_HOSTS:
    env.problems.append(
        "OPENMASH_HOSTS is not set. It is the host names people use, such as mash.example.org."
    )
SINGLE_SIGN_ON = providers(env)
if env.problems:
    raise ImproperlyConfigured(
        "OpenMASH cannot start:\n" + "\n".join(f"- {problem}" for problem in env.problems)
    )

# --- the parts ---

DEBUG = False  # error pages never show what people typed; the log shows where the fault is
INSTALLED_APPS = [
    "openmash.apps.audit",
    "openmash.apps.directory",
    "openmash.apps.access",
    "openmash.apps.policy",
    "openmash.apps.families",
    "openmash.apps.documents",
    "openmash.apps.registers",
    "openmash.apps.private_asking",
    "openmash.apps.concerns",
    "openmash.apps.casework",
    "openmash.apps.papers",
    "openmash.apps.sharing",
    "openmash.apps.keeping",
    "openmash.apps.subject_access",
    "openmash.apps.case_audit",
    *(["openmash.demo"] if OPENMASH_DEMO else []),
    "openmash.web.layout",
    "openmash.web.accounts",
    "openmash.web.raising",
    "openmash.web.screening",
    "openmash.web.casework",
    "openmash.web.papers",
    "openmash.web.chronology",
    "openmash.web.register_linking",
    "openmash.web.asking",
    "openmash.web.sharing",
    "openmash.web.oversight",
    "openmash.web.keeping",
    "openmash.web.subject_access",
    "openmash.web.requests",
    "openmash.web.hearing_back",
    "openmash.web.thresholds",
    "openmash.web.understanding",
    "openmash.web.drafting",
    "openmash.web.trying",
    "openmash.web.reviewing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # lets FORM_RENDERER find Django's own widgets as well as our templates
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openmash.web.layout.wall.TheSecondWall",
    "openmash.web.layout.middleware.NeverKeptByBrowsers",
    "openmash.web.layout.middleware.NothingIsAtAddressesWithNul",
    "openmash.web.layout.middleware.RefusalsAreRecorded",
    "openmash.web.layout.middleware.DenyByDefault",
    "openmash.web.accounts.middleware.SecondFactorRequired",
]
ROOT_URLCONF = "openmash.config.urls"
WSGI_APPLICATION = "openmash.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["openmash.web.layout.templatetags.gds"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openmash.web.layout.frame.page_frame",
            ],
        },
    }
]
FORM_RENDERER = "openmash.web.layout.rendering.DesignSystemRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- language and time ---

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# --- forms ---

# A narrative of 10,000 words in any script is under 1 MB. There must be room for a very long one.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- documents ---

# Where files lie that people hand over: on a disk of its own, never below anything a web server shows.
_documents = str(ROOT / ".local" / "documents") if OPENMASH_DEMO else ""
OPENMASH_DOCUMENTS_FOLDER = env.text("OPENMASH_DOCUMENTS_FOLDER", _documents)
# ClamAV's daemon: "unix:/run/clamav/clamd.ctl" or "host:3310". A file is opened once it has been scanned.
OPENMASH_CLAMD = env.text("OPENMASH_CLAMD")
# Where there is no scanner, files stay shut, unless whoever runs the service answers for opening them.
OPENMASH_OPEN_UNSCANNED = env.flag("OPENMASH_OPEN_UNSCANNED")

# --- style sheets and scripts ---

STATIC_URL = "/static/"
STATIC_ROOT = None if OPENMASH_DEMO else env.text("OPENMASH_STATIC_ROOT", str(ROOT / "staticfiles"))
WHITENOISE_USE_FINDERS = OPENMASH_DEMO  # so that the demonstration needs no collectstatic
WHITENOISE_MAX_AGE = 0 if OPENMASH_DEMO else 60
_static_storage = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if OPENMASH_DEMO
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}

# --- signing in ---

AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
if OPENMASH_DEMO:
    AUTHENTICATION_BACKENDS.append("openmash.web.accounts.personas.PersonaBackend")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "openmash.web.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "openmash.web.accounts.forms.LoginForm",
    "reset_password": "openmash.web.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "openmash.web.accounts.forms.NewPasswordForm",
    "change_password": "openmash.web.accounts.forms.ChangePasswordForm",
    "set_password": "openmash.web.accounts.forms.FirstPasswordForm",
    "reauthenticate": "openmash.web.accounts.forms.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the agency that asked for the account
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # people hear of every change to how they sign in
ACCOUNT_EMAIL_SUBJECT_PREFIX = "OpenMASH: "
ACCOUNT_SESSION_REMEMBER = False  # signing in lasts until the browser is closed, and eight hours at most
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_ADAPTER = "openmash.web.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "openmash.web.accounts.forms.SecondFactorForm",
    "reauthenticate": "openmash.web.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "openmash.web.accounts.forms.SetUpAppForm",
    "add_webauthn": "openmash.web.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "openmash.web.accounts.forms.RenamePasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are the agency's to vouch for
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "OpenMASH"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = OPENMASH_DEMO  # the demonstration is served on this machine, without TLS
MFA_PASSKEY_LOGIN_ENABLED = True
SOCIALACCOUNT_ADAPTER = "openmash.web.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # an account is found by the address its provider has verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": SINGLE_SIGN_ON.apps}}

SESSION_COOKIE_AGE = 8 * 60 * 60
# A browser takes a cookie of such a name from this very host alone, and only over TLS.
_cookie_prefix = "" if OPENMASH_DEMO else "__Host-"
SESSION_COOKIE_NAME = f"{_cookie_prefix}openmash-session"
CSRF_COOKIE_NAME = f"{_cookie_prefix}openmash-csrf"
CSRF_FAILURE_VIEW = "openmash.web.layout.errors.form_out_of_date"
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if not OPENMASH_DEMO]

# allauth counts failed sign-ins in the cache, so all workers must share one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Above this number old entries are thrown out, and with them counts of wrong tries.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- what browsers are told ---

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not OPENMASH_DEMO
SECURE_HSTS_SECONDS = 0 if OPENMASH_DEMO else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # other services of the same council are not ours to decide about
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the same reason
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("OPENMASH_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Wrong tries are counted by address: everybody's would be the proxy's own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the square code that an authenticator app scans
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # A browser drops the redirect to an identity provider unless its origin is named here.
        "form-action": [SELF, *SINGLE_SIGN_ON.origins],
    }
}

# --- letters and logs ---

EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if OPENMASH_DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
# Nothing is sent, and pages say so, until a mail server is named.
OPENMASH_SENDS_EMAIL = bool(env.text("OPENMASH_EMAIL_HOST"))
EMAIL_HOST = env.text("OPENMASH_EMAIL_HOST", "localhost")
EMAIL_HOST_USER = env.text("OPENMASH_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("OPENMASH_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("OPENMASH_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds: nobody's page waits longer than that for a mail server
DEFAULT_FROM_EMAIL = env.text("OPENMASH_EMAIL_FROM", "openmash@localhost")
# Where e-mails send people: the address of this service as they know it.
_own_address = "http://127.0.0.1:8000" if OPENMASH_DEMO else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
OPENMASH_PUBLIC_URL = env.text("OPENMASH_PUBLIC_URL", _own_address).rstrip("/")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "openmash.config.discreet_log.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
