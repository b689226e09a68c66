"""A letter filled from the record. What the record lacks is said; nothing is ever left blank."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openmash.engines.letters.parse import NAMED, Template

Value = str | Sequence[str]
OPTIONAL, ITEM = "? ", "- "


class Lacking(Exception):
    """The record lacks something that the letter must say. `names` are what."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True)
class Block:
    """A paragraph (`text`) or a list (`items`): one of the two."""

    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A letter ready to be read."""

    subject: str
    blocks: tuple[Block, ...]


def fill(template: Template, values: Mapping[str, Value]) -> Filled:
    """The letter with every name filled. A list alone on the last line of a paragraph is shown as one.

    Raises:
        Lacking: a paragraph that must stand names something the record does not have.
    """
    have = {name for name, value in values.items() if _is_there(value)}
    standing = [
        part.removeprefix(OPTIONAL)
        for part in template.paragraphs
        if not (part.startswith(OPTIONAL) and set(NAMED.findall(part)) - have)
    ]
    lacking = sorted(set(NAMED.findall("\n".join((template.subject, *standing)))) - have)
    if lacking:
        raise Lacking(lacking)
    blocks = (block for part in standing for block in _blocks(part, values))
    return Filled(_put_in(template.subject, values), tuple(blocks))


def _is_there(value: Value) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _blocks(part: str, values: Mapping[str, Value]) -> Iterator[Block]:
    """A paragraph; a list; or a paragraph whose last line is a list of the record."""
    *before, last = part.split("\n")
    alone = NAMED.fullmatch(last)
    if alone and not isinstance(values[alone[1]], str):
        if before:
            yield Block(text=_put_in(" ".join(before), values))
        yield Block(items=tuple(values[alone[1]]))
    elif all(line.startswith(ITEM) for line in (*before, last)):
        yield Block(items=tuple(_put_in(line.removeprefix(ITEM), values) for line in (*before, last)))
    else:
        yield Block(text=_put_in(" ".join((*before, last)), values))


def _put_in(text: str, values: Mapping[str, Value]) -> str:
    """Each name is filled once: what somebody wrote in the record is never read as a name in its turn."""

    def value(name: str) -> str:
        found = values[name]
        return found if isinstance(found, str) else ", ".join(found)

    return NAMED.sub(lambda found: value(found[1]), text)
