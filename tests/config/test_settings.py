import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from openmash.web.accounts.checks import PERSONA_BACKEND, made_up_people_stay_in_the_demonstration

ROOT = Path(__file__).resolve().parents[2]
REAL = {
    "OPENMASH_SECRET_KEY": "x" * 20 + "a-long-and-random-text-known-to-nobody-else",
    "OPENMASH_MATCHING_SECRET": "y" * 20 + "another-long-and-random-text",
    "DATABASE_URL": "postgresql://mash:p%40ss@db.example.org:6432/mash",
    "OPENMASH_HOSTS": "mash.example.org",
}


def settings_made_from(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> dict[str, Any]:
    for name in [name for name in os.environ if name.startswith(("OPENMASH_", "PG", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "openmash" / "config" / "settings.py"))


def test_it_refuses_to_start_without_its_secrets_and_says_all_that_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_made_from(monkeypatch, {})
    assert str(refused.value).splitlines() == [
        "OpenMASH cannot start:",
        "- OPENMASH_SECRET_KEY is not set. It is a long random text known to this service alone.",
        "- OPENMASH_MATCHING_SECRET is not set. It is another long random text, under which the index of people "
        "is kept.",
        "- No database is set. Set DATABASE_URL, for example postgresql://user:password@host/openmash, or "
        "PostgreSQL's own variables PGHOST, PGDATABASE, PGUSER and PGPASSWORD.",
        "- OPENMASH_HOSTS is not set. It is the host names people use, such as mash.example.org.",
    ]


def test_in_earnest_nobody_is_made_up_and_cookies_travel_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings_made_from(monkeypatch, REAL)
    assert PERSONA_BACKEND not in made["AUTHENTICATION_BACKENDS"]
    assert made["SESSION_COOKIE_SECURE"] and made["CSRF_COOKIE_SECURE"] and made["SECURE_SSL_REDIRECT"]
    assert made["SESSION_COOKIE_NAME"].startswith("__Host-") and made["CSRF_COOKIE_NAME"].startswith(
        "__Host-"
    )
    database = made["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.example.org", "6432", "p@ss")


def test_the_content_security_policy_allows_nothing_inline(monkeypatch: pytest.MonkeyPatch) -> None:
    single_sign_on = {
        "OPENMASH_OIDC_URL": "https://login.example.org/tenant",
        "OPENMASH_OIDC_CLIENT_ID": "mash",
        "OPENMASH_OIDC_SECRET": "s",
    }
    made = settings_made_from(monkeypatch, {**REAL, **single_sign_on})
    directives = made["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert "unsafe" not in str(directives)
    assert directives["form-action"] == ["'self'", "https://login.example.org"]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"OPENMASH_DEMO": "perhaps"}, "OPENMASH_DEMO is 'perhaps'. Write 1 for yes or 0 for no."),
        ({"DATABASE_URL": "mysql://db/mash"}, "DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "postgresql://db:port/mash"}, "The port in DATABASE_URL must be a whole number."),
        ({"OPENMASH_OIDC_URL": "login"}, "OPENMASH_OIDC_URL must be a whole address"),
        ({"OPENMASH_OIDC_URL": "https://login.example.org"}, "OPENMASH_OIDC_SECRET is not set."),
    ],
)
def test_what_is_wrong_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="OpenMASH cannot start") as refused:
        settings_made_from(monkeypatch, {**REAL, **variables})
    assert sentence in str(refused.value)


def test_the_sample_names_every_variable_that_is_read() -> None:
    source = "".join(path.read_text() for path in (ROOT / "openmash" / "config").glob("*.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", source)) | {"DATABASE_URL"}
    assert len(read) > 10
    sample = (ROOT / ".env.sample").read_text()
    assert [name for name in sorted(read) if f"\n{name}=" not in sample] == []


def manage(static: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a management command with the settings of real life."""
    ours = ("OPENMASH_", "PG", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    module = {"DJANGO_SETTINGS_MODULE": "openmash.config.settings", "OPENMASH_STATIC_ROOT": str(static)}
    whole = [sys.executable, "manage.py", *command]
    environment = {**clean, **REAL, **module}
    return subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_djangos_own_checks_find_nothing_to_improve(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_style_sheets_and_scripts_can_be_collected_for_a_release(tmp_path: Path) -> None:
    """A style sheet that names a file which is not there would stop a release; here it stops the tests."""
    done = manage(tmp_path, "collectstatic", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "openmash" / "vendor").glob("design-system.*.css.gz"))


def test_made_up_people_beside_real_accounts_are_an_error(settings: Settings) -> None:
    settings.OPENMASH_DEMO = False
    assert [found.id for found in made_up_people_stay_in_the_demonstration()] == ["openmash.accounts.E001"]
    settings.AUTHENTICATION_BACKENDS = [
        name for name in settings.AUTHENTICATION_BACKENDS if name != PERSONA_BACKEND
    ]
    assert made_up_people_stay_in_the_demonstration() == []
