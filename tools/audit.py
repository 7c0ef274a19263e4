"""Known faults of the locked packages: ``make audit``, or ``python -m tools.audit``; pip-audit must be installed.

Two advisory services are asked, one after the other: PyPI's, and OSV if that does not answer. What could not be looked up is
named; nothing counts as free of faults that nobody was asked about. Exit code 0: every package was looked up and has no known
fault; 1: some have; 2: no service answered, or not for all packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SERVICES = ("pypi", "osv")
PIP_AUDIT = (str(Path(sys.executable).parent / "pip-audit"),)
SHOWN = 5


def asked(service: str, lock: Path, command: Sequence[str]) -> list[dict[str, Any]]:
    """Return what a service says of each package; nothing where it cannot be reached."""
    options = [
        "--requirement",
        str(lock),
        "--require-hashes",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    process = subprocess.run(
        [*command, *options, "--vulnerability-service", service, "--timeout", "15"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        found: list[dict[str, Any]] = json.loads(process.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return []
    return found


def verdict(packages: Sequence[dict[str, Any]]) -> tuple[int, list[str]]:
    """Return the exit code and what to say of the packages."""
    faults = [
        f"{package['name']} {package['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in packages
        for fault in package.get("vulns", ())
    ]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if faults:
        return 1, [
            *faults,
            f"audit: {len(faults)} known faults: raise the packages in pyproject.toml, then make lock",
        ]
    if not packages or len(skipped) == len(packages):
        return 2, []
    if skipped:
        names = ", ".join(skipped[:SHOWN]) + (
            f" and {len(skipped) - SHOWN} more" if len(skipped) > SHOWN else ""
        )
        return 2, [f"audit: {len(skipped)} of {len(packages)} packages could not be looked up: {names}"]
    return 0, [f"audit: {len(packages)} packages, no known fault"]


def main(lock: Path = ROOT / "requirements.lock", command: Sequence[str] = PIP_AUDIT) -> int:
    """Ask the services, say what they know, and return the exit code."""
    for service in SERVICES:
        code, lines = verdict(asked(service, lock, command))
        if lines:
            break
    else:
        lines = [
            f"audit: no advisory service answered ({', '.join(SERVICES)}): nothing was audited; run it where there is a network"
        ]
    sys.stdout.write("\n".join([*lines, ""]))
    return code


if __name__ == "__main__":
    sys.exit(main())
