"""The messages of a question, the two sides that make them, and what a whole question comes to."""

import secrets
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.engines.matching.private import group
from openmash.engines.matching.private.asking import answer_points, begin, finish
from openmash.engines.matching.private.errors import MessageRefused
from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import (
    POINTS,
    Answered,
    Evaluated,
    Finished,
    Question,
    Said,
    shortened,
)
from openmash.engines.matching.private.oblivious import derive_key, output_of

KEY = derive_key(b"k" * 32, b"tests")
TODAY = date(2026, 11, 16)
ids = st.uuids()
tokens = st.lists(st.binary(min_size=1, max_size=40), unique=True, max_size=POINTS)


def of_a_kind(*tokens: bytes) -> list[tuple[Kind, bytes]]:
    return [(Kind.DATE_AND_NAME, token) for token in tokens]


def asked(tokens: list[bytes], question: UUID | None = None) -> Finished:
    begun = begin(question or uuid4(), of_a_kind(*tokens))
    evaluated = answer_points(Question.from_bytes(begun.message.as_bytes()), KEY)
    return finish(begun, Evaluated.from_bytes(evaluated.as_bytes()))


@given(tokens=tokens)
@settings(max_examples=15)
def test_every_token_asked_comes_out_as_the_holder_keeps_it(tokens: list[bytes]) -> None:
    kept = {shortened(output_of(token, KEY)) for token in tokens}
    assert kept <= set(asked(tokens).outputs)
    assert len(set(asked(tokens).outputs) - kept) == POINTS - len(kept)


@given(tokens=tokens)
@settings(max_examples=15)
def test_a_message_does_not_tell_how_many_tokens_are_in_it(tokens: list[bytes]) -> None:
    begun = begin(uuid4(), of_a_kind(*tokens))
    assert len(begun.message.as_bytes()) == 20 + 32 * POINTS
    assert len(set(begun.message.points)) == POINTS
    assert all(group.checked(point) for point in begun.message.points)
    assert len(asked(tokens).as_bytes()) == 24 + 8 * POINTS


def test_tokens_stand_in_no_telling_place() -> None:
    places = {begin(uuid4(), of_a_kind(b"one")).places for _time in range(60)}
    assert len(places) > 10


def test_more_tokens_than_fit_are_left_out_from_the_end() -> None:
    many = [str(number).encode() for number in range(POINTS + 5)]
    outputs = set(asked(many).outputs)
    assert outputs == {shortened(output_of(token, KEY)) for token in many[:POINTS]}


@given(question=ids, said=st.sampled_from(Said))
def test_answers_have_one_size_and_come_back_whole(question: UUID, said: Said) -> None:
    message = Answered(question, said).as_bytes()
    assert len(message) == 32
    assert Answered.from_bytes(message) == Answered(question, said)


@given(question=ids)
def test_hit_and_no_hit_differ_in_one_byte_only(question: UUID) -> None:
    one, other, third = (Answered(question, said).as_bytes() for said in Said)
    assert len(one) == len(other) == len(third)
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1
    assert sum(a != b for a, b in zip(one, third, strict=True)) == 1


@given(
    question=ids,
    outputs=st.lists(st.integers(-(2**63), 2**63 - 1), min_size=POINTS, max_size=POINTS),
    kinds=st.frozensets(st.sampled_from(Kind)),
)
def test_outputs_come_back_whole(question: UUID, outputs: list[int], kinds: frozenset[Kind]) -> None:
    finished = Finished(question, tuple(outputs), kinds)
    assert Finished.from_bytes(finished.as_bytes()) == finished


@pytest.mark.parametrize("kind", [Question, Evaluated, Finished, Answered])
@given(message=st.binary(max_size=80))
@settings(max_examples=30)
def test_nonsense_is_refused(kind: type[Question], message: bytes) -> None:
    with pytest.raises(MessageRefused):
        kind.from_bytes(message)


def test_a_message_of_another_sort_is_refused() -> None:
    question = begin(uuid4(), of_a_kind(b"one")).message
    with pytest.raises(MessageRefused):
        Evaluated.from_bytes(question.as_bytes())
    with pytest.raises(MessageRefused):
        Question.from_bytes(question.as_bytes() + b"\x00")
    with pytest.raises(MessageRefused):
        Answered.from_bytes(Answered(uuid4(), Said.HIT).as_bytes()[:-1] + b"\x01")
    with pytest.raises(MessageRefused):
        Answered.from_bytes(b"omA1" + bytes(16) + b"\x09" + bytes(11))


def test_an_answer_to_another_question_is_refused() -> None:
    begun = begin(uuid4(), of_a_kind(b"one"))
    with pytest.raises(MessageRefused, match="another question"):
        finish(begun, Evaluated(uuid4(), answer_points(begun.message, KEY).points))


def test_one_bad_point_among_good_ones_is_refused() -> None:
    points = begin(uuid4(), of_a_kind(b"one")).message.points
    with pytest.raises(MessageRefused):
        answer_points(Question(uuid4(), (*points[:-1], group.IDENTITY)), KEY)
    with pytest.raises(MessageRefused):
        Question(uuid4(), points[:-1])


def test_messages_keep_points_and_outputs_out_of_their_words() -> None:
    finished = asked([secrets.token_bytes(8)])
    assert str(finished.outputs[0]) not in repr(finished)
    begun = begin(uuid4(), of_a_kind(b"a token nobody may read"))
    assert "nobody" not in repr(begun) and repr(begun.message.points[0]) not in repr(begun)
