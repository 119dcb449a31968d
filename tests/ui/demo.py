"""A whole frame with invented content, for pictures and tests: `python tests/ui/demo.py OUT.png [--page KEY]`.

Not part of the program; names and figures are those of the design's drawings.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget  # noqa: E402

from ui.icons import Icon, Icons  # noqa: E402
from ui.main_window import MainWindow, PageSpec  # noqa: E402
from ui.models.rows import Align, Column  # noqa: E402
from ui.theme import STYLE, Theme, ThemeChoice  # noqa: E402
from ui.tokens import Mark, Tone  # noqa: E402
from ui.view_state import ViewStore  # noqa: E402
from ui.widgets.buttons import Button, ButtonKind  # noqa: E402
from ui.widgets.chips import Chip  # noqa: E402
from ui.widgets.choice_field import ChoiceField  # noqa: E402
from ui.widgets.empty_state import EmptyState  # noqa: E402
from ui.widgets.explanation import ExplanationRow, ExplanationView, show_explanation  # noqa: E402
from ui.widgets.fields import AreaField, TextField, TickField  # noqa: E402
from ui.widgets.figure import Figure, FigureRow  # noqa: E402
from ui.widgets.flow_box import FlowBox  # noqa: E402
from ui.widgets.form import Form  # noqa: E402
from ui.widgets.labels import name, pill, section, small, title  # noqa: E402
from ui.widgets.layout import Card, PageHead, ScrollPage, column, hairline, row  # noqa: E402
from ui.widgets.parsed_field import DateField, MoneyField  # noqa: E402
from ui.widgets.result import Result  # noqa: E402
from ui.widgets.search_box import SearchBox  # noqa: E402
from ui.widgets.status import StatusLabel  # noqa: E402
from ui.widgets.table import Table  # noqa: E402
from ui.widgets.tabs import Tabs  # noqa: E402
from ui.widgets.tags_field import TagsField  # noqa: E402

TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Line:
    """A client as the drawings show it."""

    name: str
    tier: str
    stage: str
    owner: str
    tfi: int | None
    lifetime: int | None
    fees: int | None
    profit: int | None
    last: str
    gap: int | None
    mark: Mark


LINES = (
    Line("Northgate Museums", "Platinum", "At risk", "JV", 147862, 61900, 30100, 11480, "22 Sep", 63, Mark.OVERDUE),
    Line("Harbour Lights Festival", "Platinum", "Established", "JV", 96400, 54200, 28800, 9910, "21 Oct", 34, Mark.DUE),
    Line("Orchard Vale Schools", "Platinum", "Established", "MP", 88020, 47700, 24000, 10350, "19 Nov", 5, Mark.WELL),
    Line("Castellan Foods", "Gold", "At risk", "MP", 71900, 19800, 6200, 1040, "30 Jun", 147, Mark.OVERDUE),
    Line("Alder & Finch Architects", "Gold", "Established", "JV", 52310, 31000, 16400, 6120, "11 Nov", 13, Mark.WELL),
    Line("Brightwater Lettings", "Gold", "Established", "MP", 44870, 22400, 12900, 2260, "14 Sep", 71, Mark.DUE),
    Line("Meridian Cycles", "Gold", "New", "JV", None, 26500, 9600, 3480, "12 Nov", 12, Mark.WELL),
    Line("Tidewell Clinics", "Gold", "Established", "AK", 39150, 20900, 11800, 4730, "18 Nov", 6, Mark.WELL),
    Line("Fennimore Wines", "Gold", "Won back", "AK", 31400, 12200, 6900, 1870, "3 Nov", 21, Mark.WELL),
    Line("Lantern Street Theatre", "Iron", "Established", "AK", 18260, 7400, 4100, -310, "28 Oct", 27, Mark.WELL),
    Line("Copperfield Stationers", "Iron", "Dormant", "MP", 12940, 1900, 0, -120, "2 Mar", 267, Mark.DUE),
    Line("Quill & Anchor Press", "Iron", "Established", "JV", 9870, 5600, 3300, 1150, "9 Nov", 15, Mark.WELL),
    Line("Saltmarsh Brewery", "Lead", "Incubating", "JV", None, None, None, None, "17 Nov", 7, Mark.WELL),
    Line("Westbourne Hospice", "Light", "Established", "AK", 4200, 2100, 1200, 640, "5 Sep", None, Mark.NONE),
)


def show_date(day: date) -> str:
    """24 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def amount(value: int | None) -> str:
    """1,250 with a typographic minus; a dash when missing."""
    return "—" if value is None else f"{value:,}".replace("-", "−")


