"""Look-alikes: the nearest training digits, and what a bad index is told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.explain import look_alikes
from digitpad.core.explain.look_alikes import (
    SIZE_LIMIT,
    Features,
    LookAlikes,
    bundled_path,
    features_layer,
    save_look_alikes,
)
from digitpad.core.model_file import Model, ModelFileError
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink, varied

Arrays = dict[str, NDArray[Any]]


@pytest.fixture
def index_file(tmp_path: Path, cnn: Model) -> Path:
    """An index of forty painted digits, four of each."""
    rng = np.random.default_rng(6)
    features = Features(cnn)
    pixels = [prepare_ink(varied(digit_ink(n % 10), rng)) for n in range(40)]
    path = tmp_path / "index.npz"
    save_look_alikes(
        path,
        cnn,
        np.rint(np.array(pixels) * 255).astype(np.uint8),
        (np.arange(40) % 10).astype(np.uint8),
        np.array([features.of(each) for each in pixels]),
        1.5,
    )
    return path


def test_a_picture_of_the_index_is_its_own_nearest(index_file: Path, cnn: Model) -> None:
    # Given
    index = LookAlikes.from_file(index_file, cnn)
    everything = index.nearest(Features(cnn).of(np.zeros((28, 28), np.float32)), 99)

    # When / then: all came back, and each finds itself first
    assert len(index) == len(everything) == 40
    assert index.typical_distance == 1.5
    for each in everything[:12]:
        first, *others = index.nearest(Features(cnn).of(each.pixels), 5)
        np.testing.assert_array_equal(first.pixels, each.pixels)
        assert first.label == each.label
        assert first.distance < 0.2
        distances = [first.distance, *(other.distance for other in others)]
        assert distances == sorted(distances)
        assert len(distances) == 5
    assert index.nearest(np.zeros(64, np.float32), 0) == ()


def test_the_bundled_index_belongs_to_the_bundled_network(cnn: Model) -> None:
    # When
    index = LookAlikes.bundled(cnn)

    # Then: small, with every digit, of MNIST alone and saying so
    assert bundled_path().stat().st_size <= 2 * 1024 * 1024
    assert len(index) > 5_000
    with np.load(bundled_path(), allow_pickle=False) as file:
        metadata = json.loads(str(file["metadata"]))
    assert metadata["licence"] == "CC BY-SA 3.0"
    assert "MNIST" in metadata["source"]
    features, right = Features(cnn), 0
    for digit in range(10):
        nearest = index.nearest(features.of(prepare_ink(digit_ink(digit))), 5)
        right += sum(each.label == digit for each in nearest)
        assert all(each.pixels.shape == (28, 28) for each in nearest)
        assert all(0.0 <= each.pixels.min() < each.pixels.max() <= 1.0 for each in nearest)
    assert right >= 45


def test_the_features_of_a_bundled_picture_are_what_the_network_makes_of_it(cnn: Model) -> None:
    index, features = LookAlikes.bundled(cnn), Features(cnn)
    for each in index.nearest(features.of(prepare_ink(digit_ink(3))), 20):
        assert index.nearest(features.of(each.pixels), 1)[0].distance < 0.1


def test_the_index_of_another_network_is_refused(index_file: Path, cnn: Model, mlp: Model) -> None:
    # Given the network with one weight changed
    kernel = cnn.weights["conv2/kernel"].copy()
    kernel[0, 0, 0, 0] += 0.001
    other = Model(cnn.metadata, {**cnn.weights, "conv2/kernel": kernel})

    for model in (other, mlp):
        with pytest.raises(ModelFileError, match=r"was made for another network.*\.$"):
            LookAlikes.from_file(index_file, model)


def test_another_calibration_or_detector_leaves_the_index_as_it_is(
    index_file: Path, cnn: Model
) -> None:
    weights = {name: w for name, w in cnn.weights.items() if not name.startswith("detector")}
    metadata = {**cnn.metadata, "calibration": {"temperature": 2.0, "unsure_below": 0.1}}
    assert len(LookAlikes.from_file(index_file, Model(metadata, weights))) == 40


def test_a_missing_file_a_folder_and_no_zip_are_refused(tmp_path: Path, cnn: Model) -> None:
    (tmp_path / "words.npz").write_bytes(b"no archive")
    for name, words in (("no.npz", "is missing"), ("words.npz", "is damaged"), ("", "be read")):
        with pytest.raises(ModelFileError, match=words):
            LookAlikes.from_file(tmp_path / name, cnn)


def test_cut_files_are_refused(index_file: Path, cnn: Model) -> None:
    data = index_file.read_bytes()
    for end in range(0, len(data), len(data) // 40):
        index_file.write_bytes(data[:end])
        with pytest.raises(ModelFileError, match="is damaged"):
            LookAlikes.from_file(index_file, cnn)


def test_flipped_bytes_are_refused_or_do_no_harm(index_file: Path, cnn: Model) -> None:
    data = bytearray(index_file.read_bytes())
    refused = 0
    for place in range(0, len(data), len(data) // 60):
        data[place] ^= 0x5A
        index_file.write_bytes(data)
        try:
            assert len(LookAlikes.from_file(index_file, cnn)) == 40
        except ModelFileError:
            refused += 1
        data[place] ^= 0x5A
    assert refused > 40


def _metadata(**changes: Any) -> Callable[[Arrays], None]:
    def change(arrays: Arrays) -> None:
        metadata = json.loads(str(arrays["metadata"]))
        arrays["metadata"] = np.array(json.dumps({**metadata, **changes}))

    return change


def _array(name: str, value: Callable[[NDArray[Any]], Any]) -> Callable[[Arrays], None]:
    def change(arrays: Arrays) -> None:
        arrays[name] = value(arrays[name])

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_metadata(format_version=2), "has another format"),
        (_metadata(features_digest="0" * 64), "was made for another network"),
        (_metadata(typical_distance=float("nan")), "has no typical distance"),
        (_metadata(typical_distance="far"), "is damaged"),
        (_array("metadata", lambda _: np.array("[]")), "is damaged"),
        (_array("pixels", lambda a: a[:, :27]), "do not fit together"),
        (_array("pixels", lambda a: a[:-1]), "do not fit together"),
        (_array("pixels", lambda a: a.astype(np.float32)), "of the wrong kind"),
        (_array("labels", lambda a: a + 1), "out of range"),
        (_array("labels", lambda a: a.astype(np.int64) - 9), "of the wrong kind"),
        (_array("labels", lambda a: np.array(3, np.uint8)), "is damaged"),
        (_array("features", lambda a: a[:, :63]), "do not fit together"),
        (_array("scales", lambda a: a * np.nan), "out of range"),
        (_array("scales", lambda a: np.array([{}] * 64)), "is damaged"),
        (lambda arrays: arrays.pop("labels"), "is damaged"),
        (lambda arrays: arrays.update({n: a[:0] for n, a in arrays.items() if a.ndim}), "fit"),
    ],
)
def test_what_does_not_fit_is_refused(
    index_file: Path, cnn: Model, change: Callable[[Arrays], None], words: str
) -> None:
    with np.load(index_file) as loaded:
        arrays = dict(loaded)
    change(arrays)
    np.savez_compressed(index_file, allow_pickle=True, **arrays)

    with pytest.raises(ModelFileError, match=words) as caught:
        LookAlikes.from_file(index_file, cnn)
    assert str(caught.value).endswith(".")


def test_too_large_files_and_zip_bombs_are_refused(
    tmp_path: Path, index_file: Path, cnn: Model
) -> None:
    # Given a file that is too large, and an index with an array beside it that is
    large = tmp_path / "large.npz"
    large.write_bytes(bytes(SIZE_LIMIT + 1))
    array = io.BytesIO()
    np.save(array, np.zeros(look_alikes.UNPACKED_LIMIT, np.uint8))
    with zipfile.ZipFile(index_file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("more.npy", array.getvalue())

    # When / then
    with pytest.raises(ModelFileError, match="too large"):
        LookAlikes.from_file(large, cnn)
    with pytest.raises(ModelFileError, match="is damaged"):
        LookAlikes.from_file(index_file, cnn)


def test_a_failed_save_leaves_the_old_file(
    index_file: Path, cnn: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = index_file.read_bytes()

    def fail(*_arguments: Any, **_arrays: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(OSError, match="disk full"):
        save_look_alikes(
            index_file,
            cnn,
            np.zeros((1, 28, 28), np.uint8),
            np.zeros(1, np.uint8),
            np.zeros((1, 64), np.float32),
            1.0,
        )
    assert index_file.read_bytes() == before
    assert list(index_file.parent.iterdir()) == [index_file]


def test_the_features_are_what_the_outputs_weigh(cnn: Model, mlp: Model) -> None:
    assert features_layer(cnn) == "dense1"
    assert features_layer(mlp) == "dense2"
    assert Features(cnn).of(np.zeros((28, 28), np.float32)).shape == (64,)
