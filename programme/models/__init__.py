"""The programme of an event: its draft, its published versions, and who wants to hear what."""

from programme.models.documents import DocumentVersion, EventDocument, MaterialRequest
from programme.models.sessions import Session, SpeakerRole, Star
from programme.models.versions import ProgrammeVersion

__all__ = [
    "DocumentVersion",
    "EventDocument",
    "MaterialRequest",
    "ProgrammeVersion",
    "Session",
    "SpeakerRole",
    "Star",
]
