"""Witnesses: how much a drawing's picture counts and how much the way it was written.

Fitted on validation ink, whose writers neither network has seen: on ink that they know both are
surer than they should be, and not equally so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.core.model_file import Model
from digitpad.core.preprocess import prepare_many
from digitpad.core.trajectory_reader import Numbers, Witnesses
from training.augmentation.stroke_order import rewrite
from training.choice_fit import fit_choices
from training.data.datasets import NO_DIGIT, InkSet, Labels
from training.recipe import Recipe

PENALTY = 1.0
"""Of the weights' squares, halved: keeps them finite where few drawings are held out."""
WEIGHING = 3
"""Sets the random numbers of weighing apart from those of epochs, painted sets, trajectories."""
ALONE = Witnesses(0.0, 1.0)
"""The trajectory alone counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """What picture and trajectory say of drawings."""

    labels: Labels
    digits: tuple[Numbers, Numbers]
    """Logits of the ten digits, of either: shape (n, 10)."""
    is_digit: tuple[Numbers, Numbers]
    """Log odds of being a digit, of either: shape (n,)."""


def and_rewritten(ink: InkSet, recipe: Recipe) -> InkSet:
    """Return all ink twice: as it is, and once more written in another way.

    Weighed on ink as it is alone, a trajectory counts so much that a digit is misread whose pen
    was lifted where others' is not.
    """
    rng = np.random.default_rng([recipe.seed, WEIGHING])
    again = tuple(rewrite(drawing, recipe.trajectory, rng) for drawing in ink.inks)
    return InkSet(ink.inks + again, np.tile(ink.labels, 2), ink.writers * 2, ink.kinds * 2)


def statements(model: Model, ink: InkSet) -> Statements:
    """Return what a model with a digit detector and a trajectory network says of drawings."""
    network, detector = model.network(), model.digit_detector()
    trajectory = model.trajectory_reader()
    assert detector is not None and trajectory is not None
    names = {network.output_name, model.features_layer}
    found = network.activations_of_many(prepare_many(ink.inks), names)
    of_digits, of_odds = trajectory.alone(ink.inks)
    return Statements(
        ink.labels,
        (found[network.output_name].astype(np.float64), of_digits),
        (detector.log_odds_of_many(found[model.features_layer]), of_odds),
    )


def weigh(said: Statements) -> tuple[Witnesses, Witnesses]:
    """Return how much each counts: for which digit it is, and for whether it is one at all.

    The weights with the least negative log likelihood.
    """
    digits = said.labels < NO_DIGIT
    which = np.stack(said.digits, axis=2)[digits]
    picture, trajectory = fit_choices(list(which), said.labels[digits].tolist(), PENALTY)
    given = np.column_stack([*said.is_digit, np.ones(len(digits))])
    # To be no digit is the other possibility, against which the log odds are counted.
    whether = np.stack([given, np.zeros_like(given)], axis=1)
    *of_odds, bias = fit_choices(list(whether), (~digits).astype(int).tolist(), PENALTY)
    return (
        Witnesses(float(picture), float(trajectory)),
        Witnesses(float(of_odds[0]), float(of_odds[1]), float(bias)),
    )
