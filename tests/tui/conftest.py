"""How often it is looked whether a screen has come to rest: Textual's own pilot sleeps 20 ms between any two keys.

Most of the time of these tests was that sleep. The share of it in which the process may still work stays the same.
"""

from textual import _wait

_wait.SLEEP_GRANULARITY = 1 / 200
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20
