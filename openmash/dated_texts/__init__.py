"""Texts that a partnership agrees on and dates: a header and tables, written in a spreadsheet and reviewed there.

Owns: reading such texts, and saying to their author what is wrong, by file and row.
Does not own: what any of them means; each engine has its own columns and its own model.
"""

from openmash.dated_texts.faults import Fault, Faults, did_you_mean
from openmash.dated_texts.reading import Header, digest, gather, header, rows, said_twice
from openmash.dated_texts.row import Row

__all__ = [
    "Fault",
    "Faults",
    "Header",
    "Row",
    "did_you_mean",
    "digest",
    "gather",
    "header",
    "rows",
    "said_twice",
]
