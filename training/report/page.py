"""Report page: the accuracy report as Markdown, every number of it taken from the figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from training.report.figures import Figures
from training.report.plots import percent
from training.report.sheets import worst

PARTS = {"mnist": "MNIST test", "ink": "Pen ink"}
PASSING_KINDS = 12


def page(figures: Figures, pictures: Collection[str]) -> str:
    """Return the page; `pictures` are the names of the plots that lie beside it."""
    parts = [
        _opening(figures),
        summary(figures),
        _section(
            "By digit",
            "How often each digit is read right. The line through a mark is its 95 % confidence "
            "interval (Wilson's): few examples, long line.",
            _image("per-digit.png", "Accuracy of each digit on both sets", pictures),
        ),
        _section(
            "What is mistaken for what",
            "Rows are what was written, columns what was read. The pale numbers on the diagonal "
            "are right answers; the darker a square off the diagonal, the more often that mistake "
            "is made.",
            _image("confusion.png", "Two confusion matrices", pictures),
        ),
        _section(
            "By where the ink comes from",
            "Each source is a laboratory with its own tablet, country and task. A new user's hand "
            "and tablet may differ as much as these do.",
            _image("sources.png", "Accuracy of each source", pictures),
            _sources(figures),
        ),
        _section("By writer", _writers(figures), _image("writers.png", "Mistakes", pictures)),
        _section(
            "Does the confidence mean what it says?",
            "Answers are put into fifteen bins by confidence. Where the marks lie on the dotted "
            "line, answers given with 80 % are right 80 times in a hundred; below it the network "
            "is overconfident, above it too modest. The thin lines are 95 % intervals: a bin of "
            "few answers says little. The bars below show how many answers each bin holds (note "
            "the scale: nearly all are in the last). *Before* is the network's own confidence, "
            "*after* the one that is shown. For a picture that is the mean of the logits as it "
            f"lies and moved by a pixel, divided by {figures['model']['temperature']:.3f}; for "
            "ink, the weighted sum of the logits of picture and trajectory. These numbers were "
            "fitted on validation data. The error in the legend is the expected calibration "
            "error, the mean distance from the line.",
            _image("reliability.png", "Reliability diagrams", pictures),
        ),
        _rejection(figures, pictures),
        _section(
            "What is still wrong",
            "Mistakes as the network saw them, at 28x28 pixels, the most confident first. Each "
            "says what was written, what was read and with what confidence, in bold where the "
            "answer was even called sure. Some are wrong labels or pieces of a digit, as in every "
            "collection.",
            _image("errors-ink.png", "Mistakes on pen ink", pictures),
            _image("errors-mnist.png", "Mistakes on MNIST test", pictures),
        ),
        _closing(figures),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(figures: Figures) -> str:
    model, made = figures["model"], figures["made_from"]
    detector = model["detector_parameters"]
    trajectory = model["trajectory_parameters"]
    beside = f". A digit detector of {detector:,} stands beside it" if detector else ""
    if trajectory:
        beside += f", and a trajectory network of {trajectory:,} that sees how ink was written"
    ink = " ".join(f"--ink {name}" for name in made["ink"])
    return f"""# How well DigitPad reads

One command measured everything on this page, through the pad's own reader, and wrote its numbers
and pictures; nothing is typed in by hand:

```
python -m training report {made["model"]} --mnist DIR {ink}
```

[accuracy.json](accuracy.json) holds every number. The model is `{model["name"]}`, a network of
{model["parameters"]:,} parameters{beside} (SHA-256 `{model["sha256"][:16]}`). Training
never reads MNIST's test part, and the ink measured here is by writers whom it has not seen."""


def summary(figures: Figures) -> str:
    """Return the table of the figures that matter most."""
    rows = []
    for name, title in PARTS.items():
        scores = figures["sets"][name]["scores"]
        reliability = figures["sets"][name]["reliability"]
        rows.append(
            [
                title,
                f"{scores['digits']:,}",
                f"**{percent(scores['accuracy'])}**",
                _range(scores["accuracy_interval_95"]),
                f"{percent(scores['accuracy_by_picture'])}",
                f"{percent(reliability['before']['calibration_error'])}",
                f"{percent(reliability['after']['calibration_error'])}",
                f"{percent(scores['turned_away'])}",
            ]
        )
    heads = ["", "digits", "read right", "95 % interval", "picture alone, one look"]
    return markdown_table([*heads, "calibration error before", "after", "turned away"], rows)


