"""The library: what is published for good."""

from library.models.files import PublicationFile
from library.models.publications import Publication
from library.models.series import Series, roman

__all__ = ["Publication", "PublicationFile", "Series", "roman"]
