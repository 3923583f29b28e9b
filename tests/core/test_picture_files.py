"""Picture files: very large pictures are made smaller before anything else, and read alike."""

from __future__ import annotations

import json
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from digitpad.core import picture_files
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.picture_files import LoadedPicture, PictureFileError, load_picture
from tests.command_line import read
from tests.hostile_files import png
from tests.pictures import draw_picture, golden_digit, save_with_damaged_first_page


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


def refused(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(PictureFileError) as caught:
        load_picture(path, limits)
    return str(caught.value)


def test_a_limit_is_told_in_plain_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (100, 100)).save(path)
    assert refused(path, Limits(pixels=9_999)) == "has more than 0.009999 million pixels"

    path.write_bytes(png(40_000, 40_000))
    assert refused(path, Limits(pixels=1_200_000_000)) == "has more than 1,200 million pixels"


def test_more_pixels_than_pillow_likes_may_be_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (14_000, 13_000), 1).save(path)

    found = load_picture(path, Limits(pixels=200_000_000))

    assert found is not None
    assert found.scale == 4


def test_a_tile_that_is_larger_than_the_picture_counts(tmp_path: Path) -> None:
    # Given a TIFF of 100 x 100 pixels whose one tile is said to have more
    path = tmp_path / "a.tif"
    path.write_bytes(tiled_tiff(side=100, tile=112))
    assert load(path).image.size == (100, 100)

    path.write_bytes(tiled_tiff(side=100, tile=64_000))
    assert refused(path) == "takes more than 400 MB to be decoded (100 x 100 pixels)"


def tiled_tiff(side: int, tile: int) -> bytes:
    """Return a grey TIFF of one tile, whose pixels are said to be as many as 112 x 112."""
    tags = {256: side, 257: side, 258: 8, 259: 1, 262: 1, 277: 1}
    tags |= {322: tile, 323: tile, 324: 200, 325: 112 * 112}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4)
    return head.ljust(200, b"\0") + bytes(112 * 112)


def test_what_a_progressive_jpeg_takes_besides_counts(tmp_path: Path) -> None:
    plain, progressive = tmp_path / "a.jpg", tmp_path / "b.jpg"
    Image.new("RGB", (100, 100)).save(plain)
    Image.new("RGB", (100, 100)).save(progressive, progressive=True)
    room = Limits(decoding=60_000)

    assert load_picture(plain, room) is not None
    assert "to be decoded" in refused(progressive, room)


def test_what_an_animation_takes_besides_counts(tmp_path: Path) -> None:
    still, moving = tmp_path / "a.gif", tmp_path / "b.gif"
    frames = [draw_picture(golden_digit(label), (100, 100)) for label in "271"]
    frames[0].save(still)
    frames[0].save(moving, save_all=True, append_images=frames[1:])
    room = Limits(decoding=60_000)

    assert load_picture(still, room) is not None
    assert "to be decoded" in refused(moving, room)


def test_a_bmp_of_very_many_runs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a BMP of 100 x 100 pixels in runs of 100
    path = tmp_path / "a.bmp"
    Image.new("P", (100, 100)).save(path)
    plain = path.read_bytes()
    runs = (b"\x64\x01\x00\x00") * 100 + b"\x00\x01"
    begin = int.from_bytes(plain[10:14], "little")
    path.write_bytes(plain[:30] + (1).to_bytes(4, "little") + plain[34:begin] + runs)
    assert load_picture(path) is not None

    monkeypatch.setattr(picture_files, "LARGEST_RUNS", len(runs))
    assert refused(path) == "takes too long to be unpacked"


@pytest.mark.parametrize("suffix", ["tif", "gif", "webp"])
def test_pages_beyond_the_most_are_not_lost_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    pages = [draw_picture(golden_digit(label)) for label in "2718"]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    monkeypatch.setattr(picture_files, "MOST_PAGES", 3)

    status, lines, complaints = read(path)

    assert status == 1
    assert [json.loads(line)["text"] for line in lines] == ["2", "7", "1"]
    assert complaints == [f"digitpad: {path}: has more than the 3 pages that were read"]


