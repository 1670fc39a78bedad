"""The pages that there are."""

CENTRE = (
    "/centre",
    "/centre/about",
    "/centre/information",
    "/centre/recipients",
    "/centre/responsibility",
    "/centre/rules",
    "/centre/rules/archive",
    "/centre/summary",
    "/centre/minors",
    "/centre/prompts",
    "/centre/prompts/nearby-stores",
    "/centre/first-run",
    "/centre/moments",
    "/centre/contact",
    "/centre/handover",
    "/centre/enter",
    "/centre/rights",
    "/centre/promises",
)
LEADS = {
    "/centre/promises": {
        "zh": "/centre/promises/index.html",
        "en": "/centre/promises/en.html",
    }
}
"""Pages that lead to another, by language: what is published there."""
CONSOLE = (
    "/console",
    "/console/board",
    "/console/board/duty-1",
    "/console/board/publish",
    "/console/register",
    "/console/responsibility",
    "/console/register/activities/nearby-stores",
    "/console/register/recipients/sentry",
    "/console/register/stores/main",
    "/console/register/apps/jishi-app",
    "/console/findings",
    "/console/versions",
    "/console/consents",
    "/console/rights",
    "/console/releases",
    "/console/drift",
    "/console/decide",
    "/console/borders",
    "/console/assessments/from/nearby-stores",
    "/console/evidence",
    "/console/account",
    "/console/people",
    "/console/obligations",
    "/console/second-person",
    "/console/lists",
    "/console/decisions",
    "/console/personalisation",
    "/console/third-parties",
    "/console/settings",
    "/console/filters",
)
PAGES = (*CENTRE, *CONSOLE)

EVIDENCE_OF_STAFF = (
    "/console/evidence",
    "/console/evidence/records",
    "/console/evidence/records/0",
    "/console/evidence/files",
    "/console/reviews",
    "/console/dossiers",
    "/console/minors",
    "/console/complaints",
    "/console/complaints/new/take-down",
    "/console/hotline",
    "/console/board/also-1/not-applicable",
    "/console/not-applicable",
    "/console/hotline/new/month",
    "/console/incidents/new/discover",
    "/console/canaries",
    "/console/canary-desk",
    "/console/safeguards/measures",
    "/console/audits/new/plan",
    "/console/sdk-vettings/new/ask",
    "/console/agreement-terms",
    "/console/joint-requests/new/take-down",
    "/console/register/changes",
    "/console/register/edit/activities/nearby-stores",
    "/console/register/edit/stores/main",
    "/console/register/new/recipients",
)
"""For a reviewer; an admin, who sees every page above, sees no records."""
OF_AN_INDIVIDUAL = (
    "/centre/receipts",
    "/centre/consents",
    "/centre/switches",
    "/centre/decisions",
    "/centre/labels",
    "/centre/prices",
    "/centre/complaints",
    "/centre/guardians",
)
"""For somebody who came in from the app."""
CONSENTS_OF_STAFF = (
    "/console",
    "/console/board",
    "/console/consents",
    "/console/consents/acts",
    "/console/consents/decisions",
    "/console/individual",
)
"""For a reviewer, of a shop in which people have chosen."""
CHOSEN_BY_AN_INDIVIDUAL = ("/centre", "/centre/consents", "/centre/switches")
"""For somebody who has chosen: with consents, switches set, labels to clear, one use left."""
BY_ITSELF = "/centre/verify"
"""The one page outside every frame."""
