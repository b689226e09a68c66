"""What was told in a record that is closed to somebody is found in nothing they can reach.

Every text of the world's records carries a mark. It is looked for in every answer of every endpoint, in e-mails, in
what is written to the log, and in the index by which people are found.
"""

import io
import logging
import zipfile
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from openmash.apps.access.grounds import ContactFacts, grounds_by_role, grounds_of
from openmash.apps.access.request_grounds import grounds_on_request
from openmash.apps.access.work_grounds import grounds_on_case
from openmash.apps.casework.standing import facts_of
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.sharing.permission import facts_of_request
from openmash.config.discreet_log import DiscreetFormatter
from openmash.config.endpoints import Endpoint, walk
from tests.access import matrix
from tests.access.gates import Asking
from tests.access.world import NAMES, World

pytestmark = pytest.mark.django_db
QUERIES = (
    "screening:find_reference?reference={reference}",
    "oversight:start?reference={reference}",
    "casework:worklist?show=team",
    "screening:worklist?show=all",
    "requests:lists?show=all",
)
"""Lists and searches as somebody would use them who knows what to look for."""


def closed_to(world: World, who: str) -> dict[str, list[bytes]]:
    """By situation, what this person may read nowhere: all of a record on which they have no ground at all."""
    _client, person = matrix.browser(world, who)
    found = {}
    for situation, dossier in world.dossiers.items():
        asking = Asking(world, dossier, person, timezone.now())
        grounds = set(grounds_of(asking.viewer, facts_for_access(dossier.contact)))
        grounds |= grounds_on_request(
            asking.viewer, facts_of_request(dossier.request, asking.viewer, asking.now)
        )
        if dossier.case is not None:
            grounds |= grounds_on_case(
                asking.viewer, facts_of(dossier.case, asking.now, meeting=dossier.meeting)
            )
        if not grounds:
            found[situation] = [dossier.mark.encode(), *names_of(situation)]
    return found


def names_of(situation: str) -> list[bytes]:
    """The child's name is told once more in Southmere: there it is no secret of the sealed record."""
    return [] if situation == "sealed" else [NAMES[situation].encode()]


def readable(content: bytes) -> bytes:
    """What can be read of an answer: text as it is, a PDF read, a packed file unpacked."""
    if content.startswith(b"%PDF") and b"%%EOF" in content and len(content) > 1_000:
        return (
            content + "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()
        )
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return content + b"".join(packed.read(name) for name in packed.namelist())
    return content


def addresses(world: World) -> Iterator[str]:
    """Every address of every record, once, and the searches."""
    seen = set()
    for endpoint in walk():
        for dossier in world.dossiers.values():
            parameters = matrix.parameters_of(endpoint, world, dossier)
            if parameters is not None and (address := matrix.address_of(endpoint, parameters)) not in seen:
                seen.add(address)
                yield address
    for query in QUERIES:
        name, _, rest = query.partition("?")
        for dossier in world.dossiers.values():
            address = (
                f"{matrix.address_of(_named(name), {})}?{rest.format(reference=dossier.contact.reference)}"
            )
            if address not in seen:
                seen.add(address)
                yield address


def _named(name: str) -> Endpoint:
    return next(each for each in walk() if each.name == name)


CLOSED_TO = ("second_screener", "screener_elsewhere", "lead_there", "boarding_lead", "adviser")


@pytest.mark.parametrize("who", [matrix.NOBODY, *CLOSED_TO])
def test_no_answer_holds_what_is_closed(world: World, who: str) -> None:
    secrets = closed_to(world, who)
    assert "sealed" in secrets, "nothing is closed to this person, so nothing is proved"
    client, _person = matrix.browser(world, who)
    asked, leaks = 0, []
    for address in addresses(world):
        answer = matrix.ask(client, "get", address)
        asked += 1
        told = readable(getattr(answer, "content_read", b"") or getattr(answer, "content", b""))
        leaks += [(address, each) for each in secrets if any(secret in told for secret in secrets[each])]
    assert asked > 400
    assert leaks == []


def test_whoever_may_read_it_finds_it(world: World) -> None:
    """So that the search itself is known to find something."""
    client, _person = matrix.browser(world, "manager")
    sealed = world.dossiers["sealed"]
    page = matrix.ask(client, "get", f"/screening/{sealed.contact.pk}/")
    assert sealed.mark.encode() in page.content
    police, given = matrix.browser(world, "police_officer")[0], world.dossiers["own"].given
    assert given is not None
    printed = matrix.ask(police, "get", f"/papers/given/{given.pk}/pdf/")
    assert b"Northfield Police" in readable(printed.content) and b"Northfield Police" not in printed.content


def test_no_email_holds_any_of_it(world: World, settings: object) -> None:
    settings.OPENMASH_SENDS_EMAIL = True  # type: ignore[attr-defined]
    call_command("send_messages")
    said = "".join(f"{each.subject}{each.body}{each.to}{each.extra_headers}" for each in mail.outbox)
    assert mail.outbox
    assert "MARK-" not in said
    assert not [name for name in NAMES.values() if name in said or name.split()[0] in said]


def test_no_log_line_holds_any_of_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Not of an act that fails either: the exception's own words are withheld."""
    sealed, formatter = world.dossiers["sealed"], DiscreetFormatter()
    with caplog.at_level(logging.DEBUG):
        for who in ("manager", "second_screener", "gp"):
            client, _person = matrix.browser(world, who)
            for name in ("decide", "facts", "information", "answer"):
                matrix.ask(client, "post", f"/screening/{sealed.contact.pk}/{name}/", {"text": sealed.mark})
            matrix.ask(client, "get", f"/screening/find/?reference={sealed.mark}")
    lines = [
        formatter.format(record)
        for record in caplog.records
        if not record.name.startswith(("django.db", "django.template", "weasyprint", "fontTools"))
    ]
    assert lines
    assert not [line for line in lines if "MARK-" in line or "Quillfeather" in line]


def test_the_index_of_people_names_nobody(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM families_matchkey k")
        keys = " ".join(row[0] for row in cursor.fetchall())
    assert keys
    assert not [
        name for name in NAMES.values() for word in name.split() if word.casefold() in keys.casefold()
    ]


def test_a_role_alone_would_open_what_is_sealed(world: World) -> None:
    """The people above are kept out by the restriction and not for want of a role: else nothing would be proved."""
    facts: ContactFacts = facts_for_access(world.dossiers["sealed"].contact)
    asking = Asking(world, world.dossiers["sealed"], world.cast.second_screener, timezone.now())
    assert grounds_by_role(asking.viewer, facts) and not grounds_of(asking.viewer, facts)
