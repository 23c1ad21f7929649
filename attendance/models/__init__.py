"""Who was there: at the door, online, and the papers about it."""

from attendance.models.certificates import MarkedPresent, NewsDraft
from attendance.models.checkin import CheckIn, DoorPass
from attendance.models.importing import AttendanceReport, Attendee

__all__ = ["AttendanceReport", "Attendee", "CheckIn", "DoorPass", "MarkedPresent", "NewsDraft"]
