"""Reasons: English for the command line, and what another language needs to say the same."""

from __future__ import annotations

import pickle

import pytest

from digitpad.core.reasons import Reason, reason_of


def test_a_reason_is_its_english_sentence() -> None:
    reason = Reason("has more than {limit} points in {name}", limit=1_000_000, name="a.inkml")

    assert reason == "has more than 1,000,000 points in a.inkml"
    assert reason.source == "has more than {limit} points in {name}"
    assert reason.parts == {"limit": 1_000_000, "name": "a.inkml"}


def test_what_a_library_said_follows_in_parentheses() -> None:
    assert Reason("is damaged", detail="broken {chunk}") == "is damaged (broken {chunk})"


def test_a_reason_within_another_one_is_kept() -> None:
    inner = Reason("a value is not a number")

    outer = Reason("trace {number}: {reason}", number="3", reason=inner)

    assert outer == "trace 3: a value is not a number"
    assert outer.parts["reason"] is inner


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(Reason("is too large")), "is too large"),
        (FileNotFoundError(2, "No such file or directory", "a.png"), "No such file or directory"),
        (ValueError("braces {stay}"), "braces {stay}"),
        (OSError(), ""),
    ],
)
def test_each_exception_has_a_reason(error: Exception, said: str) -> None:
    assert reason_of(error) == said


def test_a_reason_goes_to_another_process_whole() -> None:
    reason = Reason("longer than {limit} bytes", limit=5_000, detail="{odd}")

    copy = pickle.loads(pickle.dumps(reason))

    assert copy == reason
    assert (copy.source, copy.parts) == (reason.source, reason.parts)
