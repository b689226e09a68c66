from django.urls import URLPattern

app_name = "register_linking"

urlpatterns: list[URLPattern] = []
