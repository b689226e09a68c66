"""Acknowledging the version in force, and calibration: blind, kept for good, and never about one person."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from openmash.apps.access.errors import Refused
from openmash.apps.audit.queries import events_about
from openmash.apps.directory.models import Person, RoleHeld
from openmash.apps.policy import rules
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.actions.acknowledging import acknowledge
from openmash.apps.policy.actions.calibrating import VignetteTold, begin_round, close_round, judge
from openmash.apps.policy.agreement import Told, results_of
from openmash.apps.policy.blind import how_many_repeated, places
from openmash.apps.policy.errors import AlreadyJudged, RoundIncomplete, RoundNotOpen, VersionNotInForce
from openmash.apps.policy.models import Acknowledgement, Judgement, Round, RoundClosed, Vignette
from openmash.apps.policy.queries import adopted, calibration
from openmash.apps.policy.queries.acknowledgements import (
    acknowledged_at,
    acknowledged_by_agency,
    yet_to_acknowledge,
)
from openmash.engines.statistics import Share
from tests.cast import MONDAY, Cast, make_cast, policy_texts

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERING = ("teacher", "safeguarding_lead", "nursery_worker", "gp", "police_officer", "screener")


def somebody(cast: Cast, number: int, *, like: str = "teacher", job: str = "Teacher") -> Person:
    return Person.objects.create_user(
        email=f"{like}.{number}@example.org",
        name=f"Somebody {number}",
        job_title=job,
        agency=cast.people[like].agency,
    )


def a_round(cast: Cast, count: int = 6, *, by: str = "manager", gate: str = "services") -> Round:
    policy = adopted(cast.policy.pk).policy
    examples = [VignetteTold.of_example(each) for each in policy.examples if each.gate == gate][:count]
    return begin_round(
        title="Autumn",
        opens_at=MONDAY,
        closes_at=MONDAY + 14 * DAY,
        vignettes=examples,
        by=cast.people[by],
        now=MONDAY,
    )


def answer_all(made: Round, person: Person, levels: Sequence[str] = (), *, stop_after: int = 99) -> None:
    """Answer as the policy does, or by these levels in the order of the vignettes' numbers."""
    policy = adopted(made.policy_id).policy
    vignettes = {each.number: each for each in made.vignettes.all()}
    for place in places(made.pk, person.pk, len(vignettes))[:stop_after]:
        says = calibration.finding_of(vignettes[place.vignette], policy).level.code
        level = levels[place.vignette - 1] if levels else says
        judge(round_id=made.pk, position=place.position, level=level, by=person, now=MONDAY + HOUR)


# --- acknowledging ---


def test_once_a_person_and_version_and_written_down(cast: Cast) -> None:
    first = acknowledge(policy_id=cast.policy.pk, by=cast.teacher, now=MONDAY)
    again = acknowledge(policy_id=cast.policy.pk, by=cast.teacher, now=MONDAY + HOUR)
    assert first == again
    assert acknowledged_at(by=cast.teacher, policy_id=cast.policy.pk) == MONDAY
    assert acknowledged_at(by=cast.gp, policy_id=cast.policy.pk) is None
    assert events_about("policy", cast.policy.pk).filter(verb="acknowledge").count() == 1


def test_only_the_version_in_force(cast: Cast) -> None:
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', 'version = "2027-01"')
    coming = adopt(
        texts=texts, decision="Agreed for the tests.", in_force_from=MONDAY + DAY, by=None, now=MONDAY
    )
    with pytest.raises(VersionNotInForce):
        acknowledge(policy_id=coming.pk, by=cast.teacher, now=MONDAY)
    acknowledge(policy_id=cast.policy.pk, by=cast.teacher, now=MONDAY)
    with pytest.raises(VersionNotInForce):
        acknowledge(policy_id=cast.policy.pk, by=cast.gp, now=MONDAY + 2 * DAY)
    acknowledge(policy_id=coming.pk, by=cast.teacher, now=MONDAY + 2 * DAY)
    assert Acknowledgement.objects.count() == 2


def test_an_account_that_has_ended_acknowledges_nothing(cast: Cast) -> None:
    cast.teacher.is_active = False
    with pytest.raises(Refused):
        acknowledge(policy_id=cast.policy.pk, by=cast.teacher, now=MONDAY)


