"""Whole sentences about a client, and the words of the closed lists and of the history."""

import enum
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import pytest

from app.domain import vocabulary
from app.domain.clients import ClientDraft
from app.domain.fees import FeeDraft
from app.domain.metrics.cadence import CadenceSource
from app.domain.metrics.reasons import Reason
from app.domain.metrics.retainers import MissingInvoice
from app.domain.metrics.rhythm import Rhythm, rhythm
from app.domain.metrics.warnings import GapWarning, Rule, Severity, WarningKind
from app.domain.vocabulary import Direction, PromiseBy, Stage
from app.exchange.workbooks.report import ExportReport
from app.words import names, sentences, steps, today

DAY = date(2026, 11, 24)  # a Tuesday


@dataclass(frozen=True)
class Client:
    """What a sentence asks of a client."""

    purchases: Rhythm | None = None
    contact_rhythm: Rhythm | None = None


def own(*gaps: int, current: int) -> Rhythm:
    found = rhythm(gaps, current, 1.0)
    assert found is not None
    return found


CONTACT = GapWarning(
    "Acme",
    WarningKind.CONTACT_GAP,
    Severity.BADLY,
    Rule.CADENCE,
    date(2026, 9, 22),
    63,
    cadence=30,
    ratio=Fraction(21, 10),
)
PURCHASE = GapWarning("Acme", WarningKind.PURCHASE_GAP, Severity.DUE, Rule.RHYTHM, date(2026, 9, 22), 63, p=0.025)


@pytest.mark.parametrize(
    ("warning", "client", "text"),
    [
        (CONTACT, Client(), "63 days silent; promised every 30."),
        (
            CONTACT,
            Client(contact_rhythm=own(25, 41, 30, current=63)),
            "63 days silent; promised every 30; usually every 30 (last 3 gaps: 25–41).",
        ),
        (CONTACT, Client(contact_rhythm=own(25, 41, current=63)), "63 days silent; promised every 30."),
        (
            replace(CONTACT, severity=Severity.DUE, days=1),
            Client(),
            "1 day since a real conversation; promised every 30, so it is due now.",
        ),
        (
            replace(CONTACT, severity=Severity.DUE, rule=Rule.RHYTHM, p=0.04, cadence=90),
            Client(contact_rhythm=own(10, 11, 9, 10, current=63)),
            "63 days since a real conversation; usually every 10 (last 4 gaps: 9–11). A gap this long happens {odds}.",
        ),
        (
            replace(CONTACT, kind=WarningKind.NEVER_CONTACTED, days=None, since=None),
            Client(),
            "No contact is recorded: when did you last speak?",
        ),
    ],
)
def test_why_somebody_waits(warning: GapWarning, client: Client, text: str) -> None:
    assert sentences.why(warning, client) == text.format(odds="1 time in 25")


@pytest.mark.parametrize(
    ("client", "fees", "text"),
    [
        (Client(), 0, "Last invoice 63 days ago. A gap this long happens {odds}."),
        (
            Client(purchases=own(20, 31, current=63)),
            1_234_567,
            "Last invoice 63 days ago; usually every 25.5. A gap {long}. Fees at stake: £12,346 a year.",
        ),
        (Client(), -5, "Last invoice 63 days ago. A gap this long happens {odds}."),
    ],
)
def test_why_a_purchase_is_missed(client: Client, fees: int, text: str) -> None:
    long = "this long happens 1 time in 40"
    assert sentences.why(PURCHASE, client, "GBP", fees) == text.format(odds="1 time in 40", long=long)


def test_why_an_invoice_of_a_retainer_is_missed() -> None:
    missing = MissingInvoice("Press office", 3, date(2026, 8, 1), date(2026, 11, 1), date(2026, 11, 29))
    warning = replace(PURCHASE, rule=Rule.RETAINER, p=None, missing=missing)
    assert sentences.why(warning, Client(), "GBP", 1_320_000) == (
        "The invoice of “Press office” due 1 Nov 2026 has been missing for 28 days; billed every 3 months."
        " Fees at stake: £13,200 a year."
    )


