"""Writing what somebody saw or heard, in the words of their trade."""

from collections.abc import Sequence
from datetime import date
from random import Random

from openmash.demo.tables import rows
from openmash.demo.words.phrases import Phrase, Wording
from openmash.demo.words.voice import Voice

CHANCES = (("opening", 0.9), ("home", 0.25), ("told", 1.0), ("voice", 0.4), ("foreign", 0.5))
LONG_LOG = 30
MISSING = frozenset({"D26"})
AT_HAND = frozenset({"home", "voice", "foreign"})
"""What cannot be said of a child who is missing."""
AFTER = (("parent", 0.5), ("done", 0.55), ("closing", 0.6))


class Accounts:
    """Writes accounts from phrases. `around` are the phrases that stand around the signs."""

    def __init__(self, around: list[Phrase], wording: Wording) -> None:
        self.around = around
        self.wording = wording
        self.quotes = {row["language"]: row["text"] for row in rows("words/quotes")}

    def write(
        self,
        told: Sequence[Phrase],
        voice: Voice,
        *,
        source: str,
        age: int | None,
        language: str,
        rng: Random,
        log: Sequence[tuple[date, Phrase]] = (),
    ) -> str:
        """An account of one to three paragraphs. `log` adds dated lines, as from a record of one's own."""
        names = {**voice.names, "quote": ""}
        if language in self.quotes:
            names["quote"] = self.wording.say(self.quotes[language], names, rng)
        before, after = [], []
        away = any(phrase.part in MISSING for phrase in told)
        for part, chance in CHANCES:
            if part == "told":
                before += [self.wording.say(phrase.text, names, rng) for phrase in told]
            elif (
                rng.random() < chance
                and (part != "foreign" or names["quote"])
                and not (away and part in AT_HAND)
            ):
                before += self._around(part, voice, names, source, age, rng)
        for part, chance in AFTER:
            if rng.random() < chance:
                after += self._around(part, voice, names, source, age, rng)
        paragraphs = [" ".join(before), self._log(log, names, rng), " ".join(after)]
        if rng.random() < 0.35:
            paragraphs = [" ".join(before + after), paragraphs[1]]
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

    def _around(
        self, part: str, voice: Voice, names: dict[str, str], source: str, age: int | None, rng: Random
    ) -> list[str]:
        fitting = [
            phrase.text
            for phrase in self.around
            if phrase.part == part
            and source in phrase.said_by
            and (phrase.months == (0, 18 * 12) or phrase.fits(age, ""))
            and phrase.needs <= names.keys()
        ]
        if not fitting:
            return []
        return [self.wording.say(self.wording.take(fitting, rng), names, rng)]

    def _log(self, log: Sequence[tuple[date, Phrase]], names: dict[str, str], rng: Random) -> str:
        lines = [
            f"{day.day} {day:%B}: {self.wording.say(phrase.text, names, rng)}"
            for day, phrase in sorted(log, key=lambda entry: entry[0])
        ]
        return "\n".join(["From our own record:", *lines]) if lines else ""


def log_of(
    phrases: Sequence[Phrase], days: Sequence[date], lines: int, rng: Random
) -> list[tuple[date, Phrase]]:
    """Lines with days taken from `days`. Only a very long log has a phrase more than twice."""
    offered = [*phrases, *(phrase for phrase in phrases if "[" in phrase.text)]
    if lines <= LONG_LOG:
        chosen = rng.sample(offered, min(lines, len(offered)))
    else:
        chosen = rng.choices(offered, k=lines) if offered else []
    return [(rng.choice(days), phrase) for phrase in chosen]
