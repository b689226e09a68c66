"""Promises about the code that no linter keeps."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "openmash"


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders or ("",):
        yield from (PACKAGE / folder).rglob("*.py")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


WRITES = re.compile(r"\.(save|create|update|delete|bulk_create|bulk_update|get_or_create|update_or_create)\(")


def test_the_web_never_writes() -> None:
    """Writes go through actions, which record them. (A dictionary is extended with `|=`.)"""
    lines = [(path, line.strip()) for path in sources("web") for line in path.read_text().splitlines()]
    assert [f"{shown(path)}: {line}" for path, line in lines if WRITES.search(line)] == []


def function_imports(tree: ast.AST) -> Iterator[int]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from (
                node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
            )


def test_nothing_is_imported_inside_a_function() -> None:
    """It would be a cycle in disguise."""
    found = [
        f"{shown(path)}:{line}"
        for path in sources()
        for line in function_imports(ast.parse(path.read_text()))
    ]
    assert found == []


def test_there_are_no_signals_and_no_logic_in_save() -> None:
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and "signals" in (node.module or ""):
                found.append(f"{shown(path)}:{node.lineno}")
            if isinstance(node, ast.ClassDef):
                methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
                found += [f"{shown(path)}:{one.lineno}" for one in methods if one.name in ("save", "delete")]
    assert found == []


@pytest.mark.parametrize("vague", ["core", "common", "utils", "helpers", "services"])
def test_no_package_has_a_name_that_says_nothing(vague: str) -> None:
    assert [shown(path) for path in sources() if vague in (path.stem, path.parent.name)] == []


def test_every_package_says_what_it_owns() -> None:
    packages = [
        *PACKAGE.glob("__init__.py"),
        *PACKAGE.glob("*/__init__.py"),
        *PACKAGE.glob("*/*/__init__.py"),
    ]
    packages = [path for path in packages if path.parent.name not in ("migrations", "management")]
    assert [shown(path) for path in packages if not ast.get_docstring(ast.parse(path.read_text()))] == []


# A child is not scored, nobody is predicted, and a case is not a test to pass.
KEPT_OUT = re.compile(
    r"\b(scores?|scoring|predict\w*|tick(s|ed|ing)?|abandoned case|nothing happened|pass mark)\b", re.I
)


def words_people_read() -> Iterator[tuple[str, str]]:
    for path in PACKAGE.rglob("templates/**/*"):
        if path.suffix in (".html", ".txt"):
            text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", " ", path.read_text(), flags=re.S)
            yield shown(path), text
    for path in (ROOT / "policies").rglob("*"):
        if path.is_file():
            yield shown(path), path.read_text()


def test_words_that_would_mislead_are_kept_out_of_the_interface() -> None:
    texts = list(words_people_read())
    assert len(texts) > 30
    assert [(name, found.group()) for name, text in texts for found in KEPT_OUT.finditer(text)] == []


def test_nothing_names_a_machine_or_a_package_registry() -> None:
    """What is committed must be true anywhere."""
    named = re.compile(r"(?<![\w.])/(home|root|Users)/[a-z]|https?://[^\s\"']*/(simple|packages|registry)/")
    places = [*PACKAGE.rglob("*"), *(ROOT / "locks").iterdir(), *(ROOT / "docs").rglob("*.md"), ROOT / "dev"]
    texts = [path for path in places if path.suffix in (".py", ".html", ".md", ".lock", ".json", ".toml", "")]
    found = [
        shown(path) for path in texts if path.is_file() and named.search(path.read_text(errors="ignore"))
    ]
    assert found == []
