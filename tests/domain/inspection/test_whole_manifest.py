"""What feature parts add to the manifest of an app."""

from chengnuo.domain.inspection.component import Component, ComponentKind
from chengnuo.domain.inspection.manifest import Manifest, UsedPermission
from chengnuo.domain.inspection.whole_manifest import whole_manifest

MAIN = Component(kind=ComponentKind.ACTIVITY, name="com.example.Main")
PAY = Component(kind=ComponentKind.SERVICE, name="com.example.pay.Pay")
CAMERA, PHONE = (UsedPermission(name=f"android.permission.{one}") for one in ("CAMERA", "PHONE"))
BASE = Manifest(package="com.example", components=(MAIN,), permissions=(CAMERA, CAMERA))


def test_components_and_permissions_of_feature_parts_are_the_apps() -> None:
    feature = Manifest(package="com.example", components=(MAIN, PAY), permissions=(PHONE, CAMERA))
    whole = whole_manifest(BASE, [feature, feature])
    assert whole.components == (MAIN, PAY)
    assert whole.permissions == (CAMERA, CAMERA, PHONE)


def test_a_part_of_another_app_counts_for_nothing() -> None:
    assert whole_manifest(BASE, [Manifest(package="org.other", components=(PAY,))]) == BASE
