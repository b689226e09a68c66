"""The threshold documents as PDF files. They are the same for everybody, so the last few are kept."""

from functools import lru_cache

from openmash.web.layout.pdf import can_make_pdf, make_pdf

__all__ = ["can_make_pdf", "pdf_of"]

STYLES = ("thresholds/sheet.css", "thresholds/thresholds.css", "thresholds/print.css")
KEPT = 16
"""How many files are kept: the document, a dozen sheets and the easy-read page of one version."""


@lru_cache(maxsize=KEPT)
def pdf_of(page: str, stamp: str, address: str) -> bytes:
    """A tagged PDF of a page; see `layout.pdf.make_pdf`. `stamp` is the style sheet of the running foot."""
    return make_pdf(page, STYLES, stamp, address)
