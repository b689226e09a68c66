"""Beginning, checking, sending, sending back, setting aside, adopting; and doing each of them twice."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from openmash.apps.policy.models import AdoptedPolicy, Draft, DraftMove
from openmash.apps.policy.queries import in_force
from openmash.apps.policy.queries.drafts import last_revision
from tests.cast import Cast
from tests.web.drafting.pages import WHY, As, address, begun, broken, changed, form_on, send, sent, words_of

WORDS = "What the board asked for in October."


def day(name: str, days: int) -> dict[str, str]:
    moment = timezone.localtime() + timedelta(days=days)
    return {
        f"{name}_day": str(moment.day),
        f"{name}_month": str(moment.month),
        f"{name}_year": str(moment.year),
    }


def decision(client: Client, draft: Draft, **other: Any) -> dict[str, Any]:
    return {
        "seen": last_revision(draft).number,
        **day("in_force_from", 30),
        "at": "09:30",
        "who": "The three partners.",
        **day("met_on", 0),
        "why": "It reads alike to everybody now.",
        **other,
    }


def test_a_version_is_begun_once_however_often_the_button_is_pressed(cast: Cast, as_person: As) -> None:
    lead, place = as_person(cast.policy_lead), address("begin_draft")
    typed = {**form_on_begin(lead), "version": " 2027-04 "}
    first, second = lead.post(place, typed), lead.post(place, typed)
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert Draft.objects.count() == 1
    taken = as_person(cast.head).post(place, typed)
    assert "already a version 2027-04" in taken.context["form"].errors["version"][0]
    odd = lead.post(place, {**typed, "version": '2027" \\'})
    assert "letters, digits, dots and hyphens" in odd.context["form"].errors["version"][0]


def form_on_begin(client: Client) -> dict[str, Any]:
    form = client.get(address("begin_draft")).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form}


def test_with_a_version_to_come_nobody_begins_from_the_wrong_one_unseen(cast: Cast, as_person: As) -> None:
    draft = sent(cast)
    partner = as_person(cast.partner)
    assert partner.post(address("adopt_draft", draft.pk), decision(partner, draft)).status_code == 302
    lead = as_person(cast.policy_lead)
    assert form_on_begin(lead)["based_on"] == ""
    offered = words_of(lead.get(address("begin_draft")))
    assert "In force since 1 June 2024" in offered and "Applies from" in offered


def test_a_proof_is_asked_for_and_shown(cast: Cast, as_person: As) -> None:
    draft, manager = begun(cast), as_person(cast.manager)
    before = words_of(manager.get(address("draft", draft.pk)))
    assert "It is not proved yet" in before and "Prove it for every possible case" in before
    assert manager.get(address("prove_draft", draft.pk)).status_code == 405
    answer = manager.post(address("prove_draft", draft.pk), follow=True)
    said = words_of(answer)
    page = as_person(cast.policy_lead).get(address("draft", draft.pk))
    assert "Proved for every possible case" in said and "More concern never means less: the level." in said
    assert "Questions for the board" in said
    way = address("edit_row", draft.pk, "rules", "C5b")
    assert way in page.content.decode() and way not in answer.content.decode(), (
        "only where it leads somewhere"
    )


def test_an_example_that_no_longer_holds_is_shown_before_sending_and_stops_the_adoption(
    cast: Cast, as_person: As
) -> None:
    draft, lead = broken(cast), as_person(cast.policy_lead)
    page = words_of(lead.get(address("draft", draft.pk)))
    assert "this version cannot be adopted" in page and "Level to consider 4 was agreed" in page
    assert "You can send it all the same" in words_of(lead.get(address("send_draft", draft.pk)))
    sent(cast, draft)
    partner, place = as_person(cast.partner), address("adopt_draft", draft.pk)
    assert "Adopt this version" not in words_of(partner.get(place))
    answer = partner.post(place, decision(partner, draft))
    said = words_of(answer)
    assert answer.status_code == 409 and "cannot be adopted" in said and "three_serious" in said
    assert AdoptedPolicy.objects.count() == 1


def test_whoever_adopts_reads_which_agreed_examples_were_taken_out_or_changed(
    cast: Cast, as_person: As
) -> None:
    draft = sent(cast)
    page = words_of(as_person(cast.partner).get(address("adopt_draft", draft.pk)))
    assert "Agreed examples that were taken out or changed" in page
    assert "three_serious was changed: Three serious signs in two parts" in page
    assert f"Why: {WHY}" in page
    assert "no longer answers it so. three_serious: level to consider 4 was agreed" in page
    assert "Agreed examples that were" not in words_of(
        as_person(cast.partner).get(address("draft", begun(cast, "2028-01").pk))
    )


def test_sent_and_sent_back_and_set_aside_each_once(cast: Cast, as_person: As) -> None:
    draft, lead = begun(cast), as_person(cast.policy_lead)
    for name, count in (("send_draft", 1), ("return_draft", 2), ("set_draft_aside", 3)):
        place = address(name, draft.pk)
        assert send(lead, place, words=" ").context["form"].errors["words"]
        typed = {**form_on(lead.get(place)), "words": WORDS}
        assert [lead.post(place, typed).status_code for _ in range(2)] == [302, 302], name
        assert DraftMove.objects.count() == count
        assert lead.get(place).status_code == 409
    assert "Set aside" in words_of(lead.get(address("versions")))


def test_what_is_sent_is_what_was_read(cast: Cast, as_person: As) -> None:
    draft, lead = begun(cast), as_person(cast.policy_lead)
    place = address("send_draft", draft.pk)
    typed = {**form_on(lead.get(place)), "words": WORDS}
    changed(draft, "rules.csv", "C4a", cast.head, "Their reason.", note="Theirs.")
    answer = lead.post(place, typed)
    assert (
        answer.status_code == 409
        and WORDS in words_of(answer)
        and "Head changed this draft" in words_of(answer)
    )
    assert not DraftMove.objects.exists()


def test_adopted_once_from_a_day_to_come_in_the_words_of_the_decision(cast: Cast, as_person: As) -> None:
    draft, partner = sent(cast), as_person(cast.partner)
    place = address("adopt_draft", draft.pk)
    page = words_of(partner.get(place))
    for expected in (
        "For the board in March.",
        "The board asked for four",
        "Proved",
        "Signed off by",
        "revision 3",
    ):
        assert expected in page
    typed = decision(partner, draft)
    first, second = partner.post(place, typed), partner.post(place, typed)
    made = AdoptedPolicy.objects.get(version="2027-04")
    assert [a["Location"] for a in (first, second)] == [f"/thresholds/versions/{made.pk}/"] * 2
    assert "by The three partners. It reads alike to everybody now." in made.decision
    local = timezone.localtime(made.in_force_from)
    assert (local.hour, local.minute) == (9, 30) and made.in_force_from > timezone.now()
    assert in_force(timezone.localtime()).policy.version == "2026-11"
    public = words_of(Client().get(first["Location"]))
    assert "applies from" in public and "4 or more signs" in public
    listed = words_of(partner.get(address("versions")))
    assert "To come" in listed and made.digest in listed and "Adopted by Partner" in listed
    assert "Read it as the public does" in words_of(partner.get(address("draft", draft.pk)))


def test_bad_answers_on_the_page_to_adopt(cast: Cast, as_person: As) -> None:
    draft, partner = sent(cast), as_person(cast.partner)
    place = address("adopt_draft", draft.pk)
    for other, field, said in (
        ({"at": "half past"}, "at", "24-hour clock"),
        ({"at": "25:00"}, "at", "24-hour clock"),
        ({"who": " "}, "who", "Say who decided"),
        ({"why": ""}, "why", "Say why"),
        ({"in_force_from_day": "31", "in_force_from_month": "2"}, "in_force_from", "real date"),
        (day("in_force_from", -1), "in_force_from", "day that is past"),
        (day("met_on", 2), "met_on", "today or in the past"),
        ({"seen": "1"}, "__all__", "changed this draft"),
        ({"seen": "x" * 40}, "__all__", "changed this draft"),
    ):
        answer = partner.post(place, decision(partner, draft, **other))
        errors = answer.context["form"].errors
        assert said in " ".join(errors.get(field, [])), (other, errors)
    assert AdoptedPolicy.objects.count() == 1


def test_a_draft_that_was_overtaken_says_so_where_it_matters(cast: Cast, as_person: As) -> None:
    later = begun(cast, "2027-09")
    draft, partner = sent(cast), as_person(cast.partner)
    partner.post(address("adopt_draft", draft.pk), decision(partner, draft))
    sent(cast, later)
    for place in (address("draft", later.pk), address("adopt_draft", later.pk)):
        assert "Version 2027-04 has been adopted after version 2026-11" in words_of(partner.get(place))
    assert "undo that" not in words_of(partner.get(address("draft", draft.pk)))