def money_column(key: str, words: str, width: int) -> Column[Line]:
    """A column of amounts."""
    get = attrgetter(key)
    return Column(
        key,
        words,
        text=lambda line: amount(get(line)),
        value=get,
        align=Align.RIGHT,
        width=width,
        tone=(lambda line: Tone.OVERDUE if (get(line) or 0) < 0 else Tone.PLAIN) if key == "profit" else None,
    )


def quiet_tone(_line: Line) -> Tone:
    """A column that stands back."""
    return Tone.QUIET


COLUMNS: tuple[Column[Line], ...] = (
    Column("client", "Client", text=attrgetter("name"), strong=True, stretch=True, width=180),
    Column("tier", "Tier", text=attrgetter("tier"), tone=quiet_tone, width=86),
    Column("stage", "Stage", text=attrgetter("stage"), width=104),
    Column("owner", "Owner", text=attrgetter("owner"), tone=quiet_tone, width=68),
    money_column("tfi", "TFI £", 90),
    money_column("lifetime", "Lifetime £", 92),
    money_column("fees", "12 months £", 108),
    money_column("profit", "Profit £", 80),
    Column("last", "Last contact", text=attrgetter("last"), tone=quiet_tone, align=Align.RIGHT, width=100),
    Column(
        "gap",
        "Gap",
        text=lambda line: "none set" if line.gap is None else f"{line.gap} d",
        value=attrgetter("gap"),
        mark=attrgetter("mark"),
        tone=lambda line: Tone.QUIET if line.gap is None else line.mark.tone,
        align=Align.RIGHT,
        width=92,
    ),
)

WAITING = (
    (
        Mark.OVERDUE,
        "Silent",
        "Northgate Museums",
        "Platinum",
        "63 days silent; usually every 21. A gap this long happens 1 time in 40.",
        "“We are rethinking spring, talk soon.” Dana Whitlock, 22 Sep",
        "We owe: revised launch plan, 9 days late",
    ),
    (
        Mark.OVERDUE,
        "Silent",
        "Castellan Foods",
        "Gold",
        "Last invoice 148 days ago; usually every 52. Fees at stake: £18,400 a year.",
        "“Budget meeting in October.” T. Okafor, 30 Jun",
        "Nothing promised",
    ),
    (
        Mark.DUE,
        "Late",
        "Harbour Lights Festival",
        "Platinum",
        "34 days since a real conversation; promised every 30.",
        "“Lovely coverage in the weekend pages.” I. Ferreira, 21 Oct",
        "They owe: photo rights, due Friday",
    ),
    (
        Mark.DUE,
        "Monologue",
        "Brightwater Lettings",
        "Gold",
        "Six messages from us, none back since 14 Sep; two of them were offers.",
        "“Please call, don’t mail.” (their preference, 3 May)",
        "Nothing promised",
    ),
    (
        Mark.DUE,
        "Due",
        "Alder & Finch Architects",
        "Gold",
        "Quarterly review is due on Thursday; last one 26 Aug.",
        "“More site visits with you, fewer decks.” J. Finch, 26 Aug",
        "We owe: shortlist of trade titles, Thu",
    ),
    (
        Mark.DUE,
        "First days",
        "Meridian Cycles",
        "Gold",
        "Day 28 of the first hundred; the day-30 question comes next.",
        "“So far so good.” P. Lindqvist, 12 Nov",
        "We owe: media training date, tomorrow",
    ),
)

