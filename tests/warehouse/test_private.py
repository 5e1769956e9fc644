"""Private layers: a folder of one's own, hostile names, limits, and nothing left behind."""

import io
import os
import stat
import tempfile
import time
from pathlib import Path

import pytest

import etl
from warehouse.errors import PinyuError
from warehouse.private import MOST_HOURS, begin_anew, forget_files, keep_file, make_layer, remove_layer, safe_name
from warehouse.versions import MAPPINGS, current_version

SALES = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n1,1,2026-10-05,C1,S1,1,100\n"


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Layers are made in a folder of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_layer_is_open_to_its_owner_alone_and_goes_whole() -> None:
    layer = make_layer()
    assert stat.S_IMODE(layer.folder.stat().st_mode) == 0o700
    keep_file(layer, "a.csv", io.BytesIO(b"x"), 10)
    remove_layer(layer)
    assert not layer.folder.exists()


def test_a_layer_over_the_shared_version_leaves_that_alone(tmp_path: Path) -> None:
    file, shared = tmp_path / "sales.csv", tmp_path / "warehouse"
    file.write_text(SALES, encoding="utf-8")
    etl.load(file, warehouse=shared)
    before = current_version(shared)
    assert before is not None
    layer = make_layer()
    begin_anew(layer, shared, before)
    file.write_text(SALES.replace("1,1,", "2,1,"), encoding="utf-8")
    etl.load(file, warehouse=layer.warehouse)
    there, here = current_version(shared), current_version(layer.warehouse)
    assert there == before
    assert here is not None
    assert here.name == "v000002"
    begin_anew(layer, shared, None)
    assert current_version(layer.warehouse) is None
    etl.load(file, warehouse=layer.warehouse)
    again = current_version(layer.warehouse)
    assert again is not None and again.path not in (before.path, here.path, there.path)
    assert not here.path.exists()


def test_mappings_of_the_layer_before_and_the_shared_ones_are_known_and_the_newest_of_two_holds(tmp_path: Path) -> None:
    shared, layer = tmp_path / "shared", make_layer()
    begin_anew(layer, shared, None)
    for warehouse, name, words, age in (
        (layer.warehouse, "own", "session", 60),
        (layer.warehouse, "both", "session", 60),
        (layer.warehouse, "stale", "session", 60),
        (shared, "both", "everybody", 120),
        (shared, "stale", "everybody", 0),
    ):
        (warehouse / MAPPINGS).mkdir(parents=True, exist_ok=True)
        path = warehouse / MAPPINGS / f"{name}.toml"
        path.write_text(words, encoding="utf-8")
        os.utime(path, (time.time() - age, time.time() - age))
    begin_anew(layer, shared, None)
    kept = {path.stem: path.read_text(encoding="utf-8") for path in (layer.warehouse / MAPPINGS).iterdir()}
    assert kept == {"own": "session", "both": "session", "stale": "everybody"}


def test_what_crashed_sessions_left_is_removed_after_twelve_hours(own_temporary_folder: Path) -> None:
    old, young = make_layer(), make_layer()
    long_ago = time.time() - MOST_HOURS * 3600 - 60
    os.utime(old.folder, (long_ago, long_ago))
    (own_temporary_folder / "somebody-elses").mkdir()
    make_layer()
    assert not old.folder.exists()
    assert young.folder.exists()
    assert (own_temporary_folder / "somebody-elses").exists()


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing() -> None:
    layer = make_layer()
    with pytest.raises(PinyuError, match=r"big\.csv is larger"):
        keep_file(layer, "big.csv", io.BytesIO(b"x" * 11), 10)
    assert list(layer.incoming.iterdir()) == []
    assert keep_file(layer, "fits.csv", io.BytesIO(b"x" * 10), 10).read_bytes() == b"x" * 10


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("sales.csv", "sales.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.csv", "system.csv"),
        ("<img src=x onerror=alert(1)>.csv", "img src=x onerror=alert(1).csv"),
        ("'; DROP TABLE sales; --.csv", "'; DROP TABLE sales; --.csv"),
        ("..", "file"),
        (".hidden.csv", "hidden.csv"),
        ("~$open.xlsx", "$open.xlsx"),
        ("a\x00b\nc.csv", "abc.csv"),
        ("销售明细.csv.gz", "销售明细.csv.gz"),
        ("", "file"),
    ],
)
def test_a_hostile_name_leads_nowhere(name: str, kept: str) -> None:
    assert safe_name(name) == kept
    layer = make_layer()
    path = keep_file(layer, name, io.BytesIO(b"x"), 10)
    assert path.parent.parent == layer.incoming


def test_a_very_long_name_is_cut_so_that_every_system_takes_it() -> None:
    assert len(safe_name("长" * 300 + ".csv").encode()) < 255
    assert safe_name("长" * 300 + ".csv").endswith(".csv")


def test_files_of_one_name_are_both_kept_and_told_apart_until_they_are_forgotten() -> None:
    layer = make_layer()
    names = [keep_file(layer, name, io.BytesIO(b"x"), 10).name for name in ("a.csv.gz", "a.csv.gz", "A.CSV.gz", "b")]
    assert names == ["a.csv.gz", "a (2).csv.gz", "A (3).CSV.gz", "b"]
    forget_files(layer)
    assert keep_file(layer, "a.csv.gz", io.BytesIO(b"x"), 10).name == "a.csv.gz"
