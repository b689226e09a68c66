"""Genograms: a family drawn from what people said of it, and the same in sentences.

`draw` takes people and dated relationships, each with who said so, and gives places, lines and symbols in
the signs that practitioners know: square and circle, triangle for an unborn child, a double edge for the child
it is about, two strokes where a couple parted, a dotted line around a household. What sources contradict is
drawn and told twice, marked as in doubt; nothing is settled here. It draws no picture itself and knows no date.
"""

from openmash.engines.genogram.drawing import draw
from openmash.engines.genogram.drawn import Genogram, Line, Mark, Outline, PersonTold, Symbol, Told
from openmash.engines.genogram.people import Household, Kind, NotAFamily, Person, Relationship, Said, Sex

__all__ = [
    "Genogram",
    "Household",
    "Kind",
    "Line",
    "Mark",
    "NotAFamily",
    "Outline",
    "Person",
    "PersonTold",
    "Relationship",
    "Said",
    "Sex",
    "Symbol",
    "Told",
    "draw",
]
