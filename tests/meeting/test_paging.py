"""A deck by the page: what stands together, what is left out and that it is said."""

from dataclasses import replace

from meeting.deck import Deck, Slide
from meeting.paging import LEFT_OUT, MOST_ROWS, paged
from tests.meeting.deck import CUSTOMERS, DECK, SENTENCES, WATERFALL
from ui.blocks import Block, Field


def pages(*blocks: Block, note: str = "") -> tuple[Slide, ...]:
    deck: Deck = replace(DECK, slides=(Slide("one", "Title", note=note, blocks=blocks),), language="en")
    return paged(deck).slides


def test_a_table_has_seven_rows_a_page_and_two_pages_and_says_how_many_rows_are_left() -> None:
    first, second = pages(CUSTOMERS)
    assert [len(page.blocks[0].written) for page in (first, second)] == [MOST_ROWS, MOST_ROWS]
    assert second.blocks[0].written[0][0] == "8"
    assert (first.title, second.title) == ("Title", "Title (continued)")
    assert [block.key for block in first.blocks] == [CUSTOMERS.key]
    assert second.blocks[1].key == LEFT_OUT and "6" in second.blocks[1].sentences[0]


def test_columns_beyond_the_page_are_left_out_and_named() -> None:
    wide = Block(
        "wide",
        "table",
        fields=tuple(Field(f"c{place}", f"Column {place}", "text") for place in range(12)),
        rows=(("a text of twenty chars",) * 12,),
        written=(("a text of twenty chars",) * 12,),
    )
    (page,) = pages(wide)
    kept = len(page.blocks[0].fields)
    assert 1 < kept < 12 and len(page.blocks[0].written[0]) == kept
    named = ", ".join(f"Column {place}" for place in range(kept, kept + 5))
    assert page.blocks[1].sentences == (f"Not shown here: {named} and {12 - kept - 5} more",)


def test_sentences_stand_beside_the_chart_before_them_and_those_without_room_on_the_next_page() -> None:
    many = replace(SENTENCES, sentences=tuple(f"{number}." for number in range(7)))
    first, second = pages(WATERFALL, many, note="said once")
    assert [block.kind for block in first.blocks] == ["chart", "sentences"]
    assert len(first.blocks[1].sentences) == 5 and second.blocks[0].sentences == ("5.", "6.")
    assert (first.note, second.note) == ("said once", "")


def test_a_slide_without_blocks_stays_and_nothing_else_of_a_deck_changes() -> None:
    whole = paged(DECK)
    assert whole.slides[-1] == DECK.slides[-1]
    assert replace(whole, slides=DECK.slides) == DECK
