"""Names beside bubbles: worked out by hand in pixels, a Latin letter being 8.5 wide and a line 20 high."""

from ui.labels import Box, Bubble, place_labels


def test_a_name_stands_above_its_bubble_where_there_is_room() -> None:
    assert place_labels([Bubble(100, 100, 10, "ab")], [], most=5) == ["top center"]


def test_a_name_avoids_lines_edges_and_other_bubbles() -> None:
    across = Box(0, 120, 500, 120)
    assert place_labels([Bubble(100, 100, 10, "ab")], [across], most=5) == ["middle right"]
    beside = Bubble(125, 100, 8, "")
    assert place_labels([Bubble(100, 100, 10, "ab"), beside], [across], most=1) == ["middle left", ""]
    # At the left edge the name would leave the plot.
    assert place_labels([Bubble(20, 100, 10, "ab"), Bubble(45, 100, 8, "")], [across], most=1) == ["bottom center", ""]


def test_of_bubbles_on_one_spot_the_largest_is_named_and_the_covered_are_not() -> None:
    bubbles = [Bubble(100, 100, 5, "small"), Bubble(100, 100, 30, "large"), Bubble(104, 100, 6, "other")]
    placed = place_labels(bubbles, [], most=5)
    assert placed == ["", "top center", ""]


def test_no_more_names_than_asked_for() -> None:
    bubbles = [Bubble(100.0 * place, 100, 10, "ab") for place in range(1, 6)]
    assert sum(map(bool, place_labels(bubbles, [], most=2))) == 2


def test_a_name_stands_on_a_line_only_where_there_is_no_other_place() -> None:
    line = Box(0, 120, 500, 120)
    assert place_labels([Bubble(100, 100, 10, "ab")], [], most=1, lines=[line]) == ["middle right"]
    around = [Box(0, 0, 500, 99), Box(0, 0, 88, 200), Box(113, 0, 500, 200)]  # free above alone, where the line runs
    assert place_labels([Bubble(100, 100, 10, "ab")], around, most=1) == ["top center"]
    assert place_labels([Bubble(100, 100, 10, "ab")], around, most=1, lines=[line]) == ["top center"]
    assert place_labels([Bubble(100, 100, 10, "ab")], [*around, line], most=1) == [""]