def test_leaders_see_agencies_by_name_and_counts_only(cast: Cast) -> None:
    for part in ("teacher", "gp", "boarding_lead"):
        acknowledge(policy_id=cast.policy.pk, by=cast.people[part], now=MONDAY)
    rows = acknowledged_by_agency(by=cast.manager, now=MONDAY + HOUR)
    assert [row.name for row in rows] == sorted(row.name for row in rows)
    by_name = {row.name: row for row in rows}
    school, boarding = by_name["Millbrook Primary School"], by_name["Ashdown House School"]
    assert (school.acknowledged, school.people, school.has_lead, school.lead_at) == (1, 2, True, None)
    assert (boarding.acknowledged, boarding.people, boarding.lead_at) == (1, 1, MONDAY)
    assert not by_name["Elm Street Surgery"].has_lead
    assert "Southmere Children's Services" not in by_name
    everywhere = acknowledged_by_agency(by=cast.partner, now=MONDAY)
    assert "Southmere Children's Services" in {row.name for row in everywhere}


def test_a_safeguarding_lead_sees_who_of_their_own_agency_has_not(cast: Cast) -> None:
    acknowledge(policy_id=cast.policy.pk, by=cast.safeguarding_lead, now=MONDAY)
    found = yet_to_acknowledge(by=cast.safeguarding_lead, now=MONDAY)
    assert (found.agency, found.people, found.waiting) == (
        "Millbrook Primary School",
        2,
        (("Teacher", "Teacher"),),
    )


