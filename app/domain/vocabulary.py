"""The closed lists of the trade: every word a field may hold, once (GLOSSARY)."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a relationship stands on a day (METRICS C2a)."""

    PROSPECT = "prospect"
    INCUBATING = "incubating"
    NEW = "new"
    ESTABLISHED = "established"
    AT_RISK = "at_risk"
    DORMANT = "dormant"
    ENDED = "ended"
    WON_BACK = "won_back"


class Tier(StrEnum):
    """The client's class in the pyramid; names on screen are the firm's, these are the keys (GLOSSARY)."""

    PLATINUM = "platinum"
    GOLD = "gold"
    IRON = "iron"
    LEAD = "lead"
    LIGHT = "light"


class Direction(StrEnum):
    """Who spoke: IN they, OUT we, BOTH a conversation."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Began(StrEnum):
    """Who began an exchange; a fact of its own, apart from the direction."""

    US = "us"
    THEM = "them"


class Purpose(StrEnum):
    """What a contact was for."""

    SERVE = "serve"
    INFORM = "inform"
    ASK = "ask"
    REWARD = "reward"
    SELL = "sell"
    ACQUIRE = "acquire"


class Channel(StrEnum):
    """The way a contact or a feedback came."""

    MEETING = "meeting"
    CALL = "call"
    VIDEO = "video"
    MAIL = "mail"
    MESSAGE = "message"
    LETTER = "letter"
    VISIT = "visit"
    LUNCH = "lunch"
    EVENT = "event"
    POST = "post"
    FORM = "form"
    VOICEMAIL = "voicemail"
    NEWSLETTER = "newsletter"
    OTHER = "other"


# METRICS C1: what is sent to many or never reached a person does not count as contact.
NEVER_COUNTS = frozenset({Channel.VOICEMAIL, Channel.NEWSLETTER, Channel.POST})


class FeeKind(StrEnum):
    """A document of money in."""

    INVOICE = "invoice"
    CREDIT = "credit"


class CostKind(StrEnum):
    """What money out was for."""

    ACQUISITION = "acquisition"
    DELIVERY = "delivery"
    SERVICE = "service"
    RETENTION = "retention"


class EngagementKind(StrEnum):
    """How an engagement is agreed."""

    PROJECT = "project"
    RETAINER = "retainer"


class FeedbackKind(StrEnum):
    """What sort of word a feedback is."""

    PRAISE = "praise"
    COMPLAINT = "complaint"
    WISH = "wish"
    COMMENT = "comment"


class PromiseBy(StrEnum):
    """Who owes a promise."""

    US = "us"
    THEM = "them"


class Influence(StrEnum):
    """How much a person decides at the client."""

    DECIDES = "decides"
    INFLUENCES = "influences"
    USES = "uses"
    UNKNOWN = "unknown"


class Sentiment(StrEnum):
    """How a person stands towards us; internal, never in a client-safe export."""

    WARM = "warm"
    NEUTRAL = "neutral"
    COOL = "cool"
    UNKNOWN = "unknown"


class StartRule(StrEnum):
    """From when a relationship is counted (METRICS P9)."""

    FIRST_PURCHASE = "first-purchase"
    WON = "won"
    FIRST_CONTACT = "first-contact"


class RankingWindow(StrEnum):
    """Over which fees the window ranks clients (METRICS 2.8)."""

    TWELVE_MONTHS = "12-months"
    ALL_TIME = "all-time"
