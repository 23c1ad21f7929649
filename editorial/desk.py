"""The base admin of all that goes through the editorial flow."""

from content.record_admin import PublicRecordAdmin


class EditorialAdmin(PublicRecordAdmin):
    """Admin of a public record that is reviewed, scheduled, corrected, withdrawn."""
