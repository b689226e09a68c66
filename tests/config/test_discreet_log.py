import logging
import sys

from openmash.config.discreet_log import DiscreetFormatter


def test_the_log_says_where_a_fault_is_and_not_what_somebody_typed() -> None:
    try:
        try:
            raise ValueError("Failing row contains (Zoya Petrova)")
        except ValueError as refused:
            raise RuntimeError("could not keep Zoya Petrova") from refused
    except RuntimeError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "fault at %s", ("/x/",), sys.exc_info()
        )
    line = DiscreetFormatter().format(record)
    assert "Zoya" not in line.replace('raise ValueError("Failing row contains (Zoya Petrova)")', "").replace(
        'raise RuntimeError("could not keep Zoya Petrova")', ""
    )
    assert "ValueError (message withheld)" in line and "RuntimeError (message withheld)" in line
    assert "test_discreet_log.py" in line and "/x/" in line
