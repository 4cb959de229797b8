"""How long each address of the service takes: `python -m bench.service RECORD`.

RECORD may be a large one that `bench.views` made. The median of `--times`, in
milliseconds, as the application answers it, and the processor time of it; the network
and the browser are not in it.
"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

import httpx

from onrecord.show.service.app import make_app

FIXED = (
    "record",
    "facets",
    "facets?country=RUS",
    "events",
    "events?order=-report",
    "events?order=confidence",
    "events?actor=RUS&recipient=UKR",
    "events?actor=trump&order=-report",
    "events?type=ASSAULT&order=-report",
    "events?country=RUS&order=-report",
    "statements",
    "statements?actor=RUS",
    "happenings",
    "happenings?type=ASSAULT",
    "reports",
    "reports?order=-report&q=troops",
    "reports?type=ASSAULT",
    "map",
    "map?type=ASSAULT",
    "network",
    "network?type=ASSAULT",
    "series?step=month",
    "series?step=month&country=RUS",
    "positions",
    "positions?country=DEU",
    "numbers?country=DEU",
    "claims",
    "stories",
)


def main() -> None:
    """Print a line for each address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--only", default="", help="what an address begins with")
    asked = parser.parse_args()
    asyncio.run(measure(asked.record, asked.times, asked.only))


async def measure(record: Path, times: int, only: str = "") -> None:
    """Ask for each address so many times, as if it had not been asked before."""
    # The guard keeps answers; the application behind it works each out anew.
    application: Any = make_app(record)
    transport = httpx.ASGITransport(app=application)
    base = "http://localhost/api/"
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        for path in (*FIXED, *await found(client)):
            if not path.startswith(only):
                continue
            taken, worked = [], []
            for _ in range(times):
                began, processor = time.perf_counter(), time.process_time()
                answer = await client.get(path)
                taken.append(time.perf_counter() - began)
                worked.append(time.process_time() - processor)
            answer.raise_for_status()
            print(
                f"{statistics.median(taken) * 1000:8.0f} ms"
                f" {statistics.median(worked) * 1000:8.0f} ms of processors"
                f" {len(answer.content):9,} bytes  {path}",
                flush=True,
            )


async def found(client: httpx.AsyncClient) -> tuple[str, ...]:
    """Return addresses that name something of the record."""
    listed = await client.get("events?limit=1&order=-report")
    event: dict[str, Any] = listed.json()["items"][0]
    return (
        f"events/{event['event_id']}",
        f"happenings/{event['happening_id']}",
        f"reports/{event['doc_id']}",
        f"stories/{event['story_id']}",
        f"brief?since={event['date']}",
    )


if __name__ == "__main__":
    main()
