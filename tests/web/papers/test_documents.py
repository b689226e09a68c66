"""Handing documents over and opening them: what goes wrong is a sentence, nothing is shown by the browser itself."""

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from openmash.apps.audit.models import Event
from openmash.apps.documents import keeping
from openmash.apps.documents.models import Document
from tests import files
from tests.apps.casework import working
from tests.apps.papers.writing import conference
from tests.cast import Cast
from tests.clamav import EICAR

AsPerson = Callable[[Any], Client]
WHAT = "Letter from the hospital."


def sent(name: str = "letter.pdf", content: bytes = files.PDF, **more: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "what": WHAT, **more}


@pytest.fixture
def case(cast: Cast) -> Any:
    return working.led(cast, "3", "family_help")


def attach(case: Any) -> str:
    return reverse("papers:attach_to_case", args=[case.pk])


def opened(client: Client, document: Document) -> Any:
    return client.get(reverse("papers:document", args=[document.pk]))


def test_quarantined_until_scanned_and_then_only_ever_saved(
    cast: Cast, as_person: AsPerson, case: Any, settings: Any, clamd: str
) -> None:
    settings.OPENMASH_CLAMD = clamd
    worker = as_person(cast.social_worker)
    assert worker.post(attach(case), sent("Brief für Ümit.pdf")).status_code == 302
    document = Document.objects.get()
    shut = opened(worker, document)
    assert shut.status_code == 409
    assert "Waiting to be scanned" in shut.content.decode()
    call_command("scan_documents")
    answer = opened(worker, document)
    assert answer.content == files.PDF
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "UTF-8''Brief%20f%C3%BCr%20%C3%9Cmit.pdf" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert "no-store" in answer["Cache-Control"]
    looks = Event.objects.filter(verb="see_document", subject_id=str(document.pk))
    assert [(each.by_id, each.ground) for each in looks] == [
        (cast.social_worker.pk, "leads the work with this child")
    ]


def test_something_harmful_is_never_opened(
    cast: Cast, as_person: AsPerson, case: Any, settings: Any, clamd: str
) -> None:
    settings.OPENMASH_CLAMD = clamd
    worker = as_person(cast.social_worker)
    worker.post(attach(case), sent("song.txt", EICAR))
    call_command("scan_documents")
    answer = opened(worker, Document.objects.get())
    assert answer.status_code == 409
    assert EICAR not in answer.content
    page = worker.get(reverse("papers:case", args=[case.pk])).content.decode()
    assert "Something harmful was found in it" in page


def test_whoever_has_no_part_is_refused_and_it_is_written_down(
    cast: Cast, as_person: AsPerson, case: Any, settings: Any
) -> None:
    settings.OPENMASH_OPEN_UNSCANNED = True
    as_person(cast.social_worker).post(attach(case), sent())
    document = Document.objects.get()
    for person in (cast.teacher, cast.second_social_worker, cast.gp):
        assert opened(as_person(person), document).status_code == 403
        assert as_person(person).post(attach(case), sent()).status_code == 403
    assert Document.objects.count() == 1
    assert Event.objects.filter(verb="see_case_document", outcome="refused").count() == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bomb.docx", files.bomb(), "unpack to far more"),
        ("program.exe", files.PROGRAM, "This kind of file is not taken"),
        ("program.pdf", files.PROGRAM, "what is in it is not a PDF"),
        ("empty.pdf", b"", "The file is empty"),
    ],
)
def test_what_is_not_taken_is_said_beside_the_file_and_the_words_stay(
    cast: Cast, as_person: AsPerson, case: Any, folder: Any, name: str, content: bytes, sentence: str
) -> None:
    answer = as_person(cast.social_worker).post(attach(case), sent(name, content))
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, WHAT in page) == (200, True, True)
    assert not Document.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_name_that_leads_elsewhere_leads_nowhere(
    cast: Cast, as_person: AsPerson, case: Any, folder: Any
) -> None:
    as_person(cast.social_worker).post(attach(case), sent("../../../srv/passwd.pdf"))
    assert Document.objects.get().name == "passwd.pdf"
    assert all(folder in path.parents for path in folder.parent.rglob("*") if path.is_file())


def test_a_very_long_name_is_shortened(cast: Cast, as_person: AsPerson, case: Any) -> None:
    assert as_person(cast.social_worker).post(attach(case), sent("x" * 3000 + ".pdf")).status_code == 302
    assert Document.objects.get().name.endswith("x.pdf")


def test_a_full_disk_is_a_sentence(
    cast: Cast, as_person: AsPerson, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("openmash.apps.documents.keeping.os.fsync", full)
    answer = as_person(cast.social_worker).post(attach(case), sent())
    assert answer.status_code == 200
    assert keeping.NO_ROOM in answer.content.decode()


def test_a_full_disk_while_it_arrives_is_a_sentence(
    cast: Cast, as_person: AsPerson, case: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Large uploads go through the system's own temporary folder before this service sees them."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = "/dev/full"
    answer = as_person(cast.social_worker).post(attach(case), sent())
    assert answer.status_code == 503
    assert "Nothing of it was kept" in answer.content.decode()


def test_what_is_far_too_large_is_not_even_read(cast: Cast, as_person: AsPerson, case: Any) -> None:
    answer = as_person(cast.social_worker).post(attach(case), sent(), CONTENT_LENGTH=str(30_000_000))
    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.content.decode()


def test_the_forms_own_token_is_asked_for(cast: Cast, case: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.social_worker, backend="openmash.web.accounts.personas.PersonaBackend")
    assert client.post(attach(case), sent()).status_code == 403
    assert not Document.objects.exists()


def test_a_document_for_a_meeting_says_who_reads_it(cast: Cast, as_person: AsPerson) -> None:
    _, meeting = conference(cast)
    address = reverse("papers:attach_to_meeting", args=[meeting.pk])
    police = as_person(cast.police_officer)
    assert "Choose who reads it" in police.post(address, sent()).content.decode()
    assert police.post(address, sent("custody.pdf", readers="work")).status_code == 302
    assert police.post(address, sent("summary.pdf", readers="table")).status_code == 302
    page = as_person(cast.teacher).get(reverse("papers:meeting", args=[meeting.pk])).content.decode()
    assert "summary.pdf" in page
    assert "custody.pdf" not in page
