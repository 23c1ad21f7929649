"""Static files of the running portal: hashed, compressed, and one style sheet instead of thirty.

`static/css/site.css` is a list of `@import` rules, which a browser can follow as it stands; so
development needs no build (the rules hold whole paths, for tools that resolve them badly). When the
files are collected, each rule is replaced by its file.
"""

import re
from collections.abc import Callable
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
IMPORT = re.compile(r'^@import "/static/(css/[\w-]+\.css)"(?: (\w+))?;\n', re.MULTILINE)


def bundle(read: Callable[[str], str]) -> str:
    """The text of the bundle with every imported file in its place; `read` gives a file's text."""

    def put(match: re.Match) -> str:
        name, medium = match.groups()
        text = read(name)
        return f"@media {medium} {{\n{text}}}\n" if medium else text

    return IMPORT.sub(put, read(BUNDLE))


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with hashed names, after the style sheets became one."""

    def post_process(self, paths: dict, dry_run: bool = False, **options):
        """Write the bundle into the collected files, then hash and compress them all.

        `paths` maps a collected name to its storage and its name there, as Django gives it.
        """
        if not dry_run and BUNDLE in paths:

            def read(name: str) -> str:
                storage, path = paths[name]
                with storage.open(path) as file:
                    return file.read().decode()

            Path(self.path(BUNDLE)).write_text(bundle(read), encoding="utf-8")
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, dry_run, **options)
