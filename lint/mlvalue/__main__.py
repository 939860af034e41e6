"""`python -m mlvalue` is `mlvalue`."""

import sys


def main() -> int:
    """Run the command line; quiet also if it is interrupted while its parts are still being read."""
    try:
        from mlvalue import cli  # noqa: PLC0415 (reading it takes a tenth of a second, in which somebody may press Ctrl-C)

        return cli.main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
