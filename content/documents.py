"""Documents on paper: the PDF, and the register of those with a number."""

from content.typesetting import UnfinishedDocument, pdf, qr_svg

__all__ = ["UnfinishedDocument", "pdf", "qr_svg"]
