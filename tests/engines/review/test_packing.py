"""Making the compact copy: what is odd in a published file stops it, and says where."""

import json
from pathlib import Path

import pytest

from openmash.engines.review.markers import Marker
from openmash.engines.review.packing import CannotPack, pack
from openmash.engines.review.sources import NEIGHBOURS, SOURCES
from openmash.engines.review.tables import DATA, published

PLACE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name,category"
)
FIGURES = {"children": "population_estimate", "months": "Referrals"}


def published_files(folder: Path, **cells: str) -> Path:
    """Seven small files, with these cells as the figure of a council in one of the tables."""
    folder.mkdir()
    for source in SOURCES:
        head = f"{PLACE},{FIGURES.get(source.table, 'referral_count')}"
        place = 'E92000001,England,E12000009,South West,801,E06000023,"Bristol, City of",x'
        council = f"2025,Reporting year,Local authority,{place},{cells.get(source.table, '7')}"
        england = "2025,Reporting year,National,E92000001,England,,,,,,x,10"
        (folder / source.file).write_text("\n".join([head, england, council, ""]), encoding="utf-8-sig")
    (folder / NEIGHBOURS.file).write_text(
        "LA num,LA Name,LA number,GOInd,GOReg," + "SN,SNP," * 10 + "\n"
        "801,Bristol,801,7,South West," + "383,Close," * 10 + "\n" + "," * 25 + "\n"
    )
    return folder


def test_the_copy_holds_what_the_files_held(tmp_path: Path) -> None:
    into = tmp_path / "copy"
    pack(published_files(tmp_path / "files", referrals="c"), into)
    tables = published(into)
    assert tables.cell("referrals", "referral_count", "801", 2025) is Marker.SUPPRESSED
    assert tables.cell("plans", "referral_count", "801", 2025) == 7
    assert tables.areas["801"].name == "Bristol, City of" and len(tables.neighbours["801"]) == 10
    again = tmp_path / "again"
    pack(tmp_path / "files", again)
    assert all((again / path.name).read_bytes() == path.read_bytes() for path in into.iterdir())


@pytest.mark.parametrize("odd", ["", "n/a", "-3", "1,234", "C", "1e3"])
def test_a_cell_that_is_no_number_and_no_marker_stops_it(tmp_path: Path, odd: str) -> None:
    files = published_files(tmp_path / "files", plans=f'"{odd}"')
    with pytest.raises(CannotPack, match=r"row 3: .* is no number and no known marker"):
        pack(files, tmp_path / "copy")


def test_a_file_that_is_missing_cut_short_or_in_another_encoding_stops_it(tmp_path: Path) -> None:
    files = published_files(tmp_path / "files")
    first = files / SOURCES[0].file
    whole = first.read_text(encoding="utf-8-sig")
    for read, said in (
        (whole.replace("old_la_code", "la").encode(), "has no column old_la_code"),
        (whole.replace(",7\n", "\n").encode(), "row 3: 11 cells where the first row has 12"),
        (whole.replace("Local authority", "Ward").encode(), "“Ward” is no geographic level"),
        (whole.replace("Bristol", "Bristól").encode("cp1252"), "cannot be read as CSV in UTF-8"),
        (b"", "is empty"),
    ):
        first.write_bytes(read)
        with pytest.raises(CannotPack, match=said):
            pack(files, tmp_path / "copy")
    first.unlink()
    with pytest.raises(CannotPack, match="cannot be read"):
        pack(files, tmp_path / "copy")


def test_the_shipped_copy_says_where_it_is_from() -> None:
    about = json.loads((DATA / "sources.json").read_text(encoding="utf-8"))
    assert "Open Government Licence v3.0" in about["licence"]
    assert all(len(each["sha256"]) == 64 and each["publication"] for each in about["files"])
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 300_000
    assert {each["table"] for each in about["files"]} == {
        path.name.split(".")[0] for path in DATA.glob("*.gz")
    }
