"""A training run that is killed while it writes a checkpoint that is there already.

Started by a test as a program of its own: `python -m tests.training.killed_run FOLDER CHECKPOINT`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def main(folder: Path, checkpoint: str) -> None:
    """Fit the small material in `folder`, and die by SIGKILL amid the second such saving."""
    import keras

    from tests.training.samples import digit_pictures, small_material
    from training.fit import fit

    save = keras.Model.save

    def dying_save(model: keras.Model, path: Path, **options: bool) -> None:
        if (folder / checkpoint).exists():
            path.write_bytes(b"PK\x03\x04 half a file")
            os.kill(os.getpid(), signal.SIGKILL)
        save(model, path, **options)

    keras.Model.save = dying_save
    fit("cnn", small_material(), digit_pictures(20, seed=5), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