DUE = {
    None: "no date",
    date(2026, 11, 15): "9 days late",
    date(2026, 11, 23): "1 day late",
    DAY: "today",
    date(2026, 11, 25): "tomorrow",
    date(2026, 11, 26): "Thu",
    date(2026, 11, 30): "Mon",
    date(2026, 12, 1): "1 Dec",
    date(2027, 1, 12): "12 Jan 2027",
}


@pytest.mark.parametrize("day", DUE)
def test_when_something_is_due(day: date | None) -> None:
    assert sentences.due(day, DAY) == DUE[day]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    assert len(sentences.no_figure(reason)) > 5
    assert sentences.no_figure(None) == ""


@pytest.mark.parametrize("source", CadenceSource)
def test_every_source_of_a_cadence_has_words(source: CadenceSource) -> None:
    assert sentences.decided_by(source)


# -- the closed lists ----------------------------------------------------------------------------------

LISTS = [found for found in vars(vocabulary).values() if isinstance(found, type) and issubclass(found, enum.StrEnum)]


@pytest.mark.parametrize("members", [found for found in LISTS if len(found)])
def test_every_word_of_a_list_is_written_and_once(members: type[enum.StrEnum]) -> None:
    written = [names.name(member) for member in members]
    assert len(set(written)) == len(written)
    assert all(text and text[0].isupper() and "_" not in text for text in written)


def test_words_of_different_lists_do_not_mix() -> None:
    assert names.name(None) == ""
    assert names.name(Stage.WON_BACK) == "Won back"
    assert (names.name(PromiseBy.US), names.name(vocabulary.Began.US)) == ("We owe", "We began")
    assert [names.name(way) for way in Direction] == ["They spoke", "We spoke", "A conversation"]


# -- the history ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Acme", 40, "Acme"),
        ("  two\n lines\t", 40, "two lines"),
        ("x" * 40, 40, "x" * 40),
        ("x" * 41, 40, "x" * 39 + "…"),
        ("four four four", 10, "four four…"),
        ("", 40, ""),
    ],
)
def test_texts_are_cut_for_a_menu(text: str, most: int, short: str) -> None:
    assert steps.short(text, most) == short
    assert len(steps.short(text, most)) <= most


def test_steps_are_phrases() -> None:
    acme = ClientDraft(name="Acme {0}")
    fee = FeeDraft(client_id=1, on=DAY, original=1, currency="GBP", amount=1)
    assert steps.CLIENT.added(acme) == "add client “Acme {0}”"
    assert steps.CLIENT.changed(acme) == "change client “Acme {0}”"
    assert [steps.PERSON.deleted(n) for n in (1, 2, 1200)] == [
        "delete 1 person",
        "delete 2 people",
        "delete 1,200 people",
    ]
    assert steps.CLIENT.deleted(1, acme) == "delete client “Acme {0}”"
    assert steps.FEE.added(fee) == "add fee"
    assert steps.FEE.added(replace(fee, document="77")) == "add fee “77”"
    assert steps.FEEDBACK.deleted(3) == "delete 3 feedback"
    assert steps.logged("Acme {x}") == "log contact with Acme {x}"
    assert [steps.for_clients("change owner", n) for n in (1, 3)] == [
        "change owner of 1 client",
        "change owner of 3 clients",
    ]
    assert steps.CONTACT.gone() == "This contact no longer exists."


def test_one_of_them_is_told_as_one() -> None:
    third = Fraction(1, 3)
    assert today.they_bring(1, 1, third) == "it brings 33\N{NO-BREAK SPACE}% of fees"
    assert today.they_bring(1, 5, third) == "one of them brings 33\N{NO-BREAK SPACE}% of fees"
    assert today.they_bring(3, 5, third) == "three of them bring 33\N{NO-BREAK SPACE}% of fees"
    assert ExportReport(replaced=1, moved=1).sentences == (
        "1 character that no file can hold was replaced by “�”.",
        "1 text longer than a cell stands whole on the sheet “Long texts”.",
    )
