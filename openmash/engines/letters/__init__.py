"""Letters as dated text: parsed, checked against what the record can say, and filled from it. Knows no child.

A letter is plain text. Its first line is its subject; empty lines part its paragraphs; lines that begin with "- "
are a list; `{worker}` stands for something of the record. A paragraph that begins with "? " is left out when the
record does not have what it names; any other paragraph must have it, or the letter cannot be written. A list of
the record stands on a line of its own.
"""

from openmash.engines.letters.filling import Block, Filled, Lacking, fill
from openmash.engines.letters.parse import FILE_NAME, HEADER, Letters, LettersError, Template, check, parse

__all__ = [
    "FILE_NAME",
    "HEADER",
    "Block",
    "Filled",
    "Lacking",
    "Letters",
    "LettersError",
    "Template",
    "check",
    "fill",
    "parse",
]
