"""Addresses below accounts/; allauth includes them."""

from django.urls import path

from qingqun.hub.doors import views

urlpatterns = [
    path("platform/<slug:provider_id>/login/", views.login, name="platform_login"),
    path("platform/<slug:provider_id>/login/callback/", views.callback, name="platform_callback"),
]
