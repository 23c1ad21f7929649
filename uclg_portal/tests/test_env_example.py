import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Set by compose.yaml and the two commands, not read by the settings.
OTHERS = {"DEMO_PICTURES", "PORT", "POSTGRES_PASSWORD", "UCLG_TEST_INSTANCE"}


def test_env_example_lists_exactly_the_variables_that_are_read():
    settings = (ROOT / "uclg_portal/settings.py").read_text()
    read = set(re.findall(r"""\benv(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", settings))
    example = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert listed == read | OTHERS
