"""Each step of the page Upload, without a browser: what it says, what it asks, and what it hands to loading."""

import csv
import gzip
import io
import shutil
import time
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import etl
from etl.demo import real_set
from etl.errors import FileProblem
from tests.pages.test_pages import opened, said

HEADER = "日期,零售户,品规,数量,金额"
PATIENCE_SECONDS = 60


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of the test's own for what everybody sees, and for what a session keeps."""
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.setenv("PINYU_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    yield


def table(days: Sequence[str]) -> bytes:
    """A flat file with a row for each day."""
    return "\n".join([HEADER, *(f"{day},店{n},烟1,1,{n}" for n, day in enumerate(days, start=1))]).encode()


def dropped(*files: tuple[str, bytes]) -> AppTest:
    """The page after files were dropped on it."""
    app = opened("upload", lang="en")
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    return app


def checked(app: AppTest) -> AppTest:
    """The page once the check has ended."""
    return loaded(app, "upload_check")


def loaded(app: AppTest, button: str) -> AppTest:
    """The page once the load that a button begins has ended."""
    app.button(key=button).click().run()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "upload_cancel" in [button.key for button in app.button] and time.monotonic() < deadline:
        time.sleep(0.3)
        app.run()
    return app


def test_days_that_fit_two_orders_are_asked_about_and_read_as_chosen(files: list[bytes]) -> None:
    app = dropped(("x.csv", table(["03/04/2026", "05/06/2026"])))
    assert app.radio[0].options == ["day, month, year", "month, day, year"] and app.radio[0].value is None
    assert app.button(key="upload_check").disabled
    assert "x.csv still needs your word on how its days are written" in said(app).replace("\\", "")
    files.clear()
    app.radio[0].set_value("M/D/YY").run()
    assert not app.button(key="upload_check").disabled
    assert tomllib.loads(files[-1].decode())["file"][0]["date_format"] == "M/D/YY"
    app = checked(app)
    assert not app.exception and not app.error
    assert "2 of 2 rows came in · kept out: 0" in said(app)


def test_files_of_one_name_and_one_in_an_archive_are_kept_apart_and_each_counts_once() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.csv", table(["2026-10-03"] * 3))
    app = dropped(
        ("x.csv", table(["2026-10-01"])),
        ("x.csv", table(["2026-10-02"] * 2)),
        ("X.csv.gz", gzip.compress(table(["2026-10-04"] * 4))),
        ("a.zip", packed.getvalue()),
    )
    names = [name.removesuffix(" — flat sales table") for name in app.selectbox(key="upload_table").options]
    app = checked(app)
    assert "10 of 10 rows came in · kept out: 0" in said(app)
    assert sorted(app.dataframe[0].value.iloc[:, 0]) == sorted(names) and len(set(names)) == 4
    app.button(key="upload_other").click().run()
    assert len(app.file_uploader) == 1


def test_files_are_compared_table_by_table_with_what_everybody_sees_and_a_new_check_forgets_the_old(
    tmp_path: Path,
) -> None:
    customers = "customer_id,customer_name,tier\nC1,东街店,5\nC2,=西街店,6\n"
    sales = "order_id,line_no,order_date,customer_id,sku_id,qty,amount\n1,1,2026-10-05,C1,S1,1,100\n"
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "customers.csv").write_text(customers, encoding="utf-8")
    (tmp_path / "shared" / "sales.csv").write_text(sales, encoding="utf-8")
    etl.load(tmp_path / "shared", warehouse=tmp_path / "warehouse")
    changed = customers.replace("C2,=西街店,6", "C2,=西街店,7\nC3,<b>,1").encode()
    app = checked(dropped(("customers.csv", changed), ("sales.csv", sales.replace("100", "110").encode())))
    app.toggle(key="upload_compare").set_value(True).run()
    words = said(app)
    assert "customers: 1 rows only here, 0 only there, 1 changed, 1 the same" in words
    assert "What has changed, and in how many rows: tier (1)" in words
    added = next(frame.value for frame in app.dataframe if "customer_id" in frame.value)
    assert added["customer_name"].tolist() == ["<b>"]
    app.segmented_control(key="one_of_list").set_value("changed").run()
    shown = next(frame.value for frame in app.dataframe if "customer_id" in frame.value)
    assert shown["tier"].tolist() == ["6 → 7"]
    app.segmented_control(key="upload_compared").set_value("sales").run()
    assert "0 rows only here, 0 only there, 1 changed, 0 the same" in said(app)
    assert not app.exception and not app.error
    # Other files in the same session are compared by themselves: nothing of the first is left.
    app.button(key="upload_other").click().run()
    app.file_uploader[0].set_value(("customers.csv", customers.encode(), "text/csv")).run()
    checked(app).toggle(key="upload_compare").set_value(True).run()
    assert "0 rows only here, 0 only there, 0 changed, 2 the same" in said(app)


def test_files_that_went_with_their_session_are_told_of_until_somebody_has_read_it() -> None:
    app = dropped(("x.csv", table(["2026-10-01"])))
    assert app.query_params["own"] == "files"
    again = opened(lang="en", own="files")
    assert "went with their session" in said(again)
    again.button(key="own_files_gone").click().run()
    assert "went with their session" not in said(again) and "own" not in again.query_params
    # A layer is removed after twelve hours, whatever its session does.
    assert not app.file_uploader
    st.cache_resource.clear()
    assert not app.session_state["private_folder"].exists()
    assert len(app.run().file_uploader) == 1
    assert not app.exception and not app.error


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 9, "of a kind that cannot be loaded"),
        ("empty.csv", b"", "is empty"),
        ("notes.csv", "标题\n随便写写\n".encode(), "cannot be told"),
    ],
)
def test_a_file_that_is_no_table_we_know_is_told_and_cannot_be_checked(name: str, content: bytes, words: str) -> None:
    app = dropped((name, content))
    assert words in said(app)
    assert app.button(key="upload_check").disabled
    assert not app.exception and not app.error