@pytest.mark.parametrize(("suffix", "further"), [("tif", 0), ("tif", 100), ("gif", 8), ("gif", 99)])
def test_a_page_that_is_cut_off_is_not_lost_in_silence(
    tmp_path: Path, suffix: str, further: int
) -> None:
    # Given a file of three pages that ends behind the second, or a little further
    path = tmp_path / f"a.{suffix}"
    pages = [draw_picture(golden_digit(label)) for label in "271"]
    pages[0].save(path, save_all=True, append_images=pages[1:2])
    whole = path.stat().st_size
    pages[0].save(path, save_all=True, append_images=pages[1:])
    path.write_bytes(path.read_bytes()[: whole + further])

    # When
    status, lines, complaints = read(path)

    # Then
    assert status == 1
    assert [json.loads(line)["text"] for line in lines] == ["2", "7"]
    (complaint,) = complaints
    assert complaint.startswith(f"digitpad: {path}: page 3: is truncated or damaged (")


def test_a_first_page_that_is_damaged_spoils_only_itself(tmp_path: Path) -> None:
    # Given a TIFF of three pages, of the first of which the pixels are no zlib data
    path = save_with_damaged_first_page(tmp_path / "a.tif", "271")

    # When
    status, lines, complaints = read(path)

    # Then
    assert status == 1
    assert [json.loads(line)["index"] for line in lines] == [1, 2]
    assert [json.loads(line)["text"] for line in lines] == ["7", "1"]
    (complaint,) = complaints
    assert complaint.startswith(f"digitpad: {path}: page 1: is truncated or damaged (")


@pytest.mark.parametrize("size", [(9000, 9000), (1, 1)])
def test_a_first_page_of_no_fit_size_spoils_only_itself(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "a.tif"
    pages = [draw_picture(golden_digit(label)) for label in "71"]
    Image.new("1", size).save(path, save_all=True, append_images=pages)

    status, lines, complaints = read(path)

    assert status == 1
    assert [json.loads(line)["text"] for line in lines] == ["7", "1"]
    (complaint,) = complaints
    assert complaint.startswith(f"digitpad: {path}: page 1: ")


def test_a_frame_that_is_damaged_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    # Given an animation whose first frame is of no use from its middle on
    path = tmp_path / "a.gif"
    frames = [draw_picture(golden_digit(label)) for label in "27"]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    data = bytearray(path.read_bytes())
    data[1_100:1_120] = b"\xff" * 20
    path.write_bytes(data)

    # When / then
    assert refused(path).startswith("is truncated or damaged (")


def test_of_a_large_animation_fewer_frames_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.gif"
    frames = [draw_picture(golden_digit(label), (100, 100)) for label in "27182"]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    monkeypatch.setattr(picture_files, "FRAME_PIXELS", 100 * 100 * 16 // 2)

    found = load(path)

    assert (found.pages, found.more) == (4, True)


def test_threads_may_decode_at_once(tmp_path: Path) -> None:
    # Given an animation, whose frames may be of fewer pixels than a still picture has
    large, moving = tmp_path / "a.png", tmp_path / "b.gif"
    Image.new("1", (5_000, 5_000), 1).save(large)
    frames = [draw_picture(golden_digit(label), (300, 300)) for label in "27182818284590452353"]
    frames[0].save(moving, save_all=True, append_images=frames[1:])
    before = Image.MAX_IMAGE_PIXELS

    # When both are read over and over
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(load, [large, moving] * 10)]

    # Then neither is refused, and what Pillow refuses is what it was
    assert [picture.pages for picture in found] == [1, 20] * 10
    assert before == Image.MAX_IMAGE_PIXELS


def test_pages_are_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [draw_picture(golden_digit(label)) for label in "27"]
    pages[0].save(path, save_all=True, append_images=pages[1:])

    found = load_picture(path, page=1, pages=7)

    assert found is not None
    assert (found.pages, found.more) == (7, False)