def _sources(figures: Figures) -> str:
    rows = [
        [
            f"`{row['name']}`",
            f"{row['count']:,}",
            f"{percent(row['accuracy'])}",
            _range(row["interval_95"]),
        ]
        for row in figures["sources"]
    ]
    return markdown_table(["source", "digits", "read right", "95 % interval"], rows)


def _writers(figures: Figures) -> str:
    writers = figures["writers"]
    faultless = sum(not row["errors"] for row in writers)
    text = f"{faultless} of {len(writers)} writers are read without one mistake."
    shown = worst(figures)
    if shown:
        text += (
            f" Below are mistakes made with the {len(shown)} read worst, as the network saw them: "
            "what was written, what was read, and with what confidence. The worst are those whose "
            "95 % interval ends lowest: one mistake in five digits says less about a writer than "
            "ten in fifty."
        )
    return text


def _rejection(figures: Figures, pictures: Collection[str]) -> str:
    rejection = figures.get("rejection")
    if not rejection:
        return ""
    chosen, limit = rejection["chosen"], rejection["turned_away_limit"]
    best, plain = (
        rejection[key]["at_limit"]["others_called_sure"]
        for key in ("by_reading", "by_largest_probability")
    )
    return _section(
        "That is no digit",
        f"How well are {rejection['other_marks']:,} letters and signs, by writers who were not "
        f"trained on, told from {rejection['digits']:,} digits? The confidence of a reading is "
        "the probability that the marks are a digit at all, times that of the most probable "
        f"digit. Below {chosen['threshold']:.3g} an answer is *unsure* or *not a digit*; the prior "
        "probability of a digit was fitted on validation data. That turns away "
        f"{percent(chosen['turned_away'])} of the real digits, and "
        f"{percent(chosen['others_called_sure'], 1)} of the other marks pass as sure digits.",
        "A stricter threshold moves the dot along the solid line, to the right and down: fewer "
        "letters pass, more digits are turned away. The best threshold that turns away at most "
        f"{percent(limit, 1)} of the digits lets {percent(best, 1)} of the other marks pass. With "
        "the largest of the ten probabilities alone, the dashed line, it is "
        f"{percent(plain, 1)}. In {percent(rejection['told_apart_auc'])} of all pairs of a digit "
        "and another mark, the digit has the higher confidence (area under the ROC curve).",
        _passing(rejection["kinds_called_sure"]),
        _image("trade-off.png", "Other marks let through against digits turned away", pictures),
    )


def _passing(kinds: Sequence[Figures]) -> str:
    """Return a sentence on the kinds of other marks that pass most often."""
    shown = [row for row in kinds if row["sure"]][:PASSING_KINDS]
    if not shown:
        return ""
    named = (f"{_code(row['kind'])} ({row['sure']} of {row['count']})" for row in shown)
    return f"Most often taken for a digit: {', '.join(named)}."


def _code(text: str) -> str:
    """Return text as a code span, whatever is in it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _closing(figures: Figures) -> str:
    fitted = figures["model"]["fitted_on"]
    return f"""## Where the pictures and the ink come from

The pictures of MNIST are by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, CC BY-SA 3.0.
The ink is from the UNIPEN release train_r01_v07 of the International Unipen Foundation, CC BY 4.0,
[doi:10.5281/zenodo.1195803](https://doi.org/10.5281/zenodo.1195803); it is shown here as 28x28
pictures, scaled and painted by the pad. See also [how to get both](../data.md),
[how the network was trained](../training.md), and
[how often test data was looked at](../experiments.md#how-often-test-data-was-looked-at).
Temperature and prior were fitted on {fitted}."""


def _section(title: str, *parts: str) -> str:
    return "\n\n".join([f"## {title}", *(part for part in parts if part)])


def _image(name: str, alt: str, pictures: Collection[str]) -> str:
    return f"![{alt}]({name})" if name in pictures else ""


def _range(interval: Sequence[float]) -> str:
    low, high = interval
    return f"{percent(low)} to {percent(high)}"


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; numbers are aligned right, the names in front left."""
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
