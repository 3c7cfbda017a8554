"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.participation.hearings import acting, looking, preparing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.index, name="hearings"),
    path("begin/", preparing.begin, name="hearing-begin"),
    path("<int:number>/", looking.hearing, name="hearing"),
    path("<int:number>/answers.csv", looking.answers, name="hearing-answers"),
    path("<int:number>/frozen.json", looking.frozen, name="hearing-frozen"),
    path("<int:number>/papers/<int:paper>/", looking.paper, name="hearing-paper"),
    path("<int:number>/papers/<int:paper>/leave-out/", preparing.leave_out, name="hearing-out"),
    path("<int:number>/prepare/", preparing.prepare, name="hearing-prepare"),
    path("<int:number>/prepare/<slug:name>/", preparing.section, name="hearing-section"),
    path("<int:number>/add-paper/", preparing.paper, name="hearing-add-paper"),
    path("<int:number>/open/", preparing.open_hearing, name="hearing-open"),
    path("<int:number>/reply/<str:agency>/", acting.reply, name="hearing-reply"),
    path("<int:number>/points/<int:point>/", acting.answer, name="hearing-answer"),
    path("<int:number>/take-up/<int:turn>/", acting.take_up, name="hearing-take-up"),
    path("<int:number>/finish/partnership/", acting.finish, name="hearing-finish"),
    path("<int:number>/conclude/", acting.conclude, name="hearing-conclude"),
    path("<int:number>/extend/", acting.extend, name="hearing-extend"),
    path("<int:number>/withdraw/", acting.withdraw, name="hearing-withdraw"),
]
