"""Who may ask for which page, written by hand: what is in no row here fails the tests.

`anyone`, `individual`, and of the staff `work` (staff and reviewer), `read` (these and the
auditor), `all` (the administrator, too), `hand` (all but the auditor), `review`, `admin`. The first
row that fits counts.
"""

import re

ROLES = {
    "anyone": {"anyone"},
    "individual": {"individual"},
    "work": {"staff", "reviewer"},
    "read": {"staff", "reviewer", "auditor"},
    "all": {"staff", "reviewer", "auditor", "admin"},
    "hand": {"staff", "reviewer", "admin"},
    "review": {"reviewer"},
    "admin": {"admin"},
    "auditor": {"auditor"},
    "signing in": {"staff", "reviewer", "auditor", "admin", "signing-in"},
    "meter": {"admin", "auditor", "meter"},
}
SORTS = (
    "agreement-terms|assessments|audits|canaries|complaints|filings|foreign-requests|hotline|"
    "incidents|joint-requests|minors-access|name-removals|not-applicable|recorded-controls|"
    "register-changes|remedies|safeguards|"
    "sdk-vettings|supervision"
)
"""Where the dossiers of each sort are."""

_TABLE = f"""
GET  / anyone
GET  /(healthz|schema|static|\\.well-known)(/.*)? anyone
GET  /metrics meter
GET  /tlog/tile/entries/.* auditor
GET  /tlog/.* anyone

GET  /console/dossiers read
GET  /console/({SORTS}) read
GET  /console/({SORTS})/list.(csv|xlsx) read
POST /console/({SORTS})/bulk(/do)? work
GET  /console/({SORTS})/new/{{what}} work
POST /console/({SORTS})/new/{{what}} work
GET  /console/({SORTS})/{{wanted}} read
POST /console/({SORTS})/{{wanted}}/unmask read
POST /console/({SORTS})/{{wanted}}/{{what}} work
GET  /console/audits/{{wanted}}/.* read
POST /console/audits/{{wanted}}/papers/{{item}} work
GET  /console/safeguards/measures(/scan)? read
POST /console/safeguards/measures(/scan)? work
GET  /console/assessments/{{wanted}}/sheet read
GET  /console/assessments/from/{{activity}} all
GET  /console/incident-desk/{{wanted}} read
POST /console/incident-desk/{{wanted}}/(count|letter) work
POST /console/incident-desk/{{wanted}}/people review
*    /console/canary-desk review
GET  /console/minors read
GET  /console/(borders|obligations|responsibility) all

GET  /console(/today.(csv|xlsx))? all
GET  /console/(decisions|lists|personalisation|second-person|settings|third-parties) all
*    /console/filters(/{{wanted}}/(rename|delete))? all
GET  /console/account all
POST /console/account/.* all
GET  /console/board/publish(/preview/{{name}})? all
POST /console/board/publish(/(settle|drop))? hand
GET  /console/board/{{row}}/not-applicable work
POST /console/board/run work
GET  /console/(board|board/{{row}}|drift|versions|versions/diff) all
GET  /console/findings(/list.(csv|xlsx))? all
POST /console/findings/bulk(/do)? work
GET  /console/decide all
POST /console/decide/(answer|together|confirm) hand
GET  /console/register/changes(/{{wanted}}(/patch)?)? read
POST /console/register/changes(/{{wanted}}/{{what}})? work
*    /console/register/(edit|new)/.* work
GET  /console/register(/.*)? all
GET  /console/consents(/change|/list.(csv|xlsx))? all
GET  /console/consents/(acts|decisions)(/list.(csv|xlsx))? read
GET  /console/evidence(/files)? all
POST /console/evidence/verify all
POST /console/evidence/files/{{wanted}}/release review
POST /console/evidence/files(/{{wanted}}/(decline|file))? hand
GET  /console/evidence/records.* read
POST /console/evidence/records/{{position}}/read read
*    /console/individual read
POST /console/individual/labels work
*    /console/people(/.*)? admin
GET  /console/releases(/.*)? all
POST /console/releases/.* hand
GET  /console/reviews(/{{task}})? all
POST /console/reviews/.* work
GET  /console/rights all
GET  /console/rights/new work
GET  /console/rights/.* read
POST /console/rights/{{wanted}}/read read
POST /console/rights/.* work
*    /console/(set-up|sign-in)(/.*)? anyone
*    /console/(totp|sign-out) signing in

GET  /centre anyone
GET  /centre/(about|contact|enter|first-run|information|minors|moments) anyone
GET  /centre/(recipients|summary|verify) anyone
GET  /centre/(responsibility|rules(/.*)?|files/.*|theme.css) anyone
POST /centre/demo anyone
POST /centre/enter anyone
POST /centre/leave individual
*    /centre/complaints(/.*)? individual
*    /centre/(consents|decisions|guardians|labels|prices|receipts|switches)(/.*)? individual
GET  /centre/handover anyone
POST /centre/handover(/take)? individual
GET  /centre/(promises|prompts)(/.*)? anyone
POST /centre/prompts/.* individual
GET  /centre/rights(/child)? anyone
*    /centre/rights/.* individual

GET  /v1/(documents|law|prompts|key)(/.*)? anyone
POST /v1/individuals/codes anyone
GET  /v1/register(/{{version_id}})? anyone
GET  /v1/register/{{version_id}}/document all
GET  /v1/diff/.* all
GET  /v1/(evidence/status|findings) all
GET  /v1/evidence/receipts(/.*)? individual
"""
ROWS = [
    (*line.split(maxsplit=2)[:1], *line.split(maxsplit=1)[1].split(" ", 1))
    for line in _TABLE.strip().splitlines()
    if line
]

SCOPES = {
    "/v1/dossiers": "dossier:write",
    "/v1/dossiers:act": "dossier:write",
    "/v1/dossiers:get": "dossier:read",
    "/v1/dossiers:list": "dossier:read",
    "/v1/dossiers:sorts": "dossier:read",
    "/v1/publications": "publication:write",
    "/v1/provisions": "provision:write",
    "/v1/provisions:batch": "provision:write",
    "/v1/provisions:count": "provision:read",
}
"""Which scope a key needs for the operations of duties."""


def may_ask(method: str, path: str) -> set[str] | None:
    """Return who may ask for a route, or None where the table has no row for it."""
    verb_asked = "GET" if method == "HEAD" else method
    for verb, pattern, who in ROWS:
        if verb in {"*", verb_asked} and re.fullmatch(pattern.replace("{", r"\{"), path):
            return ROLES[who.strip()]
    return None
