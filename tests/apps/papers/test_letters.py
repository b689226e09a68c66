"""Letters are written from the record alone, in the texts that were adopted, and stay as they were kept."""

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.casework.actions import leading, stages, transfer
from openmash.apps.casework.models import Case
from openmash.apps.directory.models import Person
from openmash.apps.papers.actions.letters import adopt_letters, write_letter
from openmash.apps.papers.errors import NotPossibleNow
from openmash.apps.papers.models import Letter
from openmash.apps.papers.occasion import KNOWN
from openmash.apps.papers.occasions import occasions_of
from openmash.apps.papers.queries.of_a_case import addressees_of
from openmash.engines.letters import LettersError, parse
from tests.apps.casework import test_birth, test_transfer, working
from tests.apps.papers.writing import HELD, LATER, conference, ended, every_word, letter_texts
from tests.cast import Cast


def written(case: Case, kind: str, by: Person) -> list[Letter]:
    """A letter of this kind to every reader there is."""
    occasion = next(each for each in occasions_of(case) if each.kind == kind)
    templates = parse(letter_texts()).templates
    readers = {each.to: each for each in addressees_of(case, occasion)}
    return [
        write_letter(
            case_id=case.pk, kind=kind, key=occasion.key, to=to, addressee=readers[to].name, by=by, now=HELD
        )
        for each, to in templates
        if each == kind
    ]


def closed(cast: Cast) -> Case:
    case = working.led(cast, "3", "family_help")
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=working.written(),
        tell=[],
        by=cast.team_manager,
        now=LATER,
    )
    case.refresh_from_db()
    return case


def test_every_letter_of_the_draft_can_be_written_from_the_record(cast: Cast) -> None:
    assessed = working.led(cast, "3", "section_17_assessment")
    letters = written(assessed, "assessment_begins", cast.social_worker)
    invited, _ = conference(cast)
    letters += written(invited, "conference_invitation", cast.social_worker)
    letters += written(closed(cast), "closure", cast.team_manager)
    assert {letter.kind for letter in letters} == set(KNOWN) - {
        "outcome",
        "birth",
        "transfer_out",
        "transfer_in",
    }
    for letter in letters:
        words = f"{letter.subject} {every_word(letter.blocks)}"
        assert "{" not in words and "}" not in words
        assert "Alex Winter" in words


def test_the_outcome_is_told_in_the_words_of_the_record(cast: Cast) -> None:
    case, _ = ended(cast)
    letters = written(case, "outcome", cast.chair)
    assert {letter.to for letter in letters} == {"parents", "child", "agency"}
    to_parents = every_word(next(each for each in letters if each.to == "parents").blocks)
    for words in (
        "A child protection plan begins",
        "Two injuries",
        "Meet his mother every Friday",
        "Neglect",
    ):
        assert words in to_parents
    assert "What you said" not in to_parents, "they could not be asked: nothing is said of what they said"
    to_child = every_word(next(each for each in letters if each.to == "child").blocks)
    assert "I want the shouting to stop." in to_child
    assert "Two injuries" not in to_child


def test_what_the_record_lacks_is_said_and_never_left_blank(cast: Cast) -> None:
    case = working.opened(cast, "3", "section_17_assessment")
    with pytest.raises(NotPossibleNow) as refused:
        written(case, "assessment_begins", cast.team_manager)
    assert "who leads the work" in refused.value.reason
    assert not Letter.objects.exists()


def test_a_birth_is_told_without_saying_where_the_child_is(cast: Cast) -> None:
    case = test_birth.with_plan(cast)
    assert "birth" not in {each.kind for each in occasions_of(case)}
    test_birth.born(case, cast, where="With foster carers in Hill Street.")
    case = Case.objects.get(pk=case.pk)
    letters = {each.to: each for each in written(case, "birth", cast.social_worker)}
    assert set(letters) == {"parents", "agency"}
    to_parents = every_word(letters["parents"].blocks)
    assert "Bo Winter was born on 26 November 2026" in to_parents
    assert "The core group meets after the birth: by 6 December 2026" in to_parents
    assert "Hill Street" not in to_parents
    assert "Hill Street" in every_word(letters["agency"].blocks)


