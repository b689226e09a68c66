"""What a paper says, made from what was recorded: nobody types it a second time.

A paper is a dictionary, kept as JSON: "title"; "facts", pairs of a word and its value that every reader gets; and
"parts", each with "key", "label", "child" (its name, or empty) and "blocks" of "heading", "by", "text", "items".
Keys: "came", "dissent", "agency:<invitation>", "child:<case>". A part is what can be given to somebody by itself.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.apps.casework.actions.meetings import cases_of, decision_standing
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import AgencyEntry, Case, Invitation, Meeting, MeetingHeld, View
from openmash.apps.casework.pathway import MOVES
from openmash.apps.casework.rules import WHOSE
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.unborn import name_of
from openmash.apps.directory.models import Person

Content = dict[str, Any]
CAME, DISSENT, AGENCY, CHILD = "came", "dissent", "agency", "child"
DECIDED = {move.event: move.has_happened for move in MOVES if move.outcome}


def day(when: date | datetime) -> str:
    """`24 November 2026`, in England's time."""
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return format_date(local, "j F Y")


def moment(when: datetime) -> str:
    """`Tuesday 24 November 2026 at 2:30pm`."""
    local = timezone.localtime(when)
    clock = format_date(local, "g:i" if local.minute else "g")
    return f"{format_date(local, 'l j F Y')} at {clock}{'am' if local.hour < 12 else 'pm'}"


def somebody(person: Person) -> str:
    """`Grace Adeyinka, Teacher, Millbrook Primary School`."""
    return f"{person.name}, {person.job_title}, {person.agency.name}"


def reports(meeting: Meeting) -> Content:
    """What each agency wrote before the meeting was held, or would be."""
    held = _held(meeting)
    entries = _entries(meeting)
    before = [each for each in entries if held is None or each.at < held.held_at]
    parts = [
        _part(
            f"{AGENCY}:{invitation.pk}",
            f"What {invitation.person.agency.name} wrote",
            [_said(e) for e in theirs],
        )
        for invitation, theirs in _by_invitation(meeting, before)
    ]
    return _paper("Reports", meeting, held, parts)


def minutes(meeting: Meeting) -> Content:
    """Who came, what each agency said, and for each child what it said, what was decided, why, and by whom what
    is done; and who disagrees.
    """
    held = _held(meeting)
    agencies = [
        _part(
            f"{AGENCY}:{invitation.pk}",
            f"What {invitation.person.agency.name} said",
            [_said(e) for e in theirs],
        )
        for invitation, theirs in _by_invitation(meeting, _entries(meeting))
    ]
    parts = [_part(CAME, "Who was there", list(_came(meeting, held)))]
    parts += agencies
    parts += [_of_child(meeting, case) for case in cases_of(meeting)]
    disagree = [
        _block(f"{each.by.agency.name} disagrees", by=_signed(each), text=each.text)
        for each in meeting.dissent_set.select_related("by__agency")
    ]
    if disagree:
        parts.append(_part(DISSENT, "Who disagrees, and why", disagree))
    return _paper("Minutes", meeting, held, parts)


def only(content: Content, keys: Collection[str]) -> Content:
    """A paper with only these parts."""
    return {**content, "parts": [part for part in content["parts"] if part["key"] in keys]}


def digest_of(content: Content) -> str:
    """By which two papers are known to say the same: SHA-256 in hexadecimal."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def keys_of(content: Content) -> list[str]:
    """The keys of a paper's parts, in order."""
    return [part["key"] for part in content["parts"]]


def _paper(what: str, meeting: Meeting, held: MeetingHeld | None, parts: list[Content]) -> Content:
    when = ["Held", moment(held.held_at)] if held else ["Planned for", moment(meeting.planned_for)]
    facts = [
        when,
        ["Called by", somebody(meeting.called_by)],
        *([["Held and recorded by", somebody(held.by)]] if held else []),
        ["Why it was called", meeting.purpose],
    ]
    ended = meeting.meetingended_set.first()
    if ended is not None and ended.summary:
        facts.append(["What everybody should know", ended.summary])
    return {"title": f"{what}: {MEETINGS[meeting.kind].label.lower()}", "facts": facts, "parts": parts}


