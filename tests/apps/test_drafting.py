"""A new version from its beginning to its adoption: who may do what, in which order, with which reasons."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.directory.models import Person
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.actions.drafting import (
    adopt_draft,
    begin_draft,
    return_draft,
    revise_draft,
    send_draft,
    set_draft_aside,
)
from openmash.apps.policy.draft_states import DRAFT_MOVES, DraftState
from openmash.apps.policy.errors import DraftChangedMeanwhile, DraftMoveNotPossible
from openmash.apps.policy.models import AdoptedPolicy, Draft, DraftMove, Revision
from openmash.apps.policy.queries import in_force
from openmash.apps.policy.queries.checking import prove, proved
from openmash.apps.policy.queries.drafts import (
    adoptions_visible_to,
    drafts_visible_to,
    last_revision,
    open_draft,
    revised_so,
    state_of,
)
from openmash.engines.thresholds import PolicyErrors
from openmash.engines.thresholds.text.editing import notes_of, table_of, with_notes, with_row, without_row
from tests.cast import MONDAY, Cast, policy_texts

FOUR = "4 or more level 3 signs at least suspected across 2 or more domains"
THREE = FOUR.replace("4", "3", 1)
APRIL = MONDAY.replace(year=2027, month=4, day=1, hour=0)
DECISION = "The partners met on 16 November and agreed to it."


def begun(cast: Cast, by: Person | None = None, version: str = "2027-04") -> Draft:
    return begin_draft(based_on_id=cast.policy.pk, version=version, by=by or cast.policy_lead, now=MONDAY)


def edited(texts: Mapping[str, str], file: str, key: str, **cells: str) -> dict[str, str]:
    table = table_of(texts, file)
    place = table.place(key)
    assert place is not None
    return with_row(texts, file, place, {**table.named(place), **cells})


def revise(
    draft: Draft, texts: Mapping[str, str], by: Person, reason: str = "As agreed.", seen: int = 0
) -> Revision:
    last = last_revision(draft).number
    return revise_draft(
        draft_id=draft.pk,
        texts=texts,
        reason=reason,
        seen=seen or last,
        by=by,
        now=MONDAY + timedelta(minutes=last),
    )


def change(
    draft: Draft, by: Person, file: str, key: str, reason: str = "As agreed.", **cells: str
) -> Revision:
    return revise(draft, edited(last_revision(draft).texts, file, key, **cells), by, reason)


def with_four(cast: Cast) -> Draft:
    """C3 asks for four, and the example that had three has been agreed anew."""
    draft = begun(cast)
    change(draft, cast.policy_lead, "rules.csv", "C3", when=FOUR)
    change(
        draft,
        cast.policy_lead,
        "examples.csv",
        "three_serious",
        signs="B04 seen; B13 said; B20 confirmed; B01 seen",
    )
    return draft


def send(draft: Draft, by: Person) -> DraftMove:
    return send_draft(draft_id=draft.pk, words="For the board.", by=by, now=MONDAY)


def adopt_it(draft: Draft, by: Person, **given: object) -> AdoptedPolicy:
    whole = {"in_force_from": APRIL, "decision": DECISION, "seen": last_revision(draft).number, **given}
    return adopt_draft(draft_id=draft.pk, by=by, now=MONDAY, **whole)  # type: ignore[arg-type]


# --- the whole way ---


def test_from_the_beginning_to_the_adoption(cast: Cast) -> None:
    draft = with_four(cast)
    send(draft, cast.policy_lead)
    adopted = adopt_it(draft, cast.partner)
    assert (adopted.version, adopted.decision, adopted.adopted_by_id) == (
        "2027-04",
        DECISION,
        cast.partner.pk,
    )
    assert state_of(draft) is DraftState.ADOPTED
    move = draft.moves.get(state=DraftState.ADOPTED)
    assert move.adopted == adopted and any("Proved" in line or "proved" in line for line in move.report)
    assert in_force(MONDAY).policy.version == "2026-11"
    assert in_force(APRIL).policy.version == "2027-04"
    verbs = list(Event.objects.filter(subject_kind="draft").order_by("id").values_list("verb", flat=True))
    assert verbs == ["begin_draft", "revise_draft", "revise_draft", "send_draft", "adopt_draft"]
    [newest, _first] = adoptions_visible_to(cast.manager, MONDAY)
    assert (newest.version, newest.by, newest.draft_id) == ("2027-04", "Partner", draft.pk)


# --- who may ---


@pytest.mark.parametrize("part", ["teacher", "screener", "safeguarding_lead", "adviser"])
def test_others_see_no_drafts(cast: Cast, part: str) -> None:
    draft = begun(cast)
    for look in (
        lambda by: drafts_visible_to(by, MONDAY),
        lambda by: adoptions_visible_to(by, MONDAY),
        lambda by: open_draft(draft.pk, by=by, now=MONDAY),
    ):
        with pytest.raises(Refused, match="those who lead on the threshold"):
            look(cast.people[part])


@pytest.mark.parametrize("part", ["teacher", "screener", "manager"])
def test_others_write_nothing(cast: Cast, part: str) -> None:
    draft, by = begun(cast), cast.people[part]
    with pytest.raises(Refused):
        begun(cast, by, "2028-01")
    with pytest.raises(Refused):
        change(draft, by, "rules.csv", "C3", when=FOUR)
    with pytest.raises(Refused):
        send(draft, by)
    assert draft.revisions.count() == 1 and not draft.moves.exists()


@pytest.mark.parametrize("part", ["policy_lead", "head", "manager", "screener"])
def test_nobody_but_a_partner_adopts(cast: Cast, part: str) -> None:
    draft = with_four(cast)
    send(draft, cast.head)
    with pytest.raises(Refused, match="delegated safeguarding partner"):
        adopt_it(draft, cast.people[part])
    with pytest.raises(Refused):
        open_draft(draft.pk, by=cast.people[part], now=MONDAY, to="adopt_draft")


def test_whoever_wrote_in_it_does_not_adopt_it(cast: Cast) -> None:
    draft = with_four(cast)
    change(draft, cast.partner, "signs.csv", "A10", note="Ask kindly what would help.")
    send(draft, cast.policy_lead)
    with pytest.raises(DraftMoveNotPossible, match="another person"):
        adopt_it(draft, cast.partner)
    assert "adopt_draft" not in open_draft(draft.pk, by=cast.partner, now=MONDAY).may
    assert "adopt_draft" in open_draft(draft.pk, by=cast.second_partner, now=MONDAY).may


def test_whoever_sent_it_once_does_not_adopt_it_when_another_sends_it_again(cast: Cast) -> None:
    draft = with_four(cast)
    send(draft, cast.partner)
    return_draft(draft_id=draft.pk, words="Look again.", by=cast.head, now=MONDAY)
    send(draft, cast.policy_lead)
    with pytest.raises(DraftMoveNotPossible, match="another person"):
        adopt_it(draft, cast.partner)


def test_whoever_began_or_sent_it_does_not_adopt_it(cast: Cast) -> None:
    draft = begun(cast, cast.partner)
    send(draft, cast.second_partner)
    for by in (cast.partner, cast.second_partner):
        with pytest.raises(DraftMoveNotPossible, match="another person"):
            adopt_it(draft, by)
        assert "adopt_draft" not in open_draft(draft.pk, by=by, now=MONDAY).may
    assert not draft.moves.filter(state=DraftState.ADOPTED).exists()


# --- what is refused ---


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("", "Name the version"),
        ('2027"', "Name the version"),
        ("2026-11", "already"),
        (" 2027-04 ", "already"),
    ],
)
def test_a_version_needs_a_name_of_its_own(cast: Cast, version: str, said: str) -> None:
    begun(cast)
    with pytest.raises(DraftMoveNotPossible, match=said) as refused:
        begun(cast, version=version)
    assert refused.value.field == "version"


def test_a_change_needs_a_reason_and_must_change_something(cast: Cast) -> None:
    draft = begun(cast)
    with pytest.raises(DraftMoveNotPossible, match="Say why") as refused:
        change(draft, cast.policy_lead, "rules.csv", "C3", reason="  ", when=FOUR)
    assert refused.value.field == "reason"
    with pytest.raises(DraftMoveNotPossible, match="Nothing was changed"):
        change(draft, cast.policy_lead, "rules.csv", "C3", when=THREE)
    assert draft.revisions.count() == 1


def test_what_makes_no_policy_is_not_kept(cast: Cast) -> None:
    draft = begun(cast)
    with pytest.raises(PolicyErrors, match="not a sentence"):
        change(draft, cast.policy_lead, "rules.csv", "C3", when="fewer than 3 signs")
    with pytest.raises(PolicyErrors, match="spreadsheet takes for a formula"):
        change(draft, cast.policy_lead, "rules.csv", "C3", reason="=1+1", when=FOUR)
    assert draft.revisions.count() == 1


def test_a_draft_keeps_its_version(cast: Cast) -> None:
    draft = begun(cast)
    texts = last_revision(draft).texts
    other = {**texts, "policy.toml": texts["policy.toml"].replace('"2027-04"', '"2028-01"')}
    with pytest.raises(DraftMoveNotPossible, match="begin another draft"):
        revise(draft, other, cast.policy_lead)


def test_the_later_of_two_people_overwrites_nothing(cast: Cast) -> None:
    draft = begun(cast)
    before = last_revision(draft).texts
    change(draft, cast.head, "rules.csv", "C4a", note="Looked at again.")
    with pytest.raises(DraftChangedMeanwhile, match="Head changed this draft"):
        revise(draft, edited(before, "rules.csv", "C3", when=FOUR), cast.policy_lead, seen=1)
    with pytest.raises(DraftChangedMeanwhile):
        send_draft(draft_id=draft.pk, words="Go.", by=cast.policy_lead, now=MONDAY, seen=1)
    assert draft.revisions.count() == 2 and not draft.moves.exists()


def test_the_very_same_change_is_known_again_and_another_is_not(cast: Cast) -> None:
    draft = begun(cast)
    before = last_revision(draft).texts
    mine = edited(before, "rules.csv", "C3", when=FOUR)
    revise(draft, mine, cast.policy_lead)
    other = edited(before, "rules.csv", "C4a", note="Another tab, the same reason.")
    assert revised_so(draft.pk, mine, seen=1, reason=" As agreed. ", by=cast.policy_lead)
    assert not revised_so(draft.pk, other, seen=1, reason="As agreed.", by=cast.policy_lead)
    assert not revised_so(draft.pk, mine, seen=1, reason="As agreed.", by=cast.head)
    assert not revised_so(draft.pk, mine, seen=2, reason="As agreed.", by=cast.policy_lead)


@pytest.mark.parametrize("state", list(DraftState))
def test_only_the_moves_of_the_table_are_made(cast: Cast, state: DraftState) -> None:
    draft = with_four(cast)
    if state in (DraftState.SENT, DraftState.ADOPTED):
        send(draft, cast.policy_lead)
    if state is DraftState.ADOPTED:
        adopt_it(draft, cast.second_partner)
    if state is DraftState.SET_ASIDE:
        set_draft_aside(draft_id=draft.pk, words="No longer wanted.", by=cast.policy_lead, now=MONDAY)
    allowed = {move.verb for move in DRAFT_MOVES if move.before is state}
    assert open_draft(draft.pk, by=cast.partner, now=MONDAY).may == allowed
    deeds = {
        "revise_draft": lambda: change(draft, cast.partner, "rules.csv", "C4a", note="Again."),
        "send_draft": lambda: send(draft, cast.partner),
        "return_draft": lambda: return_draft(
            draft_id=draft.pk, words="Once more.", by=cast.partner, now=MONDAY
        ),
        "adopt_draft": lambda: adopt_it(draft, cast.partner),
        "set_draft_aside": lambda: set_draft_aside(
            draft_id=draft.pk, words="No.", by=cast.partner, now=MONDAY
        ),
    }
    for verb, deed in deeds.items():
        if verb not in allowed:
            with pytest.raises(DraftMoveNotPossible):
                deed()


# --- reasons ---


def test_a_reason_stands_against_every_row_that_changed(cast: Cast) -> None:
    draft = begun(cast)
    texts = edited(last_revision(draft).texts, "rules.csv", "C3", when=FOUR)
    texts = edited(texts, "duties.csv", "hold_level", owner="The front door")
    revise(draft, texts, cast.policy_lead, "Both were asked for.")
    noted = notes_of(last_revision(draft).texts)
    assert noted == {
        ("rules.csv", "C3"): "Both were asked for.",
        ("duties.csv", "hold_level"): "Both were asked for.",
    }
    changes = open_draft(draft.pk, by=cast.manager, now=MONDAY).changes()
    assert {change.row for change in changes if change.reason} == {"C3", "hold_level"}


def test_the_reason_goes_when_the_row_is_again_as_it_was(cast: Cast) -> None:
    draft = begun(cast)
    change(draft, cast.policy_lead, "rules.csv", "C3", when=FOUR)
    change(draft, cast.policy_lead, "rules.csv", "C3", "It was a mistake.", when=THREE)
    assert notes_of(last_revision(draft).texts) == {}
    assert [r.reason for r in draft.revisions.all()][1:] == ["As agreed.", "It was a mistake."]


def test_taking_out_one_line_of_advice_says_nothing_of_those_below(cast: Cast) -> None:
    draft = begun(cast)
    revise(draft, without_row(last_revision(draft).texts, "advice.csv", 1), cast.policy_lead, "Said twice.")
    assert notes_of(last_revision(draft).texts) == {("advice.csv", "1 meanwhile"): "Said twice."}


def test_reasons_written_into_a_workbook_are_kept(cast: Cast) -> None:
    draft = begun(cast)
    texts = edited(last_revision(draft).texts, "rules.csv", "C3", when=FOUR)
    texts = edited(texts, "rules.csv", "C4a", note="Looked at again.")
    own = with_notes(
        texts, {("rules.csv", "C3"): "Its own reason.", ("signs.csv", "A01"): "Nothing changed."}
    )
    revise(draft, own, cast.policy_lead, "One for all.")
    assert notes_of(last_revision(draft).texts) == {
        ("rules.csv", "C3"): "Its own reason.",
        ("rules.csv", "C4a"): "One for all.",
    }


# --- adoption rests on a proof ---


def test_an_example_that_no_longer_holds_stands_in_the_way(cast: Cast) -> None:
    draft = begun(cast)
    change(draft, cast.policy_lead, "rules.csv", "C3", when=FOUR)
    send(draft, cast.policy_lead)
    with pytest.raises(DraftMoveNotPossible, match="three_serious: level to consider 4 was agreed"):
        adopt_it(draft, cast.partner)
    assert AdoptedPolicy.objects.count() == 1


def test_agreed_examples_that_were_taken_out_or_changed_are_kept_with_the_decision(cast: Cast) -> None:
    """An example that stands in the way can be taken out with a reason, and so nobody may overlook that it was."""
    draft = with_four(cast)
    texts = last_revision(draft).texts
    place = table_of(texts, "examples.csv").place("v04_anxious")
    assert place is not None
    revise(draft, without_row(texts, "examples.csv", place), cast.policy_lead, "No longer needed.")
    send(draft, cast.policy_lead)
    adopted = adopt_it(draft, cast.partner)
    report = "\n".join(draft.moves.get(state=DraftState.ADOPTED).report)
    assert "Agreed examples of version 2026-11 that are not there as they were:" in report
    assert "Agreed example v04_anxious removed. No longer needed. The case as it was agreed still" in report
    assert "Agreed example three_serious changed. As agreed. three_serious: level to consider 4 was" in report
    event = Event.objects.get(verb="adopt", subject_id=str(adopted.pk))
    assert event.detail["examples_not_kept"] == ["v04_anxious", "three_serious"]


def test_a_version_that_keeps_every_agreed_example_says_so(cast: Cast) -> None:
    draft = begun(cast)
    change(draft, cast.policy_lead, "rules.csv", "C3", note="Agreed again.")
    send(draft, cast.policy_lead)
    adopt_it(draft, cast.partner)
    report = draft.moves.get(state=DraftState.ADOPTED).report
    assert report[-1] == "Every agreed example of version 2026-11 is there as it was."


def test_a_rule_that_can_never_fire_stands_in_the_way(cast: Cast) -> None:
    draft = begun(cast)
    change(draft, cast.policy_lead, "rules.csv", "C14", when="99 or more level 2 signs at least suspected")
    texts = last_revision(draft).texts
    place = table_of(texts, "examples.csv").place("v03_grandmother")
    assert place is not None
    revise(draft, without_row(texts, "examples.csv", place), cast.policy_lead)
    send(draft, cast.policy_lead)
    with pytest.raises(DraftMoveNotPossible, match="Rule C14 can never fire: no case meets all"):
        adopt_it(draft, cast.partner)
    assert AdoptedPolicy.objects.count() == 1


def test_a_level_that_nothing_reaches_stands_in_the_way(cast: Cast) -> None:
    """A fault that the form of no rule shows: only the proof finds it."""
    draft = begun(cast)
    texts = last_revision(draft).texts
    for rule in [
        row[0] for row in table_of(texts, "rules.csv").rows if row[1] == "conference" and row[6] == "ICPC"
    ]:
        place = table_of(texts, "rules.csv").place(rule)
        assert place is not None
        texts = without_row(texts, "rules.csv", place)
    for example in ("k_harm_goes_on", "k_not_known_what_was_found"):
        place = table_of(texts, "examples.csv").place(example)
        assert place is not None
        texts = without_row(texts, "examples.csv", place)
    revise(draft, texts, cast.policy_lead)
    send(draft, cast.policy_lead)
    with pytest.raises(DraftMoveNotPossible, match="The check does not pass"):
        adopt_it(draft, cast.partner)


def test_a_proof_is_kept_for_every_process(cast: Cast) -> None:
    draft = begun(cast)
    last = last_revision(draft)
    found = prove(last.digest, last.pk)
    assert found.exact and found.sound and proved(last.digest) == found
    assert proved("another") is None


def test_adoption_is_for_a_day_to_come_and_in_words(cast: Cast) -> None:
    draft = with_four(cast)
    send(draft, cast.policy_lead)
    for given, field in (
        ({"in_force_from": MONDAY - timedelta(minutes=1)}, "in_force_from"),
        ({"in_force_from": cast.policy.in_force_from}, "in_force_from"),
        ({"decision": " \n"}, "decision"),
    ):
        with pytest.raises(DraftMoveNotPossible) as refused:
            adopt_it(draft, cast.partner, **given)
        assert refused.value.field == field
    with pytest.raises(DraftChangedMeanwhile):
        adopt_it(draft, cast.partner, seen=1)


def test_a_draft_says_which_versions_overtook_it_and_cannot_undo_them(cast: Cast) -> None:
    draft = with_four(cast)
    assert open_draft(draft.pk, by=cast.head, now=MONDAY).overtaken_by == ()
    header = policy_texts()["policy.toml"].replace('version = "2026-11"', 'version = "2026-12"')
    adopt(
        texts={**policy_texts(), "policy.toml": header},
        in_force_from=MONDAY + timedelta(days=9),
        decision="Agreed elsewhere.",
        by=None,
        now=MONDAY,
    )
    assert open_draft(draft.pk, by=cast.head, now=MONDAY).overtaken_by == ("2026-12",)
    send(draft, cast.policy_lead)
    with pytest.raises(DraftMoveNotPossible, match="Version 2026-12 was adopted after"):
        adopt_it(draft, cast.partner)
    assert not draft.moves.filter(state=DraftState.ADOPTED).exists()


# --- what the database keeps ---


def test_what_was_written_is_never_changed(cast: Cast) -> None:
    draft = with_four(cast)
    send(draft, cast.policy_lead)
    for rows, other in (
        (Draft.objects, {"version": "2030"}),
        (Revision.objects, {"reason": "Another."}),
        (DraftMove.objects, {"words": "Others."}),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            rows.update(**other)


def test_no_revision_without_a_reason_and_no_number_twice(cast: Cast) -> None:
    draft = begun(cast)
    last = last_revision(draft)
    for number, reason in ((2, ""), (1, "Again.")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(
                draft=draft,
                number=number,
                texts=last.texts,
                digest=last.digest,
                reason=reason,
                by=cast.head,
                at=MONDAY,
            )


def test_a_draft_begins_from_texts_as_any_editor_saves_them(cast: Cast) -> None:
    texts = {name: text.replace("\n", "\r\n") for name, text in policy_texts().items()}
    header = texts["policy.toml"].replace('version = "2026-11"', 'version = "2026-12"')
    saved = {**texts, "policy.toml": "\ufeff" + header}
    base = adopt(
        texts=saved,
        in_force_from=MONDAY + timedelta(days=3),
        decision="Agreed elsewhere.",
        by=None,
        now=MONDAY,
    )
    draft = begin_draft(based_on_id=base.pk, version="2027-05", by=cast.head, now=MONDAY)
    change(draft, cast.head, "rules.csv", "C3", when=FOUR)
    rows = [c.row for c in open_draft(draft.pk, by=cast.head, now=MONDAY).changes()]
    assert rows == ["version", "C3"]
