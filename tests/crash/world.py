"""What there is to work on, and the work: what a worker does by itself, and what people send to the web process."""

import http.client
import io
import random
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmash.apps.casework.actions.due import send_what_is_due
from openmash.apps.casework.models import AgencyEntry, Case, ChildSeen, Meeting
from openmash.apps.documents.actions import remove_unnamed, scan_next
from openmash.apps.documents.models import Document
from openmash.apps.papers.actions.attaching import attach_to_meeting
from openmash.apps.papers.actions.giving import keep_paper
from openmash.apps.papers.actions.messages import send_next, write_messages
from openmash.apps.papers.models import Given, Letter, Paper
from openmash.apps.papers.occasions import occasions_of
from tests import files
from tests.apps.casework import working
from tests.apps.papers import writing
from tests.cast import Cast, make_cast

TOKEN = "c" * 32
BOUNDARY = "----what-was-sent"


@dataclass
class World:
    """A conference to which people bring papers, and one that has ended."""

    cast: Cast
    case: Case
    meeting: Meeting
    paper: Paper
    letter: str
    sessions: dict[str, str] = field(default_factory=dict)


def make_world() -> World:
    """Everything that is there before anything is killed."""
    cast = make_cast()
    writing.adopted_letters()
    case, meeting = writing.conference(cast)
    _, over = writing.ended(cast)
    paper = keep_paper(meeting_id=over.pk, kind="minutes", by=cast.chair, now=timezone.now())
    occasion = next(each for each in occasions_of(case) if each.kind == "conference_invitation")
    address = reverse("papers:write_letter", args=[case.pk, occasion.kind, occasion.key])
    world = World(cast, case, meeting, paper, address)
    for name in ("teacher", "police_officer", "chair", "social_worker"):
        client = Client()
        client.force_login(cast.people[name], backend="openmash.web.accounts.personas.PersonaBackend")
        world.sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return world


def more_work(world: World) -> None:
    """A clock that has run out, three people invited, and two documents that wait."""
    case = working.led(world.cast)
    meeting = working.called(world.cast, case, "strategy_discussion", world.cast.social_worker)
    for _ in range(2):
        attach_to_meeting(
            meeting_id=meeting.pk,
            name="letter.pdf",
            pieces=[files.PDF],
            what="A letter.",
            for_the_table=True,
            by=world.cast.police_officer,
            now=timezone.now(),
        )


def work() -> None:
    """What a worker does, over and over, until nothing is left: a short pace, so that there are many points."""
    while send_what_is_due(now=timezone.now(), batch=1):
        pass
    write_messages(now=timezone.now())
    while send_next(now=timezone.now()) is not None:
        pass
    while settings.OPENMASH_CLAMD and scan_next(now=timezone.now()) is not None:
        pass
    remove_unnamed(now=timezone.now())


@dataclass(frozen=True)
class Asked:
    """Something that somebody sends, and a count of what there is of it: one more, once it has been answered."""

    name: str
    by: str
    path: str
    answers: dict[str, Any]
    there: Callable[[], int]
    adds: int = 1


def something_asked(world: World, chance: random.Random) -> Asked:
    """One of the things that people send."""
    meeting, now = world.meeting.pk, timezone.localtime()
    keys = [part["key"] for part in world.paper.content["parts"]]
    asked = [
        Asked(
            "an entry",
            "teacher",
            reverse("casework:make_entry", args=[meeting]),
            {"text": f"Said {uuid4()}"},
            AgencyEntry.objects.count,
        ),
        Asked(
            "a document",
            "police_officer",
            reverse("papers:attach_to_meeting", args=[meeting]),
            {"what": "A letter.", "readers": "table", "file": files.PDF * 2_000},
            Document.objects.count,
        ),
        Asked(
            "minutes for three",
            "chair",
            reverse("papers:give_paper", args=[world.paper.pk]),
            {
                "readers": [str(world.cast.teacher.pk), str(world.cast.health_visitor.pk), "The child"],
                "parts": keys[:2],
                "reason": f"They need them. {uuid4()}",
            },
            Given.objects.count,
            adds=3,
        ),
        Asked("a letter", "social_worker", world.letter, {"addressee": "child:"}, Letter.objects.count),
        Asked(
            "that the child was seen",
            "social_worker",
            reverse("casework:record_child_seen", args=[world.case.pk]),
            {
                "seen_on_day": str(now.day),
                "seen_on_month": str(now.month),
                "seen_on_year": str(now.year),
                "seen_at": "00:00",
                "alone": "yes",
                "what": "She was well.",
                "seen_version": str(Case.objects.get(pk=world.case.pk).version),
            },
            ChildSeen.objects.count,
        ),
    ]
    return chance.choice(asked)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        return


def listen() -> socket.socket:
    """A place where a web process is asked."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(5)
    return listening


def serve_one(listening: socket.socket) -> None:
    """The web process: answers one request, the whole of Django and its middleware with it."""
    server = WSGIServer(("127.0.0.1", 0), _Quiet, bind_and_activate=False)
    server.socket = listening
    server.server_name, server.server_port = "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(get_wsgi_application())
    server.handle_request()


def ask(world: World, asked: Asked, port: int) -> int:
    """Send it. Returns the status of the answer; 0 when the other side was killed before it answered."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    cookies = (
        f"{settings.SESSION_COOKIE_NAME}={world.sessions[asked.by]}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    )
    headers = {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    try:
        link.request("POST", asked.path, body=_written(asked.answers), headers=headers)
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        link.close()


def _written(answers: dict[str, Any]) -> bytes:
    body = io.BytesIO()
    for name, value in {"csrfmiddlewaretoken": TOKEN, **answers}.items():
        for each in value if isinstance(value, list) else [value]:
            is_file = isinstance(each, bytes)
            named = f'form-data; name="{name}"' + ('; filename="letter.pdf"' if is_file else "")
            body.write(f"--{BOUNDARY}\r\nContent-Disposition: {named}\r\n\r\n".encode())
            body.write(each if is_file else str(each).encode())
            body.write(b"\r\n")
    body.write(f"--{BOUNDARY}--\r\n".encode())
    return body.getvalue()
