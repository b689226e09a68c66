"""A version that was published never changes. Each folder of dated texts keeps the digest of every version beside it,
and a text that was changed under the name of an old version is refused: the changed one has a name of its own.
"""

from collections.abc import Iterator
from pathlib import Path

from openmash.dated_texts.faults import Fault
from openmash.dated_texts.reading import digest, gather, header, rows

REGISTER = "published.csv"
COLUMNS = ("folder", "digest")


def unlike_published(root: Path) -> list[Fault]:
    """Every version under `root` that is not what its register says; empty if all are."""
    faults: list[Fault] = []
    kept = _register(root, faults)
    found = _versions(root)
    for folder in sorted(kept.keys() - found.keys()):
        faults.append(Fault(folder, None, "This version was published, and is gone.", "Put its texts back."))
    for folder, seen in sorted(found.items()):
        if folder not in kept:
            said = "This version is not in the register."
            hint = f"If nobody has read it yet: ./dev openmash published --add {root.name}/{folder}"
            faults.append(Fault(f"{root.name}/{REGISTER}", None, f"{folder}: {said}", hint))
        elif kept[folder] != seen:
            said = "The texts are not those that were published under this name."
            hint = "Put them back, and give the changed ones a version and a folder of their own."
            faults.append(Fault(f"{root.name}/{folder}", None, said, hint))
    return [*faults, *_same_name(root, sorted(found))]


def add(folder: Path) -> None:
    """Write a version into the register, once.

    Raises:
        ValueError: it is there already.
    """
    root, faults = folder.parent, list[Fault]()
    if folder.name in _register(root, faults):
        raise ValueError(f"{folder.name} has been published already, and cannot be published again.")
    register = root / REGISTER
    before = register.read_text(encoding="utf-8") if register.exists() else f"{','.join(COLUMNS)}\n"
    register.write_text(f"{before}{folder.name},{_digest(folder)}\n", encoding="utf-8")


def _register(root: Path, faults: list[Fault]) -> dict[str, str]:
    register = root / REGISTER
    text = register.read_text(encoding="utf-8") if register.exists() else ",".join(COLUMNS)
    return {row.cells["folder"]: row.cells["digest"] for row in rows(REGISTER, text, COLUMNS, faults)}


def _versions(root: Path) -> dict[str, str]:
    return {each.name: _digest(each) for each in root.iterdir() if each.is_dir()}


def _digest(folder: Path) -> str:
    return digest(gather(folder, sorted(each.name for each in folder.iterdir() if each.is_file())))


def _same_name(root: Path, folders: list[str]) -> Iterator[Fault]:
    """Two folders cannot be the same version of the same text."""
    seen: dict[tuple[str, str], str] = {}
    for folder in folders:
        for top in sorted((root / folder).glob("*.toml")):
            said = header(top.name, top.read_text(encoding="utf-8"), [])
            first = seen.setdefault((said.id, said.version), folder)
            if first != folder:
                message = f"It says that it is {said.id} {said.version}, as {first} does."
                yield Fault(f"{root.name}/{folder}", None, message, "Give it a version of its own.")
