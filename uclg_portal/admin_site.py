"""The secretariat's admin: signs in through allauth, opens on the work queues."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from content import workqueue
from mailing import heartbeat


class PortalAdminSite(AdminSite):
    site_header = _("UCLG-Eurasia, secretariat")
    site_title = _("UCLG-Eurasia, secretariat")
    index_title = _("Work queues")
    site_url = "/"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.login = secure_admin_login(self.login)

    def index(self, request, extra_context=None):
        queues = list(workqueue.queues_for(request.user))
        state = {"work_queues": queues, "heartbeats": heartbeat.sentences()}
        return super().index(request, {**(extra_context or {}), **state})
