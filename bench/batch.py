"""How a worker bears a contest: drawings of 10 MB in batches of 500 MB at most.

`python -m bench.batch` starts services of its own, sends the batches one after another as schools
do, and has a process of its own read them: seconds, memory at its peak, look-alikes among them.
Then it compares one more work with 10,000 others. Disk: three times a batch.
"""

import argparse
import io
import os
import random
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from uclg_portal.services.embedded import EmbeddedServices, explained_errors

ROOT = Path(__file__).resolve().parent.parent
MOST_MEGABYTES = 400
MEGABYTE = 1024 * 1024
DIFFERENT = 20  # pictures that are made; more drawings than that repeat them
SIZE = (4200, 3000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("--drawings", type=int, default=1000)
    parser.add_argument("--a-batch", type=int, default=48)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return _work()
    folder = ROOT / "var/bench-batch"
    services = EmbeddedServices(folder, purpose="another benchmark", say=print)
    with explained_errors(folder), services:
        os.environ.update(services.environment)
        os.environ.update(DEMO="1", DJANGO_SETTINGS_MODULE="uclg_portal.settings")
        os.environ["PRIVATE_MEDIA_ROOT"] = str(folder / "private")
        return _measure(options.drawings, options.a_batch)


def picture(seed: int, size: tuple[int, int] = SIZE) -> bytes:
    """A photograph of a drawing: a JPEG of about 10 MB at full size, for the grain of the paper."""
    from PIL import Image

    from uclg_portal.demonstration.drawings import drawing

    image = Image.open(io.BytesIO(drawing(seed))).convert("RGB").resize(size)
    rng = random.Random(seed)
    grain = Image.frombytes("L", (512, 512), rng.randbytes(512 * 512))
    paper = Image.new("L", size)
    for x in range(0, size[0], 512):
        for y in range(0, size[1], 512):
            paper.paste(grain, (x, y))
    noisy = Image.blend(image, Image.merge("RGB", (paper, paper, paper)), 0.22)
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()


def send(entrant, pictures: list[bytes], numbers: range):
    """One batch as a browser sends it: the archive lies on the disk, never in memory."""
    from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

    from awards import batches
    from awards.tests.batches import child, table

    upload = TemporaryUploadedFile("works.zip", "application/zip", 0, None)
    with zipfile.ZipFile(upload.file, "w") as packed:
        for number in numbers:
            packed.writestr(f"{number:02d}.jpg", pictures[number % len(pictures)])
    upload.size = upload.file.tell()
    rows = SimpleUploadedFile("t.csv", table([child(number) for number in numbers]).read())
    return batches.send(entrant, None, archive=upload, table=rows), upload.size


def _measure(drawings: int, a_batch: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from awards.models import EntryFile, LookAlike
    from awards.tests.batches import school

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    pictures = [picture(seed) for seed in range(min(drawings, DIFFERENT))]
    megabytes = sum(map(len, pictures)) / len(pictures) / MEGABYTE
    print(f"{drawings} drawings of {megabytes:.1f} MB, {a_batch} in a batch")
    entrant, seconds = school(), 0.0
    command = [sys.executable, "-m", "bench.batch", "--worker"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        for start in range(0, drawings, a_batch):
            batch, size = send(entrant, pictures, range(start, min(start + a_batch, drawings)))
            began = time.monotonic()
            worker.stdin.write(f"{batch.pk}\n")
            worker.stdin.flush()
            peak = float(worker.stdout.readline()) / 1024
            seconds += time.monotonic() - began
            _show(batch, size, seconds, peak)
        worker.stdin.close()
    made = EntryFile.objects.exclude(large=None).exclude(small=None).count()
    print(f"{made} works with both sizes, {LookAlike.objects.count()} pairs of look-alikes")
    print(f"{seconds:.0f} s, {drawings / seconds:.1f} drawings a second, {peak:.0f} MB at the peak")
    compare_with_many(entrant)
    return 0 if made == drawings and peak < MOST_MEGABYTES else 1


def _show(batch, size: int, seconds: float, peak: float) -> None:
    """Tell how far it is, and take the archive off the disk."""
    from awards import works

    batch.refresh_from_db()
    print(f"  {size / MEGABYTE:.0f} MB {batch.state}: {batch.done} works, {seconds:.0f} s so far, "
          f"{peak:.0f} MB")  # fmt: skip
    archive, batch.archive = batch.archive, None
    batch.save()
    works.forget_files([archive])


def _work() -> int:
    """Read batches as a worker does: a number comes in, the peak of the memory goes out."""
    import django

    django.setup()
    from awards import batches

    for line in sys.stdin:
        batches.run(int(line))
        # The peak of this process alone: getrusage would tell that of whoever started it, too.
        status = Path("/proc/self/status").read_text()
        print(re.search(r"VmHWM:\s+(\d+)", status)[1], flush=True)
    return 0


def compare_with_many(entrant, number: int = 10_000) -> float:
    """Seconds to compare a batch of 50 works with so many others."""
    from awards import look_alikes
    from awards.models import Entry, EntryFile

    rng, kept = random.Random(7), EntryFile.objects.first().file
    made = Entry.objects.bulk_create(
        [
            Entry(
                round=entrant.round, entrant=entrant, title_ru="x", state="submitted",
                number=100_000 + one, submitted_at=entrant.created_at,
            )
            for one in range(number + 50)
        ]
    )  # fmt: skip
    EntryFile.objects.bulk_create(
        [
            EntryFile(
                entry=entry, file=kept, is_picture=True, look=rng.getrandbits(64) - 2**63,
                compared_at=None if one >= number else entry.submitted_at,
            )
            for one, entry in enumerate(made)
        ]
    )  # fmt: skip
    began = time.monotonic()
    compared = look_alikes.compare_new()
    seconds = time.monotonic() - began
    print(f"{compared} works compared with {number} others in {seconds:.2f} s")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
