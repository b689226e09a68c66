"""Makes PDF files of pages, where the native libraries that this needs (Pango) are installed.

The library is looked for once, when the first page asks. Without it everything else works the same, and the
pages say that they can be printed instead.
"""

import importlib
import re
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_one_at_a_time = threading.Lock()


@cache
def _library() -> ModuleType | None:
    """WeasyPrint, None where it or a native library of it is missing."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return None


def can_make_pdf() -> bool:
    """Whether PDF files can be made on this machine."""
    return _library() is not None


def make_pdf(page: str, styles: Iterable[str], foot: str, address: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a page of HTML.

    `styles` are names of our own style sheets; `foot` is the style sheet of the running foot; `address` is where
    the page stands, for its links. Nothing is fetched, and nothing is kept. Made one at a time, since a long
    document takes some seconds of one processor.

    Raises:
        RuntimeError: no PDF can be made here: ask `can_make_pdf` first.
    """
    library = _library()
    if library is None:
        raise RuntimeError("No PDF can be made on this machine.")
    with _one_at_a_time:
        sheets = [library.CSS(string=text) for text in (*map(_style, styles), foot)]
        document = library.HTML(string=page, base_url=address, url_fetcher=_fetch_nothing)
        made: bytes = document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
        return made


@cache
def _style(name: str) -> str:
    """A style sheet of ours. In print nothing depends on the screen, so those parts are left out."""
    found = finders.find(name) or staticfiles_storage.path(name)
    text = Path(str(found)).read_text(encoding="utf-8")
    return re.sub(r"@media \(min-width[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)


def _fetch_nothing(address: str, *_: Any, **__: Any) -> Any:
    raise ValueError("A page of ours needs nothing from elsewhere.")
