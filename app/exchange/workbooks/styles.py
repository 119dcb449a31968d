"""How our workbooks look: one font, one accent, hairlines instead of boxes, and number formats by currency."""

from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.money import SYMBOLS, minor_digits
from app.words.formats import MINUS

TEXT = "#1F2328"
QUIET = "#5C6370"
LINE = "#E4E2DC"
RULE = "#9AA0AA"
ACCENT = "#1F5FA8"
TINT = "#F4F7FB"
THEY = "#009E73"
WE = "#B4B8BF"
BOTH = "#56B4E9"
FONT = "Arial"
BODY = 10

DATE_FORMAT = "d mmm yyyy"
# What is no sign of a number format stands in quotes: not every spreadsheet takes it without.
WHOLE_FORMAT = f'#,##0;"{MINUS}"#,##0'
SHARE_FORMAT = '0"\xa0"%'

_HAIR, _THIN, _MEDIUM = 7, 1, 2


@dataclass(frozen=True, slots=True)
class Style:
    """One look of a cell; sizes in points, colours as #RRGGBB, `line` the border below and `over` the one above."""

    size: float = BODY
    bold: bool = False
    italic: bool = False
    colour: str = TEXT
    fill: str = ""
    align: str = ""
    valign: str = "vcenter"
    wrap: bool = False
    number: str = ""
    line: str = ""
    over: str = ""
    indent: int = 0
    quoted: bool = False

    def properties(self) -> dict[str, object]:
        """Give the style as XlsxWriter's format properties."""
        found: dict[str, object] = {"font_name": FONT, "font_size": self.size, "font_color": self.colour}
        found |= {"valign": self.valign} | ({"align": self.align} if self.align else {})
        found |= {key: True for key, on in (("bold", self.bold), ("italic", self.italic)) if on}
        if self.wrap:
            found["text_wrap"] = True
        if self.fill:
            found |= {"bg_color": self.fill, "pattern": 1}
        if self.number:
            found["num_format"] = self.number
        if self.line:
            found |= {"bottom": _THIN if self.line in (LINE, RULE) else _MEDIUM, "bottom_color": self.line}
        if self.over:
            found |= {"top": _THIN, "top_color": self.over}
        if self.indent:
            # Without a side to stand on, some programs ignore an indent.
            found |= {"indent": self.indent, "align": self.align or "left"}
        if self.quoted:
            found["quote_prefix"] = True
        return found


@lru_cache(maxsize=64)
def money_format(currency: str) -> str:
    """Give the number format of a currency, with its own decimals: £1,234.50, −£1,234.50."""
    sign = SYMBOLS.get(currency, f"{currency} ").replace('"', "")
    digits = minor_digits(currency)
    amount = "#,##0" + (f".{'0' * digits}" if digits else "")
    return f'"{sign}"{amount};"{MINUS}{sign}"{amount}'


def number_format(digits: int) -> str:
    """Give a plain number format with thousands grouped."""
    amount = "#,##0" + (f".{'0' * digits}" if digits else "")
    return f'{amount};"{MINUS}"{amount}'


EYEBROW = Style(size=9, colour=QUIET, align="left")
TITLE = Style(size=22, bold=True, align="left")
SHEET_TITLE = Style(size=16, bold=True)
HEADING = Style(size=12, bold=True, valign="bottom")
NOTE = Style(size=9, colour=QUIET, wrap=True, valign="top")
SENTENCE = Style(size=10.5, wrap=True, line=LINE)
FIGURE = Style(size=17, bold=True, align="left")
FIGURE_LABEL = Style(size=9, colour=QUIET, valign="bottom")
FIGURE_NOTE = Style(size=9, colour=QUIET, valign="top", wrap=True)
HEAD = Style(size=9, colour=QUIET, line=RULE, wrap=True, valign="bottom")
HEAD_RIGHT = replace(HEAD, align="right")
CELL = Style(line=LINE, valign="top", wrap=True)
CELL_RIGHT = replace(CELL, align="right", wrap=False)
CELL_DATE = replace(CELL, number=DATE_FORMAT, align="left", wrap=False)
CELL_WHOLE = replace(CELL_RIGHT, number=WHOLE_FORMAT)
CELL_QUIET = replace(CELL, colour=QUIET)
