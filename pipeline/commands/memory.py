"""Memory that is too little is one line, whichever library finds it out."""

from __future__ import annotations

# What libraries say where memory ends (those in C have no MemoryError of their own).
SHORT_OF = ("cannot allocate memory", "failed to map segment", "out of memory", "can't start new thread")
SHORT = "the memory is not enough: allow more (ulimit -v), or take fewer processes with --jobs 1"
# Bytes of address space below which libraries in C and Rust abort instead of telling (決め打ち: 400 MB were too
# little for one short text, 500 MB enough).
LEAST = 480 << 20


def enough() -> bool:
    """Whether this process may have as much address space as a command needs at least."""
    try:
        import resource
    except ImportError:  # Windows
        return True
    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    return soft == resource.RLIM_INFINITY or soft >= LEAST


def memory_is_short(error: BaseException) -> bool:
    """Whether an error says that there is no more memory, in whatever words."""
    while error.__cause__ is not None and not isinstance(error, MemoryError):
        error = error.__cause__
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(words in said for words in SHORT_OF)
