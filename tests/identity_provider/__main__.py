"""Sets the provider up, prints its address, and serves until it is stopped."""

import os
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

CLIENT_ID, CLIENT_SECRET, PASSWORD = "openmash", "agreed between the two", "a password at the agency"


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: its output is read for the address alone."""


def set_up(redirect_uri: str) -> None:
    user_model, address_model, client_model = (
        apps.get_model(name) for name in ("auth.User", "account.EmailAddress", "allauth_idp_oidc.Client")
    )
    call_command("migrate", verbosity=0)
    for name, verified in (("known", True), ("stranger", True), ("unproved", False)):
        user = user_model.objects.create_user(name, f"{name}@agency.example", PASSWORD)
        address_model.objects.create(user=user, email=user.email, verified=verified, primary=True)
    scopes = "openid\nprofile\nemail"
    client = client_model(
        id=CLIENT_ID, name="OpenMASH", redirect_uris=redirect_uri, scopes=scopes, skip_consent=True
    )
    client.set_secret(CLIENT_SECRET)
    client.save()


def main(redirect_uri: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.identity_provider.settings"
    django.setup()
    set_up(redirect_uri)
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
