"""One run after another: do something, kill who does it, look at what is left."""

import os
import random
import shutil
import signal
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.core.management import call_command
from django.db import transaction

from openmash.apps.papers.models import Message
from tests.clamav import WHERE, running_daemon
from tests.crash import holds, mail_sink, world
from tests.crash.killing import NEVER, Death, counted, ended, forked, some_death


class Running:
    """The processes round the ones that are killed, and what there is to work on."""

    def __init__(self, chance: random.Random, folder: Path) -> None:
        self.chance = chance
        self.kept = folder / "e-mails"
        port, self.mail = mail_sink.start(self.kept)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        settings.OPENMASH_SENDS_EMAIL = True
        DNS_NAME._fqdn = "localhost"  # or every process asks a name server, and waits
        settings.OPENMASH_DOCUMENTS_FOLDER = str(folder / "documents")
        self.clamd: subprocess.Popen[bytes] | None = None
        if shutil.which("clamd", path=WHERE):
            (folder / "clamd").mkdir()
            self.clamd, settings.OPENMASH_CLAMD = running_daemon(folder / "clamd")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        with transaction.atomic():
            self.world = world.make_world()
            world.more_work(self.world)
        self.statements, self.seconds = counted(world.work)

    def once(self) -> tuple[str, list[str]]:
        """One run. Returns what was done and how it ended, and everything that did not hold."""
        return self._worker() if self.chance.random() < 0.5 else self._web()

    def _worker(self) -> tuple[str, list[str]]:
        with transaction.atomic():
            world.more_work(self.world)
        # Two at once, as in real life, each of which may die anywhere.
        dying = [forked(world.work, self._death()) for _ in range(2)]
        how = sorted(ended(child) for child in dying)
        faults = holds.faults(self.taken)
        if "failed" in how:
            faults.append("a worker that was not killed failed")
        return f"workers {' and '.join(how)}", faults

    def _web(self) -> tuple[str, list[str]]:
        asked = world.something_asked(self.world, self.chance)
        before = asked.there()
        listening = world.listen()
        dying = forked(lambda: world.serve_one(listening), self._death(statements=60, seconds=0.4))
        port = listening.getsockname()[1]
        listening.close()  # only the web process listens: when it is killed, whoever asks hears so at once
        status = world.ask(self.world, asked, port)
        how = ended(dying)
        faults = holds.faults(self.taken)
        added = asked.there() - before
        if added not in (0, asked.adds):
            faults.append(f"{asked.name}: {added} of {asked.adds} were kept")
        if status == 302 and added != asked.adds:
            faults.append(f"{asked.name}: somebody was told that it was kept, and it was not")
        if status not in (0, 302):
            faults.append(f"{asked.name}: answered with {status}")
        if how == "done" and status == 302 and not added:
            faults.append(f"{asked.name}: nothing was kept")
        return f"web process {how}", faults

    def _death(self, statements: int = 0, seconds: float = 0.0) -> Death:
        if self.chance.random() < 0.05:
            return NEVER
        return some_death(
            self.chance, statements=statements or self.statements, seconds=seconds or self.seconds
        )

    def in_the_end(self) -> list[str]:
        """Workers that nobody kills do what is left: then nothing may still wait."""
        how = ended(forked(world.work, NEVER))
        faults = [] if how == "done" else [f"the last worker {how}"]
        return [*faults, *holds.faults(self.taken), *holds.lost()]

    @property
    def taken(self) -> list[str]:
        return mail_sink.taken(self.kept)

    def summary(self) -> str:
        """What became of the e-mails, in words."""
        sent = Message.objects.filter(sent_at__isnull=False).count()
        not_known = Message.objects.filter(sent_at__isnull=True, claimed_at__isnull=False).count()
        return (
            f"E-mails: {Message.objects.count()} written, {len(self.taken)} arrived, each once; {sent} are written "
            f"down as sent, and of {not_known} it is said that nobody knows."
        )

    def stop(self) -> None:
        """End the processes round about."""
        os.kill(self.mail, signal.SIGTERM)
        os.waitpid(self.mail, 0)
        if self.clamd is not None:
            self.clamd.terminate()
            self.clamd.wait(timeout=20)
