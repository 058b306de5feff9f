"""The command line."""


def main() -> int:
    """Run newsread."""
    return 0
