"""The address of the button that takes an offer over; included by questionnaires.urls."""

from django.urls import re_path

from questionnaires.offer_views import TakeOffer

urlpatterns = [
    re_path(
        r"^cabinet/(?P<member_slug>[-\w]+)/ratings/(?P<pk>\d{1,18})/sections/"
        r"(?P<code>[A-Z0-9]{1,12})/take/(?P<indicator>\d{1,18})/$",
        TakeOffer.as_view(),
        name="take_offer",
    )
]
