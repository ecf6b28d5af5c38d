"""The console script, and ``python -m questionnaire``."""

from __future__ import annotations

from questionnaire.cli import main

if __name__ == "__main__":
    main()
