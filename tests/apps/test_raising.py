"""What is sent: clocks, drafts, what stands in the way, and who can come back to it."""

from datetime import date, datetime
from typing import Any

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.account import Raiser, SignTold
from openmash.apps.concerns.actions.drafts import discard_draft, keep_page, own_draft, start_draft
from openmash.apps.concerns.actions.proving import prove_by_code
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.codes import new_code
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.concerns.queries.looking import look_as_raiser
from openmash.apps.concerns.states import State
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.queries import adopted, in_force
from tests.apps.journey import HOUR, NOW, at, raised
from tests.cast import MONDAY, Cast, account, child, policy_texts


@pytest.mark.parametrize(
    ("received", "sign", "due"),
    [
        (at(2026, 11, 20, 16, 50), "A06", at(2026, 11, 23, 16, 50)),  # Friday afternoon
        (at(2026, 11, 21, 11, 0), "A06", at(2026, 11, 23, 23, 59)),  # Saturday
        (at(2026, 12, 24, 15, 0), "A06", at(2026, 12, 29, 15, 0)),  # Christmas, and Boxing Day's substitute
        (at(2027, 3, 25, 15, 0), "A06", at(2027, 3, 30, 15, 0)),  # Easter, and the change to summer time
        (at(2026, 11, 20, 16, 50), "D18", at(2026, 11, 20, 23, 59)),  # level 4: the same day
        (at(2026, 11, 20, 16, 50), "D01", at(2026, 11, 20, 16, 50)),  # immediate: at once
    ],
)
def test_the_clock_is_worked_out_on_the_server(
    cast: Cast, received: datetime, sign: str, due: datetime
) -> None:
    assert raised(cast, sign, now=received).due_at == due


def test_danger_now_is_immediate_whatever_signs_were_chosen(cast: Cast) -> None:
    contact = raised(cast, "A06", in_danger="yes")
    assert contact.findings.get().level == "I"
    assert contact.due_at == MONDAY
    assert raised(cast, "A06", in_danger="not_known").findings.get().level == "2"


def test_a_concern_about_a_child_of_whom_nothing_is_known(cast: Cast) -> None:
    contact = raised(cast, parts=(child(""),), seen="not_known")
    assert contact.state == State.RECEIVED
    assert contact.findings.get().level == "1"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"account": "  "}, "account"),
        ({"parts": ()}, "child"),
        ({"parts": (child(born_on=date(2030, 1, 1)),)}, "born_on"),
        ({"parts": (child(about_age=900),)}, "about_age"),
        ({"signs": (SignTold("Z99", "seen"),)}, "signs"),
        ({"signs": (SignTold("A06", "rumour"),)}, "A06-evidence"),
        ({"signs": (SignTold("A06", "seen", since=date(2030, 1, 1)),)}, "A06-since"),
        ({"facts": {"is_royal": "yes"}}, "is_royal"),
    ],
)
def test_what_cannot_be_sent_says_why(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Incomplete) as incomplete:
        raised(cast, **given)
    assert [reason.field for reason in incomplete.value.reasons] == [field]
    assert not Contact.objects.exists()


def test_sending_a_draft_twice_is_one_concern(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    first = raise_concern(account=account(cast), by=cast.teacher, now=MONDAY, draft_id=draft.pk)
    again = raise_concern(account=account(cast), by=cast.teacher, now=NOW, draft_id=draft.pk)
    assert again.contact == first.contact
    assert again.was_already_sent
    assert Contact.objects.count() == 1


def test_a_draft_keeps_what_was_typed_and_is_nobody_elses(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    keep_page(
        draft_id=draft.pk, page="child", values={"day": ["31"], "month": ["2"]}, by=cast.teacher, now=NOW
    )
    assert own_draft(draft.pk, cast.teacher, "").pages == {"child": {"day": ["31"], "month": ["2"]}}
    for by, code in ((cast.gp, ""), (None, ""), (None, "AAAA-BBBB-CCCC"), (cast.manager, "")):
        with pytest.raises(Refused):
            own_draft(draft.pk, by, code)
    discard_draft(draft_id=draft.pk, by=cast.teacher, now=NOW)
    assert Draft.objects.get().pages == {}


def test_the_words_of_a_sent_draft_are_kept_once(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, pages={"child": {"name": ["Alex"]}}, now=MONDAY)
    raise_concern(account=account(cast), by=cast.teacher, now=MONDAY, draft_id=draft.pk)
    assert Draft.objects.get().pages == {}
    with pytest.raises(NotPossibleNow):
        keep_page(draft_id=draft.pk, page="child", values={}, by=cast.teacher, now=NOW)


def test_a_discarded_draft_cannot_be_sent(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    discard_draft(draft_id=draft.pk, by=cast.teacher, now=NOW)
    with pytest.raises(NotPossibleNow):
        raise_concern(account=account(cast), by=cast.teacher, now=NOW, draft_id=draft.pk)


def test_a_neighbour_without_a_name_hears_back_with_the_code(cast: Cast) -> None:
    code = new_code()
    draft = start_draft(kind="concern", by=None, code=code, now=MONDAY)
    sent = raise_concern(
        account=account(cast, raiser=Raiser("neighbour")),
        by=None,
        now=MONDAY,
        draft_id=draft.pk,
        draft_code=code,
    )
    assert sent.code and sent.code not in sent.contact.code_hash
    assert prove_by_code(reference=sent.contact.reference, code="AAAA-AAAA-AAAA", now=NOW) is None
    lazily_typed = {"reference": sent.contact.reference.lower(), "code": sent.code.lower().replace("-", " ")}
    assert prove_by_code(**lazily_typed, now=NOW) == sent.contact.pk
    with pytest.raises(Refused):
        look_as_raiser(sent.contact.pk, by=None, now=NOW)
    seen = look_as_raiser(sent.contact.pk, by=None, now=NOW, codes=frozenset({str(sent.contact.pk)}))
    assert seen == sent.contact


def test_a_concern_keeps_the_policy_it_was_filled_in_with(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', 'version = "2026-12"')
    newer = adopt(
        texts=texts,
        decision="Agreed for the tests.",
        in_force_from=MONDAY + HOUR,
        by=cast.partner,
        now=MONDAY + HOUR,
    )
    assert in_force(NOW).pk == newer.pk
    told = account(cast, policy_id=draft.policy_id)
    sent = raise_concern(account=told, by=cast.teacher, now=NOW, draft_id=draft.pk).contact
    assert adopted(sent.policy_id).policy.version == "2026-11"
    assert sent.findings.get().finding["policy"]["version"] == "2026-11"
