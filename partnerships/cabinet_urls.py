from django.urls import path

from partnerships import cabinet_requests, cabinet_views

# Included by partnerships.urls, in its namespace.
TIES = "<slug:member_slug>/partnerships/"
REQUESTS = "<slug:member_slug>/requests/"

urlpatterns = [
    path(TIES, cabinet_views.MemberPartnerships.as_view(), name="cabinet"),
    path(f"{TIES}add/", cabinet_views.AddPartnership.as_view(), name="cabinet_add"),
    path(f"{TIES}wish/", cabinet_views.Wish.as_view(), name="cabinet_wish"),
    path(f"{TIES}<int:pk>/", cabinet_views.EditPartnership.as_view(), name="cabinet_edit"),
    path(f"{TIES}<int:pk>/answer/", cabinet_views.Answer.as_view(), name="cabinet_answer"),
    path(f"{TIES}<int:pk>/agreement/", cabinet_views.Agreement.as_view(), name="cabinet_file"),
    path(REQUESTS, cabinet_requests.Requests.as_view(), name="cabinet_requests"),
    path(f"{REQUESTS}new/", cabinet_requests.NewRequest.as_view(), name="cabinet_request_new"),
    path(f"{REQUESTS}<int:pk>/", cabinet_requests.OneRequest.as_view(), name="cabinet_request"),
]
