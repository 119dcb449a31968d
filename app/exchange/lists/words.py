"""The words lists use for our closed lists: directions, channels, purposes, kinds, tiers, yes and no."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app.domain.vocabulary import (
    Began,
    Channel,
    CostKind,
    Direction,
    FeedbackKind,
    FeeKind,
    Influence,
    Purpose,
    Stage,
    Tier,
)
from app.exchange.lists.headers import header_key

_E = TypeVar("_E", bound=StrEnum)

_IN = """in; inbound; incoming; received; they; them; from client; from them; from customer; client to us; < ;
<-; <<; ←; eingehend; eingang; ein; empfangen; vom kunden; von kunde; entrant; entrante; reçu; du client;
recibido; del cliente; ricevuto; in entrata; inkomend; ontvangen; van klant; i"""
_OUT = """out; outbound; outgoing; sent; we; us; to client; to them; to customer; us to client; >; ->; >>; →;
ausgehend; ausgang; aus; gesendet; an kunde; an den kunden; sortant; envoyé; au client; saliente; enviado; al
cliente; inviato; in uscita; uitgaand; verzonden; aan klant; o"""
_BOTH = """both; both ways; two way; conversation; mutual; <>; <->; ↔; <=>; beide; beides; gespräch;
wechselseitig; les deux; conversation; ambos; conversación; entrambi; conversazione; beide kanten; gesprek; b"""

DIRECTIONS = {Direction.IN: _IN, Direction.OUT: _OUT, Direction.BOTH: _BOTH}
BEGAN = {
    Began.US: """us; we; our side; ours; firm; wir; uns; nous; nosotros; noi; wij; ons; agency; out; outbound;
        we did""",
    Began.THEM: """them; they; client; customer; their side; theirs; kunde; sie; le client; client; eux;
        cliente; ellos;loro; klant; zij; in; inbound; they did""",
}
CHANNELS = {
    Channel.MEETING: """meeting; meet; in person; face to face; besprechung; treffen; termin; meeting vor ort;
        réunion; rendez vous; rdv; reunión; cita; riunione; incontro; vergadering; afspraak; workshop;
        presentation""",
    Channel.CALL: """call; phone; phone call; telephone; tel; telephone call; telco; anruf; telefonat; telefon;
        appel; appel téléphonique; téléphone; llamada; teléfono; telefonata; telefono; chiamata; telefoon;
        telefoongesprek; gebeld; rang; spoke""",
    Channel.VIDEO: """video; video call; videocall; video meeting; zoom; teams; microsoft teams; google meet;
        webex; skype; videokonferenz; videoanruf; visio; visioconférence; videollamada; videoconferencia;
        videochiamata; webcall; online meeting""",
    Channel.MAIL: """mail; email; e mail; emails; correo; correo electrónico; courriel; posta elettronica; e
        post; mailing""",
    Channel.MESSAGE: """message; msg; sms; text; text message; whatsapp; signal; slack; chat; im; linkedin;
        messenger; nachricht; kurznachricht; messaggio; mensaje; bericht; dm""",
    Channel.LETTER: "letter; brief; lettre; carta; lettera; courrier; schreiben; parcel",
    Channel.VISIT: "visit; site visit; besuch; kundenbesuch; visite; visita; bezoek; on site; vor ort",
    Channel.LUNCH: """lunch; dinner; breakfast; coffee; meal; drinks; essen; mittagessen; kaffee; déjeuner;
        café; comida; almuerzo; pranzo; cena; koffie; diner""",
    Channel.EVENT: """event; conference; trade fair; fair; seminar; webinar; veranstaltung; messe; événement;
        salon; evento; feria; fiera; evenement; beurs; reception""",
    Channel.POST: "post; social; social media; campaign; beitrag; publication; publicación",
    Channel.FORM: """form; survey; questionnaire; web form; web; online; website; formular; umfrage; fragebogen;
        formulaire; sondage; enquête; formulario; encuesta; modulo; sondaggio; formulier""",
    Channel.VOICEMAIL: """voicemail; voice mail; left message; answerphone; mailbox; anrufbeantworter;
        messagerie vocale; buzón de voz; segreteria; attempt; no answer""",
    Channel.NEWSLETTER: "newsletter; bulk mail; mass mail; rundschreiben; infolettre; boletín; nieuwsbrief",
    Channel.OTHER: "other; misc; miscellaneous; sonstiges; andere; autre; otro; altro; anders; overig",
}
PURPOSES = {
    Purpose.SERVE: """serve; service; serving; support; delivery; project; work; betreuung; servir; servicio;
        servizio; help""",
    Purpose.INFORM: """inform; information; info; update; report; news; informieren; informer; informar;
        informare; fyi""",
    Purpose.ASK: """ask; asking; feedback; question; review; enquiry; survey; fragen; frage; demander;
        preguntar; chiedere; check in; checkin""",
    Purpose.REWARD: """reward; thank; thanks; thank you; gift; danke; dank; belohnen; remercier; agradecer;
        ringraziare""",
    Purpose.SELL: """sell; sales; sale; selling; offer; proposal; upsell; pitch; verkaufen; verkauf; angebot;
        vendre; vente; vender; venta; vendere; vendita; verkopen""",
    Purpose.ACQUIRE: """acquire; acquisition; prospecting; new business; lead; win; akquise; prospection;
        captación; acquisizione; acquisitie""",
}
FEE_KINDS = {
    FeeKind.INVOICE: """invoice; inv; sales invoice; sale; fee; bill; tax invoice; accrec; si; rechnung; re; rg;
        ausgangsrechnung; schlussrechnung; abschlagsrechnung; anzahlungsrechnung; facture; fac; factura;
        fattura; factuur; verkoopfactuur; sales receipt; debit; debit note; soll; s; i""",
    FeeKind.CREDIT: """credit; credit note; creditnote; credit memo; cn; cr; sc; sales credit; sales credit
        note; refund; accreccredit; gutschrift; gs; rechnungskorrektur; storno; stornorechnung;
        korrekturrechnung; haben; h; avoir; note de crédit; facture d'avoir; abono; nota de crédito; factura
        rectificativa; rectificativa; nota di credito; nota credito; creditnota; creditfactuur; c""",
}
COST_KINDS = {
    CostKind.ACQUISITION: """acquisition; acquire; winning; new business; marketing; sales; pitch; pitching;
        prospecting; akquise; akquisition; gewinnung; vertrieb; captación; acquisizione; acquisitie; win""",
    CostKind.DELIVERY: """delivery; deliver; production; project; direct; freelance; freelancer; materials;
        leistung; produktion; projekt; prestation; production; entrega; producción; produzione; consegna;
        levering; cost of sales""",
    CostKind.SERVICE: """service; servicing; serving; account management; support; betreuung; kundenservice;
        service client; servicio; servizio; atención; dienstverlening""",
    CostKind.RETENTION: """retention; retain; keeping; loyalty; reward; gift; gifts; entertainment; hospitality;
        bindung; kundenbindung; geschenk; fidélisation; fidelización; retención; fidelizzazione; behoud;
        retentie""",
}
FEEDBACK_KINDS = {
    FeedbackKind.PRAISE: """praise; compliment; positive; thanks; lob; positiv; éloge; positif; elogio;
        positivo; compliment""",
    FeedbackKind.COMPLAINT: """complaint; negative; issue; problem; criticism; beschwerde; kritik; reklamation;
        negativ; plainte; réclamation; queja; reclamación; negativo; reclamo; klacht""",
    FeedbackKind.WISH: """wish; idea; suggestion; request; need; wunsch; vorschlag; souhait; idée; deseo;
        sugerencia; desiderio; wens; suggerimento""",
    FeedbackKind.COMMENT: """comment; neutral; remark; other; kommentar; commentaire; comentario; commento;
        opmerking; feedback""",
}
STAGES = {
    Stage.PROSPECT: "prospect; lead; interessent; potential; suspect; cliente potencial; prospetto",
    Stage.INCUBATING: """incubating; incubation; in talks; negotiation; proposal; opportunity; in verhandlung;
        qualified""",
    Stage.NEW: "new; new client; neu; neukunde; nouveau; nuevo; nuovo; nieuw; onboarding",
    Stage.ESTABLISHED: """established; active; client; customer; current; aktiv; kunde; bestandskunde; actif;
        activo; attivo; actief; regular; live""",
    Stage.AT_RISK: "at risk; risk; gefährdet; à risque; en riesgo; a rischio; risico",
    Stage.DORMANT: """dormant; inactive; sleeping; ruhend; inaktiv; inactif; inactivo; inattivo; inactief;
        lapsed; paused""",
    Stage.ENDED: """ended; lost; former; closed; past; ex; ehemalig; beendet; verloren; ancien; perdu; perdido;
        antiguo; cessato; perso; beëindigd; churned; archived""",
    Stage.WON_BACK: """won back; wonback; returned; regained; zurückgewonnen; reconquis; recuperado;
        riconquistato""",
}
TIERS = {
    Tier.PLATINUM: "platinum; platin; a; platine; platino; platina",
    Tier.GOLD: "gold; b; or; oro; goud",
    Tier.IRON: "iron; c; eisen; fer; hierro; ferro; ijzer",
    Tier.LEAD: "lead; prospect; d",
    Tier.LIGHT: "light",
}
INFLUENCES = {
    Influence.DECIDES: """decides; decider; decision maker; high; entscheider; entscheidet; hoch; décideur;
        décide; decide; decisor; alto; beslisser; beslist; hoog; budget holder""",
    Influence.INFLUENCES: """influences; influencer; medium; beeinflusser; beeinflusst; mittel; influenceur;
        influence; influye; medio; influenza; beïnvloeder; middel; adviser; advisor""",
    Influence.USES: """uses; user; low; nutzer; anwender; nutzt; niedrig; utilisateur; utilise; usuario; usa;
        bajo; utente; basso; gebruiker; laag""",
    Influence.UNKNOWN: "unknown; unbekannt; inconnu; desconocido; sconosciuto; onbekend; none; ?",
}
YES = """yes; y; true; 1; x; ja; j; wahr; oui; o; vrai; sí; si; s; verdadero; sì; vero; waar; ✓; ✔; counts; on"""
NO = "no; n; false; 0; nein; falsch; non; faux; falso; nee; onwaar; none; off; ✗; -; doesn't count"
LEFT_OUT = """draft; drafts; void; voided; quote; quotation; estimate; cancelled; canceled; deleted; pro forma;
proforma; entwurf; angebot; storniert; annulliert; kostenvoranschlag; gelöscht; brouillon; annulé; annulée;
devis; borrador; anulado; anulada; cancelado; cancelada; presupuesto; bozza; annullato; annullata; preventivo;
concept; geannuleerd; offerte; vervallen"""

COUNTED = """paid; unpaid; part paid; partly paid; partially paid; open; new; active; sent; issued; invoiced; billed;
due; not due; overdue; late; outstanding; awaiting payment; viewed; accepted; authorised; authorized;
approved; posted; final; finalised; finalized; closed; complete; completed; settled; credited; refunded;
received; disputed; written off; bezahlt; unbezahlt; teilbezahlt; offen; versendet; gesendet; gestellt;
fällig; überfällig; gebucht; abgeschlossen; payé; payée; impayé; impayée; réglé; réglée; ouvert;
ouverte; envoyé; envoyée; émise; en retard; pagado; pagada; pendiente; emitida; enviada; vencida;
cobrada; pagato; pagata; aperto; aperta; inviata; emessa; scaduta; betaald; onbetaald; openstaand;
verzonden; verstuurd; te laat"""


def word_key(text: str) -> str:
    """Give the key of a word; signs such as `<` and `->` are their own."""
    return header_key(text) or "".join(text.split())


def by_key(words: Mapping[_E, str]) -> dict[str, _E]:
    """Turn a table of words into a look-up by key; the value itself is always understood."""
    found: dict[str, _E] = {}
    for value, spellings in words.items():
        for word in (value.value, *spellings.split(";")):
            found.setdefault(word_key(word), value)
    return found


def key_set(spellings: str) -> frozenset[str]:
    """Turn a row of words into the set of their keys."""
    return frozenset(word_key(word) for word in spellings.split(";"))


TRUTHS: dict[str, bool] = {**dict.fromkeys(key_set(NO), False), **dict.fromkeys(key_set(YES), True)}
LEFT_OUT_KEYS = key_set(LEFT_OUT)
COUNTED_KEYS = key_set(COUNTED)
