"""Names of months and weekdays in English, German, French, Spanish, Italian and Dutch, and words around a date."""

import unicodedata

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen januari",
    "february feb februar febr février fevr fév febrero febbraio februari",
    "march mar märz maerz mrz mär mars marzo maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei",
    "june jun juni juin junio giugno giu",
    "july jul juli juillet juil julio luglio lug",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set",
    "october oct oktober okt octobre octubre ottobre ott",
    "november nov novembre noviembre",
    "december dec dezember dez décembre déc diciembre dic dicembre",
)
_WEEKDAYS = (
    "monday mon montag lundi lun lunes lunedi maandag",
    "tuesday tue tues dienstag die mardi martes martedi dinsdag",
    "wednesday wed mittwoch mit mercredi miercoles mercoledi woensdag",
    "thursday thu thur thurs donnerstag don jeudi jeu jueves giovedi donderdag",
    "friday fri freitag fre vendredi ven viernes venerdi vrijdag",
    "saturday sat samstag sam samedi sabado sabato zaterdag",
    "sunday sun sonntag son dimanche dim domingo domenica zondag",
)
FILLERS = frozenset({"of", "the", "de", "del", "le", "der", "den", "on", "st", "nd", "rd", "th", "er"})


def fold(text: str) -> str:
    """Fold case and accents away: `Août` and `aout` are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


MONTHS = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAYS = {fold(name): number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
