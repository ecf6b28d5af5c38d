"""The console script, and ``python -m questionnaire``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Start the command line; an interruption while it is still loading is one too."""
    gc.disable()  # while it is loading nothing becomes garbage
    try:
        from questionnaire.commands.main import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # nor does what was loaded later on
        gc.enable()
        # Rulebooks are large and stay: to look through them for garbage took a fifth of ``rules check``.
        gc.set_threshold(100_000, 20, 100)
    try:
        run()
    finally:
        gc.freeze()  # Python would look through everything once more before it ends


if __name__ == "__main__":
    main()
