"""Departments in the cabinet: the list, and one of them with its people."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.editing import answered, once
from members import departments, profile
from members.cabinet import MandateMixin
from members.department_forms import ContactFormSet, DepartmentForm
from members.models import Department

MENU = "members:cabinet_departments"


class Departments(MandateMixin, TemplateView):
    """All departments of the member with their people."""

    template_name = "members/cabinet_departments.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        found = departments.departments_of(self.member)
        return super().get_context_data(departments=found, **kwargs)


class DepartmentEdit(MandateMixin, TemplateView):
    """One department; without a number a new one."""

    template_name = "members/cabinet_department.html"
    menu_name = MENU

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        department = self.department()
        form = DepartmentForm(member=self.member, department=department)
        initial = departments.contacts_of(department) if department else []
        return self.show(department, form, ContactFormSet(initial=initial, prefix="contacts"))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            self.member = profile.locked(self.member)
            if first := answered(request.POST.get("form_key", "")):
                return first
            department = self.department()
            form = DepartmentForm(request.POST, member=self.member, department=department)
            people = ContactFormSet(request.POST, prefix="contacts")
            if form.is_valid() & people.is_valid():
                key = form.cleaned_data["form_key"]
                return once(key, lambda: self.deed(department, form, people))
        return self.show(department, form, people)

    def department(self) -> Department | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(departments.departments_of(self.member), pk=pk) if pk else None

    def deed(self, department: Department | None, form: DepartmentForm, people) -> str:
        if department and "_remove" in self.request.POST:
            departments.remove(department, self.request.user)
            messages.success(self.request, _("The department is taken away."))
        else:
            departments.save(
                self.member, department, form.values(), people.people(), self.request.user
            )
            messages.success(self.request, _("Saved. The public page shows it at once."))
        return reverse(MENU, args=[self.member.slug])

    def show(self, department: Department | None, form, people) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                department=department, form=form, people=people, forms=[form, *people.forms]
            )
        )
