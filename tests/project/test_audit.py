"""The audit says what was asked and what was not: a service that cannot be reached is no clean bill."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tools.audit import main

CLEAN = {"name": "a", "version": "1", "vulns": []}
FAULTY = {
    "name": "b",
    "version": "2",
    "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}, {"id": "CVE-2", "fix_versions": []}],
}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("pypi", "osv", "code", "said"),
    [
        ([CLEAN], None, 0, ["audit: 1 packages, no known fault"]),
        (None, [CLEAN, CLEAN], 0, ["audit: 2 packages, no known fault"]),
        ([SKIPPED], [CLEAN], 0, ["audit: 1 packages, no known fault"]),
        ([CLEAN, SKIPPED], [CLEAN], 2, ["audit: 1 of 2 packages could not be looked up: c"]),
        ([SKIPPED] * 7 + [CLEAN], None, 2, ["audit: 7 of 8 packages could not be looked up: c, c, c, c, c and 2 more"]),
        ([CLEAN, FAULTY, SKIPPED], None, 1, ["b 2: CVE-1, mended in 3", "b 2: CVE-2, mended in no version yet", "audit: 2 known faults"]),
        (None, None, 2, ["audit: no advisory service answered (pypi, osv): nothing was audited"]),
        ([SKIPPED], [], 2, ["audit: no advisory service answered"]),
    ],
)  # fmt: skip
def test_verdicts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pypi: Any, osv: Any, code: int, said: list[str]
) -> None:
    answers = {"pypi": pypi, "osv": osv}
    program = tmp_path / "pip-audit.py"
    program.write_text(
        f"import json, sys\nanswer = {answers!r}[sys.argv[sys.argv.index('--vulnerability-service') + 1]]\n"
        "if answer is None:\n    sys.exit('Traceback: ConnectionError')\n"
        "print(json.dumps({'dependencies': answer, 'fixes': []}))\nsys.exit(any(p.get('vulns') for p in answer))\n",
        encoding="utf-8",
    )
    assert main(tmp_path / "lock", [sys.executable, str(program)]) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(wanted) for line, wanted in zip(lines, said, strict=True))