def public(name: str) -> Path:
    """The folder of a public set; skipped, with the reason, where it is not there."""
    try:
        return real_set(name)[0]
    except FileProblem as problem:
        pytest.skip(str(problem))


def different_in(app: AppTest) -> tuple[int, ...]:
    """How many orders, customers, products and managers the sales of the session's own layer have."""
    return asked(
        app, ", ".join(f"count(distinct {name})" for name in ("order_id", "customer_id", "sku_id", "owner_id"))
    )


def in_all(app: AppTest) -> tuple[int, Decimal]:
    """Rows and amount of the session's own layer."""
    rows, amount = asked(app, "count(*), sum(amount)")
    return rows, amount


def asked(app: AppTest, figures: str) -> tuple[Any, ...]:
    """Figures (SQL) of the sales in the session's own layer."""
    (path,) = next(app.session_state["private_folder"].glob("warehouse-*")).glob("v*.duckdb")
    shutil.copyfile(path, copy := path.with_suffix(".copy"))  # the page holds the file itself open in its own way
    with duckdb.connect(str(copy), read_only=True) as connection:
        found = connection.execute(f"select {figures} from sales").fetchone()
    assert found is not None
    return found


def test_lines_of_northwind_in_one_flat_file_give_trends_the_vital_few_and_managers() -> None:
    folder = public("northwind")
    heads, lines = (
        list(csv.DictReader((folder / name).read_text("utf-8").splitlines()))
        for name in ("orders.csv", "order_details.csv")
    )
    by_id = {head["order_id"]: head for head in heads}
    rows, total = ["When,Who,What,How much,Sold by"], Decimal(0)
    for line in lines:
        head = by_id[line["order_id"]]
        amount = Decimal(line["unit_price"]) * int(line["quantity"]) * (1 - Decimal(line["discount"]))
        total += amount
        rows.append(
            f"{head['order_date']},{head['customer_id']},P{line['product_id']},{amount:.4f},{head['employee_id']}"
        )
    app = checked(dropped(("lines.csv", "\n".join(rows).encode())))
    assert in_all(app) == (len(lines), total.quantize(Decimal("0.0001")))
    looked_at(app, "overview", "concentration", "managers")


def looked_at(app: AppTest, *pages: str) -> None:
    """Look at the private layer through these pages: nothing is told but figures and reasons."""
    app.button(key="upload_look").click().run()
    for page in pages:
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception and not app.error, page


def test_resellers_lines_as_they_were_exported_are_recognised_by_words_in_their_headers() -> None:
    (path,) = public("adventureworks").glob("ResellerSales_*.csv")
    lines = list(csv.DictReader(path.read_text("utf-16").splitlines()))
    app = checked(dropped((path.name, path.read_bytes())))
    # The control figures of the set's own README.
    assert len(lines) == 3_004 and in_all(app) == (3_004, Decimal("3429150.0100"))
    keys = ("SalesOrderNumber", "ResellerKey", "ProductKey", "EmployeeKey")
    assert different_in(app) == tuple(len({line[key] for line in lines}) for key in keys)
    looked_at(app, "overview", "brand", "concentration", "managers")


def test_an_invoice_with_prices_but_no_amounts_is_asked_about_its_days_and_worked_out() -> None:
    path = public("onlineretail") / "online_retail.csv.gz"
    app = dropped((path.name, path.read_bytes()))
    (columns,) = (frame.value for frame in app.dataframe if "confidence" in frame.value)
    assert list(columns.loc[columns["column"].str.startswith("amount"), "header"]) == ["Quantity × UnitPrice"]
    # Invoices go on beyond the twelfth of a month, so that only one order reads them all.
    assert app.radio[0].value == "M/D/YY"
    app = checked(app)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        lines = {(line["InvoiceNo"], line["StockCode"]): line for line in csv.DictReader(file)}
    # The same product twice on an invoice replaces the line before it, as the vocabulary says.
    total = sum(Decimal(line["Quantity"]) * Decimal(line["UnitPrice"]) for line in lines.values())
    assert in_all(app) == (len(lines), total)
    assert "240,007" in said(app)
    looked_at(app, "overview", "concentration")


def test_the_lines_of_a_chain_of_shops_in_parquet_are_recognised_and_add_up() -> None:
    path = public("completejourney") / "transactions.parquet"
    app = checked(dropped((path.name, path.read_bytes())))
    lines = pd.read_parquet(path, columns=["store_id", "product_id", "basket_id", "sales_value"])
    rows, amount = in_all(app)
    assert (len(lines), rows) == (1_469_307, len(lines.drop_duplicates(["basket_id", "product_id"])))
    assert abs(float(amount) - lines["sales_value"].sum()) < 0.01
    assert different_in(app)[:3] == tuple(lines[key].nunique() for key in ("basket_id", "store_id", "product_id"))
    looked_at(app, "overview", "brand", "concentration")
