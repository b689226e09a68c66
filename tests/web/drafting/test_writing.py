"""Changing rows, the header and whole workbooks: what is refused, where it is said, and that nothing is lost."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openmash.apps.policy.models import Draft, Revision
from openmash.apps.policy.queries.drafts import last_revision
from openmash.engines.thresholds.text.editing import notes_of, table_of, with_row
from openmash.engines.thresholds.text.parse import COLUMNS
from openmash.engines.thresholds.text.workbook import to_workbook
from openmash.web.drafting.tables import TABLES
from tests.cast import Cast
from tests.web.drafting.pages import FOUR, WHY, As, address, begun, changed, form_on, send, sent, words_of


def revisions() -> int:
    return Revision.objects.count()


@pytest.fixture
def draft(cast: Cast) -> Draft:
    return begun(cast)


@pytest.fixture
def lead(cast: Cast, as_person: As) -> Client:
    return as_person(cast.policy_lead)


def test_every_column_has_a_question() -> None:
    shown = {table.file: {column.name for column in table.columns} for table in TABLES}
    assert shown == {file: set(columns) for file, columns in COLUMNS.items() if file != "changes.csv"}
    assert all(table.column(table.main) for table in TABLES)


# --- rows ---


def test_a_row_is_changed_with_its_reason(lead: Client, draft: Draft) -> None:
    place = address("edit_row", draft.pk, "rules", "C3")
    answer = send(lead, place, when=FOUR, reason=WHY)
    assert answer.status_code == 302 and answer["Location"].endswith("/tables/rules/?words=C3")
    last = last_revision(draft)
    assert notes_of(last.texts) == {("rules.csv", "C3"): WHY}
    assert f'"{WHY}"' in last.texts["changes.csv"] and FOUR in last.texts["rules.csv"]
    page = words_of(lead.get(address("draft", draft.pk)))
    assert WHY in page and "before: 3 or more level 3 signs" in page and "now: 4 or more" in page


def test_opening_and_keeping_a_row_changes_nothing(lead: Client, draft: Draft) -> None:
    for shown in TABLES:
        table = table_of(last_revision(draft).texts, shown.file)
        # The longest row of each, which has most that could be written otherwise.
        place = max(range(len(table.rows)), key=lambda each: sum(map(len, table.rows[each])))
        page = address("edit_row", draft.pk, shown.slug, table.key(place))
        assert "Nothing was changed" in words_of(send(lead, page, reason="Only looked.")), page
    assert revisions() == 1


@pytest.mark.parametrize(
    ("table", "key", "typed", "field", "said"),
    [
        ("rules", "C3", {"when": "fewer than 3 signs"}, "when", "may only ask for a minimum"),
        (
            "rules",
            "C3",
            {"and": "any quite_new sign at least suspected"},
            "and",
            "no set of signs “quite_new”",
        ),
        ("rules", "C3", {"and": "2 or more serious signs at least seen"}, "and", "no set of signs “serious”"),
        ("rules", "C3", {"also": "any level 3 sign"}, "also", "how well a sign must be known"),
        ("rules", "C3", {"when": "child unborn; child unborn"}, "when", "more than one condition"),
        ("rules", "C3", {"because": ""}, "because", "is empty"),
        ("rules", "C3", {"consider": "3"}, "consider", "not above its own level"),
        ("rules", "C3", {"note": "=SUM(1)"}, "note", "takes for a formula"),
        ("rules", "C3", {"level": "S47"}, "level", "no level “S47” at the gate services"),
        ("rules", "C3", {"level": "77"}, "level", "Choose one of the answers"),
        ("signs", "A01", {"immediate": "unless"}, "question", "does not ask what"),
        ("questions", "disabled", {"question": "Disabled"}, "question", "is not a question"),
        ("groups", "refusal", {"members": "help_refused visits_mist"}, "members", "visits_missed"),
        ("advice", "1", {"text": "Ring {nobody}."}, "text", "in place of {nobody}"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    lead: Client, draft: Draft, table: str, key: str, typed: dict[str, str], field: str, said: str
) -> None:
    answer = send(lead, address("edit_row", draft.pk, table, key), reason=WHY, **typed)
    form = answer.context["form"]
    assert answer.status_code == 200 and said in " ".join(form.errors.get(field, [])), form.errors
    assert form["reason"].value() == WHY and all(form[name].value() == text for name, text in typed.items())
    assert f'href="#id_{field}' in answer.content.decode() and revisions() == 1


def test_no_reason_no_change(lead: Client, draft: Draft) -> None:
    answer = send(lead, address("edit_row", draft.pk, "rules", "C3"), when=FOUR, reason=" \n ")
    assert answer.context["form"].errors["reason"] == ["Say why this changes"] and revisions() == 1
    formula = send(lead, address("edit_row", draft.pk, "rules", "C3"), when=FOUR, reason="=HYPERLINK()")
    assert "formula" in formula.context["form"].errors["reason"][0] and revisions() == 1


def test_a_fault_elsewhere_is_told_with_its_table_and_row(lead: Client, draft: Draft) -> None:
    answer = send(lead, address("remove_row", draft.pk, "duties", "hold_level"), reason="Nobody needs it.")
    said = words_of(answer)
    assert "(C15): There is no duty “hold_level”" in said and "Rules, row" in said
    assert "Nobody needs it." in said and revisions() == 1


def test_a_row_is_added_once_and_taken_out_again(lead: Client, draft: Draft) -> None:
    place = address("add_row", draft.pk, "duties")
    typed = {
        "duty": "tell_the_gp",
        "label": "Tell the GP",
        "text": "Tell the practice what was decided.",
        "clock": "one_working_day",
        "blocks": "",
        "owner": "Front door",
        "reason": "Practices asked for it.",
    }
    page = {**form_on(lead.get(place)), **typed}
    assert [lead.post(place, page).status_code for _ in range(2)] == [302, 302]
    assert revisions() == 2
    again = send(lead, place, **typed)
    assert "already a duty called “tell_the_gp”" in again.context["form"].errors["duty"][0]
    gone = address("remove_row", draft.pk, "duties", "tell_the_gp")
    leaving = {**form_on(lead.get(gone)), "reason": "They did not."}
    assert lead.post(gone, leaving).status_code == 302
    assert lead.post(gone, leaving).status_code == 302, "sent twice it is done once"
    assert revisions() == 3 and notes_of(last_revision(draft).texts) == {}


def test_typed_markup_is_shown_as_it_was_typed(lead: Client, draft: Draft) -> None:
    words = "<script>alert(1)</script> & “more”"
    send(lead, address("edit_row", draft.pk, "rules", "C3"), note=words, reason=words)
    for place in (address("draft", draft.pk), address("table", draft.pk, "rules")):
        page = lead.get(place)
        assert b"<script>alert" not in page.content and words in words_of(page).replace("  ", " ")


# --- two at once ---


def cell_texts(draft: Draft, rule: str) -> tuple[str, ...]:
    table = table_of(last_revision(draft).texts, "rules.csv")
    return next(row for row in table.rows if row[0] == rule)


def test_two_people_at_once_see_both(cast: Cast, lead: Client, draft: Draft) -> None:
    place = address("edit_row", draft.pk, "rules", "C3")
    mine = {**form_on(lead.get(place)), "note": "Mine.", "reason": "My reason."}
    changed(draft, "rules.csv", "C3", cast.head, "Their reason.", name="Their name")
    answer = lead.post(place, mine)
    said = words_of(answer)
    assert answer.status_code == 409 and "Head changed this draft" in said
    assert "Their reason." in said and "now: Their name" in said
    assert answer.context["form"]["note"].value() == "Mine." and revisions() == 2
    assert answer.context["form"]["name"].value() == "Their name", (
        "what I had not touched stays as they left it"
    )
    assert lead.post(answer.context["action"], form_on(answer)).status_code == 302
    assert {"Mine.", "Their name"} <= set(cell_texts(draft, "C3"))


def test_a_line_of_advice_that_moved_is_still_the_same_line(cast: Cast, lead: Client, draft: Draft) -> None:
    place = address("edit_row", draft.pk, "advice", "3")
    mine = {**form_on(lead.get(place)), "text": "Mine.", "reason": "My reason."}
    other = address("remove_row", draft.pk, "advice", "2")
    send(lead, other, reason="Said twice.")
    answer = lead.post(place, mine)
    assert answer.status_code == 409 and answer.context["action"] == address(
        "edit_row", draft.pk, "advice", "2"
    )
    assert lead.post(answer.context["action"], form_on(answer)).status_code == 302
    rows = table_of(last_revision(draft).texts, "advice.csv").rows
    assert [row[2] for row in rows[:2]] == [
        "A person reads what you sent and answers you by {due}. "
        "Nothing here seems to need more than everyday care.",
        "Mine.",
    ]


def test_a_row_that_is_gone_cannot_be_sent_again_and_what_was_typed_is_shown(
    cast: Cast, lead: Client, draft: Draft
) -> None:
    place = address(
        "edit_row", draft.pk, "routing", table_of(last_revision(draft).texts, "routing.csv").key(0)
    )
    mine = {**form_on(lead.get(place)), "note": "What I thought.", "reason": "My reason."}
    send(lead, f"{place}remove/", reason="Not needed.")
    answer = lead.post(place, mine)
    assert answer.status_code == 409 and not answer.context["may_send"]
    assert "What I thought." in words_of(answer)


def test_sent_meanwhile_it_cannot_be_changed_and_nothing_is_lost(
    cast: Cast, lead: Client, draft: Draft
) -> None:
    place = address("edit_row", draft.pk, "rules", "C3")
    mine = {**form_on(lead.get(place)), "note": "What I thought.", "reason": "My reason."}
    sent(cast, draft)
    answer = lead.post(place, mine)
    assert answer.status_code == 409 and "What I thought." in words_of(answer) and revisions() == 1
    assert lead.get(place).status_code == 409


# --- the header ---


def test_the_header_is_changed_as_text(lead: Client, draft: Draft) -> None:
    place = address("edit_header", draft.pk)
    header = form_on(lead.get(place))["header"]
    done = send(lead, place, header=header.replace("0112", "0113"), reason="A new number.")
    assert done.status_code == 302 and notes_of(last_revision(draft).texts) == {
        ("policy.toml", "contacts"): "A new number."
    }
    wrong = header.replace('id = "draft"', "id = draft")
    answer = send(lead, place, header=wrong, reason="A slip.")
    said = answer.context["form"].errors["header"][0]
    assert "Header, line 6" in said and "The line reads: id = draft" in said
    assert answer.context["form"]["header"].value() == wrong
    unsound = send(lead, place, header=header.replace('decide = "one_working_day"', ""), reason="A slip.")
    assert "does not say “decide”" in unsound.context["form"].errors["header"][0]
    other = send(lead, place, header=header.replace('"2027-04"', '"2030"'), reason="A slip.")
    assert "this draft is version 2027-04" in words_of(other) and revisions() == 2


# --- workbooks ---


def upload(
    client: Client, draft: Draft, data: bytes, reason: str = "The board’s afternoon.", name: str = "p.xlsx"
) -> Any:
    place = address("upload_workbook", draft.pk)
    seen = client.get(place).context["seen"]
    return client.post(place, {"file": SimpleUploadedFile(name, data), "reason": reason, "seen": seen})


def workbook(draft: Draft) -> bytes:
    texts = last_revision(draft).texts
    table = table_of(texts, "rules.csv")
    place = table.place("C3")
    assert place is not None
    return to_workbook(with_row(texts, "rules.csv", place, {**table.named(place), "when": FOUR}))


def test_a_workbook_is_looked_into_before_it_is_kept(lead: Client, draft: Draft) -> None:
    looked = upload(lead, draft, workbook(draft))
    assert "now: 4 or more level 3 signs" in words_of(looked) and revisions() == 1
    keep, typed = address("keep_workbook", draft.pk), form_on(looked)
    assert [lead.post(keep, typed).status_code for _ in range(2)] == [302, 302]
    assert revisions() == 2
    assert notes_of(last_revision(draft).texts) == {("rules.csv", "C3"): "The board’s afternoon."}
    same = upload(lead, draft, to_workbook(last_revision(draft).texts))
    assert "says the same as the draft" in words_of(same)


def test_a_workbook_never_undoes_what_somebody_else_did(cast: Cast, lead: Client, draft: Draft) -> None:
    looked = upload(lead, draft, workbook(draft))
    changed(draft, "rules.csv", "C4a", cast.head, "Their reason.", note="Theirs.")
    answer = lead.post(address("keep_workbook", draft.pk), form_on(looked))
    assert (
        answer.status_code == 409 and not answer.context["may_send"] and "Their reason." in words_of(answer)
    )
    assert "Theirs." in last_revision(draft).texts["rules.csv"] and revisions() == 2


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 9_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"sign,domain\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bomb()]
)
def test_a_hostile_or_wrong_file_is_refused_in_plain_words(lead: Client, draft: Draft, data: bytes) -> None:
    answer = upload(lead, draft, data)
    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert "The board’s afternoon." in words_of(answer) and revisions() == 1
    assert "Traceback" not in words_of(answer)


def test_a_workbook_that_is_no_policy_is_told_row_by_row(lead: Client, draft: Draft) -> None:
    texts = {**last_revision(draft).texts}
    texts["rules.csv"] = texts["rules.csv"].replace("3 or more level 3 signs", "roughly three signs")
    answer = upload(lead, draft, to_workbook(texts))
    assert "Rules, row 9" in words_of(answer) and "is not a sentence" in words_of(answer)


def test_a_file_larger_than_any_policy_is_not_even_read(lead: Client, draft: Draft) -> None:
    place = address("upload_workbook", draft.pk)
    answer = lead.post(
        place, {"file": SimpleUploadedFile("p.xlsx", b"0" * 2_300_000), "reason": WHY, "seen": 1}
    )
    assert answer.status_code == 413 and "at most 2 MB" in words_of(answer)
    near = upload(lead, draft, b"0" * 2_050_000)
    assert "larger than 2 MB" in near.context["form"].errors["file"][0]


def test_an_upload_needs_the_token_of_its_page(cast: Cast, draft: Draft) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.policy_lead, backend="openmash.web.accounts.personas.PersonaBackend")
    place = address("upload_workbook", draft.pk)
    answer = client.post(
        place, {"file": SimpleUploadedFile("p.xlsx", workbook(draft)), "reason": WHY, "seen": 1}
    )
    assert answer.status_code == 403 and revisions() == 1


@pytest.mark.parametrize("texts", ["", "nonsense", "[]", '{"rules.csv": 3}', "{}"])
def test_what_is_kept_is_looked_into_again(lead: Client, draft: Draft, texts: str) -> None:
    answer = lead.post(address("keep_workbook", draft.pk), {"texts": texts, "reason": WHY, "seen": 1})
    assert answer.status_code == 200 and answer.context["form"].errors and revisions() == 1
