from datetime import timedelta

from django.utils import timezone

from openmash.apps.concerns.account import Raiser, SignTold
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.actions.screening import record_fact, record_sign, withdraw_sign
from openmash.apps.concerns.models import Contact
from openmash.apps.policy.actions import adopt
from tests.cast import Cast, account, policy_texts
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, words_of


def record_of(contact: Contact, cast: Cast, as_person: SignedIn, person: str = "screener") -> str:
    return words_of(as_person(cast.people[person]).get(address("contact", contact)))


def adopt_a_newer_version(cast: Cast) -> None:
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', 'version = "2027-02"')
    now = timezone.now()
    adopt(
        texts=texts,
        decision="Agreed for the tests.",
        in_force_from=now - timedelta(minutes=1),
        by=None,
        now=now,
    )


def test_the_record_comes_in_the_order_a_screener_needs(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.screener).get(address("contact", stages.screening(cast))).content.decode()
    order = ["chronology", "already-known", "account", "people", "signs", "facts", "threshold"]
    places = [page.index("Who has it"), *(page.index(f'id="{name}"') for name in order)]
    assert places == sorted(places)


def test_who_said_what_and_on_what_evidence(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    by, now = cast.screener, stages.ago(5)
    record_sign(contact_id=contact.pk, sign="B18", evidence="reported", note="The aunt.", by=by, now=now)
    page = record_of(contact, cast, as_person)
    assert "What I saw, in my own words." in page
    assert "Teacher, Teacher, Millbrook Primary School" in page
    assert "Seen by me. Teacher" in page and "When: most Mondays" in page and "wet coat" in page
    assert "Reported by someone. Screener" in page and "The aunt." in page
    assert "Bo Winter Other child in the household" in page
    assert "Not known: date of birth, GP, language, cared for by." in page


def test_a_withdrawn_sign_stays_visible_with_the_reason(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast, "B18")
    sign = contact.signs.get()
    reason = "The aunt meant another family."
    withdraw_sign(contact_id=contact.pk, sign_id=sign.pk, reason=reason, by=cast.screener, now=stages.ago(5))
    answer = as_person(cast.screener).get(address("contact", contact))
    assert "<s>B18 In the last 12 months" in answer.content.decode()
    assert f"Withdrawn by Screener, Screener, Northfield Children's Services, because: {reason}" in words_of(
        answer
    )
    assert address("withdraw_sign", contact, sign_id=sign.pk) not in answer.content.decode()


def test_what_is_not_known_is_listed_and_never_shown_as_no(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    by, now = cast.screener, stages.ago(5)
    record_fact(contact_id=contact.pk, fact="disabled", answer="no", note="GP", by=by, now=now)
    record_fact(contact_id=contact.pk, fact="not_mobile", answer="not_known", by=by, now=now)
    page = record_of(contact, cast, as_person)
    unknown = page[
        page.index("Not known: never taken as no") : page.index("Answered Is the child in danger now")
    ]
    assert "Is the child unable to move about on their own" in unknown
    assert "Has the family said no to help?" in unknown and "To ask: The agency that offered help." in unknown
    assert "Is the child disabled" not in unknown


def test_the_finding_now_stands_beside_the_one_when_it_was_raised(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast, "A06")
    page = record_of(contact, cast, as_person)
    assert "The same: Level 2: Early help." in page
    record_sign(contact_id=contact.pk, sign="D03", evidence="confirmed", by=cast.screener, now=stages.ago(5))
    page = record_of(contact, cast, as_person)
    now = page[page.index("Now, from everything known here") : page.index("When it was raised, from what")]
    assert "Immediate: act now" in now and "C1b" in now and "Time to respond: at once." in now
    assert "C2a" in now and "This sign was chosen: D03" in now
    assert "between level 4: Protection and immediate: act now" in now
    assert "Level 2: Early help" in page[page.index("When it was raised, from what") :]


def test_earlier_decisions_stay_visible_with_their_reasons(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.answered(cast)
    client = as_person(cast.screener)
    answer = send(client, address("add_information", contact), text="He has a new bruise.")
    assert answer.status_code == 302
    page = words_of(client.get(address("contact", contact)))
    assert "Waiting to be screened" in page
    assert "He has a new bruise." in page
    assert "Decision before this was opened again" in page and "The reasons in full." in page
    assert "Version 2026-11" in page
    assert "Thank you. This is what we decided and why." in page


def test_the_version_decided_under_is_said_when_another_is_in_force(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    assert "is in force now" not in record_of(contact, cast, as_person)
    adopt_a_newer_version(cast)
    said = "under threshold version 2026-11. Version 2027-02 is in force now."
    assert said in record_of(contact, cast, as_person)
    deciding = words_of(as_person(cast.screener).get(address("decide", contact)))
    assert "raised under threshold version 2026-11 and is decided under it" in deciding


def test_the_child_is_held_at_the_higher_level_and_it_says_so(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.disagreed(cast)
    page = record_of(contact, cast, as_person)
    assert "The child is held at Level 4: Protection meanwhile." in page
    assert "Step 1 of 4, with the practitioner." in page
    assert "They think it should be: Level 4: Protection." in page


def test_buttons_show_what_this_person_may_do_at_this_stage(cast: Cast, as_person: SignedIn) -> None:
    expected = [
        (stages.raised, "screener", {"Start screening", "Add a sign"}),
        (stages.screening, "screener", {"Decide", "Add a sign", "Add new information"}),
        (stages.screening, "head", {"Decide"}),
        (stages.proposed, "manager", {"Agree or return the decision", "Add new information"}),
        (stages.proposed, "screener", {"Add new information"}),
        (stages.decided, "screener", {"Write the answer"}),
        (stages.disagreed, "screener", {"Reply to the disagreement"}),
        (stages.disagreed, "head", set()),
        (stages.asked, "adviser", {"Give advice"}),
    ]
    every = {
        "Start screening",
        "Decide",
        "Agree or return the decision",
        "Write the answer",
        "Give advice",
        "Reply to the disagreement",
    }
    for stage, person, buttons in expected:
        page = as_person(cast.people[person]).get(address("contact", stage(cast))).content.decode()
        row = page[page.index("om-what-now") : page.index('id="chronology"')]
        missing = {each for each in buttons if each not in row}
        extra = {each for each in every - buttons if f"{each}\n" in row or f">{each}<" in row}
        assert not missing and not extra, (stage.__name__, person, missing, extra)


def test_whatever_people_type_is_shown_as_they_typed_it(cast: Cast, as_person: SignedIn) -> None:
    told = "<script>alert(1)</script>\nمرحبا, Zoë said “ok” 👩‍👧\n\n" + "word " * 10_000
    contact = stages.raised(cast, SignTold("A06", "seen", note="<b>bold</b>"), account=told)
    page = as_person(cast.screener).get(address("contact", contact)).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;\nمرحبا" in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert page.count("word ") >= 10_000


def test_a_request_for_advice_shows_the_question_and_no_decision(cast: Cast, as_person: SignedIn) -> None:
    page = record_of(stages.asked(cast), cast, as_person, "adviser")
    assert "A pupil is tired every day. What should I do?" in page
    assert "Request for advice A-" in page and "Start screening" not in page


def test_a_concern_from_the_public_shows_how_to_reach_them(cast: Cast, as_person: SignedIn) -> None:
    told = account(cast, "A06", raiser=Raiser("neighbour", "Mrs Bell", "07700 900123"))
    contact = raise_concern(account=told, by=None, now=stages.ago(30)).contact
    page = record_of(contact, cast, as_person)
    assert "Raised by Mrs Bell , Neighbour or friend" in page and "Can be reached at: 07700 900123" in page
