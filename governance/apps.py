from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("People, organisations and bodies")

    def ready(self):
        # What registers with the floors below.
        from governance import chronicle, search, vacancies, workqueue  # noqa: F401
