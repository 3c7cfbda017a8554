"""The addresses of what is done about counts; they come before those that only show one."""

from __future__ import annotations

from django.urls import path

from totalplace.doors.web.count_acts import deciding, freezing, ruling

urlpatterns = [
    path("rulings/", ruling.every, name="rulings"),
    path("rulings/new/", ruling.new, name="new ruling"),
    path("rulings/<int:number>/withdraw/", ruling.withdraw, name="withdraw ruling"),
    path("<str:place>/new/", freezing.new, name="freeze"),
    path("<str:place>/<str:year>/<int:number>/decide/", deciding.deciding, name="decide"),
]
