"""Fuzz one target: `python -m tests.fuzz TARGET [SECONDS]`; what it finds goes into `found`."""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import warnings
from pathlib import Path

FOUND = Path(__file__).parent / "found"
USAGE = "usage: python -m tests.fuzz json_lines|inkml|picture [SECONDS]\n"
WATCHED = ["digitpad", "gzip", "PIL"]
SECONDS = 600
MEMORY = 4096
"""In MB, for a run: 150 KB stay with each picture while the fuzzer watches, none without it."""


def main(arguments: list[str]) -> int:
    """Fuzz until the time is up or something is found; the fuzzer ends the process."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return 1
    with atheris.instrument_imports(include=WATCHED):
        from tests.fuzz.targets import TARGETS, WORDS, seeds

    name, seconds = (*arguments, str(SECONDS))[:2] if arguments else ("", "")
    if name not in TARGETS or not seconds.isdecimal():
        sys.stderr.write(USAGE)
        return 2
    sound = [*seeds(name)]
    with atheris.instrument_imports(include=WATCHED):  # Much is imported only when it is needed.
        for seed in sound:
            TARGETS[name](seed)
    warnings.simplefilter("error")  # Nothing but a refusal may be said on the standard error.
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    corpus, words = folder / "corpus", folder / "words"
    corpus.mkdir()
    words.write_text("".join(f"{json.dumps(word)}\n" for word in WORDS[name]))
    for number, seed in enumerate(sound):
        (corpus / str(number)).write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={seconds}",
            f"-rss_limit_mb={MEMORY}",
            f"-dict={words}",
            "-timeout=5",
            "-max_len=4096",
            f"-artifact_prefix={FOUND}/{name}-",
            "-print_final_stats=1",
        ],
        TARGETS[name],
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
