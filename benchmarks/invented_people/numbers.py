"""Numbers that agencies issue, with check digit or check letter, worked out here and not by the engine."""

NHS_NUMBERS_FROM = 400_000_000
SPREAD = 299_999_977  # a prime: multiplied by anything, every child still gets a number of their own
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(child: int) -> str:
    """A number nobody else has, or "" for one child in 121: nine digits scattered over the range in use, and
    the check digit. One start in eleven has no check digit; a second is tried.
    """
    first = NHS_NUMBERS_FROM + child * 104_729 % SPREAD
    for nine in (first, first + SPREAD):
        if check_digit(nine) < 10:
            return f"{nine}{check_digit(nine)}"
    return ""


def check_digit(nine: int) -> int:
    """Modulus 11 over weights 10 to 2 (NHS Data Dictionary). 10 means that there can be no such number."""
    total = 0
    for weight in range(2, 11):  # from the last digit to the first
        nine, digit = divmod(nine, 10)
        total += digit * weight
    return (11 - total % 11) % 11


def upn(child: int, authority: int, school: int, year: int) -> str:
    """Check letter, local authority, school, year and serial number (DfE, UPN guide: weights 2 to 13)."""
    twelve = f"{authority:03d}{school:04d}{year % 100:02d}{child % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(twelve, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23] + twelve
