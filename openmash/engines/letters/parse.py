"""From texts to `Letters`, or every fault in them in the author's words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from openmash.dated_texts import Fault, digest, header

HEADER = "letters.toml"
FILE_NAME = re.compile(r"([a-z][a-z0-9_]*)\.(parents|child|agency)\.txt")
NAMED = re.compile(r"\{([a-z_]+)\}")
LARGEST = 100_000


class LettersError(Exception):
    """Everything that is wrong with the texts, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Template:
    """One letter to one kind of reader. `paragraphs` are texts in order, still with their names in braces."""

    kind: str
    to: str
    subject: str
    paragraphs: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """Every name it takes from the record."""
        return frozenset(NAMED.findall("\n".join((self.subject, *self.paragraphs))))


@dataclass(frozen=True)
class Letters:
    """One version. `texts` are the very files, by name, and `digest` their SHA-256."""

    id: str
    version: str
    title: str
    in_force_from: date
    sign_off: str
    templates: Mapping[tuple[str, str], Template]
    texts: Mapping[str, str]
    digest: str


def parse(texts: Mapping[str, str]) -> Letters:
    """The letters that these files (name to text) describe.

    Raises:
        LettersError: every fault that was found.
    """
    in_header: list[Fault] = []
    top = header(HEADER, texts.get(HEADER, ""), in_header)
    faults = [str(fault) for fault in in_header]
    templates = dict(_templates(texts, faults))
    if not templates:
        faults.append("There is no letter. A file is called kind.reader.txt, such as closure.parents.txt.")
    if faults:
        raise LettersError(faults)
    return Letters(
        id=top.id,
        version=top.version,
        title=top.title,
        in_force_from=top.in_force_from,
        sign_off=top.sign_off,
        templates=templates,
        texts=dict(texts),
        digest=digest(dict(sorted(texts.items()))),
    )


def check(letters: Letters, known: Mapping[str, frozenset[str]]) -> list[str]:
    """What does not fit the record: kinds that there are not, and names it cannot fill. `known` is kind to names."""
    faults = []
    for (kind, to), template in sorted(letters.templates.items()):
        if kind not in known:
            faults.append(
                f"{kind}.{to}.txt: there is no occasion “{kind}”. There are: {', '.join(sorted(known))}."
            )
            continue
        for name in sorted(template.names - known[kind]):
            said = ", ".join(sorted(known[kind]))
            faults.append(f"{kind}.{to}.txt: the record has no “{name}” for this letter. It has: {said}.")
    return faults


def _templates(texts: Mapping[str, str], faults: list[str]) -> Iterator[tuple[tuple[str, str], Template]]:
    for name, text in sorted(texts.items()):
        if name == HEADER:
            continue
        named = FILE_NAME.fullmatch(name)
        if named is None:
            faults.append(
                f"{name}: a letter is called kind.reader.txt, and its reader is parents, child or agency."
            )
            continue
        if len(text) > LARGEST:
            faults.append(f"{name}: longer than any letter.")
            continue
        first, *rest = [part.strip() for part in re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n"))]
        if "\n" in first or not first or not rest:
            faults.append(f"{name}: the first line is the subject, then an empty line, then the letter.")
            continue
        for part in (first, *rest):
            if NAMED.sub("", part).count("{") or NAMED.sub("", part).count("}"):
                faults.append(f"{name}: a brace is left over in “{part[:60]}”.")
        yield (named[1], named[2]), Template(named[1], named[2], first, tuple(rest))
