from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuesConfig(AppConfig):
    name = "dues"
    verbose_name = _("Membership dues")

    def ready(self):
        # What registers with the ground floor and with the cabinet.
        from dues import attention, workqueue  # noqa: F401
