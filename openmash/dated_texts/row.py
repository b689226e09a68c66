"""One row of a table, read cell by cell."""

import re
from collections.abc import Mapping, Sequence

from openmash.dated_texts.faults import Fault, did_you_mean

NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")


class Row:
    """One row. Reading a cell that is wrong notes the fault and gives a harmless value back."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str], faults: list[Fault]) -> None:
        self.file, self.number, self.cells, self.faults = file, number, cells, faults

    def fault(self, message: str, hint: str) -> None:
        self.faults.append(Fault(self.file, self.number, message, hint))

    def needed(self, column: str) -> str:
        if not self.cells[column]:
            self.fault(f"The column “{column}” is empty.", "Every row needs one.")
        return self.cells[column]

    def name(self, column: str) -> str:
        value = self.needed(column)
        if value and not NAME.fullmatch(value):
            hint = "Use small letters, digits and underscores, such as early_help."
            self.fault(f"“{value}” cannot be used as a {column}.", hint)
        return value

    def choice(self, column: str, options: Sequence[str]) -> str:
        value = self.cells[column]
        if value not in options:
            said = f"“{value}” is not something the column “{column}” can say."
            self.fault(said, did_you_mean(value, options))
            return options[0]
        return value

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.needed(column).split())

    def yes_no(self, column: str) -> bool:
        return self.choice(column, ("no", "yes")) == "yes"

    def whole_number(self, column: str, least: int, most: int) -> int:
        typed = self.cells[column]
        if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
            self.fault(
                f"“{typed}” is no number for “{column}”.", f"Write a whole number from {least} to {most}."
            )
            return least
        return int(typed)
