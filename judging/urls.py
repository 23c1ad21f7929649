from judging import screen_urls

app_name = "judging"
urlpatterns = [*screen_urls.urlpatterns]
