"""Private files, sent to those who may have them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from content import privatefiles
from content.models import PrivateFile


@login_required
def private_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    kept = get_object_or_404(PrivateFile.objects.for_user(request.user), pk=pk)
    return privatefiles.response_for(kept)
