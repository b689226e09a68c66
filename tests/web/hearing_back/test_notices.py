"""An e-mail says that an answer waits, and nothing else. Whatever becomes of it, the answer is kept."""

import logging

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from openmash.apps.concerns.account import Raiser
from openmash.apps.concerns.actions.disagreeing import disagree, reply_to_disagreement
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.states import State
from openmash.apps.directory.models import Person
from tests.cast import Cast, account
from tests.web.hearing_back.stages import answered, screen_again, unsafe
from tests.web.screening import stages

NOTHING_OF = ("Winter", "Alex", "Millbrook", "decided", "level", "child")


class Failing(BaseEmailBackend):
    """A mail server that is down, and says so with an address in it."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("could not deliver to teacher@example.org about Alex")


def test_an_account_is_told_that_an_answer_waits(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    contact = stages.decided(cast)
    with django_capture_on_commit_callbacks(execute=True):
        answered(cast, contact, text="What we decided for Alex.")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["teacher@example.org"], "You have an answer")
    assert f"You have an answer to {contact.reference}." in letter.body
    assert "http://127.0.0.1:8000/hearing-back/" in letter.body
    assert not [word for word in NOTHING_OF if word in f"{letter.subject} {letter.body}"]


def test_nothing_is_sent_before_the_answer_is_kept(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    contact = stages.decided(cast)
    with django_capture_on_commit_callbacks() as waiting:
        answered(cast, contact, text="What we decided.")
    assert (len(waiting), mail.outbox) == (1, [])


@pytest.mark.parametrize(
    ("left", "to"),
    [("kim@example.org", ["kim@example.org"]), (" kim@example.org ", ["kim@example.org"])]
    + [
        (text, [])
        for text in ("", "07700 900123", "kim@example.org or 07700 900123", "a@b", "x@y.z\nBcc: a@b.org")
    ],
)
def test_somebody_without_an_account_is_told_where_to_use_their_code(
    cast: Cast,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    left: str,
    to: list[str],
) -> None:
    told = account(cast, "B10", raiser=Raiser(source="neighbour", name="Kim", contact=left))
    raised = raise_concern(account=told, by=None, now=stages.ago(50))
    with django_capture_on_commit_callbacks(execute=True):
        screen_again(cast, raised.contact)
    assert [letter.to for letter in mail.outbox] == ([to] if to else [])
    for letter in mail.outbox:
        assert "http://127.0.0.1:8000/hearing-back/find/" in letter.body
        assert "reference and code" in letter.body
        hidden = (*NOTHING_OF, "Kim", raised.code, raised.contact.reference, "Partnership")
        assert not [word for word in hidden if word in letter.body]


def test_an_unsafe_answer_sends_nothing(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        unsafe(cast)
    assert mail.outbox == []


def test_a_closed_account_is_not_written_to(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    contact = stages.decided(cast)
    Person.objects.filter(pk=cast.teacher.pk).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        answered(cast, Contact.objects.get(pk=contact.pk), text="What we decided.")
    assert mail.outbox == []


@pytest.mark.parametrize("outcome", ["stands", "decide_again"])
def test_an_answer_to_a_disagreement_is_told_to_whoever_disagreed_too(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, outcome: str
) -> None:
    contact = stages.answered(cast)
    disagree(contact_id=contact.pk, reason="Worse.", by=cast.safeguarding_lead, now=timezone.now())
    contact.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        reply_to_disagreement(
            contact_id=contact.pk,
            seen_version=contact.version,
            outcome=outcome,
            reason="We looked again.",
            by=cast.second_screener,
            now=timezone.now(),
        )
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "safeguarding.lead@example.org",
        "teacher@example.org",
    ]


def test_a_mail_server_that_fails_neither_loses_nor_undoes_the_answer(
    cast: Cast,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    contact = stages.decided(cast)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        answered(cast, contact, text="What we decided.")
    contact.refresh_from_db()
    assert contact.state == State.ANSWERED
    assert f"No notice could be sent about {contact.pk}: ConnectionRefusedError" in caplog.text
    assert "example.org" not in caplog.text
    assert "Alex" not in caplog.text
