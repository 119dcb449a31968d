"""`rapport metrics`, `warnings` and `today`: the same figures as the window, raw, as text or JSON (COMMANDS)."""

from datetime import date
from fractions import Fraction
from typing import Any

from app.cli import output
from app.domain.metrics.flows import payback_of
from app.domain.metrics.portfolio import Portfolio
from app.domain.metrics.retention import Retention
from app.domain.metrics.rhythm import Rhythm
from app.domain.metrics.warnings import GapWarning, WarningKind
from app.domain.money import minor_units, round_half_away
from app.domain.vocabulary import StartRule
from app.services.book import Book
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.words import formats, sentences
from app.words.catalogue import trn


def metrics_answer(book: Book, as_of: date, rule: StartRule | None, ref: str | None) -> dict[str, Any]:
    """Give every figure of the book, or of one client, as COMMANDS lays it out."""
    wanted = None if ref is None else book.clients.find(ref).id
    figures = book.figures.on(as_of, rule)
    unit = minor_units(figures.firm.currency)
    entries = [
        _client(book, figures, found, unit) for key, found in figures.clients.items() if wanted is None or key == wanted
    ]
    entries.sort(key=lambda entry: (entry["rank"] is None, entry["rank"] or 0, str(entry["client"])))
    return {
        "as_of": as_of.isoformat(),
        "currency": figures.firm.currency,
        "clients": entries,
        "portfolio": portfolio_entry(figures.portfolio, unit)
        | {"sum_cost": _money(sum(found.contribution.cost for found in figures.clients.values()), unit)},
    }


def warnings_answer(book: Book, as_of: date) -> dict[str, Any]:
    """Give the warnings of a day, most pressing first; silenced ones are left out."""
    figures = book.figures.on(as_of)
    loud = [warning for warning in figures.warnings if warning.silence is None]
    return {"as_of": as_of.isoformat(), "warnings": [_warning(figures, warning) for warning in loud]}


def print_metrics(answer: dict[str, Any]) -> None:
    """Write the figures as a table for people."""
    currency = answer["currency"]
    head = ("Client", "n", f"Fees {currency}", "S", "T days", "L days", "TFI", "12 months", "ABC")
    rows: list[tuple[str, ...]] = [head]
    rows += [
        (
            str(entry["name"])[:32],
            str(entry["n"]),
            *(_cell(entry[key]) for key in ("observed", "S", "T_days", "L_days", "TFI", "last_12_months")),
            entry["abc"] or formats.DASH,
        )
        for entry in answer["clients"]
    ]
    output.table(rows, right=frozenset(range(1, 8)))
    held = answer["portfolio"]
    output.say()
    who = trn("{n} client", "{n} clients", held["clients"])
    output.say(f"{who}, fees {_cell(held['sum_observed'])} as of {answer['as_of']}")


def print_warnings(answer: dict[str, Any]) -> None:
    """Write the warnings as sentences."""
    never = [found for found in answer["warnings"] if found["kind"] == WarningKind.NEVER_CONTACTED]
    for found in answer["warnings"]:
        if found["kind"] != WarningKind.NEVER_CONTACTED:
            output.say(f"{found['severity']:8} {found['name']}: {found['why']}")
    if never:
        who = trn("{n} client", "{n} clients", len(never))
        output.say(f"{who} without any recorded contact: when did you last speak?")
    if not answer["warnings"]:
        output.say("Nobody is waiting.")


def print_today(book: Book, as_of: date) -> None:
    """Write whom to speak to, and what is promised and waiting."""
    print_warnings(warnings_answer(book, as_of))
    answer = today_answer(book, as_of)
    for title, key, text in (("Promises", "promises", "what"), ("Waiting for an answer", "feedback", "verbatim")):
        if answer[key]:
            output.say()
            output.say(title)
            for row in answer[key]:
                output.say(f"  {row['name']}: {row[text]} ({row['when']})")


def today_answer(book: Book, as_of: date) -> dict[str, Any]:
    """Give the warnings with the promises due and the feedback waiting on a day."""
    today = book.today.on(as_of)
    figures = today.figures
    return warnings_answer(book, as_of) | {
        "promises": [
            {
                "client": figures.clients[promise.client_id].client.ref,
                "name": figures.clients[promise.client_id].client.name,
                "by": str(promise.by),
                "what": promise.what,
                "due": promise.due and promise.due.isoformat(),
                "when": sentences.due(promise.due, as_of),
            }
            for promise in today.promises
        ],
        "feedback": [
            {
                "client": figures.clients[waiting.client_id].client.ref,
                "name": figures.clients[waiting.client_id].client.name,
                "verbatim": waiting.verbatim,
                "days": (as_of - waiting.on).days,
                "when": formats.days((as_of - waiting.on).days),
            }
            for waiting in today.feedback
        ],
    }


