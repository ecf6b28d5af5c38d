"""The same in any process: whatever the hash seed is; and importing experta leaves no trace."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_same_whatever_the_hash_seed(root: Path) -> None:
    script = (
        "import gc, sys, random, datetime; gc.disable(); sys.path[:0] = ['tests']\n"
        "from pathlib import Path\n"
        "from people.generators import random_response\n"
        "from triage.rulebook.load import load\n"
        "from triage.engine.inference import Reasoner\n"
        "from triage.engine.assess import assess_with\n"
        "from triage.report.formats.json import as_data, render_json\n"
        "book = load(Path('rules')); reasoner = Reasoner(book, datetime.date(2026, 11, 22))\n"
        "for seed in range(8):\n"
        "    print(render_json(as_data(assess_with(reasoner, random_response(book, random.Random(seed))))))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1


def test_importing_experta_leaves_no_trace(root: Path) -> None:
    script = (
        "import collections, logging\n"
        "from triage.readers.experta_network import Network\n"
        "Network({})\n"
        "assert not hasattr(collections, 'Mapping')\n"
        "assert not logging.root.handlers\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True)
