"""Posts, vacancies, turnover and skills, as each body returned them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar = [("monitoring", "0002_answering")]
    operations: ClassVar = []
