app_name = "standings"
urlpatterns = []
