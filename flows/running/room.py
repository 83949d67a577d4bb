"""The deal room as a part of the running system."""

from __future__ import annotations

import argparse

from bidkit.web.serve import serve
from flows.running.leash import hold
from flows.running.plan import HOST


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser(description="deal room of bidkit")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    hold()
    serve(HOST, port)


if __name__ == "__main__":
    main()
