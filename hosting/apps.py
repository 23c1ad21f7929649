from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HostingConfig(AppConfig):
    name = "hosting"
    verbose_name = _("Host cities")

    def ready(self):
        from hosting import attention, deadlines, search, workqueue  # noqa: F401 - register themselves
