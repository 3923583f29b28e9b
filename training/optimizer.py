"""Optimizer: AdamW and the learning rate by which all networks that see pictures are trained."""

from __future__ import annotations

import keras


def adamw(
    schedule: keras.optimizers.schedules.LearningRateSchedule,
    weight_decay: float,
    averaging_momentum: float | None = None,
) -> keras.optimizers.Optimizer:
    """Return AdamW (Loshchilov & Hutter 2019) under which kernels decay, and nothing else.

    With `averaging_momentum`, from 0 to 1, it keeps running means of the weights, too;
    `finalize_variable_values` puts them in the place of the weights.
    """
    optimizer = keras.optimizers.AdamW(
        schedule,
        weight_decay=weight_decay,
        use_ema=averaging_momentum is not None,
        ema_momentum=averaging_momentum,
        # While training goes on the weights are their own.
        ema_overwrite_frequency=None,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    return optimizer


def warmed_cosine(
    rate: float, warm_up: int, decay: int
) -> keras.optimizers.schedules.LearningRateSchedule:
    """Return a learning rate that rises from 0 to `rate` in `warm_up` steps, in a straight line.

    It falls to 0 again as half a cosine in the `decay` steps that follow (Loshchilov & Hutter
    2017).
    """
    return keras.optimizers.schedules.CosineDecay(
        0.0, decay, warmup_target=rate, warmup_steps=warm_up
    )
