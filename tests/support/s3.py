"""A store that speaks S3, on the loopback address, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

BUCKET = "news"
SECONDS = 10

# Delta Lake holds the interpreter while it asks some things, so no thread of this
# process could answer. Requests are noted, a line each.
SERVER = """
import sys
import werkzeug.serving
from moto.server import ThreadedMotoServer

log = open(sys.argv[1], "a", buffering=1)

def note(self, code="-", size="-"):
    log.write(f"{self.command} {self.path}\\n")

werkzeug.serving.WSGIRequestHandler.log_request = note
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def s3_server(folder: Path) -> Iterator[Path]:
    """Serve an empty bucket `news` while the block runs; yield the log of requests.

    The environment says how to reach it, to this process and those it starts.
    """
    log = folder / "requests.log"
    log.touch()
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin and server.stdout
        port = int(server.stdout.readline())
        told = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        try:
            with mock.patch.dict(os.environ, told):
                make_bucket()
                yield log
        finally:
            server.stdin.close()
            server.wait(SECONDS)


def make_bucket() -> None:
    """Make the bucket."""
    import pyarrow.fs as pafs

    system, _ = pafs.FileSystem.from_uri("s3://other?allow_bucket_creation=true")
    system.create_dir(BUCKET)
