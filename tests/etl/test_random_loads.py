"""Random files against a slow count in plain Python of what the vocabulary says about keys."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.etl.conftest import Office

HEADER = ("order_id", "line_no", "order_date", "customer_id", "sku_id", "qty", "amount")
LINE = st.tuples(
    st.sampled_from(["O1", "O2", ""]),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["2026-07-01", "20260702", "someday"]),
    st.sampled_from(["C1", "C2"]),
    st.sampled_from(["S1", "S2"]),
    st.sampled_from(["1", "-1", "2.5", "many"]),
    st.just("10"),
)
FILES = st.lists(st.lists(LINE, min_size=1, max_size=25), min_size=2, max_size=3)


def key_of(line):
    order, number, _, _, sku, _, _ = line
    return (order, number) if order and number else (order, None, sku) if order else line


def numbered(line, held):
    """The lines held with a number that a line without one may mean: those of its order and product."""
    order, number, _, _, sku, _, _ = line
    if not order or number or key_of(line) in held:
        return []
    return [key for key, other in held.items() if len(key) == 2 and key[0] == order and other[4] == sku]


def rivals(line, lines, held):
    """The new numbers that could be that of the line held without one, of which this line has one."""
    order, number, _, _, sku, _, _ = line
    without = (order, None, sku)
    if not (order and number) or key_of(line) in held or without not in held or without in map(key_of, lines):
        return set()
    return {
        other[1] for other in lines if other[0] == order and other[1] and other[4] == sku and key_of(other) not in held
    }


def counted(lines, held):
    """Counts for a file after what is held, which is brought up to date."""
    read = [line for line in lines if line[2] != "someday" and line[5] != "many"]
    sound = [line for line in read if len(numbered(line, held)) < 2 and len(rivals(line, read, held)) < 2]
    counts = {"read": len(lines), "rejected": len(lines) - len(sound), "superseded": 0, "duplicates": 0}
    counts |= {"loaded": 0, "corrections": 0}
    last = {}
    for line in sound:
        key = key_of(line)
        if key in last:
            counts["duplicates" if last[key] == line else "superseded"] += 1
        last[key] = line
    meant = {key: numbered(line, held) for key, line in last.items()}
    told = {key: (key[0], None, line[4]) for key, line in last.items() if rivals(line, last.values(), held)}
    for key, line in last.items():
        if key in told:
            held[key] = held.pop(told[key])
        if meant[key] and meant[key][0] not in last:
            (key,) = meant[key]
            line = (line[0], key[1], *line[2:])
        if held.get(key) == line:
            counts["duplicates"] += 1
        else:
            counts["loaded"] += 1
            counts["corrections"] += key in held
        held[key] = line
    return counts


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(FILES)
def test_files_one_after_another_count_and_hold_what_plain_python_does(files):
    held = {}
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        for number, lines in enumerate(files):
            path = office.write(f"sales_{number}.csv", HEADER, *lines, ("O9", str(number), "2026-07-01", *"CS12"))
            expected = counted([*lines, ("O9", str(number), "2026-07-01", *"CS12")], held)
            report = office.load(path, reject_share=1).files[0]
            assert {name: getattr(report, name) for name in expected} == expected
        rows = office.ask("select order_id, line_no, order_date::varchar, customer_id, sku_id, qty, amount from sales")
    loaded = sorted((*("" if cell is None else str(cell) for cell in row[:5]), float(row[5])) for row in rows)
    assert loaded == sorted(
        (*line[:2], line[2].replace("20260702", "2026-07-02"), *line[3:5], float(line[5])) for line in held.values()
    )
