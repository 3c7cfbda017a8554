"""Forms of the watch: what is watched and promised, and a chart that begins anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.monitoring.queries.watching import WatchRow
from totalplace.record.rules.chain import Citation

_SEEN: Final = "The public sees this."
_CITED: Final = ("decision", "finding")


class SetWatch(forms.Form):
    """How many false alarms a year, what is left out, and which places are similar."""

    promise = forms.DecimalField(
        label="At most how many false alarms a year, over everything?",
        help_text="4 is one a quarter. Fewer false alarms mean that real falls are told later.",
        max_digits=6, decimal_places=2,
        error_messages={"required": "Say how many false alarms a year", "invalid":
                        "Give a number, such as 4"},
    )  # fmt: skip
    left_out = forms.CharField(
        label="What is not watched, and why",
        help_text="One on each line: its code, a colon and the reason, such as outcome/"
        f"adult-obesity: its survey ended. {_SEEN}",
        required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000,
    )  # fmt: skip
    alike = forms.CharField(
        label="Similar places",
        help_text="Codes of areas, such as E10000017, one on each line. Leave it empty to go by "
        "the newest published list.",
        required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", help_text=_SEEN, error_messages={"required": "Say why"},
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
    )  # fmt: skip

    def __init__(self, typed: Any, stands: WatchRow) -> None:
        super().__init__(typed)
        self.initial["promise"] = f"{stands.promise:g}"
        self.initial["left_out"] = "\n".join(f"{code}: {why}" for code, why in stands.left_out)
        self.initial["alike"] = "\n".join(stands.alike)

    def clean_left_out(self) -> list[tuple[str, str]]:
        """Each code with its reason. Raises ValidationError for a line without either."""
        found = []
        for line in self.cleaned_data["left_out"].splitlines():
            code, colon, why = line.partition(":")
            if not line.strip():
                continue
            if not colon or not code.strip() or not why.strip():
                raise ValidationError(
                    f"Write a code, a colon and the reason: '{line.strip()[:60]}' has not all three"
                )
            found.append((code.strip(), why.strip()))
        return found

    def clean_alike(self) -> list[str]:
        """The codes of the similar places."""
        said: str = self.cleaned_data["alike"]
        return list(dict.fromkeys(said.replace(",", " ").split()))


class BeginAnew(forms.Form):
    """From which period a chart begins anew, what says so, and why."""

    from_day = forms.ChoiceField(
        label="From which figure on is the new level normal?",
        error_messages={"required": "Choose a figure"},
    )
    citing = forms.CharField(
        label="Which decision or finding says so?",
        help_text="As it is cited, such as: decision wex-cabinet/12, or finding wexshire/3.",
        max_length=120, error_messages={"required": "Cite a decision or a finding"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why is the new level normal?", help_text=_SEEN,
        error_messages={"required": "Say why"}, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
    )  # fmt: skip

    def __init__(self, typed: Any, periods: Sequence[tuple[str, str]]) -> None:
        super().__init__(typed)
        field = self.fields["from_day"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [("", ""), *periods]

    def clean_citing(self) -> Citation:
        """What is cited. Raises ValidationError where it is neither a decision nor a finding."""
        kind, _, at = self.cleaned_data["citing"].strip().partition(" ")
        if kind not in _CITED or not at.strip():
            raise ValidationError("Begin with the word decision or finding, then its number")
        return Citation(kind, at.strip())
