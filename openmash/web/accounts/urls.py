"""The front page and every address of signing in. allauth's views are named one by one: no other is open."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as authenticator_app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as single_sign_on
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import path, re_path

from openmash.web.accounts import views
from openmash.web.layout.access import public

urlpatterns = [
    path("", views.home, name="home"),
    path("people/<int:person_id>/sign-in/", views.sign_in_as_persona, name="sign_in_as_persona"),
    # Before somebody is signed in
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("sign-in/second-factor/", public(second_factor.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/inactive/", public(account.account_inactive), name="account_inactive"),
    path("sign-in/<slug:provider_id>/", public(openid_connect.login), name="openid_connect_login"),
    path(
        "sign-in/<slug:provider_id>/callback/",
        public(openid_connect.callback),
        name="openid_connect_callback",
    ),
    path(
        "single-sign-on/stopped/",
        public(single_sign_on.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("single-sign-on/failed/", public(single_sign_on.login_error), name="socialaccount_login_error"),
    path("password/forgotten/", public(account.password_reset), name="account_reset_password"),
    path("password/sent/", public(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # One's own sign-in
    path("your-sign-in/", second_factor.index, name="mfa_index"),
    path("your-sign-in/second-factor/", views.second_factor, name="second_factor"),
    path("your-sign-in/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("your-sign-in/confirm/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "your-sign-in/confirm/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("your-sign-in/password/", account.password_change, name="account_change_password"),
    path("your-sign-in/first-password/", account.password_set, name="account_set_password"),
    path("your-sign-in/app/", authenticator_app.activate_totp, name="mfa_activate_totp"),
    path("your-sign-in/app/remove/", authenticator_app.deactivate_totp, name="mfa_deactivate_totp"),
    path("your-sign-in/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("your-sign-in/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("your-sign-in/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("your-sign-in/passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("your-sign-in/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "your-sign-in/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "your-sign-in/codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    # allauth needs these names. Making an account and changing its address is the partnership's to do.
    path("sign-up/", views.closed, name="account_signup"),
    path("sign-up/single-sign-on/", views.closed, name="socialaccount_signup"),
    path("your-sign-in/address/", views.closed, name="account_email"),
    path("your-sign-in/address/sent/", views.closed, name="account_email_verification_sent"),
    path("your-sign-in/accounts/", views.closed, name="socialaccount_connections"),
]
