"""The table model and the table."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from ui.models.rows import Align, Column, RowsModel, sort_key
from ui.theme import Theme
from ui.view_state import ViewStore, remember_columns
from ui.widgets.column_layout import ColumnLayout
from ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class Client:
    """A row."""

    id: int
    name: str
    fees: int | None


def shown_fees(row: Client) -> str:
    """A dash for nothing."""
    return "—" if row.fees is None else f"{row.fees:,}"


COLUMNS = (
    Column[Client]("name", "Client", text=attrgetter("name"), stretch=True),
    Column[Client]("fees", "Fees £", text=shown_fees, value=attrgetter("fees"), align=Align.RIGHT, editable=True),
    Column[Client]("id", "Number", text=lambda row: str(row.id), value=attrgetter("id"), shown=False),
)
ROWS = (Client(1, "Zoë", 30), Client(2, "alder & Finch", None), Client(3, "Łódź", 5), Client(4, "Meridian", 30))


def model_of(rows: tuple[Client, ...] = ROWS) -> RowsModel[Client]:
    """A model with rows."""
    model = RowsModel(COLUMNS, identity=attrgetter("id"))
    model.set_rows(rows)
    return model


def ids(model: RowsModel[Client]) -> list[int]:
    """The rows in the order shown."""
    return [row.id for row in model.rows]


def test_qts_own_tester_finds_nothing(qtbot: QtBot) -> None:
    assert qtbot
    model = model_of()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for column in (0, 1, 2, -1):
        model.sort(column, Qt.SortOrder.DescendingOrder)
    model.set_rows(ROWS[:1])
    model.set_rows(())
    assert tester.model() is model


def test_missing_values_are_last_both_ways_and_equal_ones_keep_their_order(qtbot: QtBot) -> None:
    assert qtbot
    model = model_of()
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert ids(model) == [3, 1, 4, 2]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert ids(model) == [1, 4, 3, 2]
    model.sort(-1)
    assert ids(model) == [1, 2, 3, 4]


def test_names_sort_where_people_look(qtbot: QtBot) -> None:
    assert qtbot
    model = model_of()
    model.sort(0)
    assert model.row(0).name == "alder & Finch"
    assert sort_key("Zoë") == "zoe"
    assert sort_key("Straße") == "strasse"


@given(st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), st.integers(-3, 3)))), st.booleans())
def test_sorting_is_pythons(pairs: list[tuple[int, int | None]], descending: bool) -> None:
    rows = tuple(Client(place, "x", fees) for place, (_, fees) in enumerate(pairs))
    model = model_of(rows)
    model.sort(1, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
    present = sorted((r for r in rows if r.fees is not None), key=lambda r: r.fees or 0, reverse=descending)
    assert list(model.rows) == present + [r for r in rows if r.fees is None]


def test_persistent_indexes_follow_their_row(qtbot: QtBot) -> None:
    assert qtbot
    model = model_of()
    held = QPersistentModelIndex(model.index(2, 0))
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert model.row(held.row()).id == 3


def test_a_hundred_thousand_rows_sort(qtbot: QtBot) -> None:
    assert qtbot
    model = model_of(tuple(Client(n, f"Client {n * 7919 % 100_003}", n * 31 % 9_973) for n in range(100_000)))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.sort(0)
    names = [model.row(place).name for place in range(100_000)]
    assert names == sorted(names)


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> Table[Client]:
    """A table that is shown."""
    made: Table[Client] = Table(theme, COLUMNS, identity=attrgetter("id"), name="Clients")
    made.set_rows(ROWS)
    made.resize(600, 300)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_keys(table: Table[Client], qtbot: QtBot) -> None:
    opened: list[Any] = []
    previewed: list[Any] = []
    table.opened.connect(opened.append)
    table.previewed.connect(previewed.append)
    assert table.choose(3)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_Z)
    assert opened == previewed == [ROWS[2]]
    assert table.current_row() == ROWS[2], "a letter belongs to the page, it must not move the row"


def test_selection_survives_new_rows_and_sorting(table: Table[Client]) -> None:
    table.choose(4)
    table.set_rows([ROWS[3], Client(9, "New", 1), ROWS[0]])
    assert [row.id for row in table.chosen_rows()] == [4]
    table.sort_by("fees", descending=True)
    assert [row.id for row in table.chosen_rows()] == [4]


def test_the_row_that_takes_the_place_of_one_that_went_is_chosen(table: Table[Client]) -> None:
    table.choose(2)
    table.set_rows([ROWS[0], ROWS[2], ROWS[3]])
    assert [row.id for row in table.chosen_rows()] == [3]
    table.choose(4)
    table.set_rows([ROWS[0], ROWS[2]])
    assert [row.id for row in table.chosen_rows()] == [3]
    assert table.current_row() == ROWS[2], "the keyboard goes on from where it was"
    table.set_rows(ROWS)
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    table.set_rows(ROWS[2:])
    assert [row.id for row in table.chosen_rows()] == [3], "of several that went, the first one's place"
    table.set_rows([])
    assert table.chosen_rows() == ()


def test_home_and_end_go_to_the_first_and_the_last_row(table: Table[Client], qtbot: QtBot) -> None:
    table.choose(2)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert [row.id for row in table.chosen_rows()] == [4]
    qtbot.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert [row.id for row in table.chosen_rows()] == [1, 2, 3, 4]
    table.choose(3)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert [row.id for row in table.chosen_rows()] == [1]


def test_the_row_where_the_keyboard_begins_is_chosen(table: Table[Client]) -> None:
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert [row.id for row in table.chosen_rows()] == [1]


def test_copy_gives_text_and_table_that_no_spreadsheet_computes(table: Table[Client], qtbot: QtBot) -> None:
    table.set_rows([Client(1, '=HYPERLINK("x")', 1250), Client(2, "<b>R&D</b>\tx", None)])
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().split("\n") == ["Client\tFees £", '\'=HYPERLINK("x")\t1,250', "<b>R&D</b> x\t—"]
    assert "&lt;b&gt;R&amp;D" in mime.html()
    assert "mso-number-format:'\\@'" in mime.html()


def test_columns_are_remembered(table: Table[Client], theme: Theme, store: ViewStore, qtbot: QtBot) -> None:
    remember_columns(table, store, "clients")
    with qtbot.waitSignal(table.layout_changed):
        table.show_column("id", shown=True)
        table.sort_by("fees", descending=True)
        table.horizontalHeader().moveSection(1, 0)
    again: Table[Client] = Table(theme, COLUMNS, identity=attrgetter("id"))
    qtbot.addWidget(again)
    again.set_rows(ROWS)
    remember_columns(again, store, "clients")
    layout = again.column_layout()
    assert (layout.order, layout.hidden) == (("fees", "name", "id"), frozenset())
    assert (layout.sort, layout.descending) == ("fees", True)
    assert [row.id for row in again.rows.rows] == [1, 4, 3, 2]
    again.reset_layout()
    assert again.column_layout().order == ("name", "fees", "id")
    assert again.isColumnHidden(2)


def test_a_layout_with_unknown_columns_still_opens(table: Table[Client]) -> None:
    table.set_layout(ColumnLayout(("gone", "fees"), frozenset({"gone"}), (("gone", 90), ("fees", 130)), "gone"))
    assert table.column_layout().order[0] == "fees"
    assert not table.isColumnHidden(0)


def test_the_last_column_cannot_be_hidden(table: Table[Client]) -> None:
    table.show_column("fees", shown=False)
    table.show_column("name", shown=False)
    assert not table.isColumnHidden(0)


def test_spare_width_goes_to_the_column_that_stretches(table: Table[Client]) -> None:
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()


def test_editing_asks_and_does_not_change(table: Table[Client], qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.edited) as asked:
        table.rows.setData(table.rows.index(0, 1), "31")
    assert asked.args == [ROWS[0], "fees", "31"]
    assert table.rows.row(0) == ROWS[0]
    assert not table.rows.flags(table.rows.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_five_thousand_rows_show_and_sort(table: Table[Client]) -> None:
    rows = tuple(Client(n, f"Client {n * 7919 % 5_003}", n) for n in range(5_000))
    table.set_rows(rows)
    table.sort_by("name")
    table.grab()
    assert table.rows.row(0).name == "Client 0"
