"""What the portfolio's charts say: the finding as their title, the workings beneath."""

from fractions import Fraction

from app.domain.metrics.concentration import Concentration, ConcentrationWarning
from app.words import formats
from app.words.catalogue import tr, trn

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def count(number: int, one: str, many: str) -> str:
    """Write a number at the beginning of a sentence: Three clients, 23 clients."""
    words = tr(_NUMBERS[number]) if number < len(_NUMBERS) else f"{number:,}"
    return f"{words} {tr(one) if number == 1 else tr(many)}"


def pareto_title(found: Concentration) -> tuple[str, int]:
    """Say how few bring how much, and give how many those few are."""
    few = found.pareto_clients
    share = found.pareto_share
    if not found.n or share is None:
        return tr("No fees in this window"), 0
    if found.clients_for_80 <= max(3, few):
        few = found.clients_for_80
        share = sum((s.share for s in found.standings[:few] if s.share is not None), Fraction())
    verb = tr("brings") if few == 1 else tr("bring")
    clients = count(few, "client", "clients")
    return tr("{clients} {verb} {share} of fees").format(clients=clients, verb=verb, share=formats.share(share)), few


def pareto_detail(found: Concentration, largest: str) -> str:
    """Say what losing the largest would cost, and how concentrated the book is."""
    parts = []
    if found.largest_share is not None:
        share = formats.share(found.largest_share)
        parts.append(tr("Losing {client} would cost {share}").format(client=largest, share=share))
    if found.effective_clients is not None:
        effective = formats.number(found.effective_clients, 1)
        parts.append(tr("{n} effective clients").format(n=effective))
    return " · ".join([*parts, f"n = {found.n}"])


def warning(found: ConcentrationWarning) -> str:
    """Say a concentration warning."""
    return tr(str(found))


def pyramid_title(found: Concentration, top: int, share: Fraction | None) -> str:
    """Say how many clients stand in the upper tiers and what they carry."""
    if not found.n or share is None:
        return tr("No fees in this window")
    verb = tr("carries") if top == 1 else tr("carry")
    clients = count(top, "client", "clients")
    return tr("{clients} {verb} {share} of the fees").format(clients=clients, verb=verb, share=formats.share(share))


def pyramid_detail(border: int, window: str) -> str:
    """Say how many stand on a border, if any, and by which rule they are ranked."""
    ranked = tr("ranked by {window}, rule V21").format(window=window)
    on_border = trn("{n} client stands on a border", "{n} clients stand on a border", border)
    return " · ".join([on_border, ranked] if border else [ranked])
