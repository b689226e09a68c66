"""A sample, judged blind by people of several agencies, and opened: through the real actions."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.models import Restriction
from openmash.apps.audit.queries import events_about
from openmash.apps.case_audit.actions.judging import discuss, judge, open_outcome
from openmash.apps.case_audit.errors import NotNow, SampleIncomplete
from openmash.apps.case_audit.models import Sample, Sampled, Verdict
from openmash.apps.case_audit.queries.blind import NAME, NamesOf, as_known
from openmash.apps.case_audit.queries.opened import sample_opened
from openmash.apps.case_audit.queries.standing import at_position, next_position, progress, samples
from openmash.apps.concerns.actions.restricting import declare_conflict
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import note_down
from openmash.apps.directory.models import Person
from openmash.engines.statistics import Alpha, Share
from tests.apps.case_audit.samples import AUDITORS, NOW, answered_in_october, drawn
from tests.apps.journey import link
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
SIX = range(6)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def six(cast: Cast) -> list[Contact]:
    return [answered_in_october(cast, days=each) for each in SIX]


def restrict(contact: Contact, cast: Cast) -> None:
    with transaction.atomic():
        Restriction.objects.create(
            contact_id=contact.pk,
            kind="staff",
            reason="A colleague’s child.",
            owner=cast.head,
            ends_on=(NOW + timedelta(days=90)).date(),
            by=cast.head,
            at=NOW,
        )
        note_down(contact, "restrict", by=cast.head, ground="a test", now=NOW)


def judge_all(sample: Sample, by: Person, *levels: str) -> None:
    for level in levels:
        position = next_position(sample.pk, by, NOW)
        assert position is not None
        judge(sample_id=sample.pk, position=position, level=level, reasons="What I read.", by=by, now=NOW)


def test_a_sample_can_be_drawn_again_and_leaves_restricted_concerns_out_and_counts_them(
    cast: Cast, six: list[Contact]
) -> None:
    more = [answered_in_october(cast, days=each) for each in (7, 8, 9)]
    restrict(more[0], cast)
    first, second = drawn(cast), drawn(cast)
    contacts = [list(each.concerns.values_list("contact_id", flat=True)) for each in (first, second)]
    assert contacts[0] == contacts[1]
    assert first.left_out == 1
    assert more[0].pk not in drawn(cast, size=9).concerns.values_list("contact_id", flat=True)
    assert drawn(cast, seed=None).seed != drawn(cast, seed=None).seed
    (event,) = events_about("case_audit", str(first.pk))
    assert (event.verb, event.detail["seed"]) == ("draw_sample", 11)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"size": 4}, "size"),
        ({"until": NOW.date().replace(month=9)}, "until"),
        ({"by_group": "worker"}, "by_group"),
        ({"seed": -1}, "seed"),
        ({"auditors": ("nobody@example.org", "gp@example.org")}, "auditors"),
        ({"auditors": ("gp@example.org",)}, "auditors"),
        ({"auditors": ("teacher@example.org", "safeguarding.lead@example.org")}, "auditors"),
        ({"since": NOW.date(), "until": NOW.date()}, "since"),
    ],
)
def test_what_is_lacking_is_said_by_field(
    cast: Cast, six: list[Contact], given: dict[str, object], field: str
) -> None:
    with pytest.raises(SampleIncomplete) as lacking:
        drawn(cast, **given)
    assert [each.field for each in lacking.value.reasons] == [field]
    assert not Sample.objects.exists()


def test_by_first_answer_each_answer_is_heard_alike(cast: Cast) -> None:
    for each in range(8):
        answered_in_october(cast, days=each)
    for each in range(8, 11):
        answered_in_october(cast, days=each, path="agency_plan_advice")
    sample = drawn(cast, by_group="first_answer")
    assert sorted(tuple(each) for each in sample.groups.values()) == [(3, 3), (8, 3)]


def test_an_auditor_is_shown_what_was_known_and_nothing_of_what_came_of_it(
    cast: Cast, six: list[Contact]
) -> None:
    link(cast, six[5], six[0])  # learned later: it was not known at the decision
    sample, auditor = drawn(cast), cast.health_visitor
    shown = as_known(sample.pk, 1, by=auditor, now=NOW)
    words = " ".join(str(getattr(shown, each.name)) for each in fields(shown) if each.name != "policy")
    for hidden in ("SECRET-ANSWER", "The reasons in full.", "early_help", "Early help", "Screener"):
        assert hidden not in words
    assert shown.earlier == ()
    assert len(shown.signs) == 1
    contact = at_position(sample.pk, 1, auditor).contact
    assert str(contact.pk) not in words
    assert contact.reference not in words
    (event,) = [each for each in events_about("contact", str(contact.pk)) if each.verb == "see_sampled"]
    assert event.detail == {"sample": sample.pk}


def test_names_of_people_described_are_taken_out_of_the_words(cast: Cast, six: list[Contact]) -> None:
    sample, auditor = drawn(cast), cast.health_visitor
    contact = at_position(sample.pk, 1, auditor).contact
    name = Part.objects.filter(contact=contact).exclude(description__name="")[0].description.name
    told = NamesOf(contact).out_of(f"I saw {name.upper()} at the gate.")
    assert told.startswith("I saw ▢")
    assert name.split()[0].upper() not in told
    assert NAME in told


def test_everybody_has_an_order_of_their_own(cast: Cast, six: list[Contact]) -> None:
    sample = drawn(cast)
    orders = {
        name: [at_position(sample.pk, place, cast.people[name]).number for place in range(1, 7)]
        for name in AUDITORS
    }
    assert all(sorted(order) == list(range(1, 7)) for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) > 1
    with pytest.raises(Sampled.DoesNotExist):
        at_position(sample.pk, 7, cast.health_visitor)


def test_only_whoever_was_asked_and_had_no_hand_in_it_reads_a_concern(cast: Cast, six: list[Contact]) -> None:
    asked = (cast.teacher.email, cast.screener.email, cast.health_visitor.email)
    sample = drawn(cast, auditors=asked)
    for nobody in (cast.teacher, cast.screener, cast.manager, cast.partner, cast.gp, cast.policy_lead):
        with pytest.raises(Refused):
            as_known(sample.pk, 1, by=nobody, now=NOW)
        with pytest.raises(Refused):
            judge(sample_id=sample.pk, position=1, level="2", reasons="Mine.", by=nobody, now=NOW)
    assert as_known(sample.pk, 1, by=cast.health_visitor, now=NOW)
    assert progress(sample.pk, NOW).to_judge == 6, "the raiser and the screener had a hand in all of them"


def test_what_is_restricted_after_it_was_drawn_is_put_before_nobody(cast: Cast, six: list[Contact]) -> None:
    sample, auditor = drawn(cast), cast.health_visitor
    concern = at_position(sample.pk, 1, auditor)
    restrict(concern.contact, cast)
    with pytest.raises(Refused):
        as_known(sample.pk, 1, by=auditor, now=NOW)
    assert next_position(sample.pk, auditor, NOW) == 2
    assert progress(sample.pk, NOW).to_judge == 15


def test_a_verdict_needs_a_level_of_that_threshold_and_reasons_and_is_given_once(
    cast: Cast, six: list[Contact]
) -> None:
    sample, auditor = drawn(cast), cast.health_visitor
    with pytest.raises(SampleIncomplete) as lacking:
        judge(sample_id=sample.pk, position=1, level="9", reasons=" ", by=auditor, now=NOW)
    assert [each.field for each in lacking.value.reasons] == ["level", "reasons"]
    judge(sample_id=sample.pk, position=1, level="2", reasons="Mine.", by=auditor, now=NOW)
    with pytest.raises(NotNow):
        judge(sample_id=sample.pk, position=1, level="3", reasons="Mine.", by=auditor, now=NOW)
    log = [each for each in events_about("case_audit", str(sample.pk)) if each.verb == "judge_sampled"]
    assert [each.detail for each in log] == [{"position": 1}], "the level is not in the log"


def test_nothing_is_shown_until_the_outcome_is_opened_and_nobody_judges_afterwards(
    cast: Cast, six: list[Contact]
) -> None:
    sample = drawn(cast)
    judge_all(sample, cast.health_visitor, *"222222")
    with pytest.raises(NotNow):
        sample_opened(sample.pk, by=cast.manager, now=NOW)
    with pytest.raises(NotNow):
        discuss(sample_id=sample.pk, number=1, text="Early words.", by=cast.manager, now=NOW)
    with pytest.raises(Refused):
        open_outcome(sample_id=sample.pk, by=cast.health_visitor, now=NOW)
    with pytest.raises(SampleIncomplete):
        open_outcome(sample_id=sample.pk, by=cast.manager, now=NOW)
    open_outcome(sample_id=sample.pk, why_early="Two are away.", by=cast.manager, now=NOW)
    with pytest.raises(NotNow):
        open_outcome(sample_id=sample.pk, why_early="Again.", by=cast.manager, now=NOW)
    with pytest.raises(Refused):
        as_known(sample.pk, 1, by=cast.police_officer, now=NOW)
    with pytest.raises(Refused):
        judge(sample_id=sample.pk, position=1, level="2", reasons="Late.", by=cast.police_officer, now=NOW)
    with pytest.raises(Refused):
        sample_opened(sample.pk, by=cast.health_visitor, now=NOW)


def test_agreement_is_shown_with_its_interval_and_no_name_of_who_decided(
    cast: Cast, six: list[Contact]
) -> None:
    sample = drawn(cast)
    judge_all(sample, cast.health_visitor, *"222222")
    judge_all(sample, cast.police_officer, *"222222")
    judge_all(sample, cast.housing_officer, *"333222")
    open_outcome(sample_id=sample.pk, by=cast.manager, now=NOW)
    discuss(sample_id=sample.pk, number=2, text="We read A13 differently.", by=cast.manager, now=NOW)
    found = sample_opened(sample.pk, by=cast.manager, now=NOW)
    assert (found.judgements, found.lower, found.higher) == (18, 0, 3)
    assert isinstance(found.with_decision, Share)
    assert (found.with_decision.count, found.with_decision.of) == (15, 18)
    assert isinstance(found.among, Alpha)
    assert found.among.interval
    assert sum(each.differs for each in found.outcomes) == 3
    assert found.outcomes[1].discussed == ("We read A13 differently.",)
    assert cast.screener.name not in str(found)
    assert found.outcomes[0].rationale == "The reasons in full."


def test_whoever_leads_on_the_threshold_but_may_not_open_the_record_reads_no_words_of_it(
    cast: Cast, six: list[Contact]
) -> None:
    sample = drawn(cast)
    open_outcome(sample_id=sample.pk, why_early="A test.", by=cast.manager, now=NOW)
    found = sample_opened(sample.pk, by=cast.policy_lead, now=NOW)
    assert {(each.rationale, each.contact) for each in found.outcomes} == {("", "")}


def test_whoever_is_kept_out_of_a_concern_reads_no_words_about_it_in_the_opened_sample(
    cast: Cast, six: list[Contact]
) -> None:
    sample = drawn(cast)
    judge_all(sample, cast.health_visitor, *"222222")
    open_outcome(sample_id=sample.pk, why_early="A test.", by=cast.manager, now=NOW)
    for number in (1, 2):
        discuss(sample_id=sample.pk, number=number, text="Her aunt.", by=cast.manager, now=NOW)
    closed = Sampled.objects.get(sample=sample, number=1).contact
    declare_conflict(contact_id=closed.pk, reason="I know them.", by=cast.manager, now=NOW)
    first, second, *_ = sample_opened(sample.pk, by=cast.manager, now=NOW).outcomes
    assert first.is_closed and not (first.after or first.rationale or first.discussed or first.contact)
    assert [each.reasons for each in first.verdicts] == [""]
    assert not second.is_closed and second.discussed and second.after and second.verdicts[0].reasons


def test_the_list_shows_each_their_own(cast: Cast, six: list[Contact]) -> None:
    sample = drawn(cast)
    judge_all(sample, cast.health_visitor, "2")
    (own,) = samples(by=cast.health_visitor, now=NOW)
    assert own.mine is not None
    assert (own.mine.judged, own.mine.to_judge, own.all) == (1, 6, None)
    (led,) = samples(by=cast.manager, now=NOW)
    assert led.mine is None
    assert led.all is not None
    assert (led.all.judged, led.all.to_judge) == (1, 18)
    assert samples(by=cast.gp, now=NOW) == []
    assert Verdict.objects.count() == 1
