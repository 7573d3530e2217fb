"""What the steps of the training share: batches, the learning rate, one step, the losses.

learner = Learner.of(student, 5e-3, 0.02, len(labels) // 64, clock(steps, minutes))
for index in batches(len(labels), 64, generator):
    learner.learn(pixels[index], targets[index], labels[index], 2.0)
models.folded(learner.average, temperature)  # what is kept
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import dataset
import models
import torch
from torch import Tensor, nn
from torch.nn import functional

CHUNK = 250  # pictures at a time where nothing is learnt
WARM_UP = 0.05  # of the steps
LABEL_WEIGHT = 0.1  # of the true labels in the student's loss, beside the teachers' opinion
AVERAGE_EPOCHS = 5.0  # the memory of the averaged weights


@dataclass(frozen=True)
class Learner:
    """A student, the running average of its weights, and what changes both."""

    student: models.Student
    average: models.Student
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    memory: float  # of the average: the share of it that a step keeps

    @classmethod
    def of(
        cls,
        student: models.Student,
        peak: float,
        decay: float,
        batches: int,
        progress: Callable[[int], float],
    ) -> Learner:
        """Return one for AdamW, with that peak learning rate, weight decay and batches a pass."""
        student = student.to(memory_format=torch.channels_last)
        average = copy.deepcopy(student).eval()
        optimizer = torch.optim.AdamW(student.parameters(), peak, weight_decay=decay, fused=True)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: rate(progress(n)))
        return cls(student, average, optimizer, schedule, 1 - 1 / (AVERAGE_EPOCHS * batches))

    def learn(self, pixels: Tensor, target: Tensor, labels: Tensor, temperature: float) -> float:
        """Take one step on a batch of uint8 pictures; return the loss."""
        logits = half_precision(self.student, dataset.unit(pixels))
        loss = agreement(logits, target, labels, temperature)
        step(loss, self.student, self.optimizer, self.schedule)
        self.student.keep_scales_positive()
        follow(self.average, self.student, self.memory)
        return loss.item()


def clock(steps: int, minutes: float) -> Callable[[int], float]:
    """Return what tells the share of the training that is over, by steps or by minutes."""
    started = time.monotonic()

    def progress(step: int) -> float:
        return max(step / steps, (time.monotonic() - started) / (minutes * 60))

    return progress


def agreement(logits: Tensor, target: Tensor, labels: Tensor, temperature: float) -> Tensor:
    """Return the student's loss: against the softened opinions, and a little against the truth.

    The square of the temperature keeps the gradient's size the same at every temperature.
    Source: Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015.
    """
    against_teachers = functional.cross_entropy(logits / temperature, target) * temperature**2
    return against_teachers + LABEL_WEIGHT * functional.cross_entropy(logits, labels)


def best_temperature(logits: Tensor, labels: Tensor) -> float:
    """Return the number that the logits are best divided by, to 0.01 in 0.50..2.00."""
    candidates = [i / 100 for i in range(50, 201)]
    return min(candidates, key=lambda t: float(functional.cross_entropy(logits / t, labels)))


def load_teachers(folder: Path, count: int, classes: int) -> list[models.Teacher]:
    """Return the teachers that the step of that name left in the folder."""
    teachers = []
    for number in range(count):
        teacher = models.Teacher(classes).to(memory_format=torch.channels_last)
        teacher.load_state_dict(torch.load(folder / f"teacher_{number}.pt"))
        teachers.append(teacher)
    return teachers


def predict(network: nn.Module, pixels: Tensor) -> Tensor:
    """Return float32 logits of uint8 pictures, without learning from them."""
    network.eval()
    with torch.no_grad():
        return torch.cat([half_precision(network, dataset.unit(c)) for c in pixels.split(CHUNK)])


def half_precision(network: nn.Module, x: Tensor) -> Tensor:
    """Run the network in bfloat16, three times as fast where the processor has it."""
    with torch.autocast("cpu", torch.bfloat16):
        logits: Tensor = network(x.contiguous(memory_format=torch.channels_last))
    return logits.float()


def rate(progress: float) -> float:
    """Return the share of the peak learning rate: a linear rise, then half a cosine to zero."""
    if progress < WARM_UP:
        return max(progress, WARM_UP / 100) / WARM_UP
    return (1 + math.cos(math.pi * (min(progress, 1) - WARM_UP) / (1 - WARM_UP))) / 2


def batches(count: int, size: int, generator: torch.Generator, whole: bool = True) -> list[Tensor]:
    """Return positions in random order, in batches; `whole` drops a smaller last one."""
    chunks = torch.randperm(count, generator=generator).split(size)
    return [chunk for chunk in chunks if len(chunk) == size or not whole]


def flipped(pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Mirror every other batch, which costs next to nothing and doubles the views."""
    return pixels.flip(3) if torch.rand(1, generator=generator) < 0.5 else pixels


def step(
    loss: Tensor,
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> None:
    """Change the network's weights once, against the loss's gradient; advance the schedule."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimizer.step()
    schedule.step()


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, memory: float) -> None:
    """Move the averaged weights and statistics a little towards the network's."""
    for kept, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - memory)


def summary(logits: Tensor, labels: Tensor) -> str:
    """Return the share of right answers and the likelihood, to be printed."""
    accuracy = float((logits.argmax(1) == labels).float().mean())
    return f"{accuracy:.1%} right, NLL {float(functional.cross_entropy(logits, labels)):.3f}"
