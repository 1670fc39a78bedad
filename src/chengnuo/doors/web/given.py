"""What a view may ask for by name: the types of the injected arguments.

A view writes `services: GivenServices, lang: GivenLang, staff: GivenStaff, visitor: GivenVisitor`
or `desk: GivenDesk`; the names are those of `chengnuo.doors.web.app`.
"""

from litestar.di import NamedDependency

from chengnuo.base.text import Lang
from chengnuo.doors.web.services import Services
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.sessions import StaffSession
from chengnuo.usecases.register_desk import Desk

GivenServices = NamedDependency[Services]
GivenDesk = NamedDependency[Desk]
GivenLang = NamedDependency[Lang]
GivenStaff = NamedDependency[StaffSession | None]
GivenVisitor = NamedDependency[Visitor | None]
