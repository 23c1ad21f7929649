"""The library: what is published for good."""

from library.models.publications import Publication, PublicationFile

__all__ = ["Publication", "PublicationFile"]
