"""The benchmark runs, and every engine that is installed gives the same answers. No time is asserted."""

import json

import pytest

from benchmarks import thresholds
from benchmarks.peers.engines import NotInstalled, load


def test_a_small_run_finds_every_answer_equal(capsys: pytest.CaptureFixture[str]) -> None:
    assert thresholds.main(["--rows", "20000", "--repeats", "1", "--json"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 1
    figures = json.loads(printed[0])
    assert figures["equal"] is True
    assert {"replay_rows_per_s", "replay_full_rows_per_s", "sweep_1000_s", "explain_ms", "proof_s"} <= set(
        figures
    )


def test_a_missing_engine_is_said_in_a_sentence() -> None:
    with pytest.raises(NotInstalled, match="dependency group “bench”"):
        load("no_such_engine", "no-such-engine")
