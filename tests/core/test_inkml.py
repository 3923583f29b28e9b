"""InkML: what others write is understood, ours comes back exactly, the hostile is refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.ink import Ink
from digitpad.core.ink_files import InkItem
from digitpad.core.ink_lines import InkFileError
from digitpad.core.inkml import parse_inkml, read_inkml
from digitpad.core.inkml_writer import ink_to_inkml
from digitpad.core.limits import Limits

HEAD = '<?xml version="1.0"?><ink xmlns="http://www.w3.org/2003/InkML">'
XYF = '<channel name="X"/><channel name="Y"/><channel name="F" min="0" max="1000"/>'


def parse(body: str, limits: Limits | None = None) -> InkItem:
    return parse_inkml(f"{HEAD}{body}</ink>".encode(), limits or Limits())


def points(item: InkItem, stroke: int = 0) -> list[list[float]]:
    """Return x and y of the points of a stroke."""
    return [list(point[:2]) for point in item.ink.strokes[stroke].tolist()]


def pressure(item: InkItem, stroke: int = 0) -> list[float]:
    found: list[float] = item.ink.strokes[stroke][:, 2].tolist()
    return found


def formatted(regular: int, intermittent: int = 0) -> bytes:
    """Return a format with X, Y and other channels."""
    names = ["X", "Y", *(f"C{n}" for n in range(regular + intermittent - 2))]
    first, others = (
        "".join(f'<channel name="{name}"/>' for name in part)
        for part in (names[:regular], names[regular:])
    )
    return (
        f"<traceFormat>{first}<intermittentChannels>{others}</intermittentChannels></traceFormat>"
    ).encode()


# Ours ---------------------------------------------------------------------------------------------


def test_ink_comes_back_exactly_as_written() -> None:
    rng = np.random.default_rng(3)
    strokes = [rng.normal(0, 1e3, (n, 3)) for n in (1, 7, 300)]
    strokes[0][0, :2] = 1e-9, -1e9
    for stroke in strokes:
        stroke[:, 2] = rng.random(len(stroke))
    strokes[1][:, 2] = 1.0
    ink = Ink.from_points([stroke.tolist() for stroke in strokes])

    text = ink_to_inkml(ink, "7 < & >", 'Zoë "Z"')
    item = parse_inkml(text.encode())

    assert (item.index, item.label, item.writer) == (0, "7 < & >", 'Zoë "Z"')
    for back, stroke in zip(item.ink.strokes, ink.strokes, strict=True):
        np.testing.assert_array_equal(back, stroke)


def test_ours_is_inkml_that_needs_no_exponents_and_names_pressure_only_where_there_is_any() -> None:
    plain = ink_to_inkml(Ink.from_points([[(1, 2), (0.0000001, 1e9)]]))
    assert "<trace>1 2, 0.0000001 1000000000</trace>" in plain
    assert 'name="F"' not in plain
    pressed = ink_to_inkml(Ink.from_points([[(1, 2)], [(3, 4, 0.5)]]))
    assert "<trace>1 2 1</trace>" in pressed
    assert "<trace>3 4 0.5</trace>" in pressed
    assert '<channel name="F" type="decimal" min="0" max="1"/>' in pressed


def test_what_xml_cannot_hold_is_left_out_of_a_label() -> None:
    text = ink_to_inkml(Ink(), "7\0\x0b\ud800\ufffe")
    assert parse_inkml(text.encode()).label == "7"


def test_an_empty_drawing_comes_back_empty() -> None:
    assert parse_inkml(ink_to_inkml(Ink()).encode()).ink.is_empty


# Traces -------------------------------------------------------------------------------------------


def test_without_a_format_points_are_x_and_y_with_full_pressure() -> None:
    item = parse("<trace>10 0, 9 14,\n 8.5 -28 </trace><trace>\t.5 1e2,</trace>")
    assert points(item) == [[10, 0], [9, 14], [8.5, -28]]
    assert points(item, 1) == [[0.5, 100]]
    assert pressure(item) == [1, 1, 1]


def test_differences_of_first_and_second_order_are_added_up() -> None:
    # The example of the Recommendation, section 3.2.1.
    item = parse("<trace>1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,6 8,3 6,2 4,3 6</trace>")
    assert points(item) == [
        [1125, 18432],
        [1148, 18475],
        [1178, 18510],
        [1211, 18540],
        [1251, 18567],
        [1297, 18596],
        [1349, 18633],
        [1404, 18676],
        [1461, 18723],
        [1521, 18776],
    ]


def test_an_exclamation_mark_ends_differences() -> None:
    assert points(parse("<trace>5 5,'1 '2,!7 1,8 '1</trace>")) == [[5, 5], [6, 7], [7, 8], [8, 9]]


def test_a_star_goes_on_as_before() -> None:
    item = parse("<trace>5 5,* '3,7 *,* \"1,* *</trace>")
    assert points(item) == [[5, 5], [5, 8], [7, 11], [7, 15], [7, 20]]


def test_numbers_may_be_hexadecimal_and_stand_without_spaces() -> None:
    assert points(parse("<trace>#1F-#a, 10-5, -3.5.5</trace>")) == [
        [31, -10],
        [10, -5],
        [-3.5, 0.5],
    ]


def test_a_point_of_unknown_place_is_left_out() -> None:
    assert points(parse("<trace>1 2, ? 3, 4 ?, 5 6</trace>")) == [[1, 2], [5, 6]]


def test_what_the_pen_did_above_the_paper_is_no_ink() -> None:
    item = parse('<trace type="penUp">1 1, 2 2</trace><trace type="penDown">3 3</trace>')
    assert [points(item, n) for n in range(len(item.ink.strokes))] == [[[3, 3]]]


def test_a_continued_trace_is_one_stroke() -> None:
    item = parse(
        '<trace xml:id="a" continuation="begin">1 1</trace><trace>9 9</trace>'
        '<trace xml:id="b" continuation="middle" priorRef="#a">2 2</trace>'
        '<trace continuation="end" priorRef="#b">3 3</trace>'
    )
    assert points(item) == [[1, 1], [2, 2], [3, 3]]
    assert points(item, 1) == [[9, 9]]


def test_traces_without_points_are_passed_over() -> None:
    item = parse("<trace></trace><trace> \n </trace><trace>1 2</trace>")
    assert len(item.ink.strokes) == 1


@pytest.mark.parametrize(
    ("trace", "reason"),
    [
        ("1", "a point has fewer values than channels"),
        ("1 2, 3", "a point has fewer values than channels"),
        ("1 2,,3 4", "a point has fewer values than channels"),
        ("1 2 3", "a point has more values than channels"),
        ("1 two", "a value is not a number"),
        ("1 2; 3 4", "a value is not a number"),
        ("1 --2", "a value is not a number"),
        ("1 #" + "F" * 17, "a value is not a number"),
        ("nan 1", "a coordinate is not a finite number"),
        ("1 1e999", "a coordinate is not a finite number"),
        ("1 '1e999", "a coordinate is not a finite number"),
        ("1 -inf", "a coordinate is not a finite number"),
        ("1 1e308, 1 '1e308", "a coordinate is not a finite number"),
        ("1 2e9", "a coordinate is beyond 1e+09"),
    ],
)
def test_a_trace_that_cannot_be_read_is_named(trace: str, reason: str) -> None:
    with pytest.raises(InkFileError) as caught:
        parse(f"<trace>1 1</trace><trace>{trace}</trace>")
    assert str(caught.value) == f"trace 2: {reason}"


# Formats ------------------------------------------------------------------------------------------


def test_channels_may_come_in_any_order_with_others_between() -> None:
    item = parse(
        "<traceFormat>"
        '<channel name="T" type="integer" units="ms"/>'
        '<channel name="F" type="integer" min="0" max="1023"/>'
        '<channel name="Y" type="decimal"/><channel name="B" type="boolean"/>'
        '<channel name="X" type="decimal"/>'
        "</traceFormat><trace>0 1023 7 T 5, 10 0 8 F 6</trace>"
    )
    assert points(item) == [[5, 7], [6, 8]]
    assert pressure(item) == [1, 0]


def test_intermittent_channels_may_be_left_out() -> None:
    item = parse(
        '<traceFormat><channel name="X"/><channel name="Y"/><intermittentChannels>'
        '<channel name="F" min="0" max="100" default="50"/><channel name="S" type="boolean"/>'
        "</intermittentChannels></traceFormat><trace>1 1, 2 2 75, 3 3, 4 4 100 T</trace>"
        "<trace>5 5</trace>"
    )
    assert points(item) == [[1, 1], [2, 2], [3, 3], [4, 4]]
    assert pressure(item) == [0.5, 0.75, 0.75, 1]
    assert pressure(item, 1) == [0.5]


def test_an_axis_that_grows_the_other_way_is_turned() -> None:
    item = parse(
        '<traceFormat><channel name="X" orientation="+ve"/><channel name="Y" orientation="-ve"/>'
        "</traceFormat><trace>1 2, 3 4</trace>"
    )
    assert points(item) == [[1, -2], [3, -4]]


@pytest.mark.parametrize(
    ("channel", "values", "expected"),
    [
        ('min="0" max="4096"', (0, 1024, 4096), [0, 0.25, 1]),
        ('min="-100" max="100"', (-100, 0, 100), [0, 0.5, 1]),
        ('max="2"', (0, 1, 9), [0, 0.5, 1]),
        ('max="0"', (0, 1, 2), [1, 1, 1]),
        ("", (0, 0.4, 0.8), [0, 0.4, 0.8]),
        ("", (0, 100, 400), [0, 0.25, 1]),
        ("", (0, 0, 0), [1, 1, 1]),
        ('min="x" max="nan"', (0, 100, 400), [0, 0.25, 1]),
        ('min="0" max="10"', ("?", 5, "?"), [1, 0.5, 1]),
        ("", ("?", "?", "?"), [1, 1, 1]),
    ],
)
def test_pressure_is_brought_to_0_to_1(
    channel: str, values: tuple[object, ...], expected: list[float]
) -> None:
    trace = ", ".join(f"{n} {n} {value}" for n, value in enumerate(values))
    item = parse(
        f'<traceFormat><channel name="X"/><channel name="Y"/><channel name="F" {channel}/>'
        f"</traceFormat><trace>{trace}</trace>"
    )
    assert pressure(item) == expected


def test_without_a_range_the_largest_pressure_of_all_strokes_is_full() -> None:
    item = parse(
        '<traceFormat><channel name="X"/><channel name="Y"/><channel name="F"/></traceFormat>'
        "<trace>1 1 100</trace><trace>2 2 400</trace>"
    )
    assert (pressure(item), pressure(item, 1)) == ([0.25], [1])


YX = '<channel name="Y"/><channel name="X"/>'


@pytest.mark.parametrize(
    "body",
    [
        # The context in force, at the top of the document.
        f"<context><traceFormat>{YX}</traceFormat></context><trace>1 2</trace>",
        f"<context><inkSource><traceFormat>{YX}</traceFormat></inkSource></context>"
        "<trace>1 2</trace>",
        # Definitions do not apply until they are referred to.
        f'<definitions><context xml:id="c"><traceFormat>{YX}</traceFormat></context></definitions>'
        '<trace contextRef="#c">1 2</trace>',
        f'<definitions><traceFormat xml:id="f">{YX}</traceFormat></definitions>'
        '<context traceFormatRef="#f"/><trace>1 2</trace>',
        f'<definitions><traceFormat id="f">{YX}</traceFormat></definitions>'
        '<context traceFormatRef="f"/><trace>1 2</trace>',
        f'<definitions><inkSource xml:id="s"><traceFormat>{YX}</traceFormat></inkSource>'
        '<context xml:id="a" inkSourceRef="#s"/><context xml:id="b" contextRef="#a"/></definitions>'
        '<trace contextRef="#b">1 2</trace>',
        # A group's context holds for what is in it, however deep.
        f'<definitions><context xml:id="c"><traceFormat>{YX}</traceFormat></context></definitions>'
        '<traceGroup contextRef="#c"><traceGroup><trace>1 2</trace></traceGroup></traceGroup>',
        # Defined further down.
        '<trace contextRef="#c">1 2</trace>'
        f'<definitions><context xml:id="c"><traceFormat>{YX}</traceFormat></context></definitions>',
        # The nearest counts.
        f'<definitions><context xml:id="c"><traceFormat>{YX}</traceFormat></context>'
        f'<context xml:id="d"><traceFormat>{XYF}</traceFormat></context></definitions>'
        '<traceGroup contextRef="#d"><trace contextRef="#c">1 2</trace></traceGroup>',
        # That of a canvas before the pen's is not the pen's.
        f"<context><canvas><traceFormat>{XYF}</traceFormat></canvas>"
        f"<inkSource><traceFormat>{YX}</traceFormat></inkSource></context><trace>1 2</trace>",
        # But its name is as good as any.
        f'<definitions><canvas><traceFormat xml:id="f">{YX}</traceFormat></canvas></definitions>'
        '<context traceFormatRef="#f"/><trace>1 2</trace>',
    ],
)
def test_a_trace_has_the_format_of_its_context(body: str) -> None:
    assert points(parse(body)) == [[2, 1]]


@pytest.mark.parametrize(
    "body",
    [
        f'<definitions><context xml:id="c"><traceFormat>{YX}</traceFormat></context></definitions>'
        "<trace>1 2</trace>",
        '<trace contextRef="#DefaultContext">1 2</trace>',
        f"<context><canvas><traceFormat>{YX}</traceFormat></canvas></context><trace>1 2</trace>",
        f'<definitions><context xml:id="c"><canvas><traceFormat>{YX}</traceFormat></canvas>'
        '</context></definitions><trace contextRef="#c">1 2</trace>',
        '<context xml:id="c"/><trace contextRef="#c">1 2</trace>',
    ],
)
def test_a_trace_that_no_format_applies_to_is_x_and_y(body: str) -> None:
    assert points(parse(body)) == [[1, 2]]


def test_a_prefixed_namespace_and_other_people_s_elements_do_not_matter() -> None:
    document = (
        '<i:ink xmlns:i="http://www.w3.org/2003/InkML" xmlns:o="urn:other">'
        "<o:note>1 2</o:note><i:brush/><i:trace>3 4</i:trace></i:ink>"
    )
    assert points(parse_inkml(document.encode())) == [[3, 4]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_is_the_document_s(encoding: str) -> None:
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><ink><annotation type="writer">Zoë'
        "</annotation><trace>1 2</trace></ink>"
    )
    assert parse_inkml(document.encode(encoding)).writer == "Zoë"


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ('<annotation type="truth">7</annotation>', "7"),
        ('<annotation type="LABEL"> 7 </annotation>', "7"),
        ("<annotation>7</annotation>", None),
        ('<annotation type="truth"></annotation>', None),
        (
            '<traceGroup><annotation type="truth">4</annotation></traceGroup>'
            '<traceGroup><annotation type="truth">2</annotation></traceGroup>',
            "42",
        ),
        (
            '<annotation type="truth">42</annotation>'
            '<traceGroup><annotation type="truth">4</annotation></traceGroup>',
            "42",
        ),
    ],
)
def test_a_label_is_an_annotation(body: str, label: str | None) -> None:
    assert parse(body).label == label


# The hostile --------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "document",
    [
        f'<!DOCTYPE ink [<!ENTITY l0 "1 2,">{LAUGHS}]><ink><trace>&l9;</trace></ink>',
        f'<!DOCTYPE ink [<!ENTITY a "{"1 2," * 9999}">]><ink><trace>{"&a;" * 9999}</trace></ink>',
        '<!DOCTYPE ink [<!ENTITY a SYSTEM "{secret}">]><ink><trace>&a;</trace></ink>',
        '<!DOCTYPE ink [<!ENTITY % a SYSTEM "{secret}"> %a;]><ink><trace>1 2</trace></ink>',
        '<!DOCTYPE ink SYSTEM "{secret}"><ink><trace>1 2</trace></ink>',
        '<!DOCTYPE ink PUBLIC "-//W3C//DTD InkML//EN" "{secret}"><ink/>',
        '<!DOCTYPE ink [<!ATTLIST ink a CDATA "b">]><ink><trace>1 2</trace></ink>',
        "<!DOCTYPE ink><ink/>",
    ],
)
def test_a_document_type_is_refused_and_no_entity_is_resolved(
    tmp_path: Path, document: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("1 2, 3 4")
    path = tmp_path / "a.inkml"
    path.write_text(document.replace("{secret}", secret.as_uri()))

    with pytest.raises(InkFileError, match="declares a document type"):
        read_inkml(path)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "is damaged or not InkML: see line 1 (no element found)"),
        (b"hello", "is damaged or not InkML: see line 1 (syntax error)"),
        (b"<ink>\n<trace>1 2</ink>", "is damaged or not InkML: see line 2 (mismatched tag)"),
        (b"<ink><trace>1 2", "is damaged or not InkML: see line 1 (no element found)"),
        (b"<ink>&a;</ink>", "is damaged or not InkML: see line 1 (undefined entity)"),
        (
            b"<ink>\xff</ink>",
            "is damaged or not InkML: see line 1 (not well-formed (invalid token))",
        ),
        (b"<ink><trace>1 2</trace></ink><ink/>", "junk after document element"),
        (b"<svg/>", "is XML, but not InkML"),
        (b'<?xml version="1.0" encoding="x-none"?><ink/>', "is in an unknown encoding"),
        (b'<?xml version="1.0" encoding="utf-7"?><ink/>', "is in an unknown encoding"),
        (b"<ink>" + b"<traceGroup>" * 200, "has too many elements"),
        (b"<ink>" + b"<brush/>" * 201 + b"</ink>", "has too many elements"),
        (b"<ink>" + b"<trace>1 2</trace>" * 101 + b"</ink>", "has more than 100 strokes"),
        (b"<ink><trace>" + b"1 2," * 1001 + b"</trace></ink>", "has more than 1,000 points"),
        (
            b"<ink>"
            + b"<trace>1 2,3 4</trace>" * 99
            + b"<trace>"
            + b"1 2," * 900
            + b"</trace></ink>",
            "1,000 points",
        ),
        (b"<ink>" + b" " * 50_000 + b"</ink>", "is larger than 50,000 bytes"),
        (b"<ink" + b' a=""' * 2001 + b"/>", "has too many elements or attributes"),
        (b"<ink>" + b'<a b="" c=""/>' * 1001 + b"</ink>", "has too many elements or attributes"),
        (('<ink a="' + "=" * 2001 + '"/>').encode("utf-16"), "has too many elements or attributes"),
        (b"<ink>" + formatted(65) + b"</ink>", "has too many channels"),
        (b"<ink>" + formatted(2, 63) + b"</ink>", "has too many channels"),
        (
            b"<ink>" + formatted(2, 7) + b"<trace>" + b"1 2," * 888 + b"1 2</trace></ink>",
            "has more than 8,000 numbers in its traces",
        ),
        (
            b"<ink>"
            + formatted(20)
            + b"<trace>%b</trace>" % b",".join([b"1 " * 20] * 5) * 81
            + b"</ink>",
            "has more than 8,000 numbers in its traces",
        ),
    ],
)
def test_what_is_no_inkml_or_too_much_is_refused(
    tmp_path: Path, document: bytes, reason: str
) -> None:
    path = tmp_path / "a.inkml"
    path.write_bytes(document)
    with pytest.raises(InkFileError) as caught:
        read_inkml(path, Limits(strokes=100, points=1000, inkml=50_000))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("channels", "points"), [((2, 6), 1000), ((8, 0), 1000), ((64, 0), 125), ((2, 62), 125)]
)
def test_as_many_numbers_as_there_may_be_are_read(channels: tuple[int, int], points: int) -> None:
    trace = ",".join([" ".join("1" * sum(channels))] * points)
    body = f"{formatted(*channels).decode()}<trace>{trace}</trace>"
    assert parse(body, Limits(points=1000)).ink.point_count == points
    with pytest.raises(InkFileError, match=r"more than 8,000 numbers|more than 1,000 points"):
        parse(body.replace("</trace>", f",{trace}</trace>"), Limits(points=1000))


def test_a_name_or_type_of_any_length_is_one_that_is_not_known() -> None:
    long = "X" + "\N{PILE OF POO}" * 1_000
    body = (
        f'<annotation type="truth{long}">7</annotation><traceFormat><channel name="Y"/>'
        f'<channel name="{long}"/><channel name="X"/></traceFormat><trace>1 2 3</trace>'
    )
    item = parse(body)
    assert (item.label, points(item)) == (None, [[3, 1]])


def test_memory_does_not_grow_with_the_channels_that_are_not_used() -> None:
    row = " ".join(["1.5"] * 60)
    trace = ",".join([row] * 20_000)
    document = b"<ink>%b<trace>%b</trace></ink>" % (formatted(60), trace.encode())
    tracemalloc.start()
    try:
        assert parse_inkml(document).ink.point_count == 20_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # The text three times, and a table; all numbers as texts would take 60 MB more.
    assert peak < 45_000_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<trace contextRef="#none">1 2</trace>', "it refers to none, which is not defined"),
        (
            '<trace contextRef="http://example.org/a.inkml#c">1 2</trace>',
            "it refers to another document, http://example.org/a.inkml, which is not opened",
        ),
        (
            '<traceFormat><channel name="X"/></traceFormat><trace>1</trace>',
            "its format has no X and Y",
        ),
        (
            "<definitions>"
            + "".join(f'<context xml:id="c{n}" contextRef="#c{n + 1}"/>' for n in range(200))
            + '</definitions><trace contextRef="#c0">1 2</trace>',
            "its format is referred to through too many steps",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_said(body: str, reason: str) -> None:
    with pytest.raises(InkFileError) as caught:
        parse(body)
    assert str(caught.value) == f"trace 1: {reason}"


def test_contexts_that_refer_to_each_other_end_somewhere() -> None:
    item = parse(
        '<definitions><context xml:id="a" contextRef="#b"/><context xml:id="b" contextRef="#a"/>'
        '</definitions><trace contextRef="#a">1 2</trace>'
    )
    assert points(item) == [[1, 2]]
