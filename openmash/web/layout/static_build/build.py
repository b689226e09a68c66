"""Rebuilds the design system's style sheet and script. Run it after changing a version in package.json:

    ./dev exec python openmash/web/layout/static_build/build.py

Needs node and npm, which nothing else here does: what it makes is committed.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "static" / "openmash" / "vendor"
NOT_OURS_TO_SHOW = ("GDS Transport", "govuk-crest", "url(")


def build() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json", "design-system.scss"):
            shutil.copy(HERE / name, work)
        subprocess.run(["npm", "ci", "--silent"], cwd=work, check=True)
        sass = [
            "npx",
            "sass",
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            "--load-path=node_modules",
        ]
        subprocess.run([*sass, "design-system.scss", "design-system.css"], cwd=work, check=True)
        style = (work / "design-system.css").read_text()
        found = [name for name in NOT_OURS_TO_SHOW if name in style]
        if found:
            raise SystemExit(f"The style sheet would contain {', '.join(found)}: see design-system.scss.")
        VENDOR.mkdir(parents=True, exist_ok=True)
        (VENDOR / "design-system.css").write_text(style)
        script = work / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"
        text = script.read_text().split("//# sourceMappingURL")[0]  # the map is not served
        (VENDOR / "govuk-frontend.min.js").write_text(text)


if __name__ == "__main__":
    build()
