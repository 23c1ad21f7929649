from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        # What registers with the ground floor and with the cabinet.
        from members import (  # noqa: F401
            certificate,
            chronicle,
            completeness,
            confirmation,
            handover,
            linkcheck,
            search,
            totals,
            workqueue,
        )
