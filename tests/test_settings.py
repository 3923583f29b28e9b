"""Settings come back, and a damaged file never stops the program."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from digitpad.settings import SIZE_LIMIT, Settings, load_settings, save_settings


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    # Given
    path = tmp_path / "new" / "folder" / "settings.json"
    settings = Settings(geometry="AdnQ", pen_width=9)

    # When
    save_settings(path, settings)

    # Then
    assert load_settings(path) == settings
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults_and_no_note(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()
    assert not caplog.records


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\xff\xfe\x00",
        b'{"pen_width": 9',
        b"[1, 2]",
        b'{"pen_width": "thick"}',
        b'{"pen_width": true}',
        b'{"geometry": null}',
        b'{"pen_width": 3000000000}',
        b'{"geometry": "\\ud800"}',
        '{"arrangement": "\u00e4"}'.encode(),
        b"[" * 60_000,
        b" " * SIZE_LIMIT + b"{}",
    ],
)
def test_a_damaged_file_is_replaced_by_defaults_with_a_note(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damaged: bytes
) -> None:
    # Given
    path = tmp_path / "settings.json"
    path.write_bytes(damaged)

    # When
    with caplog.at_level(logging.WARNING):
        settings = load_settings(path)

    # Then
    assert settings == Settings()
    assert "damaged" in caplog.text
    caplog.clear()
    assert load_settings(path) == Settings()
    assert not caplog.records


def test_names_of_a_later_version_are_left_out(tmp_path: Path) -> None:
    # Given
    path = tmp_path / "settings.json"
    path.write_text('{"pen_width": 7, "colour": "red"}', encoding="utf-8")

    # Then
    assert load_settings(path) == Settings(pen_width=7)


def test_a_place_that_cannot_be_read_or_written_is_only_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # Given a file where the folder should be
    (tmp_path / "folder").write_text("")

    # When
    path = tmp_path / "folder" / "settings.json"
    with caplog.at_level(logging.WARNING):
        save_settings(path, Settings(pen_width=9))
        settings = load_settings(path)

    # Then
    assert settings == Settings()
    assert "cannot be kept" in caplog.text
    assert "cannot be read" in caplog.text
