"""Picture files: very large pictures are made smaller before anything else, and read alike."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from digitpad.core import picture_files
from digitpad.core.limits import Limits
from digitpad.core.picture_files import LoadedPicture, PictureFileError, load_picture
from tests.command_line import read
from tests.pictures import draw_picture, golden_digit


def load(path: Path) -> LoadedPicture:
    found = load_picture(path)
    assert found is not None
    return found


@pytest.fixture
def small_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a picture of 400 x 480 nine times too large."""
    monkeypatch.setattr(picture_files, "WORKING_PIXELS", 400 * 480 // 9 + 1)
    monkeypatch.setattr(picture_files, "STRIP", 7)


def large_picture(mode: str) -> Image.Image:
    drawn = draw_picture(golden_digit("4"), (400, 480), height=300, width=16)
    if mode == "I;16":
        return Image.fromarray(np.asarray(drawn).astype(np.uint16) * 257)
    if mode == "P with transparency":
        palette = drawn.convert("P")
        palette.info["transparency"] = 255
        return palette
    return drawn.convert(mode)


MODES = ("1", "L", "P", "P with transparency", "LA", "RGB", "RGBA", "I;16")


@pytest.mark.usefixtures("small_desk")
@pytest.mark.parametrize("mode", MODES)
def test_a_very_large_picture_is_made_smaller_and_read_alike(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.png"
    large_picture(mode).save(path)

    assert load(path).scale == 3
    assert load(path).image.size == (134, 160)

    status, (line,), complaints = read(path)

    assert (status, complaints) == (0, [])
    item = json.loads(line)
    assert item["text"] == "4"
    _, y, _, height = item["digits"][0]["box"]
    assert height == pytest.approx(316, abs=9), "in pixels of the file"
    assert y == pytest.approx(82, abs=9)


@pytest.mark.usefixtures("small_desk")
def test_the_mean_of_what_is_put_together_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    picture = large_picture("L")
    picture.save(path)
    expected = np.asarray(picture.reduce(3))
    np.testing.assert_array_equal(np.asarray(load(path).image), expected)


@pytest.mark.usefixtures("small_desk")
def test_a_camera_s_orientation_is_honoured_in_large_pictures_too(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    path = tmp_path / "a.jpg"
    large_picture("RGB").transpose(Image.Transpose.ROTATE_90).save(path, exif=exif)

    assert load(path).image.size == (134, 160)
    _, (line,), _ = read(path)
    assert json.loads(line)["text"] == "4"


def test_a_usual_picture_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    large_picture("L").save(path)
    assert (load(path).scale, load(path).image.size) == (1, (400, 480))


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        ((4, 4), "is too small for a digit (4 x 4 pixels)"),
        ((1, 9), "is too small for a digit (1 x 9 pixels)"),
        ((3000, 2), "is too long and thin for digits (3000 x 2 pixels)"),
        ((40, 30), "takes more than 0.001 MB to be decoded (40 x 30 pixels)"),
        ((60, 50), "has more than 0.002 million pixels"),
    ],
)
def test_a_size_that_cannot_do_is_refused(
    tmp_path: Path, size: tuple[int, int], reason: str
) -> None:
    path = tmp_path / "a.png"
    Image.new("L", size).save(path)
    with pytest.raises(PictureFileError) as caught:
        load_picture(path, Limits(pixels=2000, decoding=1000))
    assert str(caught.value) == reason


@pytest.mark.parametrize("size", [(2, 5), (5, 2), (8, 8), (16, 16), (28, 28), (20, 1000)])
def test_a_small_picture_is_taken(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "a.png"
    Image.new("L", size).save(path)
    assert load(path).image.size == size
