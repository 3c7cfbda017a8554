"""Addresses of these pages."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.participation.partnership import acting, looking

_MEETING: Final = "<str:place>/meetings/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.every, name="partnerships"),
    path("<str:place>/", looking.partnership, name="partnership"),
    path("<str:place>/set-up/", acting.set_up, name="partnership-set-up"),
    path("<str:place>/popolo.json", looking.popolo, name="partnership-popolo"),
    path("<str:place>/support/", looking.support, name="partnership-support"),
    path("<str:place>/do/<slug:verb>/", acting.on_place, name="partnership-do"),
    path(_MEETING, looking.meeting, name="partnership-meeting"),
    path(
        f"{_MEETING}items/<int:item>/papers/<int:paper_number>/", looking.paper,
        name="partnership-paper",
    ),
    path(
        f"{_MEETING}items/<int:item>/<slug:verb>/", acting.on_item, name="partnership-item-act"
    ),
    path(f"{_MEETING}<slug:verb>/", acting.on_meeting, name="partnership-meeting-act"),
    path("<str:place>/motions/<int:number>/", looking.motion, name="partnership-motion"),
    path(
        "<str:place>/motions/<int:number>/<slug:verb>/", acting.on_motion,
        name="partnership-motion-act",
    ),
    path("<str:place>/seats/<int:number>/<slug:verb>/", acting.on_seat, name="partnership-seat"),
    path(
        "<str:place>/offers/<int:number>/<slug:verb>/", acting.on_offer, name="partnership-offer"
    ),
    path(
        "<str:place>/advice/<int:number>/<slug:verb>/", acting.on_advice, name="partnership-advice"
    ),
]  # fmt: skip
