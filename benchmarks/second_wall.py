"""What the second wall costs: pages of the fictitious partnership with and without it, in one run.

Each page is asked for in turn with the wall and without, so that other work on the machine meets both alike.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from openmash.config.local import create_database, demo_settings
from openmash.config.postgres import SUPERUSER, PrivatePostgres

WALL = "openmash.web.layout.wall.TheSecondWall"


def main() -> None:
    options = ArgumentParser(description=__doc__)
    options.add_argument("--size", default="full", help="how much of the partnership to load")
    options.add_argument("--repeats", type=int, default=40)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="openmash-wall-"))
    folder.chmod(0o711)
    server = PrivatePostgres(folder / "postgres", durable=False, dies_with_me=True)
    try:
        os.environ.update(PGHOST=str(server.start()), PGUSER=SUPERUSER, PGDATABASE="openmash")
        create_database()
        demo_settings()
        figures = measured(asked.size, asked.repeats)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, figure in figures.items():
        sys.stdout.write(f"{name}: {figure}\n")


def measured(size: str, repeats: int) -> dict[str, Any]:
    """For each page: milliseconds (the middle of all runs) without the wall and with it, and their ratio."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo", size=size)
    contacts, people = apps.get_model("concerns", "Contact"), apps.get_model("directory", "Person")

    def holding(role: str) -> Any:
        return people.objects.filter(roles_held__role=role, is_persona=True).order_by("pk")[0]

    screener, team = holding("screening_practitioner"), holding("team_manager")
    where = screener.roles_held.values("locality_id")
    open_now = contacts.objects.filter(kind="concern", state="screening", locality_id__in=where)
    pages = {
        "worklist": (screener, "/screening/"),
        "one contact": (screener, f"/screening/{open_now.order_by('received_at')[0].pk}/"),
        "the team's work": (team, "/work/"),
    }
    figures: dict[str, Any] = {"contacts": contacts.objects.count()}
    bare = [each for each in settings.MIDDLEWARE if each != WALL]
    for name, (person, address) in pages.items():
        took: dict[bool, list[float]] = {True: [], False: []}
        clients = {}
        for walled in (True, False):
            with override_settings(MIDDLEWARE=settings.MIDDLEWARE if walled else bare):
                clients[walled] = Client()
                clients[walled].force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
                ask(clients[walled], address)  # builds the chain of middleware, and warms up
        for _turn in range(repeats):
            for walled, client in clients.items():
                began = time.perf_counter()
                ask(client, address)
                took[walled].append(time.perf_counter() - began)
        without, with_it = (1000 * statistics.median(took[walled]) for walled in (False, True))
        figures[name] = {
            "without_ms": round(without, 1),
            "with_ms": round(with_it, 1),
            "ratio": round(with_it / without, 2),
        }
    return figures


def ask(client: Any, address: str) -> None:
    answer = client.get(address, HTTP_HOST="localhost")
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")


if __name__ == "__main__":
    main()
