"""`python -m tests.access matrix [--json] [--who NAMES]`: the matrix, in a PostgreSQL that is thrown away."""

import argparse
import importlib
import json
import logging
import os
import sys
import tempfile
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path

import django
import time_machine
from django.db import connection, transaction
from django.test.utils import setup_test_environment

from openmash.config.postgres import SUPERUSER, PrivatePostgres
from tests.fixed_clock import AN_ORDINARY_MORNING


def main() -> int:
    """1 when something got through, was refused wrongly, failed or was not declared."""
    parser = argparse.ArgumentParser(prog="openmash access", description=__doc__)
    parser.add_argument("what", choices=["matrix"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--who", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="openmash-access-") as folder:
        Path(folder).chmod(0o711)
        server = PrivatePostgres(Path(folder) / "postgres", durable=False, dies_with_me=True)
        socket = server.start()
        os.environ |= {"PGHOST": str(socket), "PGUSER": SUPERUSER, "PGDATABASE": "postgres"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        try:
            with time_machine.travel(datetime.fromisoformat(AN_ORDINARY_MORNING), tick=True):
                return _run(given, folder)
        finally:
            server.stop()


def _run(given: argparse.Namespace, folder: str) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)  # thousands of refusals, each of which would be a line
    matrix = importlib.import_module("tests.access.matrix")  # models can be read only now
    world = importlib.import_module("tests.access.world")
    setup_test_environment()
    with redirect_stdout(sys.stderr):  # it says a line of its own, which is no JSON
        connection.creation.create_test_db(verbosity=0)
    who = tuple(filter(None, given.who.split(","))) or matrix.WHO
    with world.unscanned_documents(f"{folder}/documents"), transaction.atomic():
        found = matrix.run(world.make_world(), who)
        transaction.set_rollback(True)
    connection.close()
    told = found.as_json()
    wrong = sum(len(told[each]) for each in ("leaks", "undeclared", "refused_wrongly", "failures"))
    print(json.dumps(told, indent=1) if given.json else "\n".join(matrix.lines(found)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
