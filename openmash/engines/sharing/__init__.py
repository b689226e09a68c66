""" "Can I share this?": a few questions that end in a plain answer, the ground, what to record and how to do it.

Owns: the dated text (`guide`, `parse`), what is asked next and answered (`answering`), and the proof over every
way through it (`proof`). Does not own: pages, or any record of who asked.
"""

from openmash.engines.sharing.answering import Answer, Answers, answer, next_question, sensible
from openmash.engines.sharing.guide import FILES, Ground, Guide, Question
from openmash.engines.sharing.parse import parse
from openmash.engines.sharing.proof import Proof, prove

__all__ = [
    "FILES",
    "Answer",
    "Answers",
    "Ground",
    "Guide",
    "Proof",
    "Question",
    "answer",
    "next_question",
    "parse",
    "prove",
    "sensible",
]
