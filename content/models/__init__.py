from content.models.approvals import Approval
from content.models.audit import AuditEntry
from content.models.documents import IssuedDocument
from content.models.files import Picture, PictureRendition, PrivateFile
from content.models.forms import SubmittedForm
from content.models.jobs import Job
from content.models.links import Link
from content.models.pages import Page, Topic
from content.models.retention import RetentionRun
from content.models.revisions import Revision
from content.models.search import SearchEntry, SearchWord
from content.models.translation import TranslationState

__all__ = [
    "Approval",
    "AuditEntry",
    "IssuedDocument",
    "Job",
    "Link",
    "Page",
    "Picture",
    "PictureRendition",
    "PrivateFile",
    "RetentionRun",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "SubmittedForm",
    "Topic",
    "TranslationState",
]