def _client(book: Book, figures: BookFigures, found: ClientFigures, unit: int) -> dict[str, Any]:
    fees, client = found.fees, found.client
    bought = fees.n > 0
    parts = fees.explained
    standing, rfm = found.standing, found.rfm
    return {
        "client": client.ref,
        "name": client.name,
        "stage": str(found.stage.stage),
        "tier": str(found.tier),
        "n": fees.n,
        "observed": _money(fees.observed, unit),
        "status": str(fees.status),
        "first": _day(fees.first),
        "last": _day(fees.last),
        "S": _money(fees.spend, unit),
        "T_days": _number(fees.interval),
        "L_days": fees.length,
        "span_days": fees.span if bought else None,
        "tail_days": fees.tail if bought else None,
        "TFI": _money(fees.tfi, unit),
        "TFI_rounded": None if fees.tfi is None else round_half_away(fees.tfi) / unit,
        "TFI_minus_observed": _money(fees.difference, unit),
        "explained": None
        if parts is None
        else {
            "fencepost": _money(parts.fencepost, unit),
            "before_first": _money(parts.before_first, unit),
            "since_last": _money(parts.since_last, unit),
        },
        "TFI_next_365_25_days": _money(fees.tfi_for(), unit),
        "last_12_months": _money(fees.last_12_months, unit),
        "repeat_run_rate_year": _money(fees.repeat_run_rate_year, unit),
        "booked_ahead": _money(fees.booked_ahead, unit),
        "recency_days": fees.recency,
        "frequency": fees.n if bought else None,
        "monetary": _money(fees.observed, unit) if bought else None,
        "RFM": rfm.text if rfm else None,
        "tier_curry": str(standing.curry),
        "abc": None if standing.abc is None else str(standing.abc),
        "rank": standing.rank,
        "income_share": _number(standing.share),
        "rhythm": _rhythm(found.purchases) if found.purchases else None,
        "cost": _money(found.contribution.cost, unit),
        "historic_contribution": _money(found.contribution.amount, unit),
        "historic_value": _money(found.historic, unit),
        "contact": _contact(found),
        "value": _value(book, figures, found, unit),
        "flags": [str(flag) for flag in (*fees.flags, *((found.incubation.flag,) if found.incubation.flag else ()))],
        "evidence": None if fees.evidence is None else str(fees.evidence),
        "withheld": {name: str(reason) for name, reason in found.withheld},
    }


def _rhythm(rhythm: Rhythm) -> dict[str, Any]:
    return {
        "gaps_used": rhythm.gaps_used,
        "median_gap": _number(rhythm.median_gap),
        "mean_gap": _number(rhythm.mean_gap),
        "current_gap": rhythm.current_gap,
        "ratio": _number(rhythm.ratio),
        "kappa": rhythm.kappa,
        "p_longer": rhythm.p_longer,
    }


def _contact(found: ClientFigures) -> dict[str, Any] | None:
    spoken = found.dialogue
    if spoken is None or spoken.ever.total == 0:
        return None
    return {
        "contacts": spoken.ever.total,
        "inbound": spoken.ever.inbound,
        "outbound": spoken.ever.outbound,
        "both": spoken.ever.both,
        "in_365": spoken.year.inbound,
        "out_365": spoken.year.outbound,
        "both_365": spoken.year.both,
        "in_90": spoken.quarter.inbound,
        "out_90": spoken.quarter.outbound,
        "dialogue_share_all": _number(spoken.ever.dialogue_share),
        "dialogue_share_365": _number(spoken.share),
        "selling_share": _number(spoken.selling_share),
        "last_inbound": _day(spoken.last_inbound),
        "last_outbound": _day(spoken.last_outbound),
        "outbound_since_last_inbound": spoken.outbound_since_last_inbound,
        "cadence_days": found.cadence.days,
        "overdue_days": found.contact.overdue_days,
        "overdue_ratio": _number(found.contact.ratio),
        "rhythm": _rhythm(found.contact_rhythm) if found.contact_rhythm else None,
    }


