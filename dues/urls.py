from django.urls import path, register_converter

from dues import cabinet_views


class InvoiceNumber:
    """2026-0017"""

    regex = r"\d{4}-\d{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(InvoiceNumber, "invoicenumber")

CABINET = "cabinet/<slug:member_slug>/dues/"

app_name = "dues"
urlpatterns = [
    path(CABINET, cabinet_views.CabinetDues.as_view(), name="cabinet"),
    path(
        CABINET + "<invoicenumber:number>.pdf", cabinet_views.CabinetInvoice.as_view(),
        name="cabinet_invoice",
    ),
    path(
        CABINET + "statement.pdf", cabinet_views.CabinetStatement.as_view(),
        name="cabinet_statement",
    ),
]  # fmt: skip
