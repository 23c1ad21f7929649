"""Dues in the admin; each page stands in a module of its own."""

from django.contrib import admin

from dues import invoice_admin, reminder_admin, run_admin, scale_admin
from dues.models import CountryGroup, FeeScale, Invoice, IssueRun, Payee, Reminder

admin.site.register(CountryGroup, scale_admin.CountryGroupAdmin)
admin.site.register(FeeScale, scale_admin.FeeScaleAdmin)
admin.site.register(Payee, scale_admin.PayeeAdmin)
admin.site.register(Invoice, invoice_admin.InvoiceAdmin)
admin.site.register(IssueRun, run_admin.IssueRunAdmin)
admin.site.register(Reminder, reminder_admin.ReminderAdmin)
