"""Faithfulness: does the network lose what an explanation says it would lose?

Owns the measure. Of each drawing, the tenth of the ink with the strongest evidence for the answer
is taken away, and the lead of the answer over its rival is looked at before and after; beside it, a
tenth of pixels drawn at random, a tenth in one place drawn at random, and what two explanations by
gradients would have taken.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.change_of_mind import MindChanger
from digitpad.core.explain.gradients import GradientNetwork
from digitpad.core.explain.why import Evidence, Explainer
from digitpad.core.model_file import Model
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage, prepare_ink
from training.data.datasets import InkSet
from training.marked_parts import renew
from training.report.page import markdown_table
from training.writing import write_file

PAGE = "understand.md"
PART = "faithfulness"
"""What the marks around its table are called."""
SHARE = 0.1
"""How much of the ink is taken away."""
DRAWS = 5
"""Random tenths for each drawing; their mean counts."""
STEPS = 8
"""Pictures between paper and the drawing, for integrated gradients."""
SEED = 1
"""Of the random tenths."""

Scores = NDArray[np.float32]


def measure(model: Model, pictures: Sequence[GreyImage]) -> dict[str, Any]:
    """Return how much of the answer's lead each way of choosing a tenth of the ink takes away.

    Leads are differences of two logits, in means over the pictures.
    """
    network, gradients = model.network(), GradientNetwork(model)
    explainer, changer = Explainer(model), MindChanger(model)
    rng = np.random.default_rng(SEED)
    leads: list[float] = []
    drops: dict[str, list[float]] = {}
    changes = []
    decided = 0
    for pixels in pictures:
        evidence = explainer.why(pixels)
        to_lead = np.zeros(10, np.float32)
        to_lead[evidence.answer], to_lead[evidence.rival] = 1.0, -1.0
        leads.append(evidence.margin)
        whole = network.logits(pixels)
        for name, orders in _orders(gradients, pixels, evidence, to_lead, rng).items():
            left = [network.logits(without_strongest(pixels, order)) for order in orders]
            mean = float(np.mean([float((whole - logits) @ to_lead) for logits in left]))
            drops.setdefault(name, []).append(mean)
        part = evidence.part
        decided += part is not None and part.answer_without != evidence.answer
        change = changer.change(pixels)
        if change is not None:
            changes.append(change.distance)
    ours = np.array(drops["covering patches"])
    return {
        "pictures": len(pictures),
        "share_of_ink": SHARE,
        "lead": float(np.mean(leads)),
        "drops": {name: float(np.mean(values)) for name, values in drops.items()},
        "more_than_random_pixels": float(np.mean(ours > drops["chance, pixel by pixel"])),
        "more_than_random_piece": float(np.mean(ours > drops["chance, in one place"])),
        "a_named_piece_decides": decided / len(pictures),
        "mind_changed": len(changes) / len(pictures),
        "median_distance": float(np.median(changes)),
    }


def seen_digits(ink: InkSet, count: int) -> list[GreyImage]:
    """Return what the network sees of so many digits, evenly spread over all of them."""
    digits = np.flatnonzero(ink.is_digit)
    chosen = digits[np.linspace(0, len(digits) - 1, min(count, len(digits))).astype(np.intp)]
    return [prepare_ink(ink.inks[place]) for place in chosen.tolist()]


def without_strongest(pixels: GreyImage, order: Scores) -> GreyImage:
    """Return the picture without SHARE of its ink: the pixels of the highest order go first."""
    left = pixels.copy().ravel()
    ink = np.flatnonzero(left > 0)
    ink = ink[np.argsort(-order.ravel()[ink], kind="stable")]
    taken = np.clip(SHARE * left.sum() - (np.cumsum(left[ink]) - left[ink]), 0.0, left[ink])
    left[ink] -= taken
    return left.reshape(pixels.shape)


def write(figures: dict[str, Any], folder: Path) -> None:
    """Write the figures into understand.json in a folder, and their table into its understand.md.

    Raises OSError, and DataError for a page without the marks.
    """
    renew(folder / PAGE, PART, table(figures))
    text = json.dumps(figures, indent=2) + "\n"
    write_file(folder / "understand.json", text.encode())


def table(figures: dict[str, Any]) -> str:
    """Return the figures as Markdown."""
    lead = figures["lead"]
    rows = [
        [name, f"{drop:.2f}", f"{100 * drop / lead:.0f} %"]
        for name, drop in sorted(figures["drops"].items(), key=lambda item: -item[1])
    ]
    heads = ["a tenth of the ink chosen by", "the lead falls by", "of the lead"]
    return "\n\n".join(
        [
            f"Over {figures['pictures']} drawings that the network was not trained on, the answer "
            f"leads its rival by {lead:.2f} (difference of two logits) on average.",
            markdown_table(heads, rows),
            f"Covering patches finds a tenth that matters more than a tenth of random pixels in "
            f"{100 * figures['more_than_random_pixels']:.1f} % of the drawings, and more than a "
            f"tenth in one random place in {100 * figures['more_than_random_piece']:.1f} %. In "
            f"{100 * figures['a_named_piece_decides']:.0f} % there is a named piece without which "
            f"the answer changes. A change of mind was found for "
            f"{100 * figures['mind_changed']:.1f} %; its median size is "
            f"{100 * figures['median_distance']:.0f} % of the drawing's ink.",
        ]
    )


def _orders(
    gradients: GradientNetwork,
    pixels: GreyImage,
    evidence: Evidence,
    to_lead: Scores,
    rng: np.random.Generator,
) -> dict[str, list[Scores]]:
    """Return the ways to choose a tenth of the ink: each pixel's score, once or DRAWS times.

    The product of logits with `to_lead`, shape (10,), is the answer's lead.
    """
    between = ((np.arange(STEPS) + 0.5) / STEPS).astype(np.float32)[:, None, None]
    size = (IMAGE_SIZE, IMAGE_SIZE)
    return {
        "covering patches": [np.asarray(evidence.weights / np.maximum(pixels, 1e-6), np.float32)],
        "integrated gradients": [gradients.run(between * pixels).slopes(to_lead).mean(axis=0)],
        "the gradient": [gradients.run(pixels[None]).slopes(to_lead)[0]],
        "chance, pixel by pixel": [rng.random(size, np.float32) for _ in range(DRAWS)],
        "chance, in one place": [_random_piece(pixels, rng) for _ in range(DRAWS)],
    }


def _random_piece(pixels: GreyImage, rng: np.random.Generator) -> Scores:
    """Return an order in which pixels go by their distance from a random one of the ink."""
    rows, columns = np.nonzero(pixels > 0)
    centre = rng.choice(len(rows), p=pixels[rows, columns] / pixels[rows, columns].sum())
    places = np.arange(IMAGE_SIZE)
    away = np.hypot(places[:, None] - rows[centre], places - columns[centre])
    return np.asarray(-away, np.float32)
