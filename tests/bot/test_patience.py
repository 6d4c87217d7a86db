"""What may hang is asked once at a time, and nobody waits for it too long; a fault is no answer, and asked again."""

import threading

import pytest

from bot.patience import Patient


def test_what_hangs_is_asked_once_and_answers_when_it_goes_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.patience.PATIENCE", 0.1)
    goes_on, asked = threading.Event(), []

    def ask() -> str:
        asked.append(1)
        goes_on.wait(10)
        return "well"

    patient = Patient(ask, "silent", fresh=60)
    assert [patient.answer() for _ in range(3)] == ["silent"] * 3
    assert len(asked) == 1
    goes_on.set()
    monkeypatch.setattr("bot.patience.PATIENCE", 10)
    assert patient.answer() == "well"


def test_after_a_fault_it_is_asked_again():
    answers = iter([ZeroDivisionError(), "well"])

    def ask() -> str:
        said = next(answers)
        if isinstance(said, Exception):
            raise said
        return said

    patient = Patient(ask, "silent")
    assert [patient.answer(), patient.answer()] == ["silent", "well"]