@pytest.mark.parametrize("part", ["teacher", "screener", "adviser", "safeguarding_lead"])
def test_others_do_not_see_the_agencies(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        acknowledged_by_agency(by=cast.people[part], now=MONDAY)


@pytest.mark.parametrize("part", ["teacher", "screener", "manager", "partner"])
def test_others_do_not_see_names(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        yet_to_acknowledge(by=cast.people[part], now=MONDAY)


# --- beginning and closing a round ---


@pytest.mark.parametrize("part", ["teacher", "safeguarding_lead", "screener", "adviser"])
def test_others_begin_and_close_no_round_and_see_no_results(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        a_round(cast, by=part)
    made = a_round(cast)
    with pytest.raises(Refused):
        close_round(round_id=made.pk, by=cast.people[part], now=MONDAY + HOUR)
    close_round(round_id=made.pk, by=cast.head, now=MONDAY + HOUR)
    with pytest.raises(Refused):
        calibration.round_results(made.pk, by=cast.people[part], now=MONDAY + DAY)
    with pytest.raises(Refused):
        calibration.taking_part(made.pk, by=cast.people[part], now=MONDAY + DAY)


@pytest.mark.parametrize("part", ["manager", "head", "partner", "teacher"])
def test_leaders_and_the_policy_lead_may(cast: Cast, part: str) -> None:
    if part == "teacher":
        RoleHeld.objects.create(person=cast.teacher, role="policy_lead", starts=date(2020, 1, 1))
    made = a_round(cast, by=part)
    assert events_about("calibration_round", made.pk).filter(verb="begin_round").count() == 1
    close_round(round_id=made.pk, by=cast.people[part], now=MONDAY + HOUR)
    assert calibration.round_results(made.pk, by=cast.people[part], now=MONDAY + HOUR).results.people == 0


def test_a_role_that_has_ended_no_longer_counts(cast: Cast) -> None:
    RoleHeld.objects.create(
        person=cast.teacher, role="policy_lead", starts=date(2020, 1, 1), ends=MONDAY.date() - DAY
    )
    with pytest.raises(Refused):
        a_round(cast, by="teacher")


GOOD = VignetteTold("A child of six is hungry.", "services", "6 years", "A10 seen", raised_by="school")


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        (VignetteTold(" ", "services", "6 years"), "vignette_1", "Write the story"),
        (VignetteTold("A story.", "nowhere", "6 years"), "vignette_1", "Choose the decision"),
        (VignetteTold("A story.", "", "6 years"), "vignette_1", "Choose the decision"),
        (VignetteTold("A story.", "services", "six"), "vignette_1", "column “age”"),
        (VignetteTold("A story.", "services", ""), "vignette_1", "column “age”"),
        (VignetteTold("A story.", "services", "6 years", signs="A10 perhaps"), "vignette_1", "perhaps"),
        (VignetteTold("A story.", "services", "6 years", signs="Z99 seen"), "vignette_1", "Z99"),
        (VignetteTold("A story.", "services", "6 years", facts="moon_full yes"), "vignette_1", "moon_full"),
        (VignetteTold("A story.", "services", "6 years", past="long ago"), "vignette_1", "column “past”"),
        (VignetteTold("A story.", "services", "6 years", raised_by="aunt"), "vignette_1", "who raised"),
    ],
)
def test_a_vignette_that_the_policy_cannot_read_is_refused(
    cast: Cast, told: VignetteTold, field: str, words: str
) -> None:
    with pytest.raises(RoundIncomplete) as lacking:
        begin_round(
            title="Autumn",
            opens_at=MONDAY,
            closes_at=MONDAY + DAY,
            vignettes=[GOOD, told],
            by=cast.manager,
            now=MONDAY,
        )
    assert any(reason.field == field and words in reason.text for reason in lacking.value.reasons)
    assert not Round.objects.exists()


def test_a_round_needs_a_title_time_and_two_vignettes(cast: Cast) -> None:
    with pytest.raises(RoundIncomplete) as lacking:
        begin_round(
            title=" ", opens_at=MONDAY, closes_at=MONDAY, vignettes=[GOOD], by=cast.manager, now=MONDAY
        )
    assert {reason.field for reason in lacking.value.reasons} == {"title", "closes", "examples"}


def test_a_closed_round_is_closed_for_good(cast: Cast) -> None:
    made = a_round(cast)
    close_round(round_id=made.pk, by=cast.manager, now=MONDAY + HOUR)
    with pytest.raises(RoundNotOpen):
        close_round(round_id=made.pk, by=cast.manager, now=MONDAY + 2 * HOUR)
    with pytest.raises(RoundNotOpen):
        answer_all(made, cast.teacher)
    assert calibration.round_seen(made.pk, by=cast.teacher, now=MONDAY + HOUR).is_over


# --- judging ---


def test_everybody_has_their_own_order_and_a_tenth_comes_back_late() -> None:
    orders = {
        tuple(place.vignette for place in places(1, person, 10) if place.showing == 1) for person in range(20)
    }
    assert len(orders) > 15
    assert places(1, 7, 10) == places(1, 7, 10)
    assert [how_many_repeated(size) for size in (1, 4, 5, 10, 14, 16, 40)] == [0, 0, 1, 1, 1, 2, 4]


@given(st.integers(min_value=0, max_value=60), st.integers(), st.integers())
def test_what_comes_back_was_met_once_and_not_just_before(size: int, round_id: int, person: int) -> None:
    shown = places(round_id, person, size)
    assert [place.position for place in shown] == list(range(1, len(shown) + 1))
    first = {place.vignette: place.position for place in shown if place.showing == 1}
    again = [place for place in shown if place.showing == 2]
    assert sorted(first) == list(range(1, size + 1))
    assert len(again) == how_many_repeated(size)
    assert all(place.position - first[place.vignette] > 1 for place in again)


def test_one_after_the_other_and_never_changed(cast: Cast) -> None:
    made = a_round(cast)
    shown = calibration.to_judge(made.pk, None, by=cast.teacher, now=MONDAY)
    assert shown is not None
    assert (shown.place.position, shown.of) == (1, 7)
    with pytest.raises(RoundNotOpen):
        judge(round_id=made.pk, position=2, level="2", by=cast.teacher, now=MONDAY)
    judge(
        round_id=made.pk, position=1, level="2", reason="Small.", sureness="sure", by=cast.teacher, now=MONDAY
    )
    with pytest.raises(AlreadyJudged):
        judge(round_id=made.pk, position=1, level="3", by=cast.teacher, now=MONDAY)
    kept = Judgement.objects.get()
    assert (kept.level, kept.reason, kept.sureness, kept.agency_kind, kept.job_title) == (
        "2",
        "Small.",
        "sure",
        "school",
        "Teacher",
    )
    [event] = events_about("calibration_round", made.pk).filter(verb="judge")
    assert event.detail == {"position": 1}


@pytest.mark.parametrize(("level", "sureness"), [("", ""), ("9", ""), ("S47", ""), ("2", "very")])
def test_only_levels_of_the_decision_asked_about(cast: Cast, level: str, sureness: str) -> None:
    made = a_round(cast)
    with pytest.raises(RoundIncomplete):
        judge(round_id=made.pk, position=1, level=level, sureness=sureness, by=cast.teacher, now=MONDAY)
    assert not Judgement.objects.exists()


def test_not_before_it_opens_nor_after_its_last_moment_nor_by_who_chose_them(cast: Cast) -> None:
    made = a_round(cast)
    for person, when in (
        (cast.teacher, MONDAY - HOUR),
        (cast.teacher, made.closes_at),
        (cast.manager, MONDAY + HOUR),
    ):
        with pytest.raises(RoundNotOpen):
            judge(round_id=made.pk, position=1, level="2", by=person, now=when)


def test_what_is_shown_while_judging_says_nothing_of_the_answer(cast: Cast) -> None:
    made = a_round(cast)
    shown = calibration.to_judge(made.pk, None, by=cast.teacher, now=MONDAY)
    assert shown is not None
    assert set(vars(shown)) == {"place", "of", "vignette_id", "story", "gate", "policy"}
    with pytest.raises(RoundNotOpen):
        calibration.own_answers(made.pk, by=cast.teacher, now=MONDAY)
    answer_all(made, cast.teacher, stop_after=6)
    with pytest.raises(RoundNotOpen):
        calibration.own_answers(made.pk, by=cast.teacher, now=MONDAY + HOUR)


def test_afterwards_one_sees_ones_own_and_others_in_fives(cast: Cast) -> None:
    made = a_round(cast)
    answer_all(made, cast.teacher, ["2"] * 6)
    for number in range(4):
        answer_all(made, somebody(cast, number))
    own = calibration.own_answers(made.pk, by=cast.teacher, now=MONDAY + DAY)
    assert [answer.level for answer in own] == ["2"] * 6
    assert sum(bool(answer.again) for answer in own) == 1
    assert all(answer.others is None for answer in own)
    for number in range(4, 7):
        answer_all(made, somebody(cast, number))
        own = calibration.own_answers(made.pk, by=cast.teacher, now=MONDAY + DAY)
        assert {answer.of_others for answer in own} == {5}
        assert all(sum((answer.others or {}).values()) == 5 for answer in own)
    # Nor does the end of the round show two more, who could be told from the five.
    over = calibration.own_answers(made.pk, by=cast.teacher, now=MONDAY + 30 * DAY)
    assert {answer.of_others for answer in over} == {5}


def test_who_sees_the_results_sees_no_others_beside_their_own(cast: Cast) -> None:
    """Five of seven here and all seven there would leave two."""
    made = a_round(cast)
    answer_all(made, cast.head)
    for number in range(7):
        answer_all(made, somebody(cast, number))
    own = calibration.own_answers(made.pk, by=cast.head, now=MONDAY + DAY)
    assert all(answer.others is None and answer.of_others == 0 for answer in own)


# --- results ---


def test_no_results_while_it_is_open(cast: Cast) -> None:
    made = a_round(cast)
    with pytest.raises(RoundNotOpen):
        calibration.round_results(made.pk, by=cast.manager, now=MONDAY + HOUR)


def test_fewer_than_five_people_are_no_figure(cast: Cast) -> None:
    made = a_round(cast)
    for part in ANSWERING[:4]:
        answer_all(made, cast.people[part])
    found = calibration.round_results(made.pk, by=cast.manager, now=MONDAY + 30 * DAY).results
    assert (found.people, found.overall, found.gates, found.spreads) == (4, None, (), ())


def test_what_a_round_shows(cast: Cast) -> None:
    made = a_round(cast)
    policy = adopted(cast.policy.pk).policy
    says = [calibration.finding_of(each, policy).level.code for each in made.vignettes.all()]
    lower = ["2" if number == 1 else level for number, level in enumerate(says)]  # of the fourth contact
    for number in range(6):
        answer_all(made, somebody(cast, number, job=" year 4  TEACHER "), lower)
    for number in range(2):
        answer_all(made, somebody(cast, number, like="gp", job="GP"))
    found = calibration.round_results(made.pk, by=cast.manager, now=MONDAY + 30 * DAY).results
    assert isinstance(found.overall, Share)
    assert (found.people, found.overall.count, found.overall.of) == (8, 42, 48)
    [misread] = [spread for spread in found.spreads if spread.is_misread]
    assert (misread.vignette, misread.people, misread.lower, misread.higher) == (2, 8, 6, 0)
    [gate] = found.gates
    # Two GPs are too few; and with them left out, the teachers could be taken from the whole.
    assert (gate.by_agency_kind.shown, gate.by_agency_kind.left_out) == ((), 2)
    assert isinstance(found.self_agreement, Share)
    assert (found.repeated_by, found.self_agreement.value) == (8, 1.0)


def told(
    person: int, vignette: int, rank: int = 2, kind: str = "School", job: str = "Teacher", policy: int = 2
) -> Told:
    return Told(person, vignette, 1, "services", rank, policy, kind, job)


def test_groups_of_five_are_shown_and_compared() -> None:
    answers = [told(person, v, rank=v % 4 + 1, policy=v % 4 + 1) for person in range(5) for v in range(8)]
    answers += [
        told(person, v, rank=1, kind="Police", job="Constable", policy=v % 4 + 1)
        for person in range(10, 16)
        for v in range(8)
    ]
    [gate] = results_of(answers, ["services", "enquiry"]).gates
    police, school = gate.by_agency_kind.shown
    assert (police.group, police.people, police.higher) == ("Police", 6, 0)
    assert isinstance(school.with_policy, Share)
    assert school.with_policy.value == 1
    assert [each.group for each in gate.by_job.shown] == ["Constable", "Teacher"]
    assert [rank for rank, _ in gate.by_level] == [4, 3, 2, 1]


def test_few_within_a_shown_group_are_not_told_apart() -> None:
    """Nine social workers and one manager are ten of social care: the two figures would give the one."""
    answers = [
        told(person, 1, kind="Care", job="Worker" if person < 9 else "Manager") for person in range(10)
    ]
    answers += [told(person, 1) for person in range(20, 25)]
    [gate] = results_of(answers, ["services"]).gates
    assert [each.group for each in gate.by_agency_kind.shown] == ["Care", "School"]
    assert "Worker" not in [each.group for each in gate.by_job.shown]


def test_a_vignette_that_few_answered_counts_nowhere() -> None:
    answers = [told(person, 1) for person in range(6)] + [told(person, 2, rank=4) for person in range(3)]
    found = results_of(answers, ["services"])
    assert isinstance(found.overall, Share)
    assert found.overall.of == 6
    assert [(spread.people, spread.by_rank) for spread in found.spreads] == [(6, {2: 6}), (3, None)]


PEOPLE = st.dictionaries(st.sampled_from("abcdef"), st.integers(min_value=1, max_value=9), max_size=6)


@given(PEOPLE)
def test_what_is_left_out_is_never_a_few(sizes: dict[str, int]) -> None:
    people = {name: {(name, number).__hash__() for number in range(size)} for name, size in sizes.items()}
    shown = rules.groups_to_show(people)
    assert all(len(people[name]) >= rules.FEWEST_PEOPLE for name in shown)
    left = sum(len(those) for name, those in people.items() if name not in shown)
    assert not shown or not 0 < left < rules.FEWEST_PEOPLE


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=40))
def test_no_few_can_be_told_apart_within_a_group(people: list[tuple[str, str]]) -> None:
    kinds = {name: {n for n, (kind, _) in enumerate(people) if kind == name} for name in "abc"}
    jobs = {name: {n for n, (_, job) in enumerate(people) if job == name} for name in "xyz"}
    kinds = {name: kinds[name] for name in rules.groups_to_show(kinds)}
    shown = rules.not_told_apart({name: jobs[name] for name in rules.groups_to_show(jobs)}, kinds)
    for kind in kinds.values():
        for job in shown:
            if jobs[job] < kind:
                inside = {n for name in shown if jobs[name] <= kind for n in jobs[name]}
                assert not 0 < len(kind - inside) < rules.FEWEST_PEOPLE


