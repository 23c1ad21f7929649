from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "uclg_portal"
    label = "uclg_portal"

    def ready(self):
        from uclg_portal import workqueue  # noqa: F401 - registers with the ground floor


class PortalAdminConfig(AdminConfig):
    default_site = "uclg_portal.admin_site.PortalAdminSite"
