"""Print the manual of the threshold language from its specification: `./dev exec python -m tests.spec`."""

from tests.spec.thresholds_spec import MANUAL, manual

MANUAL.write_text(manual(), encoding="utf-8")
