"""Families as practitioners meet them, and how each is drawn."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from openmash.engines.genogram import Genogram, Household, Kind, Person, Symbol, draw
from openmash.engines.genogram.measures import CHARACTERS, lines_of
from tests.engines.genogram.families import JO, SAM, boy, girl, is_, parents


def symbol(drawn: Genogram, key: str) -> Symbol:
    return next(each for each in drawn.symbols if each.key == key)


def kinds(drawn: Genogram, *ends: str) -> list[str]:
    """The kinds of line drawn between exactly these people."""
    return [line.kind for line in drawn.lines if line.ends == frozenset(ends)]


def sentences(drawn: Genogram) -> str:
    return " ".join(each for person in drawn.told.people for each in person.sentences)


THREE = [
    girl("gran", age="61 years"),
    girl("mum"),
    boy("dad"),
    boy("alex", is_concerned=True, born_on=date(2018, 1, 1)),
    girl("mia", born_on=date(2021, 1, 1)),
]
SAID = [
    *parents("mum", "gran"),
    *parents("alex", "mum", "dad"),
    *parents("mia", "mum", "dad"),
    is_("mum", Kind.PARTNER, "dad"),
]


def test_three_generations_stand_in_three_rows_the_elder_child_on_the_left() -> None:
    drawn = draw(THREE, SAID)
    rows = [symbol(drawn, key).y for key in ("gran", "mum", "alex")]
    assert rows == sorted(set(rows))
    assert symbol(drawn, "mum").y == symbol(drawn, "dad").y
    assert symbol(drawn, "alex").x < symbol(drawn, "mia").x


def test_shapes_say_what_is_known() -> None:
    people = [*THREE, Person("x", "X"), Person("baby", "Unborn child", is_unborn=True)]
    drawn = draw(people, [*SAID, *parents("baby", "mum")])
    shapes = {each.key: each.shape for each in drawn.symbols}
    assert shapes["mum"] == "circle" and shapes["dad"] == "square"
    assert shapes["x"] == "diamond" and shapes["baby"] == "triangle"
    assert [each.key for each in drawn.symbols if each.is_concerned] == ["alex"]


def test_a_cross_is_drawn_only_for_a_recorded_death() -> None:
    drawn = draw([girl("gran", died="2019"), girl("mum")], parents("mum", "gran"))
    assert symbol(drawn, "gran").has_died and not symbol(drawn, "mum").has_died
    assert "died 2019" in drawn.told.people[0].line


def test_a_couple_that_parted_has_two_strokes_and_the_text_says_since_when() -> None:
    said = [each for each in SAID if each.kind is not Kind.PARTNER]
    drawn = draw(THREE, [*said, is_("mum", Kind.PARTNER, "dad", until="2020", ended=True)])
    assert [mark.kind for mark in drawn.marks] == ["parted"]
    assert "Mum was the partner of Dad, until 2020." in sentences(drawn)
    assert not any(mark.kind == "parted" for mark in draw(THREE, SAID).marks)


def test_parents_of_one_child_are_not_made_partners() -> None:
    said = [each for each in SAID if each.kind is not Kind.PARTNER]
    assert kinds(draw(THREE, said), "mum", "dad") == ["co_parent"]
    assert kinds(draw(THREE, SAID), "mum", "dad") == ["partner"]


def test_several_partners_are_all_drawn() -> None:
    people = [girl("mum"), *(boy(f"p{n}") for n in range(4)), *(girl(f"c{n}") for n in range(4))]
    said = [is_("mum", Kind.PARTNER, f"p{n}") for n in range(4)]
    for n in range(4):
        said += parents(f"c{n}", "mum", f"p{n}")
    drawn = draw(people, said)
    assert all(kinds(drawn, "mum", f"p{n}") == ["partner"] for n in range(4))
    assert all(kinds(drawn, "mum", f"p{n}", f"c{n}") == ["parent"] for n in range(4))


def test_twins_leave_the_line_at_one_place() -> None:
    people = [girl("mum"), boy("a"), boy("b"), boy("c")]
    said = [each for key in "abc" for each in parents(key, "mum")]
    drawn = draw(people, [*said, is_("a", Kind.TWIN, "b")])
    leaves = {next(iter(line.ends - {"mum"})): line.points[-2] for line in drawn.lines}
    assert leaves["a"] == leaves["b"] != leaves["c"]


def test_two_men_said_to_be_the_father_are_both_drawn_in_doubt_and_the_mother_is_not() -> None:
    people = [*THREE, boy("rob")]
    drawn = draw(people, [*SAID, is_("rob", Kind.PARENT, "alex", SAM)])
    doubted = {frozenset(line.ends) for line in drawn.lines if line.doubtful}
    assert doubted == {frozenset({"rob", "alex"}), frozenset({"dad", "alex"})}
    assert any(mark.kind == "doubt" for mark in drawn.marks)
    (doubt,) = drawn.told.doubts
    assert "Jo Field" in doubt and "Sam Lee" in doubt and "Mum" not in doubt


def test_somebody_who_says_that_it_is_not_so_is_told_and_nothing_is_settled() -> None:
    drawn = draw(THREE, [*SAID, is_("dad", Kind.PARENT, "alex", SAM, denied=True)])
    assert "Dad is not the father of Alex. Said by Sam Lee, Teacher" in sentences(drawn)
    assert "Dad is the father of Alex. Said by Jo Field, Health visitor" in sentences(drawn)
    assert len(drawn.told.doubts) == 1


def test_whoever_was_not_sure_is_said_not_to_have_been() -> None:
    unsure = JO.__class__("Pat Moss", "1 May 2026", unsure=True)
    drawn = draw(THREE, [*SAID[:-1], is_("mum", Kind.PARTNER, "dad", unsure)])
    assert "Said by Pat Moss, who was not sure, on 1 May 2026." in sentences(drawn)
    assert any(line.doubtful for line in drawn.lines)


def test_a_sister_nobody_is_sure_of_is_joined_by_a_line_in_doubt_beside_the_sure_one() -> None:
    unsure = replace(JO, unsure=True, told_by="a neighbour")
    people = [girl("a"), girl("b"), girl("c")]
    drawn = draw(people, [is_("a", Kind.SIBLING, "b"), is_("b", Kind.SIBLING, "c", unsure)])
    assert {frozenset(each.ends): each.doubtful for each in drawn.lines if each.doubtful} != {}
    assert any(not each.doubtful for each in drawn.lines)
    (told,) = drawn.told.unsure
    assert told == (
        "B may be a sister of C. "
        "Said by Jo Field, Health visitor, told by a neighbour, who was not sure, on 3 May 2026."
    )


def test_twins_nobody_is_sure_of_leave_the_line_apart() -> None:
    people = [girl("mum"), boy("a"), boy("b")]
    unsure = replace(JO, unsure=True)
    drawn = draw(people, [*parents("a", "mum"), *parents("b", "mum"), is_("a", Kind.TWIN, "b", unsure)])
    leaves = [line.points[-2] for line in drawn.lines]
    assert leaves[0] != leaves[1]
    assert "A may be a twin of B" in sentences(drawn)


def test_a_foster_carer_who_is_not_the_adoptive_parent_is_in_no_doubt() -> None:
    fosters = is_("mum", Kind.CARER, "alex", words="foster carer")
    not_adopted = is_("mum", Kind.CARER, "alex", words="adoptive parent", denied=True)
    assert not draw(THREE, [fosters, not_adopted]).told.doubts


def test_what_comes_from_a_part_in_a_concern_says_so() -> None:
    part = JO.__class__("Pat Moss", "1 May 2026", from_part="Parent")
    drawn = draw([girl("mum"), boy("alex")], [is_("mum", Kind.PARENT, "alex", part)])
    assert "Taken from the part “Parent” that Pat Moss gave on 1 May 2026." in sentences(drawn)


def test_each_the_parent_of_the_other_is_drawn_and_told() -> None:
    drawn = draw([girl("a"), girl("b")], [*parents("a", "b"), *parents("b", "a")])
    assert len(drawn.symbols) == 2 and len(drawn.told.doubts) >= 1
    assert "A is the mother of B" in sentences(drawn) and "B is the mother of A" in sentences(drawn)


def test_brothers_and_sisters_without_a_known_parent_are_joined() -> None:
    drawn = draw([boy("a"), girl("b"), girl("c")], [is_("a", Kind.SIBLING, "b"), is_("b", Kind.SIBLING, "c")])
    assert {line.kind for line in drawn.lines} == {"sibling"}
    assert len({each.y for each in drawn.symbols}) == 1


def test_half_brothers_of_one_mother_need_no_line_of_their_own() -> None:
    people = [girl("mum"), boy("dad"), boy("a"), boy("b")]
    said = [*parents("a", "mum", "dad"), *parents("b", "mum"), is_("a", Kind.HALF_SIBLING, "b")]
    drawn = draw(people, said)
    assert "half_sibling" not in drawn.kinds
    assert "A is a half-brother of B" in sentences(drawn)


def test_lines_that_leave_one_side_of_somebody_leave_it_apart() -> None:
    people = [girl("gran"), girl("mum"), boy("alex")]
    drawn = draw(people, [*parents("mum", "gran"), *parents("alex", "mum"), is_("gran", Kind.CARER, "alex")])
    starts = [line.points[0] for line in drawn.lines if "gran" in line.ends]
    assert len(starts) == 2 and len(set(starts)) == 2


def test_a_grandparent_is_drawn_once_the_parent_between_is_known_only_through_them() -> None:
    drawn = draw([girl("gran"), boy("alex")], [is_("gran", Kind.GRANDPARENT, "alex")])
    assert kinds(drawn, "gran", "alex") == ["grandparent"]
    drawn = draw(THREE, [*SAID, is_("gran", Kind.GRANDPARENT, "alex")])
    assert kinds(drawn, "gran", "alex") == []
    assert "Gran is a grandmother of Alex" in sentences(drawn)


def test_two_people_of_one_name_are_told_apart() -> None:
    drawn = draw([boy("a", name="Jo"), boy("b", name="Jo")], [is_("a", Kind.TWIN, "b")])
    assert "Jo is a twin of Jo (second of this name)" in sentences(drawn)


def test_a_household_is_named_with_its_members() -> None:
    drawn = draw(THREE, SAID, [Household("14 Mill Road", frozenset({"mum", "alex"}))])
    assert drawn.told.households == ("14 Mill Road: Mum and Alex.",)


def test_names_of_any_length_and_script_fit_below_their_symbol() -> None:
    assert lines_of("Robert Ashworth-Pemberton") == ("Robert", "Ashworth-", "Pemberton")
    assert len(lines_of("na" * 300)) == 4
    assert lines_of("") == ()
    assert all(len(line) <= CHARACTERS for line in lines_of("x" * 300 + " " + "y" * 40))
    assert lines_of("王小明 " * 20)[-1].endswith("…")


def test_no_line_lies_along_another_in_a_usual_family() -> None:
    people = [*THREE, boy("rob"), girl("ex"), boy("tom"), boy("tim"), girl("aunt"), girl("cousin")]
    said = [
        *SAID,
        is_("rob", Kind.PARTNER, "ex", until="2019", ended=True),
        *parents("tom", "rob", "ex"),
        *parents("tim", "rob", "ex"),
        is_("mum", Kind.PARTNER, "rob"),
        *parents("aunt", "gran"),
        *parents("cousin", "aunt"),
        is_("gran", Kind.CARER, "cousin"),
    ]
    drawn = draw(people, said)
    upright = [
        (x, min(y, to_y), max(y, to_y), line.kind, line.points[0])
        for line in drawn.lines
        for (x, y), (to_x, to_y) in pairwise(line.points)
        if x == to_x
    ]
    for place, (x, top, end, _kind, start) in enumerate(upright):
        for other_x, other_top, other_end, _other, other_start in upright[:place]:
            if x == other_x and start != other_start:
                assert end <= other_top or other_end <= top
