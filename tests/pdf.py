"""Tests of PDFs need the library that sets them."""

import pytest

from openmash.web.layout.pdf import can_make_pdf

needs_pango = pytest.mark.skipif(
    not can_make_pdf(),
    reason="Pango is missing: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
)
"""On a machine without it these tests are skipped and say so; continuous integration installs it."""
