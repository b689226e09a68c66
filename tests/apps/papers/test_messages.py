"""E-mails say that something waits and nothing else; each leaves once, or it is said that it may not have."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from openmash.apps.papers.actions.giving import give_paper, keep_paper
from openmash.apps.papers.actions.messages import claim_message, send_next, write_messages
from openmash.apps.papers.models import Message
from openmash.apps.papers.queries.of_a_meeting import how_it_stands, papers_of_meeting
from tests.apps.casework import working
from tests.apps.papers.writing import HELD, LATER, adopted_letters, conference, ended
from tests.cast import Cast, make_cast

BACKEND = "tests.apps.papers.test_messages.Failing"


class Failing(EmailBackend):
    """A mail server on which something goes wrong."""

    opening: Exception | None = None
    sending: Exception | None = None

    def open(self) -> bool:
        if Failing.opening:
            raise Failing.opening
        return True

    def send_messages(self, messages: Any) -> int:
        if Failing.sending:
            raise Failing.sending
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def sends(settings: Any) -> None:
    settings.OPENMASH_SENDS_EMAIL = True
    Failing.opening = Failing.sending = None


def recipients() -> list[str]:
    return sorted(each.to[0] for each in mail.outbox)


def test_whoever_is_invited_is_told_once_and_learns_nothing_from_it(cast: Cast) -> None:
    _, meeting = conference(cast)
    call_command("send_messages")
    call_command("send_messages")
    invited = {each.person.email for each in meeting.invitation_set.select_related("person")}
    assert recipients() == sorted(invited - {cast.social_worker.email})
    for each in mail.outbox:
        said = f"{each.subject} {each.body}"
        assert "/work/" in said
        for personal in ("Winter", "conference", "child", "protection", "Millbrook", cast.teacher.name):
            assert personal not in said
    stands = {
        each.invitation.person: each.email
        for each in papers_of_meeting(meeting.pk, by=cast.chair, now=HELD).asked
    }
    assert stands[cast.teacher] == "Told by e-mail."


def test_what_is_over_is_told_to_nobody(cast: Cast) -> None:
    ended(cast)
    assert write_messages(now=HELD) == 0


def test_whoever_is_given_a_paper_is_told(cast: Cast) -> None:
    _, meeting = ended(cast)
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    give_paper(
        paper_id=paper.pk,
        people=[cast.teacher],
        family=["The child"],
        parts=["came"],
        reason="He is in her class.",
        by=cast.chair,
        now=HELD,
    )
    call_command("send_messages")
    assert recipients() == [cast.teacher.email]


def test_a_clock_that_ran_out_is_told_to_whoever_leads_the_work(cast: Cast) -> None:
    working.led(cast)
    call_command("send_what_is_due")
    call_command("send_messages")
    assert Message.objects.filter(notice__isnull=False).count() == len(mail.outbox) > 0
    assert set(recipients()) == {cast.social_worker.email}


def test_where_no_mail_server_is_set_up_nothing_leaves_and_the_page_says_so(
    cast: Cast, settings: Any
) -> None:
    settings.OPENMASH_SENDS_EMAIL = False
    _, meeting = conference(cast)
    with pytest.raises(CommandError):
        call_command("send_messages")
    assert mail.outbox == []
    asked = papers_of_meeting(meeting.pk, by=cast.chair, now=HELD).asked
    assert {each.email for each in asked} == {"No e-mail was sent: none is set up here."}


def test_a_mail_server_that_is_away_is_tried_again(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = BACKEND
    conference(cast)
    Failing.opening = ConnectionRefusedError()
    call_command("send_messages")
    assert Message.objects.filter(sent_at__isnull=False).count() == 0
    Failing.opening = None
    call_command("send_messages")
    assert Message.objects.filter(sent_at__isnull=True).count() == 0
    assert len(recipients()) == len(set(recipients())) == Message.objects.count()


@pytest.mark.parametrize("broken", [TimeoutError(), smtplib.SMTPServerDisconnected("gone")])
def test_one_that_broke_off_is_not_sent_again_and_shown_as_not_known(
    cast: Cast, settings: Any, broken: Exception
) -> None:
    settings.EMAIL_BACKEND = BACKEND
    conference(cast)
    write_messages(now=LATER)
    Failing.sending = broken
    message = send_next(now=LATER)
    assert message is not None
    Failing.sending = None
    call_command("send_messages")
    message.refresh_from_db()
    assert message.to.email not in recipients()
    assert "not known" in how_it_stands(message)


def test_one_that_was_refused_is_shown_as_not_sent(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = BACKEND
    conference(cast)
    write_messages(now=LATER)
    Failing.sending = smtplib.SMTPDataError(550, b"no such mailbox")
    message = send_next(now=LATER)
    assert message is not None
    message.refresh_from_db()
    assert "could not be sent" in how_it_stands(message)


def test_the_database_does_not_let_a_message_be_sent_twice(cast: Cast) -> None:
    conference(cast)
    call_command("send_messages")
    message = Message.objects.first()
    assert message is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(claimed_at=None, sent_at=None)


def test_four_workers_send_each_once(transactional_db: None) -> None:
    cast = make_cast()
    adopted_letters()
    for _ in range(3):
        conference(cast)

    def work(_: int) -> list[Any]:
        taken = []
        try:
            write_messages(now=HELD)
            while (message := claim_message(now=HELD)) is not None:
                taken.append(message.pk)
        finally:
            connections.close_all()
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [each for worker in pool.map(work, range(4)) for each in worker]
    assert len(taken) == len(set(taken)) == Message.objects.count() > 0
