"""The pages that there are."""

CENTRE = (
    "/centre",
    "/centre/information",
    "/centre/recipients",
    "/centre/rules",
    "/centre/rules/archive",
    "/centre/summary",
    "/centre/minors",
    "/centre/prompts",
    "/centre/first-run",
    "/centre/moments",
    "/centre/contact",
    "/centre/enter",
)
CONSOLE = (
    "/console",
    "/console/board",
    "/console/register",
    "/console/register/activities/nearby-stores",
    "/console/register/recipients/sentry",
    "/console/register/stores/main",
    "/console/register/apps/jishi-app",
    "/console/findings",
    "/console/versions",
    "/console/account",
    "/console/people",
)
PAGES = (*CENTRE, *CONSOLE)
