"""The addresses of the pages of entitlements."""

from __future__ import annotations

from django.urls import URLPattern, path

from totalplace.doors.web.entitlements import acting, here, looking

urlpatterns: list[URLPattern] = [
    path("", looking.every, name="entitlements"),
    path("propose/", acting.propose, name="entitlement-propose"),
    path("here/<str:place>/", here.asked, name="entitlements-here"),
    path("variants/<str:place>/", acting.set_variant, name="entitlement-variant"),
    path("<str:code>/", looking.guarantee, name="entitlement"),
    path("<str:code>/repeal/", acting.repeal, name="entitlement-repeal"),
    path("<str:code>/end/<str:place>/", acting.end_variant, name="entitlement-end-variant"),
    path("<str:code>/<int:number>/", looking.version, name="entitlement-version"),
    path("<str:code>/<int:number>/enact/", acting.enact, name="entitlement-enact"),
    path("<str:code>/<int:number>/withdraw/", acting.withdraw, name="entitlement-withdraw"),
    path("<str:code>/<int:number>/cost/", acting.add_cost, name="entitlement-cost"),
]