def _part(key: str, label: str, blocks: list[Content], child: str = "") -> Content:
    return {"key": key, "label": label, "child": child, "blocks": blocks}


def _block(heading: str, *, by: str = "", text: str = "", items: list[str] | None = None) -> Content:
    return {"heading": heading, "by": by, "text": text, "items": items or []}


def _held(meeting: Meeting) -> MeetingHeld | None:
    return meeting.meetingheld_set.select_related("by__agency").first()


def _entries(meeting: Meeting) -> list[AgencyEntry]:
    return list(meeting.agencyentry_set.select_related("by__agency"))


def _by_invitation(
    meeting: Meeting, entries: list[AgencyEntry]
) -> Iterator[tuple[Invitation, list[AgencyEntry]]]:
    for invitation in meeting.invitation_set.select_related("person__agency"):
        theirs = [each for each in entries if each.invitation_id == invitation.pk]
        if theirs:
            yield invitation, theirs


def _said(entry: AgencyEntry) -> Content:
    return _block("", by=_signed(entry), text=entry.text)


def _signed(row: Any) -> str:
    return f"{somebody(row.by)}, {moment(row.at)}"


def _came(meeting: Meeting, held: MeetingHeld | None) -> Iterator[Content]:
    there: list[str] = []
    not_there: list[str] = []
    for each in meeting.invitation_set.select_related("person__agency", "attendance"):
        attendance = getattr(each, "attendance", None)
        note = f": {attendance.note}" if attendance and attendance.note else ""
        (there if attendance and attendance.came else not_there).append(f"{somebody(each.person)}{note}")
    yield _block("There", items=there)
    if not_there:
        yield _block("Invited, and not there", items=not_there)
    if held and held.missing:
        yield _block("The meeting lacked", items=list(held.missing))
    if held and held.not_applying:
        yield _block(
            "Not needed for these children", items=[f"{n}: {why}" for n, why in held.not_applying.items()]
        )


def _of_child(meeting: Meeting, case: Case) -> Content:
    name = name_of(case)
    blocks = [_view(view) for view in views_at(meeting, case)]
    decision = decision_standing(meeting, case)
    if decision is None:
        blocks.append(_block("What was decided", text="Nothing has been decided yet."))
    else:
        words = DECIDED.get(f"{MEETINGS[meeting.kind].decide}:{decision.outcome}", decision.outcome)
        if decision.goes_on:
            words += f": {MEANINGS[Stage(decision.goes_on)].label}"
        if decision.category:
            words += f". Category: {decision.get_category_display()}"
        blocks.append(_block("What was decided", by=_signed(decision), text=words))
        blocks.append(_block("Why", text=decision.rationale))
        if not decision.quorate:
            blocks.append(
                _block("Why it was decided though somebody was missing", text=decision.not_quorate_because)
            )
        if decision.lower_because:
            blocks.append(
                _block("Why it is lower than the published threshold says", text=decision.lower_because)
            )
        if decision.takes_two:
            blocks.append(_second(decision))
    actions = [f"{each.what}: {each.owner}, by {day(each.due_on)}" for each in _actions(meeting, case)]
    if actions:
        blocks.append(_block("What was agreed to be done", items=actions))
    return _part(f"{CHILD}:{case.pk}", f"{name}: what was said, decided and agreed", blocks, child=name)


def _second(decision: Any) -> Content:
    if decision.word is None:
        return _block("The second person", text="Nobody has agreed yet, so it has not taken effect.")
    return _block("The second person agreed", by=_signed(decision.word), text=decision.word.reason)


def _actions(meeting: Meeting, case: Case) -> Any:
    return meeting.actions.filter(case=case)


def views_at(meeting: Meeting, case: Case) -> list[View]:
    """What the child and the parents said when this meeting decided, or why nobody could ask."""
    decision = decision_standing(meeting, case)
    if decision is None:
        return []
    given = [(whose, decision.written[whose]) for whose in WHOSE if whose in decision.written]
    return [View(case=case, whose=whose, by=decision.by, at=decision.at, **said) for whose, said in given]


def _view(view: View) -> Content:
    who = "The child" if view.whose == "child" else "The parents or carers"
    if view.text:
        return _block(f"{who} said", text=view.text)
    return _block(f"What {who.lower()} said was not obtained, because", text=view.not_obtained_because)
