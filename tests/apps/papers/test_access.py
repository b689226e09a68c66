"""Who may do and read what with papers: every verb for everybody who has to do with a conference, and who has not."""

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.papers.actions.attaching import attach_to_meeting
from openmash.apps.papers.actions.giving import give_paper, keep_paper
from openmash.apps.papers.models import Paper
from openmash.apps.papers.permission import PAPERS, permitted_at_meeting, permitted_on_case
from openmash.apps.papers.queries.documents import open_document
from openmash.apps.papers.queries.of_a_meeting import open_given, open_paper, papers_of_meeting
from tests import files
from tests.apps.papers.writing import HELD, VERBS, conference, ended, every_word
from tests.cast import Cast

WORK = {"social_worker", "team_manager", "chair"}
TABLE = {"teacher", "police_officer"}
NOBODY = {"gp", "second_social_worker", "screener", "team_manager_elsewhere"}
EVERYBODY = WORK | TABLE | NOBODY | {"head", "partner"}
EXPECTED = {
    "see_case_papers": WORK | {"head", "partner"},
    "see_case_document": WORK | {"head", "partner"},
    "attach_to_case": WORK,
    "see_letter": WORK | {"head", "partner"},
    "write_letter": WORK,
    "see_meeting_papers": WORK | TABLE | {"head"},
    "see_meeting_document": WORK | TABLE | {"head"},
    "attach_to_meeting": WORK | TABLE,
    "see_paper": WORK | {"head"},
    "see_given": WORK | {"head"},
    "keep_paper": WORK,
    "give_paper": WORK,
}
BESIDE_A_CASE = {"see_case_papers", "see_case_document", "attach_to_case", "see_letter", "write_letter"}


def test_every_verb_is_expected_here() -> None:
    assert set(EXPECTED) == set(PAPERS)


@pytest.mark.parametrize("verb", VERBS)
def test_who_may(cast: Cast, verb: str) -> None:
    case, meeting = conference(cast)
    for name in sorted(EVERYBODY):
        by = getattr(cast, name)

        def ask(by: object = by) -> object:
            if verb in BESIDE_A_CASE:
                return permitted_on_case(verb, case, by, HELD)  # type: ignore[arg-type]
            return permitted_at_meeting(verb, meeting, by, HELD)  # type: ignore[arg-type]

        if name in EXPECTED[verb]:
            assert ask(), name
        else:
            with pytest.raises(Refused):
                ask()


def test_what_was_given_is_read_by_whom_it_was_given_to_and_no_more_of_it(cast: Cast) -> None:
    _, meeting = ended(cast)
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    police = next(part["key"] for part in paper.content["parts"] if "Police" in part["label"])
    (given,) = give_paper(
        paper_id=paper.pk,
        people=[cast.teacher],
        family=[],
        parts=["came", "dissent"],
        reason="The school sees him every day.",
        by=cast.chair,
        now=HELD,
    )
    read = every_word(open_given(given.pk, by=cast.teacher, now=HELD).content)
    assert "I would have waited." in read
    assert "twice in June" not in read
    assert "Two injuries" not in read
    assert police not in given.parts
    for by in (cast.police_officer, cast.health_visitor, cast.gp):
        with pytest.raises(Refused):
            open_given(given.pk, by=by, now=HELD)
    with pytest.raises(Refused):
        open_paper(paper.pk, by=cast.teacher, now=HELD)


def test_somebody_invited_sees_no_paper_that_was_not_given_to_them(cast: Cast) -> None:
    _, meeting = ended(cast)
    keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    seen = papers_of_meeting(meeting.pk, by=cast.teacher, now=HELD)
    assert (seen.papers, seen.given, seen.asked) == ((), (), ())
    assert Paper.objects.count() == 1


def test_a_document_of_the_work_is_not_the_tables(cast: Cast, settings: pytest.FixtureRequest) -> None:
    settings.OPENMASH_OPEN_UNSCANNED = True  # type: ignore[attr-defined]
    _, meeting = conference(cast)
    about = {"name": "a.pdf", "pieces": [files.PDF], "what": "A scan.", "now": HELD, "meeting_id": meeting.pk}
    table = attach_to_meeting(for_the_table=True, by=cast.police_officer, **about)  # type: ignore[arg-type]
    work = attach_to_meeting(for_the_table=False, by=cast.police_officer, **about)  # type: ignore[arg-type]
    for by in (cast.police_officer, cast.chair, cast.social_worker):
        assert open_document(work.document_id, by=by, now=HELD).data == files.PDF
    assert open_document(table.document_id, by=cast.teacher, now=HELD).data == files.PDF
    with pytest.raises(Refused):
        open_document(work.document_id, by=cast.teacher, now=HELD)
    listed = papers_of_meeting(meeting.pk, by=cast.teacher, now=HELD).documents
    assert [each.pk for each, _ in listed] == [table.pk]
    with pytest.raises(Refused):
        open_document(table.document_id, by=cast.gp, now=HELD)