def _value(book: Book, figures: BookFigures, found: ClientFigures, unit: int) -> dict[str, Any]:
    worth, rows = found.value, book.figures.series(found.client.id)
    repaid = payback_of(found.acquisition.amount, found.fees, rows.fees, rows.costs)
    return {
        "contribution_12_months": _money(found.contribution_12.amount, unit),
        "cost_coverage": _number(found.contribution_12.coverage),
        "ltv_simple": _money(worth.expected.raw, unit),
        "clv_5_years": _money(worth.finite, unit),
        "clv_infinite": _money(worth.infinite, unit),
        "retention_used": _number(figures.retention.rate),
        "discount_used": float(figures.discount),
        "cost_per_capture": _money(found.acquisition.amount, unit) if found.fees.n else None,
        "incubation_days": found.incubation.days,
        "payback": _day(repaid.day) if repaid else None,
    }


def portfolio_entry(held: Portfolio, unit: int) -> dict[str, Any]:
    """Give the dataset-level figures."""
    spread, ranks, kappa, ltv = held.tfi_over_observed, held.concentration, held.kappa, held.simple_ltv
    return {
        "clients": held.clients,
        "with_purchase": held.with_purchase,
        "documents": held.documents,
        "credit_documents": held.credit_documents,
        "sum_observed": _money(held.observed, unit),
        "sum_purchases": held.purchases,
        "clients_with_TFI": held.clients_with_tfi,
        "sum_TFI": _money(held.tfi, unit),
        "sum_observed_of_those": _money(held.observed_with_tfi, unit),
        "TFI_over_observed": None
        if spread is None
        else dict(zip(("p10", "median", "p90"), map(_number, spread), strict=True)),
        "pareto_top20pct": {
            "n": ranks.n,
            "k": ranks.pareto_clients,
            "top_share": _number(ranks.pareto_share),
            "k80": ranks.clients_for_80,
            "share_of_clients_for_80pct": _number(ranks.share_of_clients_for_80),
        },
        "gini": {"plain": _number(ranks.gini), "small_sample": _number(ranks.gini_small_sample)},
        "hhi": _number(ranks.hhi),
        "effective_clients": _number(ranks.effective_clients),
        "largest_client_share": _number(ranks.largest_share),
        "kappa_wheat_morrison": kappa.raw,
        "kappa_clients": kappa.clients,
        "kappa_used": kappa.used,
        "retention": _retention(held.retention, unit),
        "simple_ltv": {
            "clients": ltv.clients,
            "client_years": _number(ltv.years),
            "lapsed": ltv.lapsed,
            "churn_per_client_year": _number(ltv.churn),
            "avg_years_retained": _number(ltv.years_retained),
            "avg_yearly_value": _money(ltv.yearly_value, unit),
            "LTV": _money(ltv.ltv, unit),
        },
        "tier_counts": {str(layer): count for layer, count in ranks.curry_counts.items()},
        "abc_counts": {str(letter): count for letter, count in ranks.abc_counts.items()},
        "withheld": {name: str(reason) for name, reason in held.withheld},
    }


def _retention(held: Retention, unit: int) -> dict[str, Any]:
    return {
        "window_1": f"({held.earlier.after},{held.earlier.until}]",
        "window_2": f"({held.later.after},{held.later.until}]",
        "buyers_w1": held.buyers,
        "also_w2": held.also_later,
        "client_retention": _number(held.rate),
        "wilson95": None if held.interval is None else list(held.interval),
        "fees_w1": _money(held.fees_earlier, unit),
        "NRR": _number(held.nrr),
        "GRR": _number(held.grr),
    }


def _warning(figures: BookFigures, warning: GapWarning) -> dict[str, Any]:
    found = figures.of(warning.client)
    return {
        "client": found.client.ref,
        "name": found.client.name,
        "kind": str(warning.kind),
        "severity": str(warning.severity),
        "since": _day(warning.since),
        "days": warning.days,
        "rule": str(warning.rule),
        "why": sentences.why(warning, found, figures.firm.currency, found.fees.last_12_months),
    }


def _money(minor: int | Fraction | None, unit: int) -> float | None:
    return None if minor is None else float(Fraction(minor) / unit)


def _number(value: int | Fraction | None) -> float | int | None:
    return value if value is None or isinstance(value, int) else float(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _cell(value: float | None) -> str:
    if value is None:
        return formats.DASH
    return formats.number(Fraction(value), 0 if isinstance(value, int) else 2)
