"""Page: the comparison as Markdown, every number of it taken from the figures."""

from __future__ import annotations

from collections.abc import Iterable

from training.comparison.figures import Figures, result_of, row_of
from training.comparison.tables import (
    accuracies_table,
    accuracy_at,
    confused_pairs,
    costs_table,
    data_table,
    family_of,
    ratio,
    shift_table,
    title,
)
from training.report.plots import percent

FOLDER = "comparison"
SWEEP_TITLES = {
    "shift": "Accuracy as the digit is moved",
    "turn": "Accuracy as the digit is turned",
    "size": "Accuracy as the digit shrinks and grows",
    "thickness": "Accuracy as the writing gets thinner and thicker",
    "noise": "Accuracy as noise is added",
    "cover": "Accuracy as a part of the picture is covered",
}
EQUAL, LARGE = "mlp-equal", "mlp"


def page(figures: Figures) -> str:
    """Return the page; its plots lie in the folder beside it."""
    parts = [
        _opening(figures),
        _section("What a network costs", _costs_words(figures), costs_table(figures)),
        _section("What it reads", _accuracy_words(figures), accuracies_table(figures)),
        _section(
            "The digit is moved",
            _shift_words(figures),
            _image("shift", SWEEP_TITLES["shift"]),
            shift_table(figures),
        ),
        _section("The digit is changed otherwise", _sweep_words(figures), *_sweep_images()),
        _section(
            "How much data it takes",
            _data_words(figures),
            _image("data", "Test errors against the number of training images"),
            data_table(figures),
        ),
        _section(
            "How it learns",
            _learning_words(figures),
            _image("learning", "Errors after each epoch of training"),
        ),
        _section(
            "What is mistaken for what",
            _confusion_words(figures),
            _image("confusion", "Ten confusion matrices"),
        ),
        _section(
            "What the first layer looks for", _filter_words(), _image("filters", "First layers")
        ),
        _section("How it was measured", _method(figures)),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(figures: Figures) -> str:
    names = figures["ink_files"]
    ink = "".join(f" --ink {name}" for name in names)
    return (
        "# A convolutional network against multi-layer perceptrons\n\n"
        "Made by this command; no number is typed in by hand:\n\n"
        "```\n"
        f"python -m training compare --mnist DIR{ink}\n"
        "```\n\n"
        "A multi-layer perceptron (MLP) has a separate weight for each pixel: what it learns about "
        "a stroke in one place says nothing about the same stroke a pixel further on. A "
        "convolutional network (CNN) looks everywhere with the same small filters, and its pools "
        "forgive a pixel here or there. Five kinds of network were trained on the same pictures, "
        f"in the same order, for the same number of steps, each with {len(_seeds(figures))} "
        "seeds. Figures are means over the seeds, and after ± comes their standard deviation. The "
        "numbers in a name are pixels, hidden units and digits. "
        f"{title(figures, EQUAL)} has exactly as many parameters as the CNN, so the two differ "
        f"only in how they use them; {title(figures, LARGE)} is the usual large one.\n\n"
        "*Augmentation* means that the training pictures are also turned, sheared, stretched, "
        "moved a little, bent and made thicker or thinner at random. With and without it, one "
        "sees what comes from the architecture and what from the data."
    )


def _costs_words(figures: Figures) -> str:
    cnn, large = family_of(figures, "cnn"), family_of(figures, LARGE)
    return (
        "A convolution uses each of its few weights in hundreds of places. So the CNN has "
        f"{ratio(large, cnn, 'parameters')} times fewer parameters than {large['title']}, yet "
        f"does {ratio(cnn, large, 'multiply_adds')} times as many multiplications: it is small "
        "to store and slow to train. *One picture* is the time of the pad's own NumPy network, on "
        "one core."
    )


def _accuracy_words(figures: Figures) -> str:
    words = (
        f"*Train* is accuracy on the {figures['plan']['images']:,} training pictures, unaltered; "
        f"*test* on MNIST's {figures['test_images']:,} test pictures. A network that is far "
        "better on the first than on the second has overfitted. Augmentation narrows that gap, and "
        "it moves the MLPs towards the CNN: much of what is built into a convolution can be taught "
        "to an MLP, at the price of more examples. Only logistic regression, which has no hidden "
        "units to learn more with, reads the test set no better for it."
    )
    if "ink" in figures:
        words += (
            f" *Ink* is {figures['ink']['digits']:,} digits written with a pen, by people whom "
            "none of these networks has seen, placed and painted as the pad does. The networks "
            "learned from MNIST alone; the pad's own network has seen other people's ink as well."
        )
    return words


def _shift_words(figures: Figures) -> str:
    pixels = 3
    cnn, equal, large = (
        accuracy_at(figures, "shift", pixels, name, False) for name in ("cnn", EQUAL, LARGE)
    )
    shown = tuple(accuracy_at(figures, "shift", pixels, name, True) for name in ("cnn", EQUAL))
    return (
        "This picture makes the point. MNIST's digits are all centred, and the networks were "
        "trained on them as they are (left) or moved by up to one and a half pixels (right). "
        f"When a digit is moved by {pixels} of 28 pixels, the CNN without augmentation reads "
        f"{percent(cnn, 1)}, the MLP of as many parameters {percent(equal, 1)} and the large one "
        f"{percent(large, 1)}. With augmentation it is {percent(shown[0], 1)} for the CNN and "
        f"{percent(shown[1], 1)} for its equal. A person sees no difference; to an MLP a moved "
        "digit is another picture. The CNN is not immune either: its last layers are dense, and "
        "know where on a grid of three by three a feature was found. This is why the pad centres "
        "every drawing before a network sees it."
    )


def _sweep_words(figures: Figures) -> str:
    def of(name: str, step: float) -> str:
        cnn, equal = (accuracy_at(figures, name, step, family, True) for family in ("cnn", EQUAL))
        return f"{percent(cnn, 1)} for the CNN, {percent(equal, 1)} for its equal"

    return (
        "These are the changes that the sliders of the Understand panel make. All figures here are "
        "of networks trained with augmentation; every plot shows both.\n\n"
        f"- **Turned** by 30 degrees: {of('turn', 30)}. A filter does not turn with the picture; "
        "beyond what augmentation has shown, all networks lose.\n"
        f"- **Size**, at 0.7 of what was written: {of('size', 0.7)}. A smaller digit has its parts "
        "in other places, which is a shift for each of them.\n"
        f"- **Thinner** by a pixel: {of('thickness', -1.0)}; **thicker** by a pixel: "
        f"{of('thickness', 1.0)}.\n"
        f"- **Noise** of 0.3: {of('noise', 0.3)}. No network has seen noise. Robustness to noise "
        "is no gift of convolution, perhaps because a small filter sees nine pixels of it and a "
        "pool keeps the largest of four answers, while a dense unit averages over 784 pixels.\n"
        f"- **Covered** over a tenth of the picture: {of('cover', 0.1)}. A hidden stroke is lost "
        "on all of them."
    )


def _sweep_images() -> Iterable[str]:
    return (_image(name, title) for name, title in SWEEP_TITLES.items() if name != "shift")


def _data_words(figures: Figures) -> str:
    curves = figures["data_curves"]

    def misread(family: str, augmented: bool, place: int) -> str:
        point = row_of(curves, family, augmented)["points"][place]
        return percent(1 - point["test_accuracy"]["mean"], 1)

    images = [point["images"] for point in curves[0]["points"]]
    return (
        "What is built in need not be learned: from "
        f"{images[0]:,} images without augmentation the CNN misreads {misread('cnn', False, 0)} "
        f"of the test digits and the MLP of its size {misread(EQUAL, False, 0)}; from "
        f"{images[-1]:,} they misread {misread('cnn', False, -1)} and "
        f"{misread(EQUAL, False, -1)}. With augmentation it is {misread('cnn', True, 0)} and "
        f"{misread(EQUAL, True, 0)} from {images[0]:,} images. Smaller sets are shown more often, "
        "so that no network stops before it has learned them. Both axes are logarithmic."
    )


def _learning_words(figures: Figures) -> str:
    def after(family: str, place: int) -> str:
        curve = result_of(figures, family, False)["learning_curve"]["test"]
        return percent(1 - curve[place]["mean"], 1)

    return (
        "The share of pictures misread, on a logarithmic axis: above, of the training pictures "
        "(as they were shown, altered ones included, while the network still changed); below, of "
        f"the test set after each epoch. After one epoch the CNN misreads {after('cnn', 0)} of the "
        f"test set, {title(figures, LARGE)} {after(LARGE, 0)}; after the last, "
        f"{after('cnn', -1)} and {after(LARGE, -1)}. Where a curve keeps falling above but not "
        "below, the network is learning its pictures by heart. With augmentation no picture comes "
        "twice, and there is less to learn by heart."
    )


def _confusion_words(figures: Figures) -> str:
    return (
        f"Rows are what was written, columns what was read, of {figures['test_images']:,} test "
        "digits. The darker a square, the more often it happens; five times or more has its "
        "number. The right answers on the diagonal are left out. The pairs most often confused "
        f"without augmentation are: by logistic regression, "
        f"{confused_pairs(figures, 'logistic')}; by {title(figures, LARGE)}, "
        f"{confused_pairs(figures, LARGE)}; by the CNN, {confused_pairs(figures, 'cnn')}. Digits "
        "that look alike are hard for all of them; a better network mistakes them less often."
    )


def _filter_words() -> str:
    return (
        "Each square is one unit of the first layer: white weights are positive, black ones "
        "negative, mid grey is zero. Logistic regression has one unit for each digit, a blurred "
        "template: dark where that digit has no ink and others do. The units of an MLP see the "
        "whole picture. Trained on pictures that never move they stay noisy, for a pixel is never "
        "asked to agree with its neighbour. Augmentation brings strokes out of the noise, but each "
        "in one place, and an MLP needs such a unit for every place where a stroke can be. The "
        "CNN's 32 filters see three by three pixels, enlarged here, and are used everywhere: they "
        "find edges and strokes in several directions."
    )


def _method(figures: Figures) -> str:
    plan = figures["plan"]
    return (
        f"- The networks were trained on {plan['images']:,} of MNIST's "
        f"{figures['training_images']:,} training pictures, and for the data curves on as many as "
        "their table says. Nothing was chosen by the test set or by ink; the recipe was settled on "
        "held-out training pictures.\n"
        f"- {plan['epochs']} epochs of at least {plan['least_steps']} batches of "
        f"{plan['batch_size']} pictures; AdamW, rate {plan['learning_rate']:g} with one epoch of "
        f"warm-up and cosine decay, weight decay {plan['weight_decay']:g}; batch normalisation "
        "before each ReLU, folded away afterwards. The same for all; seeds "
        f"{', '.join(str(seed) for seed in _seeds(figures))}.\n"
        f"- Augmentation as in [training](training.md), made once: {plan['epochs']} altered copies "
        "of all pictures that every network sees in turn; half of them keep their place and "
        "shape.\n"
        "- Training time is processor time, summed over cores, without the measurements made on "
        "the way; the machine was shared.\n"
        f"- {figures['changed_pictures']:,} test pictures, taken evenly from all, were moved, "
        "turned and otherwise changed. Shifts go right, down, left and up in turn, rotations "
        "either way.\n"
        "- The time of a picture is the fastest of many rounds, on one thread.\n\n"
        f"All figures: [comparison.json]({FOLDER}/comparison.json)."
    )


def _seeds(figures: Figures) -> list[int]:
    return list(figures["plan"]["seeds"])


def _section(title: str, *parts: str) -> str:
    return "\n\n".join((f"## {title}", *parts))


def _image(name: str, title: str) -> str:
    return f"![{title}]({FOLDER}/{name}.png)"
