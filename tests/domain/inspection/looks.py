"""The observers of files, settings, permissions, parts and blind spots, for their tests."""

from chengnuo.domain.inspection.blind_spots import blind_spots
from chengnuo.domain.inspection.bridges import bridges
from chengnuo.domain.inspection.packing import packing
from chengnuo.domain.inspection.parts import exported_parts
from chengnuo.domain.inspection.permissions_seen import permissions
from chengnuo.domain.inspection.settings import settings
from chengnuo.domain.inspection.shells import shells
from chengnuo.domain.inspection.signing import signing
from chengnuo.domain.inspection.unseen_calls import unseen_calls
from chengnuo.domain.inspection.wakes import wakes

LOOKS = (
    settings,
    signing,
    permissions,
    exported_parts,
    wakes,
    packing,
    blind_spots,
    unseen_calls,
    shells,
    bridges,
)
