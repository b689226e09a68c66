"""Getting the texts of a policy: which files, how large, in what letters.

A hostile file is refused here, quickly.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors, did_you_mean

HEADER = "policy.toml"
FILES = (
    HEADER,
    "signs.csv",
    "facts.csv",
    "sets.csv",
    "duties.csv",
    "rules.csv",
    "routing.csv",
    "pathways.csv",
    "advice.csv",
    "examples.csv",
    "changes.csv",
)
LARGEST = 1_000_000


def gather(source: Path | Mapping[str, str]) -> dict[str, str]:
    """The texts of a policy by file name, from a folder or as kept: line ends made alike, byte-order mark
    dropped.

    Raises:
        PolicyErrors: a file is missing, unknown, too large, or not plain text in UTF-8.
    """
    names = _names(source)
    faults = [_missing(name, names) for name in FILES if name not in names]
    if isinstance(source, Mapping):
        # A folder may hold a README beside the tables; texts handed over one by one may not hold strangers.
        faults += [_stranger(name) for name in names if name not in FILES]
    texts = {}
    for name in FILES:
        if name in names:
            try:
                texts[name] = _text(name, source)
            except PolicyErrors as wrong:
                faults += wrong.errors
    if faults:
        raise PolicyErrors(faults)
    return texts


def digest(texts: Mapping[str, str]) -> str:
    """The SHA-256 of the texts, each with its name and length, so that nothing can slide from one to the
    next.
    """
    total = hashlib.sha256()
    for name in FILES:
        data = texts[name].encode()
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def _names(source: Path | Mapping[str, str]) -> list[str]:
    if isinstance(source, Mapping):
        return [str(name) for name in source]
    folder = Path(source)
    if not folder.is_dir():
        raise PolicyErrors(
            [PolicyError(str(source), None, "There is no such folder.", "Name a policy’s folder.")]
        )
    return sorted(entry.name for entry in folder.iterdir() if entry.is_file())


def _missing(name: str, names: list[str]) -> PolicyError:
    near = did_you_mean(name, [other for other in names if other not in FILES])
    hint = near.replace("Did you mean", "Rename") if near.startswith("Did") else f"A policy needs {name}."
    return PolicyError(name, None, "The file is missing.", hint.replace("?", "."))


def _stranger(name: str) -> PolicyError:
    return PolicyError(name, None, "This is not a file of a policy.", did_you_mean(name, FILES))


def _text(name: str, source: Path | Mapping[str, str]) -> str:
    data = (
        source[name].encode("utf-8", "surrogatepass") if isinstance(source, Mapping) else _read(source, name)
    )
    if len(data) > LARGEST:
        raise _refused(name, "The file is larger than 1 MB.", "Check that the right file was saved.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        said = f"The file is not in UTF-8: byte {wrong.start + 1} is 0x{data[wrong.start]:02x}."
        line = data[: wrong.start].count(b"\n") + 1
        raise _refused(name, said, "Save it as “CSV UTF-8”.", line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line_text in enumerate(text.split("\n"), start=1):
        for letter in line_text:
            if (letter < " " and letter != "\t") or letter == "\x7f":
                said = f"The line holds a character that cannot be seen (code {ord(letter)})."
                raise _refused(name, said, "Delete it and type the words again.", number)
    return text


def _read(folder: Path, name: str) -> bytes:
    with (Path(folder) / name).open("rb") as file:
        return file.read(LARGEST + 1)


def _refused(name: str, message: str, hint: str, row: int | None = None) -> PolicyErrors:
    return PolicyErrors([PolicyError(name, row, message, hint)])
