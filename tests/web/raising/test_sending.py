"""From the last look to the answer at once, for people with and without an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.concerns.actions.drafts import start_draft
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.concerns.states import State
from openmash.apps.families.models import Link
from openmash.apps.policy.actions import adopt
from tests.cast import Cast, policy_texts
from tests.web.raising.conftest import Writer, as_person, text_of


def sent_by(writer: Writer, **signs: object) -> Contact:
    writer.begin()
    writer.least()
    writer.send()
    return Contact.objects.latest("received_at")


def test_a_whole_concern_arrives_as_typed(teacher: Writer) -> None:
    teacher.begin()
    teacher.post(
        "child/1/",
        name="Zoya Hart",
        how_old="about",
        about_age="7",
        address="4 Mill Lane\nnf1 2ab",
        sex="female",
    )
    teacher.post("people/1/", role="parent", name="Ann Hart", home="with_child")
    teacher.post("people/2/", role="other_child", name="Sam", how_old="unborn", home="not_known")
    teacher.post(
        "people/3/",
        role="parent",
        name="Kit",
        how_old="about",
        about_age="16",
        home="elsewhere",
        address="9 Low St",
    )
    teacher.post("people/", another="no")
    teacher.post(
        "happening/",
        account="What I saw.",
        seen="yes",
        spoken_to="no",
        parents_know="no",
        parents_know_why_not="Not safe",
        where_now="In class",
    )
    teacher.post("signs/", signs_PC=["A12"], signs_SP=["D02"], strengths=["U03"])
    teacher.post(
        "about-signs/",
        A12__evidence="seen",
        A12__times="3",
        D02__evidence="reported",
        D02__immediate="no",
        D02__since_day="1",
        D02__since_month="3",
        D02__since_year="2024",
        D02__note="Left arm",
        U03__evidence="said",
    )
    teacher.post("facts/", disabled="no", help_refused="not_known")
    response = teacher.send()
    contact = Contact.objects.get()
    assert response["Location"] == f"/concerns/sent/{contact.pk}/"
    people = {part.description.name: part for part in contact.parts.select_related("description")}
    assert people["Zoya Hart"].description.postcode == "NF1 2AB"
    assert people["Ann Hart"].description.address == people["Zoya Hart"].description.address
    assert people["Sam"].description.kind == "unborn"
    assert (people["Kit"].description.kind, people["Kit"].role) == ("child", "parent"), (
        "a parent of 16 is a child"
    )
    signs = {sign.sign: sign for sign in contact.signs.all()}
    assert len(signs["A12"].examples) == 3
    assert (signs["D02"].immediate_answer, signs["D02"].note, str(signs["D02"].since)) == (
        "no",
        "Left arm",
        "2024-03-01",
    )
    assert {fact.fact: fact.answer for fact in contact.facts.all()} == {
        "disabled": "no",
        "help_refused": "not_known",
    }
    assert (contact.seen, contact.spoken_to, contact.parents_know) == ("yes", "no", "no")
    assert (contact.where_now, contact.parents_know_why_not) == ("In class", "Not safe")


def test_not_known_is_shown_as_an_answer_and_never_as_no(teacher: Writer) -> None:
    teacher.begin()
    teacher.least()
    teacher.post("facts/", disabled="no", visits_missed="not_known")
    text = text_of(teacher.get("check/"))
    assert "Child seen since it began Not answered, so kept as not known" in text
    assert "Is the child disabled or seriously ill? No" in text
    assert "Have visits or appointments been missed again and again? Not known" in text
    assert "Left empty, so kept as not known" in text
    teacher.send()
    contact = Contact.objects.get()
    assert (contact.seen, contact.spoken_to, contact.parents_know) == ("not_known",) * 3
    assert "help_refused" not in {fact.fact for fact in contact.facts.all()}


def test_pressing_send_twice_sends_once(teacher: Writer) -> None:
    contact = sent_by(teacher)
    again = teacher.client.post(f"{teacher.base}send/", follow=True)
    assert Contact.objects.count() == 1
    assert again.redirect_chain[-1][0] == f"/concerns/sent/{contact.pk}/"
    assert "already been sent, once" in text_of(again)


def test_a_sent_draft_cannot_be_written_on(teacher: Writer) -> None:
    sent_by(teacher)
    assert teacher.get("happening/").status_code == 302
    assert teacher.post("happening/", account="more").status_code == 302
    late = teacher.keep("happening", account="more")
    assert (late.status_code, late.json()["reason"]) == (
        410,
        "This has already been sent. You can add new information to it.",
    )


def test_the_answer_says_level_reasons_time_and_that_a_person_decides(teacher: Writer) -> None:
    teacher.begin()
    teacher.least()
    teacher.post("signs/", signs_CD=["B04"])
    teacher.post("about-signs/", B04__evidence="said")
    text = text_of(teacher.client.post(f"{teacher.base}send/", follow=True))
    for words in [
        "This is guidance from the published threshold. A person decides.",
        "This needs help from several people working to one plan",
        "Level 3: Family Help.",
        "(rule C2b)",
        "B04 “The child has hurt themselves",
        "tells you the decision and its reasons by",
        "Agree a safety plan with the child",
        "Until it is settled the child is held at the higher level",
        "would be level 4 if the carers stand in the way of help",
        "Depending on what only we can check, it could be level 4 (Protection).",
    ]:
        assert words in text


def test_what_is_not_known_is_told_with_how_far_it_could_move_the_level(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("child/1/", how_old="about", about_age="9")
    teacher.post("happening/", account="He was alone in the park.")
    teacher.post("signs/", signs_PC=["A12"])
    teacher.post("about-signs/", A12__evidence="seen")
    text = text_of(teacher.client.post(f"{teacher.base}send/", follow=True))
    assert "Level 2: Early help." in text
    assert "Depending on what is not known, it could be level 4 (Protection)." in text
    assert "If the answer to “Is the child disabled or seriously ill?” is yes, it would be level 3." in text


def test_without_signs_the_words_of_the_lowest_level_are_not_given_as_an_answer(teacher: Writer) -> None:
    contact = sent_by(teacher)
    text = text_of(teacher.client.get(f"/concerns/sent/{contact.pk}/"))
    assert "Thank you for telling us. A person will read what you wrote." in text
    assert "can be met by the care you already give" not in text
    assert "Nothing here seems to need more" not in text


def test_danger_now_puts_the_telephone_first_whatever_the_level(teacher: Writer) -> None:
    teacher.begin(in_danger="yes")
    ring = teacher.get("ring-first/").content.decode()
    assert ring.index("tel:999") < ring.index("tel:02079460112") < ring.index("continue to the form")
    teacher.least()
    listed = teacher.get().content.decode()
    assert 'role="alert"' in listed and listed.index("tel:999") < listed.index("<h1")
    answer = teacher.client.post(f"{teacher.base}send/", follow=True).content.decode()
    assert answer.index("tel:999") < answer.index("<h1")


IMMEDIATE = [
    (["D01"], {}, True),
    (["D02"], {}, True),
    (["D02"], {"D02__immediate": "yes"}, True),
    (["D02"], {"D02__immediate": "not_known"}, True),
    (["D02"], {"D02__immediate": "no"}, False),
    (["D02"], {"D02__immediate": "nonsense"}, True),
    (["D02", "D04"], {"D02__immediate": "no"}, True),
    (["D09"], {}, False),
]


@pytest.mark.parametrize(("signs", "answers", "rings"), IMMEDIATE)
def test_a_sign_that_may_be_immediate_rings_on_the_next_page_and_the_list(
    teacher: Writer, signs: list[str], answers: dict[str, str], rings: bool
) -> None:
    teacher.begin()
    following = teacher.client.get(teacher.post("signs/", signs_SP=signs)["Location"])
    by_itself = [sign for sign in signs if sign != "D09"]
    assert ("Ring first. Write afterwards." in text_of(following)) is bool(by_itself)
    teacher.keep("about-signs", **answers)
    words = {
        "": "Ring first. Write afterwards.",
        "check/": "Ring first. Write afterwards.",
        "facts/": "Ring first:",
    }
    for path, said in words.items():
        assert (said in text_of(teacher.get(path))) is rings, path


def test_a_form_begun_before_the_policy_changed_is_sent_under_its_own_version(
    teacher: Writer, cast: Cast
) -> None:
    teacher.begin()
    teacher.least()
    adopt_next_version()
    assert "is sent under version 2026-11, with which you began. Version 2027-01 is now in force" in text_of(
        teacher.get("check/")
    )
    answer = text_of(teacher.client.post(f"{teacher.base}send/", follow=True))
    assert "Yours was sent under version 2026-11, with which you began" in answer
    assert Contact.objects.get().policy_id == cast.policy.pk


def adopt_next_version() -> None:
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', 'version = "2027-01"')
    now = timezone.now()
    adopt(
        texts=texts,
        decision="Agreed for the tests.",
        in_force_from=now - timedelta(minutes=1),
        by=None,
        now=now,
    )


def test_every_look_at_the_answer_is_written_down(teacher: Writer, cast: Cast) -> None:
    contact = sent_by(teacher)
    before = Event.objects.filter(verb="see_as_raiser").count()
    teacher.client.get(f"/concerns/sent/{contact.pk}/")
    looks = Event.objects.filter(verb="see_as_raiser", subject_id=str(contact.pk), by_id=cast.teacher.pk)
    assert looks.count() == before + 1


@pytest.mark.parametrize("path", ["", "disagree/"])
def test_somebody_elses_answer_is_refused_and_the_refusal_written_down(
    teacher: Writer, cast: Cast, path: str
) -> None:
    contact = sent_by(teacher)
    other = as_person(cast, cast.gp)
    assert other.client.get(f"/concerns/sent/{contact.pk}/{path}").status_code == 403
    assert Client().get(f"/concerns/sent/{contact.pk}/{path}").status_code == 403
    assert Event.objects.filter(outcome="refused", subject_id=str(contact.pk)).count() == 2


def test_an_unknown_contact_is_not_found(teacher: Writer) -> None:
    assert teacher.client.get("/concerns/sent/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_disagreeing_before_a_decision_is_read_by_whoever_decides(teacher: Writer) -> None:
    contact = sent_by(teacher)
    where = f"/concerns/sent/{contact.pk}/disagree/"
    assert "Write why you think this is more serious" in text_of(teacher.client.post(where, {"why": ""}))
    assert teacher.client.post(where, {"why": "He is afraid to go home."}).status_code == 302
    assert "He is afraid to go home." in contact.information.get().text


# --- without an account ------------------------------------------------------------------------------


def test_a_neighbour_is_given_a_reference_and_a_code_and_may_stay_anonymous(neighbour: Writer) -> None:
    neighbour.begin()
    neighbour.least()
    response = neighbour.client.post(f"{neighbour.base}send/", follow=True)
    contact = Contact.objects.get()
    assert (contact.raised_by, contact.raiser_name, contact.source) == (None, "", "neighbour")
    text = text_of(response)
    assert contact.reference in text
    assert "Write these down, or print this page" in text
    code = neighbour.client.session["new_codes"][str(contact.pk)][0]
    assert code in text
    again = text_of(neighbour.client.post(f"{neighbour.base}send/", follow=True))
    assert code in again, "a second click shows it too"
    assert Contact.objects.count() == 1


def test_the_code_is_forgotten_after_a_quarter_of_an_hour(neighbour: Writer) -> None:
    contact = sent_by(neighbour)
    session = neighbour.client.session
    code = session["new_codes"][str(contact.pk)][0]
    session["new_codes"] = {str(contact.pk): [code, (timezone.now() - timedelta(minutes=16)).isoformat()]}
    session.save()
    assert code not in text_of(neighbour.client.get(f"/concerns/sent/{contact.pk}/"))
    assert "new_codes" not in neighbour.client.session


def test_somebody_who_works_with_children_but_has_no_account(neighbour: Writer) -> None:
    response = neighbour.client.post(
        "/concerns/",
        {"in_danger": "no", "source": "works_with_children", "locality": neighbour.cast.here.pk},
        follow=True,
    )
    assert "Choose where you work" in text_of(response)
    neighbour.begin(source="works_with_children", work="independent_school")
    neighbour.least()
    neighbour.send()
    assert Contact.objects.get().source == "independent_school"


def test_a_closed_browser_comes_back_to_a_draft_for_a_week_by_its_cookie(neighbour: Writer) -> None:
    neighbour.begin()
    cookie = neighbour.client.cookies["openmash-drafts"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 7 * 24 * 60 * 60)
    later = Client()
    later.cookies["openmash-drafts"] = cookie.value
    assert "Unfinished" in text_of(later.get("/concerns/"))
    assert later.get(neighbour.base).status_code == 200
    assert Client().get(neighbour.base).status_code == 403, "without the cookie it is refused"


@pytest.mark.parametrize(
    "change", [lambda value: value[:-1] + "x", lambda value: "{}:" + value, lambda _value: "rubbish"]
)
def test_a_changed_cookie_opens_nothing(neighbour: Writer, change: object) -> None:
    neighbour.begin()
    thief = Client()
    thief.cookies["openmash-drafts"] = change(neighbour.client.cookies["openmash-drafts"].value)  # type: ignore[operator]
    assert thief.get(neighbour.base).status_code == 403
    assert thief.get("/concerns/").status_code == 200


def test_the_draft_of_an_account_asks_for_signing_in_and_loses_nothing(teacher: Writer, cast: Cast) -> None:
    teacher.begin()
    stranger = Client()
    assert stranger.get(teacher.base)["Location"].startswith("/sign-in/?next=")
    posted = stranger.post(f"{teacher.base}happening/", {"account": "What I saw on Friday."})
    assert (posted.status_code, "What I saw on Friday." in text_of(posted)) == (401, True)
    saving = stranger.post(
        f"{teacher.base}keep/happening/", {"account": "x"}, headers={"accept": "application/json"}
    )
    assert (saving.status_code, saving.json()) == (401, {"signed_out": True})
    colleague = as_person(cast, cast.safeguarding_lead)
    assert colleague.client.get(teacher.base).status_code == 403
    assert colleague.client.post(f"{teacher.base}send/").status_code == 403
    assert Draft.objects.get().pages.get("happening") is None
    assert Event.objects.filter(outcome="refused", verb="open_draft").count() == 2


@pytest.mark.parametrize("path", ["", "check/", "happening/", "keep/happening/"])
def test_a_draft_that_does_not_exist_is_not_found(teacher: Writer, path: str) -> None:
    assert teacher.client.get(f"/concerns/00000000-0000-4000-8000-000000000000/{path}").status_code == 404


@pytest.mark.parametrize(
    "name", ["told-before-1", "question", "child-0", "child-999", "person-1000", "x" * 60]
)
def test_a_page_that_does_not_exist_is_not_kept(teacher: Writer, name: str) -> None:
    teacher.begin()
    assert teacher.keep(name, anything="x").status_code == 404
    assert set(Draft.objects.get().pages) == {"start"}


def test_deleting_a_draft_takes_its_words_away(teacher: Writer) -> None:
    teacher.begin()
    teacher.least()
    assert "Delete this draft?" in text_of(teacher.get("delete/"))
    teacher.client.post(f"{teacher.base}delete/")
    assert Draft.objects.get().pages == {}
    assert teacher.get().status_code == 410
    assert "Unfinished" not in text_of(teacher.client.get("/concerns/"))


def test_an_older_copy_is_never_laid_over_a_newer_one_unasked(teacher: Writer) -> None:
    teacher.begin()
    first = teacher.keep("happening", account="one").json()["based_on"]
    assert teacher.keep("happening", account="two", _based_on=first).status_code == 200
    assert teacher.keep("happening", account="three", _based_on=first).status_code == 409
    assert teacher.keep("happening", account="two", _based_on=first).status_code == 200, (
        "the same words are no quarrel"
    )
    assert Draft.objects.get().pages["happening"] == {"account": ["two"]}


# --- a child told about before -----------------------------------------------------------------------


def test_a_child_told_about_before_is_not_typed_again_and_is_linked(teacher: Writer) -> None:
    teacher.begin()
    teacher.post(
        "child/1/",
        name="Zoya Hart",
        how_old="born",
        born_on_day="2",
        born_on_month="3",
        born_on_year="2017",
        school="Millbrook",
    )
    teacher.post("happening/", account="First time.")
    teacher.send()
    earlier = Contact.objects.get()
    listed = teacher.client.get("/concerns/told-before/")
    assert "Zoya Hart, born 2 March 2017" in text_of(listed)
    choice = f"{earlier.pk}:{earlier.parts.get().pk}"
    response = teacher.client.post("/concerns/told-before/", {"child": choice})
    teacher.base = "/".join(response["Location"].split("/")[:3]) + "/"
    page = teacher.get("child/1/").content.decode()
    assert 'value="Zoya Hart"' in page and 'value="Millbrook"' in page and earlier.reference in page
    teacher.post("start/", in_danger="no", locality=teacher.cast.here.pk)
    teacher.post("happening/", account="Second time.")
    teacher.send()
    later = Contact.objects.latest("received_at")
    assert later.same_child_as_id == earlier.pk
    assert Link.objects.count() == 2


def test_choosing_a_child_later_keeps_what_was_typed_and_can_be_taken_back(teacher: Writer) -> None:
    earlier = sent_by(teacher)
    teacher.begin()
    teacher.post("child/1/", name="Typed by hand", how_old="about", about_age="5")
    choice = f"{earlier.pk}:{earlier.parts.get().pk}"
    teacher.client.post(f"{teacher.base}told-before/", {"child": choice})
    pages = Draft.objects.get(sent_as=None).pages
    assert (pages["child-1"]["name"], pages["child-1"]["about_age"]) == (["Typed by hand"], ["5"])
    assert pages["told-before"]["contact"] == [str(earlier.pk)]
    teacher.client.post(f"{teacher.base}told-before/", {"child": "another_child"})
    assert Draft.objects.get(sent_as=None).pages["told-before"] == {}


def test_a_removed_child_takes_the_link_along(teacher: Writer) -> None:
    earlier = sent_by(teacher)
    teacher.begin()
    teacher.client.post(f"{teacher.base}told-before/", {"child": f"{earlier.pk}:{earlier.parts.get().pk}"})
    teacher.post("child/1/remove/")
    teacher.post("child/2/", name="Somebody else", how_old="not_known")
    teacher.post("happening/", account="x")
    teacher.send()
    assert Contact.objects.latest("received_at").same_child_as_id is None


def test_somebody_elses_child_cannot_be_chosen(teacher: Writer, cast: Cast) -> None:
    earlier = sent_by(teacher)
    gp = as_person(cast, cast.gp)
    gp.begin()
    response = gp.client.post(f"{gp.base}told-before/", {"child": f"{earlier.pk}:{earlier.parts.get().pk}"})
    assert "Choose one of the answers on this page" in text_of(response)


# --- asking for advice -------------------------------------------------------------------------------


def test_a_question_is_all_that_advice_needs(gp: Writer) -> None:
    gp.begin()
    assert "Write what you would like advice about" in text_of(gp.post("question/", question=" "))
    gp.post("question/", question="Should I tell the parents?")
    response = gp.client.post(f"{gp.base}send/", follow=True)
    contact = Contact.objects.get()
    assert (contact.kind, contact.state, contact.question) == (
        "advice",
        State.ASKED,
        "Should I tell the parents?",
    )
    assert "An adviser reads your question and answers you, in their own name, by" in text_of(response)
    assert contact.parts.count() == 0


def test_the_pages_of_a_concern_are_not_pages_of_a_question(gp: Writer) -> None:
    gp.begin()
    for page in ("happening/", "facts/", "people/", "people/1/"):
        assert gp.get(page).status_code == 404, page
    assert gp.client.get(gp.base.replace("advice", "concerns")).status_code == 404


def test_a_question_not_yet_sent_becomes_a_concern_without_retyping(gp: Writer) -> None:
    gp.begin()
    gp.post("question/", question="He has a bruise.")
    gp.post("child/1/", name="Ali", how_old="not_known")
    response = gp.client.post(f"{gp.base}make-concern/")
    draft = Draft.objects.get(discarded_at=None)
    assert (draft.kind, response["Location"]) == ("concern", f"/concerns/{draft.pk}/")
    assert draft.pages["happening"]["account"] == ["He has a bruise."]
    gp.base = f"/concerns/{draft.pk}/"
    gp.send()
    assert Contact.objects.get().account == "He has a bruise."


@pytest.mark.parametrize("who", ["gp", "neighbour"])
def test_advice_already_sent_becomes_a_concern_and_is_answered_by_it(
    who: str, request: pytest.FixtureRequest
) -> None:
    writer: Writer = request.getfixturevalue(who)
    writer.kind = "advice"
    writer.begin()
    writer.post("question/", question="He has a bruise.")
    writer.post("child/1/", name="Ali", how_old="about", about_age="4", address="1 High St\nNF1 1AA")
    writer.post("signs/", signs_SP=["D02"], signs_PC=["A12"])
    writer.post(
        "about-signs/", D02__evidence="seen", D02__immediate="no", A12__evidence="seen", A12__times="2"
    )
    writer.send()
    advice = Contact.objects.get()
    assert "is copied into a new concern" in text_of(writer.client.get(f"/concerns/from-advice/{advice.pk}/"))
    writer.base = writer.client.post(f"/concerns/from-advice/{advice.pk}/")["Location"]
    assert "Go on with it" in text_of(writer.client.get(f"/concerns/from-advice/{advice.pk}/"))
    assert "Ready when you are" in text_of(writer.get()), "nothing has to be typed again"
    assert writer.send().status_code == 302
    concern = Contact.objects.get(kind="concern")
    advice.refresh_from_db()
    assert (concern.arose_from_id, advice.state) == (advice.pk, State.BECAME_CONCERN)
    assert concern.account == "He has a bruise."
    assert {sign.sign: len(sign.examples) for sign in concern.signs.all()} == {"D02": 0, "A12": 2}
    child = concern.parts.get().description
    assert (child.name, child.about_age, child.postcode) == ("Ali", 4, "NF1 1AA")
    assert "has already become a concern" in text_of(writer.client.get(f"/concerns/from-advice/{advice.pk}/"))


def test_advice_that_became_a_concern_meanwhile_stops_the_second_and_keeps_its_words(gp: Writer) -> None:
    gp.begin()
    gp.post("question/", question="He has a bruise.")
    gp.send()
    advice = Contact.objects.get()
    first = gp.client.post(f"/concerns/from-advice/{advice.pk}/")["Location"]
    second = gp.client.post(f"/concerns/from-advice/{advice.pk}/")["Location"]
    for base in (first, second):
        gp.client.post(f"{base}child/1/", {"name": "Ali", "how_old": "not_known"})
    gp.client.post(f"{first}send/")
    stopped = gp.client.post(f"{second}send/")
    assert "It was not sent" in text_of(stopped) and "Your words are still here." in text_of(stopped)
    assert Contact.objects.filter(kind="concern").count() == 1
    assert Draft.objects.get(pk=second.split("/")[2]).pages["happening"]["account"] == ["He has a bruise."]


def test_a_concern_draft_from_an_older_policy_keeps_a_sign_that_is_gone(teacher: Writer, cast: Cast) -> None:
    draft = start_draft(
        kind="concern", by=cast.teacher, now=timezone.now(), pages={"signs": {"signs_SP": ["Z9"]}}
    )
    teacher.base = f"/concerns/{draft.pk}/"
    assert "There is no sign “Z9” in this version of the threshold" in text_of(teacher.get())
