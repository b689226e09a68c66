"""The demonstration's settings, for tests. The database is started by tests/conftest.py."""

import os

os.environ.setdefault("OPENMASH_DEMO", "1")
os.environ.setdefault("OPENMASH_SECRET_KEY", "only-for-tests")
os.environ.setdefault("OPENMASH_MATCHING_SECRET", "only-for-tests-too")
if not os.environ.get("DATABASE_URL"):
    os.environ.setdefault("PGHOST", "started-by-conftest")

from openmash.config.settings import *  # noqa: F403 -- they read the environment set above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # real ones are slow on purpose
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 -- no session outlives the request that opened it

OPENMASH_DOCUMENTS_FOLDER = ""  # a test that hands documents over says where they lie
