"""Makes PDF files of pages, where the native libraries that this needs (Pango) are installed.

The library is looked for once, when the first page asks. Without it everything else works the same, and the
pages say that they can be printed instead.
"""

import importlib
import re
import threading
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

STYLES = ("thresholds/sheet.css", "thresholds/thresholds.css", "thresholds/print.css")
KEPT = 16
"""How many files are kept: the document, a dozen sheets and the easy-read page of one version."""

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


def pdf_of(page: str, stamp: str, address: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a page of HTML.

    `stamp` is the style sheet of the running foot; `address` is where the page stands, for its links. Nothing
    is fetched. Made one at a time, since a document takes some seconds of one processor.

    Raises:
        RuntimeError: no PDF can be made here: ask `can_make_pdf` first.
    """
    with _one_at_a_time:
        return _made(page, stamp, address)


@lru_cache(maxsize=KEPT)
def _made(page: str, stamp: str, address: str) -> bytes:
    library = _library()
    if library is None:
        raise RuntimeError("No PDF can be made on this machine.")
    styles = [library.CSS(string=text) for text in (*map(_style, STYLES), stamp)]
    document = library.HTML(string=page, base_url=address, url_fetcher=_fetch_nothing)
    made: bytes = document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return made


@cache
def _style(name: str) -> str:
    """A style sheet of ours. In print nothing depends on the screen, so those parts are left out."""
    found = finders.find(name) or staticfiles_storage.path(name)
    text = Path(str(found)).read_text(encoding="utf-8")
    return re.sub(r"@media \(min-width[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)


def _fetch_nothing(address: str, *_: Any, **__: Any) -> Any:
    raise ValueError("A page of the threshold needs nothing from elsewhere.")