EXPLANATION = ExplanationView(
    "TFI, total fee income by formula",
    "rule P1 to P9, as of 24 Nov 2026",
    "£147,862 = £4,120 × (1,938 days ÷ 54.0 days)",
    (
        ExplanationRow("S", "average spend per purchase", "£148,320 ÷ 36", "£4,120"),
        ExplanationRow("T", "average time between purchases", "1,890 d ÷ 35 gaps", "54.0 d"),
        ExplanationRow("L", "first purchase to today", "5 Aug 2021 – today", "1,938 d"),
    ),
    ("Invoiced so far £148,320. The formula gives £458 less: the first purchase is not a gap (−£4,120).",),
    "36 purchases counted from 41 documents · left out: 2 disbursements (£1,180), 1 booked ahead (£4,500)",
    "Show rows",
    "Biggest lever: T ten days shorter, +£33,600",
)


class Demo:
    """Builds the pages."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        self.theme = theme
        self.icons = icons

    def today(self) -> QWidget:
        """The list of whom to speak to."""
        page = ScrollPage(self.theme)
        head = PageHead(
            self.theme,
            "Eight clients wait for a word from you",
            "Tuesday 24 November · three of them bring 41 % of fees",
        )
        page.body.addWidget(head)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(hairline())
        for entry in WAITING:
            left.addWidget(self._waiting(entry))
            left.addWidget(hairline())
        left.addSpacing(10)
        left.addLayout(
            row(
                small("Showing 6 of 8 · 3 snoozed · rule: gap beyond the client’s own rhythm, weighted by fees"),
                Button(self.theme, "Why this order?", kind=ButtonKind.LINK),
                None,
                gap=4,
            )
        )
        left.addStretch(1)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        for words, rows in (
            (
                "Promises",
                (
                    ("Launch plan, Northgate", Mark.OVERDUE, "9 days late"),
                    ("Trade titles, Alder & Finch", Mark.NONE, "Thu"),
                    ("Photo rights, from Harbour Lights", Mark.NONE, "Fri"),
                    ("Media training date, Meridian", Mark.NONE, "tomorrow"),
                ),
            ),
            (
                "Waiting for an answer",
                (
                    ("“Invoices arrive late” Castellan", Mark.OVERDUE, "31 days"),
                    ("“Could you pitch podcasts?” Finch", Mark.NONE, "6 days"),
                    ("“Who covers in August?” Harbour", Mark.NONE, "2 days"),
                ),
            ),
            ("Contact reports not sent", (("Harbour Lights, 20 Nov", Mark.DUE, "4 days"),)),
        ):
            side.addWidget(section(words))
            side.addSpacing(6)
            for text, mark, when in rows:
                side.addWidget(hairline())
                line = row(
                    small(text, tone=Tone.PLAIN, elide=True),
                    None,
                    StatusLabel(self.theme, mark, when) if mark is not Mark.NONE else small(when),
                )
                line.setContentsMargins(0, 6, 0, 6)
                side.addLayout(line)
            side.addSpacing(22)
        side.addStretch(1)
        right = QWidget()
        right.setLayout(side)
        right.setFixedWidth(self.theme.px(264))
        body = row(left, right, gap=40)
        body.setContentsMargins(0, 6, 0, 0)
        page.body.addLayout(body, 1)
        return page

    def _waiting(self, entry: tuple[Mark, str, str, str, str, str, str]) -> QWidget:
        mark, kind, client, tier, why, words, promise = entry
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 12, 0, 12)
        grid.setHorizontalSpacing(16)
        status = StatusLabel(self.theme, mark, kind)
        status.setFixedWidth(self.theme.px(96))
        head = row(name(client, elide=True), pill(tier), None, gap=6)
        reason = small(why, tone=Tone.PLAIN, wrap=True)
        reason.setProperty("role", "body")
        middle = column(head, reason, small(words, elide=True), gap=4)
        owed = small(promise, elide=True)
        buttons = row(
            None,
            *(Button(self.theme, word, key=key) for word, key in (("Log", "L"), ("Plan", "P"), ("Snooze", "S"))),
            gap=4,
        )
        right = column(row(None, owed), buttons, None, gap=6)
        grid.addLayout(column(status, None), 0, 0)
        grid.addLayout(middle, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(1, 1)
        return line

    def clients(self) -> QWidget:
        """The table."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(8)
        head = PageHead(
            self.theme,
            "Clients",
            "41 shown · £214,300 in 12 months",
            Button(self.theme, "Columns"),
            Button(self.theme, "Excel"),
            Button(self.theme, "New client", key="Ctrl N", kind=ButtonKind.PRIMARY),
        )
        layout.addWidget(head)
        chips = FlowBox()
        for words in ("tier is Platinum, Gold or Iron", "owner is anyone"):
            chips.add(Chip(self.theme, words))
        chips.add(Button(self.theme, "+ add a rule", kind=ButtonKind.QUIET))
        filters = row(
            SearchBox(self.theme, self.icons, "Type to filter"),
            chips,
            Button(self.theme, "All relationships", kind=ButtonKind.QUIET, menu_mark=True),
        )
        filters.setStretch(1, 1)
        layout.addLayout(filters)
        self.table = Table(self.theme, COLUMNS, identity=attrgetter("name"), name="Clients")
        self.table.set_rows(LINES)
        self.table.sort_by("fees", descending=True)
        self.table.choose("Castellan Foods")
        page.setFocusProxy(self.table)
        layout.addWidget(self.table, 1)
        layout.addWidget(small("— no TFI: one purchase or none · Space previews a client · Enter opens it"))
        return page

    def client(self) -> QWidget:
        """One client."""
        page = ScrollPage(self.theme)
        head = row(
            title("Northgate Museums"),
            pill("Platinum since Jan 2024"),
            StatusLabel(self.theme, Mark.OVERDUE, "At risk since 3 Nov: silent, promise late"),
            None,
            Button(self.theme, "Brief", key="Ctrl B"),
            Button(self.theme, "Start save plan"),
            Button(self.theme, "Review…", kind=ButtonKind.PRIMARY),
        )
        page.body.addLayout(head)
        page.body.addSpacing(4)
        self.figure = Figure(self.theme, "TFI", "£147,862", "S £4,120 × (L 5.3 y ÷ T 54 d)")
        page.body.addWidget(
            FigureRow(
                [
                    self.figure,
                    Figure(self.theme, "Lifetime value", "£61,900", "5 years, 10 % discount, keeps 86 %"),
                    Figure(self.theme, "Profit, 12 months", "£11,480", "38 % of fees · costs known for 92 %"),
                    Figure(self.theme, "Gap", "63 days", "usually 21, promised 30", Tone.OVERDUE),
                ]
            )
        )
        page.body.addSpacing(24)
        tabs = Tabs(self.theme)
        for words in ("Plan", "Dialogue", "Feedback", "Money", "People", "R&D files"):
            tabs.add(words.lower(), words, self._tab)
        tabs.show_tab("dialogue")
        page.body.addWidget(tabs, 1)
        return page

    def _tab(self) -> QWidget:
        tab = QWidget()
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(0, 0, 0, 0)
        cards = row(
            Card("They have gone quiet", "Two messages since their last reply"),
            Card("Not spoken to", "Helen Sørby, director"),
            gap=16,
        )
        layout.addLayout(cards)
        layout.addStretch(1)
        return tab

    def form(self) -> QWidget:
        """Every field."""
        page = ScrollPage(self.theme)
        page.body.addWidget(title("New client"))
        form = Form(self.theme)
        form.add("name", "Name", TextField("as on invoices"), required="What is the client called?")
        form.add_side_by_side(
            (
                ("won", "Won on", DateField(self.theme, self.icons, parse_day, show_date, today=lambda: TODAY)),
                (
                    "fee",
                    "Expected fee",
                    MoneyField(
                        lambda text: int(text.replace(",", "")) if text.replace(",", "").isdigit() else None,
                        "{:,}".format,
                        before="£",
                    ),
                ),
                ("stage", "Stage", ChoiceField(self.theme, [("new", "New"), ("risk", "At risk")], none="not set")),
            )
        )
        form.add("tags", "Tags", TagsField(self.theme, "comma or Enter takes a word"))
        form.add("notes", "R&D notes", AreaField())
        form.add("count", "", TickField(self.theme, "Counts as a contact"))
        form.restore({"won": "24 Nov 2026", "fee": "1250", "tags": "museum, spring", "notes": "calls on Mondays"})
        form.setMaximumWidth(640)
        form.check()
        page.body.addWidget(form)
        page.body.addLayout(
            row(
                Button(self.theme, "Add client", key="Ctrl Enter", kind=ButtonKind.PRIMARY, large=True),
                Button(self.theme, "Cancel", large=True),
                None,
            )
        )
        page.body.addStretch(1)
        return page

    def empty(self) -> QWidget:
        """Nothing there."""
        return EmptyState(
            self.theme,
            self.icons,
            Icon.FEEDBACK,
            "No feedback waits for an answer.",
            "What clients say by phone, at lunch or by mail is kept here, and answered.",
            action="Log feedback",
        )


