from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self):
        # Registries of the floors below.
        from practices import activity, attention, reminders, search, workqueue  # noqa: F401