def test_a_move_is_told_to_the_other_area_and_to_parents_without_naming_a_place(cast: Cast) -> None:
    case = working.with_plan(cast)
    transfer.transfer(
        case_id=case.pk,
        seen_version=None,
        to=None,
        outside="Eastvale",
        written=working.written(),
        by=cast.team_manager,
        now=LATER,
    )
    case = Case.objects.get(pk=case.pk)
    (occasion,) = [each for each in occasions_of(case) if each.kind == "transfer_out"]
    # The agencies here are not written to as if they were the other area, and nobody is without being warned.
    to = [each.name for each in addressees_of(case, occasion) if each.to == "agency"]
    assert to == ["Children’s social care, Eastvale"]
    assert "knows where the child lives" in occasion.careful
    letters = {each.to: each for each in written(case, "transfer_out", cast.team_manager)}
    assert "Child protection plan, since 16 November 2026" in every_word(letters["agency"].blocks)
    assert letters["agency"].addressee == "Children’s social care, Eastvale"
    to_parents = f"{letters['parents'].subject} {every_word(letters['parents'].blocks)}"
    assert "Eastvale" not in to_parents
    transfer.withdraw_transfer(
        case_id=case.pk,
        seen_version=None,
        written=working.written(),
        by=cast.team_manager,
        now=LATER,
    )
    assert "transfer_out" not in {each.kind for each in occasions_of(Case.objects.get(pk=case.pk))}


def test_a_child_held_here_is_told_of_to_the_area_whose_plan_it_is(cast: Cast) -> None:
    case = test_transfer.received(cast)
    leading.allocate(
        case_id=case.pk,
        seen_version=None,
        worker=cast.social_worker,
        note="",
        by=cast.team_manager,
        now=LATER,
    )
    letters = {each.to: each for each in written(case, "transfer_in", cast.social_worker)}
    to_area = every_word(letters["agency"].blocks)
    for words in ("Current child protection plan", "held here under your plan", "4 December 2026"):
        assert words in to_area
    to_parents = f"{letters['parents'].subject} {every_word(letters['parents'].blocks)}"
    assert "Eastvale" not in to_parents and "Elm Street" not in to_parents


def test_what_somebody_wrote_is_never_read_as_a_name(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=working.written(reason="They wrote {worker_email} and <b>this</b>."),
        tell=[],
        by=cast.team_manager,
        now=LATER,
    )
    case.refresh_from_db()
    words = " ".join(every_word(letter.blocks) for letter in written(case, "closure", cast.team_manager))
    assert "They wrote {worker_email} and <b>this</b>." in words


def test_who_has_no_part_in_the_work_writes_no_letter(cast: Cast) -> None:
    case = closed(cast)
    with pytest.raises(Refused):
        written(case, "closure", cast.teacher)


def test_a_text_that_names_what_the_record_has_not_is_not_adopted(cast: Cast) -> None:
    texts = {**letter_texts(), "closure.child.txt": "Goodbye\n\nDear {addressee}, {social_worker_phone}"}
    with pytest.raises(LettersError) as wrong:
        adopt_letters(texts=texts, in_force_from=HELD, decision="No.", by=None, now=HELD)
    assert "“social_worker_phone”" in str(wrong.value)


def test_an_occasion_that_is_over_can_no_longer_be_told_of(cast: Cast) -> None:
    case, _ = conference(cast)
    occasion = next(each for each in occasions_of(case) if each.kind == "conference_invitation")
    with pytest.raises(NotPossibleNow):
        write_letter(
            case_id=case.pk,
            kind="closure",
            key=occasion.key,
            to="child",
            addressee="Alex Winter",
            by=cast.social_worker,
            now=HELD,
        )


def test_a_baby_without_a_name_yet_is_not_called_not_known(cast: Cast) -> None:
    case = test_birth.with_plan(cast)
    test_birth.born(case, cast, name="")
    case = Case.objects.get(pk=case.pk)
    for each in written(case, "birth", cast.social_worker):
        words = every_word(each.blocks)
        assert "The baby was born on" in words or "The baby, for whom" in words
        assert "Name not known" not in words
