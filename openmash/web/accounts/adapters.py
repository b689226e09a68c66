"""Where allauth asks us: nobody makes their own account, and every sign-in is recorded."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import filter_users_by_email
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator  # allauth's own table, which it leaves to adapters to look into
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.audit.actions import record

SECOND_FACTORS = ["totp", "webauthn"]
WRONG = "The e-mail address or the password is not right. Check both and try again."
NOT_THE_CODE = "That code is not right. Codes change every 30 seconds: wait for the next one and try again."
TOO_MANY = "There were too many tries. Wait a few minutes, then try again."


def write_down(person: AbstractBaseUser | None, verb: str, ground: str, *, about: object = "") -> None:
    """One line in the audit log about somebody's account. `about` is the account when nobody is signed in."""
    record(
        by=person,
        verb=verb,
        subject_kind="person",
        subject_id=about or (person.pk if person else ""),
        ground=ground,
        now=timezone.now(),
    )


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "The password is not right.",
        "enter_current_password": "Enter your current password.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
        "account_inactive": "This account is closed.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        methods = [str(step.get("method")) for step in get_authentication_records(request, user)]
        write_down(user, "signed in", ", ".join(methods) or "password")
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Never writes down what was typed: people type passwords into the wrong box."""
        known = filter_users_by_email(credentials.get("email") or "")
        write_down(
            None, "failed to sign in", "wrong password", about=known[0].pk if known else "unknown address"
        )

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            write_down(request.user, "signed out", "asked to")
        super().logout(request)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """allauth would look for the address in a table of its own, where our accounts are not."""
        found = self.authenticate(context.request, email=user.email, password=password)  # type: ignore[attr-defined]
        return found is not None and found.pk == user.pk

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *args: Any, **kwargs: Any
    ) -> None:
        """Called at each change of a password or a second factor. Goes to the account's own address."""
        write_down(user, template_prefix.rpartition("/")[2].replace("_", " "), "changed how they sign in")
        kwargs["email"] = user.email  # type: ignore[attr-defined]
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "Successfully signed in": the page that opens says it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": NOT_THE_CODE,
        "cannot_delete_authenticator": "This is your only second factor. Set up another one first.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return has_another_second_factor(authenticator.user, authenticator.pk)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """What a passkey is called until somebody gives it a better name."""
        return "Passkey"


def has_another_second_factor(person: Any, authenticator_id: int) -> bool:
    """Whether an account would still have one without this one. The last one stays."""
    held = Authenticator.objects.filter(user_id=person.pk, type__in=SECOND_FACTORS)
    return bool(held.exclude(pk=authenticator_id).exists())


def _cipher() -> MultiFernet:
    """Secrets of authenticator apps are encrypted in the database with keys made from the secret key."""
    keys = []
    for secret in [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]:
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openmash second factor")
        keys.append(Fernet(base64.urlsafe_b64encode(derive.derive(secret.encode()))))
    return MultiFernet(keys)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """An agency's own sign-in. It opens accounts that exist, found by an address the agency has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        write_down(
            None, "failed to sign in", "single sign-on failed", about=getattr(provider, "id", provider)
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            write_down(None, "failed to sign in", "no account for this address", about="single sign-on")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """See `AccountAdapter.add_message`."""
