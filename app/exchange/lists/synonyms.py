"""What lists call our fields: English, German, French, Spanish, Italian, Dutch and the common accounts packages.

Earlier names outrank later ones where a list has both. Names are compared by `headers.header_key`.
"""

from app.exchange.lists.fields import Kind
from app.exchange.lists.headers import header_key

_CLIENT = """client; client name; customer; customer name; account name; organisation; organisation name;
organization; organization name; company; company name; client company; client or company; bill to; billed to;
invoice to; debtor; kunde; kundenname; kunde name; kundenbezeichnung; auftraggeber; mandant; firma; firmenname;
debitor; geschäftspartner; rechnungsempfänger; empfänger; unternehmen; nom du client; nom client; client nom;
société; raison sociale; entreprise; cliente; nombre del cliente; nombre cliente; razón social; empresa; ragione
sociale; intestatario; nome cliente; denominazione; klant; klantnaam; naam klant; relatie; bedrijf;
bedrijfsnaam; opdrachtgever; account; business name"""
_CODE = """code; client code; client id; client no; client number; client ref; client reference; customer id;
customer no; customer number; customer code; customer ref; customer reference; account no; account number;
account id; account ref; account reference; a/c; a/c ref; acct no; company id; organisation id; debtor no;
kundennummer; kunden nr; kundennr; kunden no; kd nr; kdnr; kunden id; kundencode; debitorennummer; debitoren nr;
debitornummer; debitor nr; personenkonto; numéro client; numéro de client; no client; n client; code client;
référence client; id client; código; código cliente; código de cliente; id cliente; número de cliente; nº
cliente; codice; codice cliente; numero cliente; klantnummer; klantnr; klantcode; klant id; debiteurnummer;
debiteurennummer; relatienummer; relatiecode; contact id; konto"""
_DATE = """date; invoice date; inv date; document date; doc date; tax date; issue date; issued; issued on; date
issued; date of issue; dated on; dated; billing date; bill date; billed on; transaction date; txn date; voucher
date; posting date; datetime; date time; date and time; timestamp; order date; day; when; datum; rechnungsdatum;
belegdatum; re datum; ausstellungsdatum; buchungsdatum; buchungstag; tag; date facture; date de facture;
date de facturation; date d'émission; jour; fecha; fecha factura; fecha de factura; fecha de emisión; fecha emisión;
data; data fattura; data documento; data emissione; factuurdatum; boekingsdatum; close date; closed on"""
_NET = """net; net amount; amount net; net total; total net; net value; net sales; subtotal; sub total; amount
excl vat; amount ex vat; amount excluding vat; total excl vat; total ex vat; excl vat; ex vat; amount excl tax;
amount before tax; total excl tax; total before tax; amount without tax; net of vat; netto; nettobetrag; betrag
netto; netto betrag; summe netto; rechnungsbetrag netto; netto summe; gesamt netto; nettoumsatz; umsatz netto;
ht; montant ht; total ht; montant hors taxe; montant hors taxes; hors taxe; net ht; base imponible; importe
neto; neto; total neto; importe sin iva; imponibile; totale imponibile; importo netto; totale netto; bedrag excl
btw; excl btw; totaal excl btw; netto bedrag; bedrag exclusief btw; exclusief btw; untaxed amount"""
_PLAIN = """amount; fee; fees; total; invoice amount; invoice total; total amount; amount invoiced; amount
billed; billed; value; invoice value; sum; revenue; sales; turnover; income; line amount; price; charge; betrag;
summe; gesamt; gesamtbetrag; rechnungsbetrag; rechnungssumme; umsatz; honorar; erlös; umsatz ohne soll haben kz;
montant; montant total; honoraires; chiffre d'affaires; importe; importe total; monto; honorarios; facturación;
importo; totale; importo totale; onorario; fatturato; bedrag; totaal; totaalbedrag; factuurbedrag; omzet; close
value; amount gbp; amount eur; amount usd"""
_GROSS = """gross; gross amount; amount gross; gross total; total gross; gross value; amount incl vat; amount
inc vat; total incl vat; total inc vat; incl vat; inc vat; amount incl tax; total incl tax; amount including
vat; brutto; bruttobetrag; betrag brutto; brutto betrag; summe brutto; rechnungsbetrag brutto; gesamt brutto;
ttc; montant ttc; total ttc; toutes taxes comprises; importe bruto; bruto; total con iva; importe con iva;
lordo; importo lordo; totale lordo; totale ivato; bedrag incl btw; incl btw; totaal incl btw; brutobedrag;
inclusief btw"""
_CURRENCY = """currency; currency code; ccy; cur; curr; invoice currency; währung; waehrung; währungscode; wkz;
wkz umsatz; devise; monnaie; moneda; divisa; valuta; munteenheid; munt"""
_OWNER = """owner; account manager; account owner; account lead; account director; responsible; client owner;
consultant; colleague; assigned to; betreuer; kundenbetreuer; verantwortlich; verantwortlicher; berater;
zuständig; bearbeiter; responsable; chargé de clientèle; chargé de compte; gestor; gestor de cuenta; comercial;
referente interno; eigenaar; accountmanager; verantwoordelijke; sales agent"""
_NOTE = """note; notes; internal note; internal notes; comment; comments; remark; remarks; memo; notiz; notizen;
bemerkung; bemerkungen; kommentar; anmerkung; remarque; remarques; commentaire; commentaires; nota; notas;
observaciones; osservazioni; annotazioni; opmerking; opmerkingen; notitie"""
_CHANNEL = """channel; preferred channel; contact channel; medium; kanal; bevorzugter kanal; canal; canal
préféré; canale; canale preferito; kanaal; voorkeurskanaal; contact preference; preferred contact method"""

