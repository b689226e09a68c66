"""Everything that happened on contacts, and to the links between them: each with when, by whom, and its record.

Unscoped: callers hand in contacts their reader may see. Read from the records themselves, which say who and when;
the audit log is for checking, not for features.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q

from openmash.apps.concerns.models import (
    Acknowledgement,
    Answer,
    AskedElsewhere,
    Contact,
    Decision,
    Disagreement,
    FactRecorded,
    FollowUp,
    FollowUpDone,
    Information,
    Reply,
    SecondWord,
    SignRecorded,
    SignWithdrawn,
)
from openmash.apps.directory.models import Person
from openmash.apps.families.models import HouseholdSaid, Link, NotSame, NotSameTakenBack, Unlink


class Group(StrEnum):
    """What an event is about, for reading only some of them."""

    TOLD = "told"
    DECIDED = "decided"
    DISAGREED = "disagreed"
    FOLLOWED_UP = "followed_up"
    LINKED = "linked"


class What(StrEnum):
    """What happened. The value is the name of the action that did it."""

    RAISE = "raise_concern"
    ASK = "ask_advice"
    INFORMATION = "add_information"
    SIGN = "record_sign"
    WITHDRAWN = "withdraw_sign"
    FACT = "record_fact"
    DECISION = "decide"
    SECOND_WORD = "second_word"
    ANSWER = "answer"
    READ = "acknowledge"
    DISAGREEMENT = "disagree"
    REPLY = "reply_to_disagreement"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_DONE = "finish_follow_up"
    LINK = "say_same"
    UNLINK = "undo_link"
    NOT_SAME = "say_not_same"
    TAKEN_BACK = "take_back_not_same"
    HOUSEHOLD = "say_household"
    ASKED = "ask_front_door"
    ASKED_ANSWERED = "answer_front_door"


GROUPS: dict[What, Group] = {
    **dict.fromkeys(
        (What.RAISE, What.ASK, What.INFORMATION, What.SIGN, What.WITHDRAWN, What.FACT), Group.TOLD
    ),
    **dict.fromkeys((What.DECISION, What.SECOND_WORD, What.ANSWER, What.READ), Group.DECIDED),
    **dict.fromkeys((What.DISAGREEMENT, What.REPLY), Group.DISAGREED),
    **dict.fromkeys((What.FOLLOW_UP, What.FOLLOW_UP_DONE), Group.FOLLOWED_UP),
    **dict.fromkeys((What.LINK, What.UNLINK, What.NOT_SAME, What.TAKEN_BACK, What.HOUSEHOLD), Group.LINKED),
    **dict.fromkeys((What.ASKED, What.ASKED_ANSWERED), Group.LINKED),
}

TABLES: dict[What, tuple[Any, tuple[str, ...]]] = {
    What.INFORMATION: (Information, ()),
    What.WITHDRAWN: (SignWithdrawn, ("sign",)),
    What.DECISION: (Decision, ()),
    What.SECOND_WORD: (SecondWord, ("decision",)),
    What.ANSWER: (Answer, ()),
    What.READ: (Acknowledgement, ()),
    What.DISAGREEMENT: (Disagreement, ()),
    What.REPLY: (Reply, ()),
    What.FOLLOW_UP_DONE: (FollowUpDone, ("follow_up",)),
}
"""Tables whose rows each are an event of their own, with what to read along."""


@dataclass(frozen=True)
class Event:
    """One thing that happened. Without `by` a member of the public did it; a follow-up is set by the threshold.

    `in_their_words` is False where the words may speak of a contact that the reader may not see.
    """

    what: What
    at: datetime
    contact: Contact
    by: Person | None
    record: Any
    in_their_words: bool = True

    @property
    def group(self) -> Group:
        return GROUPS[self.what]


def events_of(contacts: Collection[Contact]) -> list[Event]:
    """Everything that happened on these contacts, oldest first."""
    by_id = {contact.pk: contact for contact in contacts}
    found = [*_told(by_id), *_on_contacts(by_id), *_follow_ups(by_id), *_who_is_who(by_id)]
    return sorted(found, key=lambda event: event.at)


def _told(contacts: dict[UUID, Contact]) -> Iterator[Event]:
    for contact in contacts.values():
        what = What.ASK if contact.kind == "advice" else What.RAISE
        yield Event(what, contact.received_at, contact, contact.raised_by, contact)


def _on_contacts(contacts: dict[UUID, Contact]) -> Iterator[Event]:
    for what, (model, along) in TABLES.items():
        for row in model.objects.filter(contact__in=contacts).select_related("by__agency", *along):
            yield Event(what, row.at, contacts[row.contact_id], row.by, row)
    for sign in SignRecorded.objects.filter(contact__in=contacts, by_front_door=True).select_related(
        "by__agency"
    ):
        yield Event(What.SIGN, sign.at, contacts[sign.contact_id], sign.by, sign)
    for fact in FactRecorded.objects.filter(contact__in=contacts).select_related("by__agency"):
        contact = contacts[fact.contact_id]
        if fact.at != contact.received_at:  # what was answered when it was raised belongs to that
            yield Event(What.FACT, fact.at, contact, fact.by, fact)


def _follow_ups(contacts: dict[UUID, Contact]) -> Iterator[Event]:
    for row in FollowUp.objects.filter(contact__in=contacts):
        yield Event(What.FOLLOW_UP, row.at, contacts[row.contact_id], None, row)


def _who_is_who(contacts: dict[UUID, Contact]) -> Iterator[Event]:
    """Who said that people or households are the same, or not: only where both sides may be seen."""
    rows = [*_links(contacts), *_told_apart(contacts), *_households(contacts)]
    people = Person.objects.select_related("agency").in_bulk(
        {row.by_id for _what, _contact, row, _words in rows if row.by_id is not None}
    )
    for what, contact, row, words in rows:
        yield Event(what, row.at, contact, people.get(row.by_id), row, words)
    yield from _asked(contacts)


def _asked(contacts: dict[UUID, Contact]) -> Iterator[Event]:
    """That a front door was asked, and what it answered: once each, however many records there are alike."""
    told: set[tuple[object, ...]] = set()
    asked = AskedElsewhere.objects.filter(contact__in=contacts).select_related(
        "locality", "answered__by__agency"
    )
    for each in asked:
        contact, answered = contacts[each.contact_id], getattr(each, "answered", None)
        found: list[tuple[tuple[object, ...], Event]] = [
            ((contact.pk, each.locality_id), Event(What.ASKED, each.at, contact, None, each, False))
        ]
        if answered is not None:
            event = Event(What.ASKED_ANSWERED, answered.at, contact, answered.by, answered, False)
            found.append(((contact.pk, each.locality_id, answered.outcome), event))
        yield from (event for key, event in found if key not in told)
        told |= {key for key, _event in found}


Said = tuple[What, Contact, Any, bool]
"""What was said, on which contact, its row, and whether its words may be shown."""


def _links(contacts: dict[UUID, Contact]) -> Iterator[Said]:
    """Links with another contact that may be seen; in their words only if there is no other it could be about.

    Two descriptions linked to each other at one moment are one event, on the later contact; its record are the rows.
    """
    links = list(Link.objects.filter(description__contact_id__in=contacts).select_related("description"))
    others = _everywhere({link.known_person_id for link in links})
    undone = Unlink.objects.filter(link__in=links).select_related("link__description")
    unlinks = {each.link_id: each for each in undone}
    together: dict[tuple[UUID, datetime], list[Link]] = {}
    for link in links:
        here = link.description.contact_id
        beside = others[link.known_person_id] - {here}
        if beside & contacts.keys():
            together.setdefault((link.known_person_id, link.at), []).append(link)
            if link.pk in unlinks:
                yield What.UNLINK, contacts[here], unlinks[link.pk], beside <= contacts.keys()
    for (person, _at), rows in together.items():
        rows.sort(key=lambda link: contacts[link.description.contact_id].received_at)
        last = contacts[rows[-1].description.contact_id]
        yield What.LINK, last, LinkMade(rows[-1], tuple(rows)), others[person] <= contacts.keys()


@dataclass(frozen=True)
class LinkMade:
    """One or two descriptions linked to a known person at one moment, the later contact's last."""

    last: Link
    rows: tuple[Link, ...]

    @property
    def at(self) -> datetime:
        return self.last.at

    @property
    def by_id(self) -> int | None:
        return self.last.by_id


def _everywhere(people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each known person every contact they were ever linked on."""
    found: dict[UUID, set[UUID]] = {}
    rows = Link.objects.filter(known_person__in=people)
    for person, contact in rows.values_list("known_person_id", "description__contact_id"):
        found.setdefault(person, set()).add(contact)
    return found


def _told_apart(contacts: dict[UUID, Contact]) -> Iterator[Said]:
    both = Q(one__contact_id__in=contacts, other__contact_id__in=contacts)
    for said in NotSame.objects.filter(both).select_related("one", "other"):
        yield What.NOT_SAME, contacts[said.one.contact_id], said, True
    for back in NotSameTakenBack.objects.filter(
        not_same__one__contact_id__in=contacts, not_same__other__contact_id__in=contacts
    ).select_related("not_same__one", "not_same__other"):
        yield What.TAKEN_BACK, contacts[back.not_same.one.contact_id], back, True


def _households(contacts: dict[UUID, Contact]) -> Iterator[Said]:
    for said in HouseholdSaid.objects.filter(contact_id__in=contacts, earlier_id__in=contacts):
        yield What.HOUSEHOLD, contacts[said.contact_id], said, True
