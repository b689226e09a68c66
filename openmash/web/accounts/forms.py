"""allauth's forms in our words. A wrong second factor is written down here, for want of another place."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as authenticator_app
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.validators import EmailValidator

from openmash.web.accounts.adapters import write_down
from openmash.web.layout.fields import Look

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Your password now",
    "password1": "New password",
    "password2": "New password, once more",
    "code": "Code",
    "name": "What to call this passkey",
    "passwordless": "Let this passkey sign me in by itself, without my password",
}
HINTS = {
    "password1": "At least 12 characters. Three or four unrelated words are hard to guess.",
    "code": "6 numbers from your authenticator app, or one of your recovery codes.",
    "name": "For example, “my work phone”.",
}
BAD_ADDRESS = "Enter an e-mail address in the right form, such as name@example.org"
WHEN_EMPTY = {
    "login": "Enter your e-mail address",
    "email": "Enter your e-mail address",
    "password": "Enter your password",
    "oldpassword": "Enter the password you have now",
    "password1": "Enter a new password",
    "password2": "Enter the new password once more",
    "code": "Enter the code",
    "name": "Enter a name",
    "credential": "The passkey was not used. Try again, or use another way.",
}


class InPlainWords(forms.BaseForm):
    """Names allauth's fields as we would."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            if name in WHEN_EMPTY:
                field.error_messages["required"] = WHEN_EMPTY[name]
            if name == "code":
                field.look = Look(label_size="s", width="10")  # type: ignore[attr-defined]
            if isinstance(field, forms.EmailField):
                field.validators = [EmailValidator(BAD_ADDRESS)]


class LoginForm(InPlainWords, account.LoginForm):
    """E-mail address and password."""


class ForgottenPasswordForm(InPlainWords, account.ResetPasswordForm):
    """Asks where to send the link."""


class NewPasswordForm(InPlainWords, account.ResetPasswordKeyForm):
    """Sets a password by way of that link."""


class ChangePasswordForm(InPlainWords, account.ChangePasswordForm):
    """Sets a new password in place of a known one."""


class FirstPasswordForm(InPlainWords, account.SetPasswordForm):
    """Sets a password where there was none."""


class ConfirmForm(InPlainWords, account.ReauthenticateForm):
    """Asks for the password again before one's sign-in is changed."""


class SecondFactorForm(InPlainWords, second_factor.AuthenticateForm):
    """Asks for a code after the password."""

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())
        except forms.ValidationError:
            write_down(None, "failed to sign in", "wrong code of a second factor", about=self.user.pk)
            raise


class ConfirmByCodeForm(InPlainWords, second_factor.ReauthenticateForm):
    """Asks for a code before one's sign-in is changed."""


class SetUpAppForm(InPlainWords, authenticator_app.ActivateTOTPForm):
    """Asks for the first code of an authenticator app, to see that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "The 6 numbers that the app shows now."


class AddPasskeyForm(InPlainWords, passkeys.AddWebAuthnForm):
    """Names a new passkey."""


class RenamePasskeyForm(InPlainWords, passkeys.EditWebAuthnForm):
    """Names a passkey anew."""
