"""The oblivious function against the vectors that RFC 9497 publishes, and against its own algebra."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.engines.matching.private import group
from openmash.engines.matching.private.errors import MessageRefused
from openmash.engines.matching.private.oblivious import blind, derive_key, evaluate, finalise, output_of

# RFC 9497, appendix A.1.1: ristretto255-SHA512, mode OPRF.
SEED = bytes.fromhex("a3" * 32)
INFO = bytes.fromhex("74657374206b6579")
KEY = bytes.fromhex("5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e")
FACTOR = bytes.fromhex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706")
VECTORS = [
    (
        "00",
        "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c",
        "7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e",
        "527759c3d9366f277d8c6020418d96bb393ba2afb20ff90df23fb7708264e2f3"
        "ab9135e3bd69955851de4b1f9fe8a0973396719b7912ba9ee8aa7d0b5e24bcf6",
    ),
    (
        "5a" * 17,
        "da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418",
        "b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25",
        "f4a74c9c592497375e796aa837e907b1a045d34306a749db9f34221f7e750cb4"
        "f2a6413a6bf6fa5e19ba6348eb673934a722a7ede2e7621306d18951e7cf2c73",
    ),
]

tokens = st.lists(st.binary(min_size=1, max_size=80), min_size=1, max_size=6)


def test_key_is_derived_as_the_rfc_derives_it() -> None:
    assert derive_key(SEED, INFO) == KEY


@pytest.mark.parametrize(("token", "blinded", "evaluated", "output"), VECTORS)
def test_vectors_of_the_rfc(token: str, blinded: str, evaluated: str, output: str) -> None:
    hidden = blind([bytes.fromhex(token)], [FACTOR])
    assert [element.hex() for element in hidden.elements] == [blinded]
    answered = evaluate(hidden.elements, KEY)
    assert [element.hex() for element in answered] == [evaluated]
    assert [each.hex() for each in finalise(hidden, answered)] == [output]
    assert output_of(bytes.fromhex(token), KEY).hex() == output


@given(tokens=tokens, seed=st.binary(min_size=32, max_size=32))
@settings(max_examples=40)
def test_what_the_asker_gets_is_what_the_holder_has(tokens: list[bytes], seed: bytes) -> None:
    key = derive_key(seed, b"tests")
    hidden = blind(tokens)
    assert finalise(hidden, evaluate(hidden.elements, key)) == tuple(output_of(each, key) for each in tokens)


@given(tokens=tokens)
@settings(max_examples=20)
def test_the_same_token_never_looks_the_same_twice(tokens: list[bytes]) -> None:
    assert not set(blind(tokens).elements) & set(blind(tokens).elements)


@given(st.lists(st.integers(1, group.ORDER - 1), max_size=8))
@settings(max_examples=40)
def test_inverses_taken_together_are_inverses(numbers: list[int]) -> None:
    scalars = [number.to_bytes(32, "little") for number in numbers]
    for number, inverse in zip(numbers, group.inverses(scalars), strict=True):
        assert number * int.from_bytes(inverse, "little") % group.ORDER == 1


NOT_CANONICAL = (2**255 - 18).to_bytes(32, "little")
NOT_IN_THE_GROUP = [
    NOT_CANONICAL,
    b"\xff" * 32,
    (1).to_bytes(32, "little"),
    bytes(range(31)) + b"\x80",
]


@pytest.mark.parametrize("point", [group.IDENTITY, b"", bytes(31), bytes(33), *NOT_IN_THE_GROUP])
def test_wrong_points_are_refused(point: bytes) -> None:
    hidden = blind([b"token"])
    with pytest.raises(MessageRefused):
        evaluate([point], KEY)
    with pytest.raises(MessageRefused):
        finalise(hidden, [point])


def test_another_number_of_points_is_refused() -> None:
    hidden = blind([b"one", b"two"])
    with pytest.raises(MessageRefused, match="another number"):
        finalise(hidden, evaluate(hidden.elements[:1], KEY))


@pytest.mark.parametrize("key", [bytes(32), group.ORDER.to_bytes(32, "little"), bytes(31), b"\xff" * 32])
def test_wrong_keys_are_refused(key: bytes) -> None:
    with pytest.raises(MessageRefused):
        group.checked_scalar(key)


def test_blinding_keeps_tokens_and_factors_out_of_its_words() -> None:
    hidden = blind([b"a token nobody may read"])
    assert "token nobody" not in repr(hidden)
    assert hidden.factors[0].hex() not in repr(hidden) and repr(hidden.factors[0]) not in repr(hidden)
