"""An inspection as JSON, form 1: whole, so that a later release can be held against it.

Every field is written, also where it says nothing, so that one value has one form. Enumerations
stand as their values, details as pairs in their order. `doors/inspection_form.py` reads it back.
"""

from chengnuo.base.canonical import Tree
from chengnuo.domain.observation.inspection import Inspection, PackageFacts, SdkSeen
from chengnuo.domain.observation.observation import Observation, Owner, Place, Step

FORM = 1
"""Raise it when a field goes or changes its meaning; a new one may come at any time."""


def inspection_tree(inspection: Inspection) -> dict[str, Tree]:
    """Return an inspection as a tree of JSON."""
    return {
        "package": package_tree(inspection.package),
        "knowledge": inspection.knowledge,
        "sdks": [_sdk(one) for one in inspection.sdks],
        "observations": [observation_tree(one) for one in inspection.observations],
        "unread": [{"where": one.where, "why": one.why} for one in inspection.unread],
        "notFinished": list(inspection.not_finished),
    }


def package_tree(facts: PackageFacts) -> Tree:
    """Return what a package says of itself as a tree of JSON."""
    return {
        "kind": facts.kind.value,
        "sha256": facts.sha256,
        "size": facts.size,
        "appId": facts.app_id,
        "versionName": facts.version_name,
        "versionCode": facts.version_code,
        "minSdk": facts.min_sdk,
        "targetSdk": facts.target_sdk,
        "signers": list(facts.signers),
        "files": facts.files,
        "methods": facts.methods,
        "launchers": list(facts.launchers),
    }


def _sdk(seen: SdkSeen) -> Tree:
    return {
        "owner": _owner(seen.owner),
        "presence": seen.presence.value,
        "version": seen.version,
        "signs": list(seen.signs),
        "reads": list(seen.reads),
        "moment": seen.moment.value,
    }


def observation_tree(one: Observation) -> Tree:
    """Return an observation as a tree of JSON."""
    return {
        "id": one.id,
        "observer": one.observer.value,
        "subject": one.subject.value,
        "what": one.what,
        "categories": list(one.categories),
        "owner": _owner(one.owner),
        "causedBy": _owner(one.caused_by),
        "permissions": list(one.permissions),
        "moment": one.moment.value,
        "place": _place(one.place),
        "path": [_step(step) for step in one.path],
        "confidence": one.confidence.value,
        "details": [list(pair) for pair in one.details],
    }


def _owner(owner: Owner) -> Tree:
    return {"kind": owner.kind.value, "id": owner.id, "also": list(owner.also)}


def _place(place: Place) -> Tree:
    return {
        "file": place.file,
        "className": place.class_name,
        "method": place.method,
        "pc": place.pc,
        "line": place.line,
    }


def _step(step: Step) -> Tree:
    return {
        "className": step.class_name,
        "method": step.method,
        "pc": step.pc,
        "why": step.why.value,
        "guards": [
            {
                "condition": guard.condition,
                "taken": guard.taken,
                "isConsent": guard.is_consent,
                "pc": guard.pc,
            }
            for guard in step.guards
        ],
    }
