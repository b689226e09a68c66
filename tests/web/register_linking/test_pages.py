"""Handing over, following a run and clerical review, as they are done without scripting."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmash.apps.audit.queries import events_about
from openmash.apps.registers.holding import hold, let_go
from openmash.apps.registers.models import LinkingRun, PairSaid, PairSaidTakenBack, Register, RunProgress
from openmash.web.register_linking import linking
from tests.cast import Cast
from tests.web.register_linking.pages import As, form


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def address(name: str, *of: object) -> str:
    return reverse(f"register_linking:{name}", args=of)


def test_a_lead_hands_over_and_takes_the_rows_to_mend_away(cast: Cast, as_person: As) -> None:
    lead = as_person(cast.safeguarding_lead)
    assert "Hand over a register" in words(lead.get(address("registers")))
    sent = lead.post(address("hand_over"), form())
    made = Register.objects.get()
    assert sent["Location"] == address("register", made.pk)
    page = words(lead.get(sent["Location"]))
    assert "Download the rows to mend" in page and "Children Act 2004" in page and "Khan" not in page
    mended = lead.get(address("to_mend", made.pk)).content.decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(mended))
    assert row == ["5", "The line has 1 cells where the row of headings has 6.", "left out", "'=broken"]
    last = events_about("register", made.pk).last()
    assert last and last.verb == "see_rows_to_mend"


def test_what_is_wrong_is_said_beside_its_question(cast: Cast, as_person: As) -> None:
    lead = as_person(cast.safeguarding_lead)
    empty = lead.post(address("hand_over"), {})
    assert set(empty.context["form"].errors) == {"kind", "file", "purpose", "legal_ground", "keep_until"}
    colours = SimpleUploadedFile("colours.csv", b"Colour\nred\n")
    wrong = lead.post(address("hand_over"), form(file=colours))
    assert "No column is known to hold a name." in wrong.context["form"].errors["file"][0]
    past = lead.post(address("hand_over"), form(keep_until_year="2020"))
    assert "must lie ahead" in past.context["form"].errors["keep_until"][0]
    assert "To find children known to both." in words(past), "nothing that was typed is lost"
    assert not Register.objects.exists()


def test_a_file_far_too_large_is_refused_before_it_is_read(cast: Cast, as_person: As) -> None:
    lead = as_person(cast.safeguarding_lead)
    refused = lead.post(address("hand_over"), data=b"x", content_type="text/csv", CONTENT_LENGTH="99999999")
    assert refused.status_code == 413 and "Hand it over in parts" in words(refused)


def test_a_manager_links_and_follows_the_run(
    cast: Cast,
    as_person: As,
    asked: LinkingRun,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(linking, "start_linking", lambda: started.append(True))
    manager = as_person(cast.manager)
    page = manager.get(address("link"))
    ids = [choice.value for choice in page.context["form"].fields["one"].offered.values() if choice.value]
    answers = {"one": ids[0], "other": ids[1], "purpose": "An audit."}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        sent = manager.post(address("link"), answers)
    assert started == [True] and sent["Location"] == address("run", asked.pk), (
        "the same run, as it still waits"
    )
    assert "Waiting to begin" in words(manager.get(sent["Location"]))
    RunProgress.objects.update(state="running", stage="Judging pairs", done=500, of=2000)
    assert "What carried out this run has stopped" in words(manager.get(sent["Location"]))
    assert hold(asked.pk)
    running = words(manager.get(sent["Location"]))
    let_go(asked.pk)
    assert "Judging pairs: 500 of 2000" in running and 'value="25"' in running
    RunProgress.objects.update(state="failed")
    assert "stopped by a fault" in words(manager.get(sent["Location"]))
    same = manager.post(address("link"), {**answers, "other": ids[0]})
    assert "two different registers" in words(same)


def test_a_run_is_looked_at_pair_by_pair(cast: Cast, as_person: As, run: LinkingRun) -> None:
    screener, manager = as_person(cast.screener), as_person(cast.manager)
    result = words(screener.get(address("run", run.pk)))
    assert (
        "What to expect of it" in result
        and "would be two different people" in result
        and "Khan" not in result
    )
    seen = set()
    for _ in range(run.pairs.count()):
        page = screener.get(address("review", run.pk))
        pair = page.context["pair"]
        seen.add(pair.pk)
        assert "High S" in words(page) or "Mill Lane" in words(page) or "Station Road" in words(page)
        assert manager.get(address("review", run.pk)).context.get("pair") != pair
        incomplete = screener.post(address("say_of_pair", run.pk, pair.pk), {"reason": "Same house."})
        assert "Choose one of the three answers" in words(incomplete) and "Same house." in words(incomplete)
        sent = screener.post(
            address("say_of_pair", run.pk, pair.pk), {"verdict": "same", "reason": "Same house."}, follow=True
        )
        assert "Kept, about " in words(sent)
        # The manager's hold on another pair is let go, so that one person can see them all in this test.
        run.pairs.exclude(pk=pair.pk).filter(held__by=cast.manager).get().held.delete() if run.pairs.filter(
            held__by=cast.manager
        ).exists() else None
    assert seen == set(run.pairs.values_list("pk", flat=True))
    said = PairSaid.objects.all()
    assert {each.verdict for each in said} == {"same"} and all(each.shown["evidence"] for each in said)
    assert "No pair is left for you" in words(screener.get(address("review", run.pk)))
    looks = events_about("linking_run", run.pk).filter(verb="see_pair", by_id=cast.screener.pk)
    assert {event.detail["pair"] for event in looks} == seen


def test_a_word_is_taken_back(cast: Cast, as_person: As, run: LinkingRun) -> None:
    screener = as_person(cast.screener)
    pair = screener.get(address("review", run.pk)).context["pair"]
    screener.post(address("say_of_pair", run.pk, pair.pk), {"verdict": "not_same", "reason": "A cousin."})
    word = PairSaid.objects.get()
    listed = words(screener.get(address("said", run.pk)))
    assert "Not the same person" in listed and "A cousin." in listed
    place = address("take_back", run.pk, word.pk)
    assert "Say why this was wrong" in words(screener.post(place, {"reason": " "}))
    assert "Taken back." in words(screener.post(place, {"reason": "The wrong row."}, follow=True))
    assert PairSaidTakenBack.objects.get().said == word
    assert screener.get(place).status_code == 404
    assert screener.get(address("review", run.pk)).context["pair"] == pair


def test_who_may_see_what(cast: Cast, as_person: As, run: LinkingRun) -> None:
    clients = {
        name: as_person(getattr(cast, name)) for name in ("teacher", "police_officer", "screener_elsewhere")
    }
    pages = [
        address("run", run.pk),
        address("review", run.pk),
        address("said", run.pk),
        address("register", run.one_id),
        address("to_mend", run.one_id),
        address("link"),
    ]
    for name, client in clients.items():
        for page in pages:
            assert client.get(page).status_code == 403, f"{name} {page}"
        listed = words(client.get(address("registers")))
        assert "Millbrook Primary School" not in listed.split("<main", 1)[1]
    lead = as_person(cast.safeguarding_lead)
    assert lead.get(address("register", run.one_id)).status_code == 200
    for page in (address("register", run.other_id), address("run", run.pk), address("review", run.pk)):
        assert lead.get(page).status_code == 403, page
    assert as_person(cast.manager).get(address("to_mend", run.one_id)).status_code == 403
    assert as_person(cast.manager).post(address("hand_over"), form()).status_code == 403
    assert Client().get(pages[0]).status_code == 302


def test_addresses_of_nothing(cast: Cast, as_person: As, run: LinkingRun) -> None:
    manager = as_person(cast.manager)
    assert manager.get(address("run", run.one_id)).status_code == 404
    assert manager.get(address("register", run.pk)).status_code == 404
    assert manager.post(address("say_of_pair", run.pk, 0), {}).status_code == 404
    assert manager.get(address("take_back", run.pk, 0)).status_code == 404
