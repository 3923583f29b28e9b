"""Self-test: the half of `digitpad self-test` that needs no window."""

from __future__ import annotations

from digitpad.cli.answers import in_words
from digitpad.core.explain.look_alikes import LookAlikes
from digitpad.core.ink_files import BadInkLine, read_ink_file
from digitpad.core.ink_lines import InkFileError
from digitpad.core.model_file import ModelFileError, load_model
from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from digitpad.core.reasons import reason_of
from digitpad.core.resource_files import bundled_mlp_path, resource_path


def self_test_reading() -> str | None:
    """Read the bundled golden ink with the bundled model, and load what it is explained with.

    Returns None when every drawing is read as its label says, else one sentence on what is wrong.
    An unsure answer counts: it is for each model to say how sure it is.
    """
    path = resource_path("ink", "golden.jsonl")
    try:
        reader = Reader.bundled()
        for item in read_ink_file(path):
            if isinstance(item, BadInkLine):
                return f"The golden ink {path} is damaged in line {item.line}: {item.reason}."
            reading = reader.read_ink(item.ink)
            if reading.status is Status.NOT_A_DIGIT or reading.text != item.label:
                return f"The golden {item.label} is read as: {in_words(reading)}."
        load_model(bundled_mlp_path())
        LookAlikes.bundled(reader.model)
    except ModelFileError as error:
        return str(error)
    except InkFileError as error:
        return f"The golden ink {path} {error}."
    except OSError as error:
        return f"The golden ink {path} cannot be read: {reason_of(error)}."
    return None