# --- kept for good ---


@pytest.mark.parametrize("model", [Acknowledgement, Round, RoundClosed, Vignette, Judgement])
def test_nothing_of_it_is_changed_or_removed(cast: Cast, model: type) -> None:
    acknowledge(policy_id=cast.policy.pk, by=cast.teacher, now=MONDAY)
    made = a_round(cast)
    answer_all(made, cast.teacher, stop_after=1)
    close_round(round_id=made.pk, by=cast.manager, now=MONDAY + DAY)
    table = model._meta.db_table  # type: ignore[attr-defined]
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_no_row_without_an_event() -> None:
    cast = make_cast()
    with pytest.raises(DatabaseError, match="without an audit event"), transaction.atomic():
        Acknowledgement.objects.create(person=cast.gp, agency=cast.gp.agency, policy=cast.policy, at=MONDAY)
    made = a_round(cast)
    with pytest.raises(DatabaseError, match="without an audit event"), transaction.atomic():
        RoundClosed.objects.create(round=made, by=cast.gp, at=MONDAY)
    with pytest.raises(DatabaseError, match="without an audit event"), transaction.atomic():
        Judgement.objects.create(
            round=made,
            vignette=made.vignettes.all()[0],
            person=cast.gp,
            position=1,
            showing=1,
            level="2",
            agency_kind="gp",
            job_title="GP",
            at=MONDAY,
        )
