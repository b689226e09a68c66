import pytest

from openmash.engines.matching.identifiers import nhs_number, postcode, upn, why_not_nhs_number, why_not_upn


@pytest.mark.parametrize(
    "text", ["943 476 5919", "9434765919", "943-476-5919", "９４３ ４７６ ５９１９", " 943 4765919 "]
)
def test_an_nhs_number_is_read_however_it_is_written(text: str) -> None:
    assert nhs_number(text) == "9434765919"
    assert why_not_nhs_number(text) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No NHS number"),
        ("943 476 5918", "does not fit"),
        ("934 476 5919", "does not fit"),  # two digits changed places
        ("943 476 591", "this has 9"),
        ("ABC 476 5919", "only digits"),
        ("1111111111", "ten times"),
        ("0000000000", "ten times"),
    ],
)
def test_what_is_no_nhs_number_says_why(text: str, says: str) -> None:
    assert nhs_number(text) is None
    assert says in why_not_nhs_number(text)


def test_no_single_wrong_digit_passes() -> None:
    right = "9434765919"
    for place in range(10):
        for digit in "0123456789":
            tried = right[:place] + digit + right[place + 1 :]
            assert (nhs_number(tried) is None) == (tried != right)


# Weights 2 to 13, modulus 23, letters without I, O and S; worked out by hand for each.
# 801 2000 01 001: 8·2+0·3+1·4+2·5+0·6+0·7+0·8+0·9+1·10+0·11+0·12+1·13 = 53; 53 mod 23 = 7: H.
@pytest.mark.parametrize("text", ["H801200001001", "h801 2000 01001"])
def test_a_pupil_number_is_read(text: str) -> None:
    assert upn(text) == "H801200001001"


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    # The last letter counts as its place among the letters: B is 1, as the last digit above.
    assert upn("H80120000100B") == "H80120000100B"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No unique pupil number"),
        ("A801200001001", "does not fit"),
        ("H80120000100", "this has 12"),
        ("H8012000010I1", "a letter and 12 digits"),
        ("I801200001001", "I, O and S"),
        ("H80120000100S", "I, O and S"),
        ("A000000000000", "noughts"),
    ],
)
def test_what_is_no_pupil_number_says_why(text: str, says: str) -> None:
    assert upn(text) is None
    assert says in why_not_upn(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nf12ab", "NF1 2AB"),
        ("NF1 2AB", "NF1 2AB"),
        ("NF1 OAB", "NF1 0AB"),
        ("W1A 1AA", "W1A 1AA"),
        ("somewhere", None),
        ("", None),
        ("NF1", None),
    ],
)
def test_postcodes(text: str, code: str | None) -> None:
    assert postcode(text) == code
