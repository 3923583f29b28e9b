"""Model files: what is saved comes back, and what is damaged or hostile is one sentence."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.core import model_file
from digitpad.core.model_file import ModelFileError, load_model, save_model
from tests.small_models import (
    DETECTOR,
    save_small_model,
    save_trajectory_model,
    small_metadata,
    small_weights,
)


def refusal(path: Path) -> str:
    """Return the sentence with which a model file is refused."""
    with pytest.raises(ModelFileError) as caught:
        load_model(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def rewrite(path: Path, metadata: dict[str, Any], **arrays: Any) -> None:
    """Change metadata and arrays of a model file, its checksum left as it is."""
    with np.load(path) as file:
        held: dict[str, Any] = {name: file[name] for name in file.files}
    changed = json.loads(str(held["metadata"])) | metadata
    held |= {"metadata": np.array(json.dumps(changed))} | arrays
    with path.open("wb") as out:
        np.savez(out, **held)


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    weights = small_weights(log_odds=1.0, seed=1)
    metadata = small_metadata(digit_detector=DETECTOR, trained_on=["ä"])
    save_model(tmp_path / "new" / "a.npz", metadata, weights)

    model = load_model(tmp_path / "new" / "a.npz")

    assert metadata.items() <= model.metadata.items()
    assert (model.temperature, model.unsure_below) == (1.0, 0.8)
    assert model.digit_detector() is not None
    assert model.weights.keys() == weights.keys()
    for name, array in weights.items():
        np.testing.assert_array_equal(model.weights[name], array)


def test_a_cut_or_flipped_file_is_refused_or_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    weights = small_weights(seed=2)
    save_model(path, small_metadata(), weights)
    data = path.read_bytes()
    for length in [*range(0, len(data), len(data) // 60), len(data) - 1]:
        path.write_bytes(data[:length])
        refusal(path)
    rng = np.random.default_rng(3)
    refused = 0
    for place in rng.integers(0, len(data), 200):
        flipped = bytearray(data)
        flipped[place] ^= int(rng.integers(1, 256))
        path.write_bytes(flipped)
        try:
            model = load_model(path)
        except ModelFileError:
            refused += 1
        else:
            # Some bytes of a zip, such as a time, mean nothing to the model.
            for name, array in weights.items():
                np.testing.assert_array_equal(model.weights[name], array)
    assert refused > 180


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\x89PNG\r\n" * 99, b"\0" * 999])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(data)
    assert "damaged or not a model file" in refusal(tmp_path / "a.npz")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "is missing" in refusal(tmp_path / "none.npz")
    assert "cannot be read" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"calibration": {"temperature": 2.0, "unsure_below": 0.1}}, "checksum"),
        ({"note": "new"}, "checksum"),
        ({"sha256": None}, "checksum"),
        ({"format_version": 99}, "has format 99"),
        ({"preprocess_version": 99}, "preprocessing 99"),
    ],
)
def test_tampered_metadata_is_refused(tmp_path: Path, metadata: Any, words: str) -> None:
    path = save_small_model(tmp_path / "a.npz")
    rewrite(path, metadata)
    assert words in refusal(path)


def test_changed_double_and_pickled_arrays_are_refused(tmp_path: Path) -> None:
    ran = tmp_path / "ran"

    class Bomb:
        def __reduce__(self) -> Any:
            return (os.mkdir, (str(ran),))

    for array in (np.ones(10, np.float32), np.zeros(10), np.array([Bomb()], object)):
        path = save_small_model(tmp_path / "a.npz")
        rewrite(path, {}, **{"digits/bias": array})
        refusal(path)
    assert not ran.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"input_shape": [32, 32, 1]},
        {"labels": list("1234567890")},
        {"layers": []},
        {"layers": "abc"},
        {"layers": [{"type": "flatten", "name": "pixels"}]},
        {"calibration": {}},
        {"calibration": {"temperature": float("nan"), "unsure_below": 0.5}},
        {"calibration": {"temperature": 10**400, "unsure_below": 0.5}},
        {"calibration": {"temperature": 0, "unsure_below": 0.5}},
        {"calibration": {"temperature": 1.0, "unsure_below": 1.5}},
        {"digit_detector": []},
        {"digit_detector": {"features": "pixels", "layers": []}},
        {"digit_detector": {**DETECTOR, "features": "nowhere"}},
        {"digit_detector": {**DETECTOR, "features": "digits"}},
        {"digit_detector": {key: DETECTOR[key] for key in DETECTOR if key != "kinds"}},
        {"digit_detector": {**DETECTOR, "kinds": ["7"]}},
        {"digit_detector": {**DETECTOR, "kinds": ["7", "1"]}},
        {"digit_detector": {**DETECTOR, "kinds": ["x", "y"]}},
    ],
)
def test_metadata_that_make_no_model_are_refused(tmp_path: Path, changes: Any) -> None:
    save_model(tmp_path / "a.npz", small_metadata(**changes), small_weights(log_odds=0.0))
    refusal(tmp_path / "a.npz")


def test_weights_of_another_shape_or_not_finite_are_refused(tmp_path: Path) -> None:
    for bias in (np.zeros(9, np.float32), np.full(10, np.nan, np.float32)):
        weights = small_weights() | {"digits/bias": bias}
        save_model(tmp_path / "a.npz", small_metadata(), weights)
        refusal(tmp_path / "a.npz")


@pytest.mark.parametrize("name", ["digits/kernel", "is_digit/kernel", "trajectory1/kernel"])
def test_weights_that_are_finite_but_too_large_to_be_added_up_are_refused(
    tmp_path: Path, name: str
) -> None:
    # Given a sound model, of which one network has weights near the largest number there is
    path = save_trajectory_model(tmp_path / "a.npz", [0.0] * 10)
    model = load_model(path)
    huge = np.full_like(model.weights[name], 3e38)
    huge[::2] *= -1
    save_model(path, model.metadata, {**model.weights, name: huge})

    # When / then
    assert "so large that an output may not be finite" in refusal(path)


def test_large_weights_are_taken_when_they_can_be_added_up(tmp_path: Path) -> None:
    weights = small_weights() | {"digits/kernel": np.full((784, 10), 1e30, np.float32)}
    save_model(tmp_path / "a.npz", small_metadata(), weights)
    load_model(tmp_path / "a.npz")


def test_oversized_files_and_zip_bombs_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = small_weights() | {"spare": np.zeros(500_000, np.float32)}
    bomb = tmp_path / "bomb.npz"
    save_model(bomb, small_metadata(), weights)
    load_model(bomb)
    monkeypatch.setattr(model_file, "SIZE_LIMIT", 1_000_000)
    refusal(bomb)
    with (tmp_path / "large.npz").open("wb") as file:
        file.truncate(1_000_001)
    assert "too large" in refusal(tmp_path / "large.npz")


def test_a_header_that_promises_too_much_is_refused(tmp_path: Path) -> None:
    member = io.BytesIO()
    header = {"descr": "<f4", "fortran_order": False, "shape": (10**13,)}
    np.lib.format.write_array_header_1_0(member, header)
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("metadata.npy", member.getvalue())
    refusal(tmp_path / "a.npz")


@pytest.mark.parametrize("step", ["write", "replace"])
def test_a_failed_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = save_small_model(tmp_path / "a.npz")
    before = path.read_bytes()

    def fail(*_arguments: Any, **_arrays: Any) -> None:
        raise OSError("disk full")

    if step == "write":
        monkeypatch.setattr(np, "savez_compressed", fail)
    else:
        monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        save_small_model(path, [1.0] * 10)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
