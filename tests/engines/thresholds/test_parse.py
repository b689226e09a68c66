"""Reading a policy: what it comes to, and what is said of each thing that can be wrong with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openmash.engines.thresholds import Policy, PolicyErrors, parse
from openmash.engines.thresholds.policy.conditions import ChildUnder, Condition, Contacts, Facts, Signs
from openmash.engines.thresholds.text.files import FILES
from tests.engines.thresholds.invented import FOLDER, draft


def texts() -> dict[str, str]:
    return dict(draft().sources)


def changed(file: str, old: str, new: str) -> dict[str, str]:
    found = texts()
    assert old in found[file], f"{old!r} is no longer in {file}"
    return {**found, file: found[file].replace(old, new, 1)}


def faults(source: Path | Mapping[str, str]) -> list[str]:
    with pytest.raises(PolicyErrors) as caught:
        parse(source)
    return [str(error) for error in caught.value.errors]


def row_of(file: str, start: str) -> int:
    """The row a spreadsheet shows for the line that starts so."""
    return next(n for n, line in enumerate(draft().sources[file].split("\n"), 1) if line.startswith(start))


def test_the_draft() -> None:
    policy = draft()
    assert (policy.id, policy.version, policy.status) == ("draft", "2026-11", "draft")
    assert policy.in_force_from == date(2024, 6, 1)
    assert len(policy.signs) == 94
    assert [level.code for level in policy.levels] == ["1", "2", "3", "4", "I"]
    assert [sign.id for sign in policy.signs if sign.protective] == ["U01", "U02", "U03", "U04", "U05", "U06"]
    assert sum(len(signs) for signs in policy.signs_by_domain().values()) == 94
    assert policy.level("4").clock == "same_day"
    assert all(policy.pathways_for(level) for level in policy.levels)
    assert all(len({line.kind for line in policy.advice_for(level)}) == 4 for level in policy.levels)


def test_the_draft_says_that_it_is_one() -> None:
    assert "NOT AN AGREED POLICY OF ANY AREA" in draft().sources["policy.toml"]
    assert any(clock.to_be_confirmed for clock in draft().clocks)
    assert all(clock.source for clock in draft().clocks)


def test_kept_texts_make_the_same_policy() -> None:
    again = parse(draft().sources)
    assert again == draft()
    assert again.digest == draft().digest == parse(again.sources).digest


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    for name, text in texts().items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (tmp_path / "README.md").write_text("Read me.")
    assert parse(tmp_path).digest == draft().digest


def test_one_changed_letter_changes_the_digest() -> None:
    assert parse(changed("advice.csv", "keep an eye", "Keep an eye")).digest != draft().digest


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no sign called “Z99”"):
        draft().sign("Z99")


# file, what stands there, what is written instead, how the row begins, what is said, what to write instead
WRONG = [
    ("rules.csv", "sign D33 at", "sign D333 at", "C1c", "There is no sign “D333”.", "Did you mean “D33”?"),
    ("rules.csv", "any direct_harm sign", "any direct_hram sign", "C1c", "no set of signs", "“direct_harm”"),
    (
        "rules.csv",
        "fact neglect_returned,,",
        "fact neglect_retuned,,",
        "C6c",
        "no fact",
        "“neglect_returned”",
    ),
    ("rules.csv", "any refusal fact,,", "any refused fact,,", "C9a", "no set of facts", "“refusal”"),
    ("rules.csv", "at least reported", "at least rumoured", "C13", "no grade of evidence", "reported"),
    ("rules.csv", "from police,", "from polise,", "S9", "no kind of agency", "“police”"),
    (
        "rules.csv",
        "3 or more neglect contacts in 12 months,,",
        "3 or more neglekt contacts in 12 months,,",
        "C6a",
        "no kind of contact",
        "“neglect”",
    ),
    ("rules.csv", ",redecide_on_risk,", ",redecide_on_rsk,", "C9a", "no duty", "“redecide_on_risk”"),
    (
        "rules.csv",
        ",same_day,manager_decision,Several",
        ",same_dy,manager_decision,Several",
        "C3",
        "no clock",
        "“same_day”",
    ),
    (
        "rules.csv",
        ",3,4,same_day,manager_decision,Several",
        ",3,5,same_day,manager_decision,Several",
        "C3",
        "There is no level “5” at the gate services.",
        "1, 2, 3, 4, I",
    ),
    (
        "rules.csv",
        ",3,4,same_day,manager_decision,Several",
        ",3,2,same_day,manager_decision,Several",
        "C3",
        "not above its own level",
        "Consider a higher level",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4",
        "fewer than 2 level 4 signs at least suspected,,,4",
        "C2a",
        "not a sentence",
        "may only ask for a minimum",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4",
        "any level 4 sign unless D01,,,4",
        "C2a",
        "not a sentence",
        "may only ask for a minimum",
    ),
    (
        "rules.csv",
        "child under 156 months",
        "child over 156 months",
        "S6",
        "not a sentence",
        "only be asked from below",
    ),
    ("rules.csv", "child under 156 months", "child under 13 years", "S6", "not a sentence", "in months"),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4",
        "any signs at level 4,,,4",
        "C2a",
        "not a sentence",
        "Write for example",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4",
        "0 or more level 4 signs,,,4",
        "C2a",
        "not a sentence",
        "Write for example",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4",
        "any level 4 sign not ruled out at least suspected,,,4",
        "C2a",
        "can be ruled out",
        "conditionally immediate sign not ruled out",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4",
        "sign U04 at least suspected,,,4",
        "C2a",
        "U04 is a strength",
        "sign of concern",
    ),
    (
        "rules.csv",
        "2 or more examples of A12",
        "2 or more examples of A10",
        "S1",
        "no examples to count",
        "signs.csv",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4,",
        "any level 4 sign,,,,",
        "C2a",
        "has no effect",
        "Give it a level",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4,",
        ",,,4,",
        "C2a",
        "“when” is empty",
        "Every row needs one",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4,",
        "any level 4 sign | sign D01 | child unborn | sign D02,,,4,",
        "C2a",
        "more than one condition",
        "at most three",
    ),
    (
        "rules.csv",
        "level 4 or more reached,,,,",
        "level 4 or more reached,,,I,",
        "C12",
        "what level was reached",
        "may only set a duty",
    ),
    (
        "rules.csv",
        "C2b,",
        "C2a,",
        "C2b",
        "already a rule called “C2a”",
        "name",
    ),
    ("rules.csv", "C2b,", "c 2b,", "C2b", "cannot be used as a rule", "such as C8a"),
    (
        "rules.csv",
        "Never below the highest sign,any level 4",
        "=1+1,any level 4",
        "C2a",
        "takes for a formula",
        "a word",
    ),
    (
        "rules.csv",
        "Never below the highest sign,any level 4",
        "@x,any level 4",
        "C2a",
        "takes for a formula",
        "a word",
    ),
    (
        "rules.csv",
        "any level 4 sign at least suspected,,,4,",
        "any level 4 sign at least suspected,,,4,,,,,,,,x,",
        "C2a",
        "cells and the table",
        "double quotes",
    ),
    (
        "rules.csv",
        "respond,duty",
        "respond,dutty",
        "rule,",
        "no column called “dutty”",
        "Did you mean “duty”?",
    ),
    ("rules.csv", "respond,duty", "respond,respond", "rule,", "stands there twice", "Keep one"),
    ("signs.csv", "A01,CD,", "A01,CX,", "A01", "There is no domain “CX”.", "CD"),
    (
        "signs.csv",
        "A01,CD,health,neglect,2,never",
        "A01,CD,health,neglect,7,never",
        "A01",
        "no level “7”",
        "1, 2",
    ),
    (
        "signs.csv",
        "A01,CD,health,neglect,2,never",
        "A01,CD,health,neglect,2,nevre",
        "A01",
        "column “immediate”",
        "“never”",
    ),
    (
        "signs.csv",
        "A01,CD,health,neglect,2,never",
        "A01,CD,health,neglect,2,unless",
        "A01",
        "does not ask what",
        "ending in",
    ),
    (
        "signs.csv",
        "D01,SP,physical,physical,4,always,",
        "D01,SP,physical,physical,4,always,Is it so?",
        "D01",
        "asks a question that changes nothing",
        "Write unless",
    ),
    ("signs.csv", "U01,CD,health,,1", "U01,CD,health,,2", "U01", "U01 is a strength", "lowest level"),
    (
        "signs.csv",
        "Level 3 if the care missed",
        "Level 9 if the care missed",
        "A01",
        "names no level",
        "codes",
    ),
    (
        "signs.csv",
        "A02,",
        "A01,",
        "A02",
        "already a sign called “A01” in row 8",
        "name of its own",
    ),
    (
        "facts.csv",
        "Has the family said no to help?",
        "The family said no to help",
        "help_refused",
        "not a question",
        "yes meaning more concern",
    ),
    (
        "facts.csv",
        "family,screener,",
        "famly,screener,",
        "known_person",
        "column “about”",
        "“family”",
    ),
    (
        "sets.csv",
        "care_or_safety,signs,A01",
        "care_or_safety,signs,A99",
        "care_or_safety",
        "There is no sign “A99”.",
        "",
    ),
    (
        "sets.csv",
        "care_or_safety,signs,A01",
        "care_or_safety,signs,U01",
        "care_or_safety",
        "is a strength",
        "Take it out",
    ),
    ("sets.csv", "exploited,signs", "neglect,signs", "exploited", "already means something", "another name"),
    (
        "sets.csv",
        "refusal,facts,help_refused visits_missed",
        "refusal,facts,",
        "refusal",
        "“members” is empty",
        "",
    ),
    ("duties.csv", "same_day,lowering", "some_day,lowering", "hold_level", "There is no clock", "“same_day”"),
    ("duties.csv", "same_day,lowering", "same_day,lowring", "hold_level", "column “blocks”", "“lowering”"),
    (
        "pathways.csv",
        "universal_services,Everyday services carry on,1",
        "universal_services,Everyday services carry on,6",
        "universal_services",
        "There is no level “6”.",
        "",
    ),
    (
        "pathways.csv",
        ",2,yes,ten_working_days,",
        ",2,yes,tenn_working_days,",
        "early_help",
        "no clock",
        "“ten_working",
    ),
    (
        "advice.csv",
        "answers you by {due}.",
        "answers you by {du}.",
        "1,happens_next",
        "in place of {du}",
        "“due”",
    ),
    (
        "advice.csv",
        "answers you by {due}.",
        "answers you by {due.",
        "1,happens_next",
        "bracket is not closed",
        "{due}",
    ),
    ("advice.csv", "1,meanwhile", "1,meanwile", "1,meanwhile", "column “kind”", "“meanwhile”"),
    (
        "examples.csv",
        "I,,C1a C2a,",
        "I,,C1a C2z,",
        "v01",
        "There is no rule “C2z” at the gate services.",
        "Did you mean",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "start", "said", "hint"), WRONG, ids=[f"{w[0]} {w[2]}" for w in WRONG]
)
def test_what_is_wrong_is_said_with_its_row(
    file: str, old: str, new: str, start: str, said: str, hint: str
) -> None:
    source = changed(file, old, new)
    lines = source[file].split("\n")
    # The row of the changed line, which may itself have changed its beginning.
    row = next((n for n, line in enumerate(lines, 1) if line != draft().sources[file].split("\n")[n - 1]), 0)
    assert row == row_of(file, start) or start not in draft().sources[file]
    found = faults(source)
    assert any(one.startswith(f"{file}, row {row}: ") and said in one and hint in one for one in found), found


HEADER_WRONG = [
    ('version = "2026-11"', "version = 2026", "“version” is not text in double quotes."),
    ('version = "2026-11"', "", "“version” is missing."),
    (
        'version = "2026-11"',
        'version = "2026-11"\nverson = "x"',
        "“verson” means nothing here. Did you mean “version”?",
    ),
    ('title = "Draft', "title = Draft", "cannot be read"),
    ("in_force_from = 2024-06-01", 'in_force_from = "soon"', "“in_force_from” is not a date."),
    (
        'code = "2"\ngate = "services"\nrank = 2',
        'code = "2"\ngate = "services"\nrank = 4',
        "Level 2 has rank 4 where 2 is due.",
    ),
    (
        'code = "2"\ngate = "services"\nrank = 2',
        'code = "2"\ngate = "services"\nrank = "2"',
        "“rank” is not a whole number.",
    ),
    (
        'clock = "at_once"',
        'clock = "at_one"',
        "names a clock “at_one” that is not there. Did you mean “at_once”?",
    ),
    ('clock = "at_once"', 'clock = "ten_working_days"', "Level I allows more time than level 4."),
    ('kind = "working_days"', 'kind = "weeks"', "of a kind “weeks” that is not known."),
    ("number = 5", "number = 0", "cannot have the number 0."),
    ("number = 5", "number = 11", "Clock ten_working_days stands after a longer one."),
    (
        'id = "reported"\nrank = 2',
        'id = "reported"\nrank = 4',
        "Evidence grade reported has rank 4 where 2 is due.",
    ),
    (
        'gate = "enquiry"',
        'gate = "enqiry"',
        "names a gate “enqiry” that is not there. Did you mean “enquiry”?",
    ),
    ('id = "HO"', 'id = "FE"', "The domain “FE” is there twice."),
    ('second_person_from = "4"', 'second_person_from = "5"', "names a level “5” that is not there."),
    ('advise = "one_working_day"', 'advise = "one_day"', "[promises] names a clock “one_day”"),
    ('advise = "one_working_day"', 'advice = "one_working_day"', "[promises] does not say “advise”."),
    ("duty_phone = ", "night_phone = ", "[contacts] does not say “duty_phone”."),
    ('"school", "independent', '"School", "independent', "“agency_kinds” is not a list of names."),
]


@pytest.mark.parametrize(("old", "new", "said"), HEADER_WRONG, ids=[wrong[1] for wrong in HEADER_WRONG])
def test_what_is_wrong_in_the_header_is_said(old: str, new: str, said: str) -> None:
    found = faults(changed("policy.toml", old, new))
    assert any(one.startswith("policy.toml") and said in one for one in found), found


def test_many_faults_are_told_at_once_in_the_order_of_the_files() -> None:
    source = changed("rules.csv", "any level 4 sign at least suspected,,,4", "at most 4 signs,,,4")
    source["signs.csv"] = source["signs.csv"].replace(
        "A01,CD,health,neglect,2,never", "A01,CD,health,neglect,2,nevr"
    )
    source["rules.csv"] = source["rules.csv"].replace(
        "any level 2 sign at least suspected,,,2", "any levle 2 sign at least suspected,,,2"
    )
    assert [one.split(":")[0] for one in faults(source)] == [
        "signs.csv, row 8",
        f"rules.csv, row {row_of('rules.csv', 'C2a')}",
        f"rules.csv, row {row_of('rules.csv', 'C2c')}",
    ]


def test_a_row_after_a_cell_of_two_lines_is_numbered_as_a_spreadsheet_does() -> None:
    source = changed(
        "rules.csv", "Only the answer no holds this back.", '"Only the answer no\nholds this back."'
    )
    source["rules.csv"] = source["rules.csv"].replace(
        "any level 4 sign at least suspected,,,4", "any levl 4 sign at least suspected,,,4"
    )
    (found,) = faults(source)
    assert found.startswith(f"rules.csv, row {row_of('rules.csv', 'C2a')}:")


def test_empty_rows_are_passed_over_and_counted() -> None:
    source = changed("rules.csv", "C2a,", ",,,,,,,,,,,\n\nC2a,")
    assert parse(source).rules == draft().rules


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str) -> None:
    source = texts()
    del source[name]
    assert faults(source) == [f"{name}: The file is missing. A policy needs {name}."]


def test_a_misspelt_file_is_recognised(tmp_path: Path) -> None:
    for name, text in texts().items():
        (tmp_path / name.replace("rules", "rule")).write_text(text)
    assert faults(tmp_path) == ["rules.csv: The file is missing. Rename “rule.csv”."]


def test_a_folder_that_is_not_there() -> None:
    assert "no such folder" in faults(FOLDER / "nowhere")[0]


def test_a_stranger_among_kept_texts_is_refused() -> None:
    assert faults({**texts(), "signes.csv": ""}) == [
        "signes.csv: This is not a file of a policy. Did you mean “signs.csv”?"
    ]


def test_the_wrong_encoding_says_which_byte(tmp_path: Path) -> None:
    for name, text in texts().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "facts.csv").write_bytes(
        b"fact,question,about,asked_of\nx,caf\xe9?,child,anyone,services,x\n"
    )
    assert faults(tmp_path) == [
        "facts.csv, row 2: The file is not in UTF-8: byte 35 is 0xe9. Save it as “CSV UTF-8”."
    ]


FACTS = "fact,question,about,asked_of,gate,ask\n"


def _huge() -> str:
    return "x" * 1_000_001


HOSTILE = [
    ("rules.csv", _huge(), "larger than 1 MB"),
    ("policy.toml", _huge(), "larger than 1 MB"),
    ("rules.csv", "rule\0,name", "character that cannot be seen (code 0)"),
    ("facts.csv", FACTS + "a,b?,child,anyone,services,x\n" * 5001, "at most 5000"),
    ("facts.csv", FACTS + f"a,{'b' * 5000}?,child,anyone,services,x\n", "at most 4000"),
    ("facts.csv", FACTS + 'a,"b', "cannot be read"),
    ("facts.csv", "", "The table is empty"),
    ("facts.csv", FACTS + f"a,{'b' * 200_000},child,anyone\n", "cannot be read"),
    ("policy.toml", "a = " + "[" * 50_000, "nested too deeply"),
    ("policy.toml", "a = " + "9" * 10_000, "cannot be read"),
    ("policy.toml", "", "“id” is missing"),
    ("signs.csv", "\ud800", "not in UTF-8"),
]


@pytest.mark.parametrize(("file", "text", "said"), HOSTILE, ids=[f"{h[0]} {h[2]}" for h in HOSTILE])
def test_a_hostile_file_is_refused(file: str, text: str, said: str) -> None:
    found = faults({**texts(), file: text})
    assert any(one.startswith(file) and said in one for one in found), [one[:200] for one in found]


def test_a_policy_made_by_hand_checks_itself() -> None:
    with pytest.raises(PolicyErrors, match="There is no duty “chronology”"):
        replace(draft(), duties=tuple(duty for duty in draft().duties if duty.id != "chronology"))
    assert isinstance(replace(draft(), title="Another"), Policy)


@pytest.mark.parametrize("codes", [("1", "2", "3"), ("1", "2", "3", "4"), ("0", "1", "2", "3", "4")])
def test_levels_are_data(codes: tuple[str, ...]) -> None:
    assert [level.code for level in _with_levels(codes).levels] == list(codes)


def _with_levels(codes: tuple[str, ...]) -> Policy:
    """A small policy with these levels, one sign to each, and one rule for the highest."""
    header = texts()["policy.toml"]
    start, end = header.index("[[gate]]"), header.index("# Clocks,")
    gate = '[[gate]]\nid = "g"\nname = "N"\nquestion = "Q?"\nwhen = "W"\nsecond_person_from = "{}"\n'
    level = '[[level]]\ncode = "{}"\ngate = "g"\nrank = {}\nname = "N"\nsummary = "S"\n'
    level += 'clock = "same_day"\ntold = "T"\n'
    levels = "".join(level.format(code, rank) for rank, code in enumerate(codes, 1))
    header = header[:start] + gate.format(codes[-1]) + levels + header[end:]
    top = f"any level {codes[-1]} sign at least suspected"
    rows = {
        "signs.csv": "".join(f"X{code},CD,s,,{code},never,,,,,,A sign.,,\n" for code in codes),
        "rules.csv": f"R1,g,Top,{top},,,{codes[-1]},,,,Because.,\n",
        "pathways.csv": "".join(f"p{code},P,{code},no,,,Next.,,\n" for code in codes),
        "advice.csv": "".join(f"{code},happens_next,Next.\n" for code in codes),
    }
    heads = {name: text.split("\n")[0] + "\n" for name, text in texts().items()}
    tables = {name: head + rows.get(name, "") for name, head in heads.items()}
    return parse({**tables, "policy.toml": header})


GATES_WRONG = [
    ("rules.csv", "E7,enquiry,", "E7,enqiry,", "E7", "There is no gate “enqiry”.", "“enquiry”"),
    (
        "rules.csv",
        'S47,,,,"There is a sign of possible',
        '4,,,,"There is a sign of possible',
        "E1",
        "at the gate enquiry",
        "",
    ),
    (
        "rules.csv",
        "fact in_danger_now",
        "fact continuing_risk",
        "C1d",
        "first asked at the gate conference",
        "",
    ),
    (
        "rules.csv",
        "fact in_danger_now",
        "fact consent_refused",
        "C1d",
        "may not touch a level",
        "routing.csv",
    ),
    (
        "rules.csv",
        "level S47 or more reached",
        "level 4 or more reached",
        "E8",
        "not one of the gate enquiry",
        "",
    ),
    (
        "rules.csv",
        "any level 3 sign at least suspected,,,3",
        "any level 3 sign,,,3",
        "C2b",
        "how well",
        "at least",
    ),
    (
        "facts.csv",
        "routing,screener,services,Child",
        "routing,screener,servces,Child",
        "already",
        "no gate",
        "",
    ),
    ("routing.csv", '2 3,"Ask the', '2 9,"Ask the', "W2", "There is no level “9”.", ""),
    (
        "routing.csv",
        "fact lives_elsewhere",
        "level 4 or more reached",
        "W5",
        "what level was reached",
        "“levels”",
    ),
    (
        "examples.csv",
        "e_one_voice,enquiry",
        "e_one_voice,enqury",
        "e_one_voice",
        "There is no gate",
        "enquiry",
    ),
    ("examples.csv", "noS47,S47,E7", "noS47,4,E7", "e_one_voice", "no level “4” at the gate enquiry", ""),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "start", "said", "hint"), GATES_WRONG, ids=[f"{w[0]} {w[2]}" for w in GATES_WRONG]
)
def test_what_is_wrong_with_gates_evidence_and_routing_is_said(
    file: str, old: str, new: str, start: str, said: str, hint: str
) -> None:
    test_what_is_wrong_is_said_with_its_row(file, old, new, start, said, hint)


@pytest.mark.parametrize("column", ["level", "consider", "respond", "duty"])
def test_the_routing_table_has_no_place_for_a_level_or_a_time(column: str) -> None:
    head, *rows = texts()["routing.csv"].split("\n")
    source = {**texts(), "routing.csv": "\n".join([f"{head},{column}", *rows])}
    assert any(f"There is no column called “{column}”." in one for one in faults(source))


@pytest.mark.parametrize(
    ("made", "read_as"),
    [
        (Contacts(2, 12, agencies=2, agency_kind="police"), "2 or more contacts in 12 months from police"),
        (Signs(2, sign="A12", evidence="suspected"), "sign A12 at least suspected"),
        (Signs(1, sign="D03", immediacy="unless", evidence="suspected"), "sign D03 at least suspected"),
        (Signs(1, sign="D03", level="4", evidence="suspected"), "sign D03 at least suspected"),
        (Signs(1, level="2", evidence="suspected", lasting_open=True), "any level 2 sign at least suspected"),
        (Facts("disabled", of="vulnerability"), "fact disabled"),
        (Facts(), "any  fact"),
        (ChildUnder(0), "child under 0 months"),
        (Contacts(0, 12), "0 or more contacts in 12 months"),
    ],
)
def test_a_condition_made_by_hand_that_no_sentence_says_is_refused(made: Condition, read_as: str) -> None:
    """What is written is what is kept and read: a part that is lost in writing would change what runs."""
    one = replace(draft().rule("C2a"), id="X1", conditions=(made,))
    with pytest.raises(PolicyErrors, match=f"read as “{read_as}”"):
        replace(draft(), rules=(*draft().rules, one))
    way = replace(draft().routes[0], id="X1", conditions=(made,))
    with pytest.raises(PolicyErrors, match=f"read as “{read_as}”"):
        replace(draft(), routes=(*draft().routes, way))