def parse_day(text: str) -> date | None:
    """24 Nov 2026 only."""
    try:
        return date(int(text[-4:]), 11, int(text.split(maxsplit=1)[0]))
    except ValueError:
        return None


def find(text: str) -> list[Result]:
    """Clients whose name holds the text."""
    return [
        Result(line.name, "Client", str, f"{line.tier}, {line.stage}")
        for line in LINES
        if text.lower() in line.name.lower()
    ]


def build(theme: Theme, folder: Path) -> MainWindow:
    """A whole window."""
    icons = Icons()
    demo = Demo(theme, icons)
    window = MainWindow(
        theme, icons, ViewStore(folder / "view.ini"), show_date=show_date, find=find, today=lambda: TODAY
    )
    for key, words, icon, make in (
        ("today", "Today", Icon.TODAY, demo.today),
        ("clients", "Clients", Icon.CLIENTS, demo.clients),
        ("plans", "Plans", Icon.PLANS, demo.form),
        ("feedback", "Feedback", Icon.FEEDBACK, demo.empty),
        ("portfolio", "Portfolio", Icon.PORTFOLIO, demo.empty),
        ("reviews", "Reviews", Icon.TABLE, demo.empty),
    ):
        window.add_page(PageSpec(key, words, icon, make))
    window.add_page(PageSpec("client", "Client", Icon.CLIENTS, demo.client, under="clients"))
    window.add_page(PageSpec("settings", "Settings", Icon.SETTINGS, demo.empty, below=True))
    window.commands.add("log", "Log contact…", str, menu="File", shortcut="Ctrl+L")
    window.commands.add("import", "Bring in a list…", str, menu="File", shortcut="Ctrl+I")
    window.commands.add("undo", "Undo", str, menu="Edit", shortcut="Ctrl+Z")
    window.commands.set_words("undo", "Undo log call with R&D")
    for key, count in (("today", 8), ("clients", 41), ("feedback", 3)):
        window.set_count(key, count)
    window.set_firm("Pemberton & Vale")
    window.status.set_saved("Saved 10:42")
    window.status.set_undo("log call with Harbour Lights")
    window.status.set_backup("Backup 10:30, checked, 41 clients")
    window.demo = demo  # type: ignore[attr-defined]
    return window