_SYNONYMS: dict[Kind, dict[str, str]] = {
    Kind.CLIENTS: {
        "client": _CLIENT + "; name; nom; nombre; nome; naam; display name; contact",
        "code": _CODE + "; id; nummer; number; no; nr; ref; reference",
        "first_contact": """first contact; first contacted; first contact date; first met; date of first
            contact; enquiry date; erstkontakt; erster kontakt; premier contact; primer contacto; primo
            contatto; eerste contact""",
        "last_contact": """last contact; last contacted; last spoken; last contact date; date of last contact;
            letzter kontakt; dernier contact; último contacto; ultimo contatto; laatste contact; last contacted
            on""",
        "won": """won; won on; date won; won date; client since; customer since; since; start date; started;
            signed; onboarded; gewonnen; gewonnen am; kunde seit; seit; client depuis; gagné; gagné le; cliente
            desde; alta; fecha de alta; cliente dal; acquisito il; klant sinds; gewonnen op""",
        "ended": """ended; ended on; end date; end; left; lost on; churned; client until; closed; beendet;
            beendet am; ende; kunde bis; fin; date de fin; terminé; fecha de baja; baja; fin de contrato;
            cessato; cessato il; cliente fino al; beëindigd; einde; einddatum""",
        "stage": """stage; client stage; lifecycle stage; lifecycle; relationship stage; status; phase; stufe;
            statut; étape; etapa; estado; fase; stato""",
        "tier": """tier; client tier; tier class; abc; abc class; abc klasse; classe abc; clase abc;
            kundenklasse""",
        "owner": _OWNER,
        "sector": """sector; industry; branche; branch; wirtschaftszweig; secteur; secteur d'activité;
            industrie; settore; sector de actividad; industria; bedrijfstak""",
        "source": """source; lead source; origin; how found; referred by; referral; quelle; herkunft;
            provenance; origine; origen; fuente; procedencia; fonte; provenienza; bron; herkomst""",
        "currency": _CURRENCY,
        "cadence_days": """cadence days; cadence; contact every; contact every days; contact cadence; contact
            rhythm; kontaktrhythmus; kontakt alle tage; rhythmus; fréquence de contact; frecuencia de contacto;
            frequenza di contatto; contactfrequentie""",
        "tags": """tags; tag; labels; label; keywords; schlagworte; schlagwörter; étiquettes; mots clés;
            etiquetas; etichette; trefwoorden""",
        "notes": _NOTE,
    },
    Kind.PEOPLE: {
        "client": _CLIENT,
        "code": _CODE,
        "name": """name; full name; person; person name; contact person; contact name; contact; display name;
            ansprechpartner; ansprechpartnerin; kontaktperson; kontakt; vollständiger name; nom; nom complet;
            personne; interlocuteur; nom du contact; nombre; nombre completo; persona; persona de contacto;
            contacto; nome; nome completo; referente; contatto; naam; volledige naam; contactpersoon""",
        "first_name": "first name; given name; forename; vorname; prénom; nombre de pila; voornaam",
        "last_name": """last name; family name; surname; nachname; familienname; nom de famille; apellidos;
            apellido; cognome; achternaam""",
        "role": """role; title; job title; contact title; position; job; function; funktion; rolle; stelle;
            poste; fonction; rôle; cargo; puesto; rol; función; ruolo; qualifica; mansione; functie;
            functietitel""",
        "level": """level; seniority; hierarchy; management level; ebene; hierarchieebene; niveau; nivel;
            livello""",
        "influence": "influence; influences; power; decision role; einfluss; influencia; influenza; invloed",
        "email": """email; e mail; mail; email address; e mail address; mail address; e mail adresse;
            mailadresse; email 1; e mail 1 value; email 1 value; work email; courriel; adresse mail; adresse e
            mail; adresse email; correo; correo electrónico; email aziendale; posta elettronica; indirizzo
            email; e mailadres; emailadres""",
        "phone": """phone; telephone; tel; phone number; telephone number; business phone; work phone; phone 1
            value; mobile; mobile phone; mobile number; cell; telefon; telefonnummer; rufnummer; mobil; handy;
            mobiltelefon; téléphone; numéro de téléphone; portable; teléfono; móvil; número de teléfono;
            telefono; cellulare; telefoon; telefoonnummer; mobiel""",
        "channel": _CHANNEL,
    },
    Kind.FEES: {
        "client": _CLIENT + "; contact name; contact; name; nom; nombre; nome; naam",
        "code": _CODE,
        "date": _DATE,
        "amount": "",
        "document": """document; document no; document number; doc no; doc number; invoice no; invoice number;
            inv no; inv number; invoice id; invoice; inv; invoice ref; invoice reference; credit note number;
            bill no; bill number; voucher number; voucher no; order id; order no; order number; transaction id;
            transaction no; rechnungsnummer; rechnungs nr; rechnungsnr; rechnung nr; rechnung; re nr;
            belegnummer; belegnr; beleg nr; belegfeld 1; belegfeld1; beleg; numéro de facture; numéro facture;
            no facture; n facture; facture no; facture; número de factura; número factura; nº factura; no
            factura; n factura; num factura; factura; numero fattura; n fattura; nr fattura; no fattura;
            fattura; numero documento; factuurnummer; factuurnr; factuur nr; factuur; num; number; doc;
            reference; ref; nummer; numéro; número; numero; opportunity id""",
        "kind": """kind; type; document type; doc type; invoice type; transaction type; txn type; art; belegart;
            dokumentart; rechnungsart; typ; type de document; type de pièce; tipo; tipo documento; tipo de
            documento; soort; documenttype; documentsoort""",
        "linked_to": """linked to; credit for; credited invoice; credits invoice; original invoice; related
            invoice; applies to; applied to; linked invoice; zu rechnung; gutschrift zu; storno zu;
            ursprungsrechnung; facture d'origine; avoir sur facture; factura original; factura rectificada;
            fattura originale; oorspronkelijke factuur""",
        "currency": _CURRENCY,
        "rate": """rate; exchange rate; fx rate; currency rate; kurs; wechselkurs; umrechnungskurs; taux; taux
            de change; tipo de cambio; tasso di cambio; cambio; tasso; wisselkoers; koers""",
        "delivery_cost": """delivery cost; delivery costs; cost; costs; cost of delivery; direct cost; direct
            costs; cost of sales; cost of goods sold; cogs; project cost; project costs; external costs; kosten;
            einzelkosten; direkte kosten; projektkosten; fremdkosten; herstellkosten; coût; coûts; coûts
            directs; coste; costes; coste directo; costo; costi; costi diretti; kostprijs""",
        "service": """service; services; service name; product; product or service; item; leistung;
            dienstleistung; produkt; artikel; prestation; produit; servicio; producto; servizio; prodotto;
            dienst""",
        "engagement": """engagement; project; project name; job; job name; matter; campaign; retainer; projekt;
            projektname; auftrag; kampagne; projet; mission; proyecto; campaña; progetto; commessa; opdracht;
            campagne""",
        "disbursement": """disbursement; disbursements; is disbursement; expense; recharge; recharged;
            rechargeable; rebillable; auslage; auslagen; durchlaufender posten; débours; suplido; suplidos;
            anticipazione; verschot""",
        "status": """status; state; invoice status; document status; rechnungsstatus; belegstatus; zustand;
            statut; état; estado; stato; factuurstatus""",
    },
    Kind.COSTS: {
        "client": _CLIENT,
        "code": _CODE,
        "date": _DATE + "; spent on; booking date; paid on",
        "amount": "",
        "kind": """kind; type; cost kind; cost type; category; cost category; kostenart; art; kategorie; typ;
            type de coût; catégorie; tipo; tipo de coste; categoría; tipo di costo; categoria; soort;
            kostensoort""",
        "note": _NOTE
        + """; description; text; details; purpose; what; for; beschreibung; buchungstext; verwendungszweck;
            libellé; descripción; concepto; descrizione; causale; omschrijving""",
    },
    Kind.CONTACTS: {
        "client": _CLIENT,
        "code": _CODE,
        "date": _DATE + "; contact date; kontaktdatum; date du contact; fecha de contacto; contactdatum",
        "time": "time; time of day; start time; uhrzeit; zeit; heure; hora; ora; tijd; tijdstip; start",
        "direction": """direction; in out; inout; in or out; inbound outbound; incoming outgoing; who spoke;
            richtung; sens; dirección; direzione; richting""",
        "began": """began; begun by; started by; initiated by; initiator; initiative; who began; begonnen von;
            initié par; iniciado por; iniziato da; begonnen door""",
        "channel": _CHANNEL
        + """; type; kind; activity type; activity; contact type; how; method; via; kontaktart; art; typ; type
            de contact; tipo; tipo de contacto; tipo di contatto; soort; type contact""",
        "purpose": """purpose; zweck; anlass; reason; but; motif; propósito; motivo; finalidad; scopo; doel;
            reden""",
        "minutes": """minutes; mins; min; duration; duration minutes; duration min; length; minuten; dauer;
            durée; minutos; duración; minuti; durata; duur""",
        "people": """people; person; persons; participants; attendees; contact person; contact name; contact;
            contacts; with; who; ansprechpartner; teilnehmer; personen; gesprächspartner; personnes;
            interlocuteur; participantes; asistentes; personas; partecipanti; persone; deelnemers;
            contactpersoon""",
        "owner": _OWNER
        + """; colleagues; logged by; by; user; staff; our person; employee; mitarbeiter; kollege; kollegen; von
            uns; collaborateur; empleado; usuario; collega; medewerker""",
        "summary": """summary; subject; topic; title; what; description; content; text; betreff; thema;
            zusammenfassung; inhalt; beschreibung; résumé; sujet; objet; contenu; asunto; resumen; tema;
            descripción; oggetto; riassunto; argomento; onderwerp; samenvatting; omschrijving""",
        "note": _NOTE,
        "counts": "counts; counted; counts as contact; zählt; compte; cuenta; conta; telt mee; telt",
    },
    Kind.FEEDBACK: {
        "client": _CLIENT,
        "code": _CODE,
        "date": _DATE + """; received; received on; answered on; submitted; response date; eingegangen; reçu le""",
        "person": """person; name; respondent; contact person; contact name; contact; from; by; who; given by;
            ansprechpartner; von; personne; répondant; persona; encuestado; referente; persoon; contactpersoon""",
        "kind": "kind; type; feedback type; feedback kind; art; typ; tipo; soort; nature",
        "verbatim": """verbatim; feedback; comment; comments; quote; words; what they said; response; answer;
            text; wortlaut; rückmeldung; kommentar; zitat; antwort; commentaire; avis; retour; citation;
            comentario; comentarios; opinión; respuesta; commento; risposta; citazione; opmerking; reactie;
            antwoord; notes""",
        "work_score": """work score; score work; work rating; rating work; work; satisfaction with work; quality
            score; quality of work; arbeit; bewertung arbeit; qualität; note travail; qualité; calidad;
            puntuación trabajo; qualità; voto lavoro; kwaliteit""",
        "service_score": """service score; score service; service rating; rating service; service; satisfaction
            with service; standard of service; bewertung service; betreuung; note service; servicio; puntuación
            servicio; servizio; voto servizio; dienstverlening""",
        "nps": """nps; nps score; recommend; recommend 0 10; would recommend; likelihood to recommend;
            recommendation; weiterempfehlung; weiterempfehlen; recommandation; recommanderait; recomendación;
            recomendaría; raccomandazione; consiglierebbe; aanbeveling; aanbevelen""",
        "channel": _CHANNEL,
    },
    Kind.PLANS: {},
}


def _keys(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header_key(name) for name in names.split(";")))


def _amount_keys() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return _keys(_NET), _keys(_PLAIN), _keys(_GROSS)


NET_KEYS, PLAIN_KEYS, GROSS_KEYS = _amount_keys()
# Fields of ours that no list calls so by one name; they are put together from two columns.
FIRST_NAME, LAST_NAME = "first_name", "last_name"

KEYS: dict[Kind, dict[str, tuple[str, ...]]] = {
    kind: {
        field: _keys(names) if field != "amount" else NET_KEYS + PLAIN_KEYS + GROSS_KEYS
        for field, names in fields.items()
    }
    for kind, fields in _SYNONYMS.items()
}
ALL_KEYS = frozenset(key for fields in KEYS.values() for keys in fields.values() for key in keys)
