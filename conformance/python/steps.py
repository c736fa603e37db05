"""Runs steps and counts them; waits for conditions."""

import asyncio
import traceback

DEADLINE = 10.0
passed = failed = 0


async def step(name, play):
    """One step of the README that lists them."""
    global passed, failed
    try:
        await asyncio.wait_for(play(), DEADLINE)
    except Exception:
        failed += 1
        print(f"FAIL {name}: {traceback.format_exc()}")
    else:
        passed += 1
        print(f"ok {name}")


def result():
    """The last line; the exit code."""
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


async def until(what, look):
    """Looks again until there is something."""
    for _ in range(450):
        if found := look():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")