def main() -> None:
    """Take one picture and end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", default="today")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--then", default="", help="explain, toast, search, as-of, back, notice, menu")
    asked = parser.parse_args()
    application = QApplication(["demo", "-style", STYLE])
    theme = Theme(application, ThemeChoice.DARK if asked.dark else ThemeChoice.LIGHT, asked.text)
    with tempfile.TemporaryDirectory() as folder:
        window = build(theme, Path(folder))
        window.resize(*map(int, asked.size.split("x")))
        window.show_page(asked.page)
        window.show()
        application.processEvents()
        then = {
            "explain": lambda: show_explanation(theme, window.demo.figure, EXPLANATION),
            "toast": lambda: window.toasts.show_words("Deleted 3 clients", action="Undo", key="Ctrl Z", run=str),
            "search": lambda: (window.box.setText("al"), window.box.ask()),
            "commands": window.box.ask,
            "as-of": window.as_of.open_choice,
            "back": lambda: window.as_of.set_day(date(1997, 12, 31)),
            "notice": lambda: window.set_notice(
                "ro", "This book is open read-only: its folder cannot be written.", action="Why?"
            ),
            "menu": window.open_menu,
            "shortcuts": window._on_shortcuts,
        }.get(asked.then)
        if then:
            then()
        QTimer.singleShot(250, application.quit)
        application.exec()
        dialogs = [w for w in application.topLevelWidgets() if w.isVisible() and w is not window]
        (dialogs[0] if dialogs else window).grab().save(str(asked.out))
        window.close()


if __name__ == "__main__":
    main()
