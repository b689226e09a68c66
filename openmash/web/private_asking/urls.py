from django.urls import URLPattern

app_name = "private_asking"

urlpatterns: list[URLPattern] = []
