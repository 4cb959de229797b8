"""Make a run repeatable."""

import random

import torch


def fixed_random(seed: int) -> random.Random:
    """Return a source of random numbers of its own."""
    return random.Random(seed)


def fix(seed: int, threads: int) -> None:
    """Seed torch and set its number of threads."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
