"""Trains the small network a little more, on weakly augmented pictures.

The views it first learns from are strongly augmented, a quarter of them blended; the pictures it
is shown later are not. A short training at a low rate on weak augmentations closes that gap.

    lessons = make_lessons(splits.training, teachers, generator)
    train(lessons, splits.validation, options)  # from options.out to options.out
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import dataset
import learning
import models
import torch
from torch import Tensor

VIEWS = 8  # of each picture
RATE = 5e-4  # peak learning rate of AdamW
DECAY = 0.02  # weight decay
DISTILLATION_TEMPERATURE = 1.5  # at which teachers and student are compared
REPORT_EPOCHS = 5  # passes between two lines of figures


@dataclass(frozen=True)
class Lessons:
    """Views of the training pictures, and what the student shall say of each."""

    views: Tensor  # (view, picture, 3, 64, 64) uint8
    targets: Tensor  # (view, picture, class): the mean of the teachers' softened probabilities
    labels: Tensor  # (picture,) int64


def make_lessons(
    pictures: dataset.Pictures, teachers: list[models.Teacher], generator: torch.Generator
) -> Lessons:
    """Return VIEWS weak augmentations of each picture, with the teachers' opinion of them."""
    views, targets = [], []
    for _ in range(VIEWS):
        pixels = torch.cat(
            [
                (dataset.weak_augmentation(chunk, generator) * 255).round().byte()
                for chunk in pictures.pixels.split(learning.CHUNK)
            ]
        )
        opinions = torch.stack([learning.predict(teacher, pixels) for teacher in teachers])
        views.append(pixels)
        targets.append((opinions / DISTILLATION_TEMPERATURE).softmax(-1).mean(0))
    return Lessons(torch.stack(views), torch.stack(targets), pictures.labels)


def train(lessons: Lessons, validation: dataset.Pictures, options: argparse.Namespace) -> None:
    """Train on from the weights in --out; write the averaged ones there again, folded."""
    generator = torch.Generator().manual_seed(options.seed)
    example = dataset.unit(lessons.views[0, ::2])
    student = models.unfolded(models.load(str(options.out)), example)
    batches = len(lessons.labels) // options.batch
    progress = learning.clock(options.finish_epochs * batches, options.minutes)
    learner = learning.Learner.of(student, RATE, DECAY, batches, progress)
    for epoch in range(options.finish_epochs):
        learner.student.train()
        for index in learning.batches(len(lessons.labels), options.batch, generator):
            view = torch.randint(VIEWS, (len(index),), generator=generator)
            pixels = learning.flipped(lessons.views[view, index], generator)
            learner.learn(
                pixels,
                lessons.targets[view, index],
                lessons.labels[index],
                DISTILLATION_TEMPERATURE,
            )
        last = progress((epoch + 1) * batches) >= 1
        if last or (epoch + 1) % REPORT_EPOCHS == 0:
            figures = keep(learner.average, validation, options)
            print(f"finish, epoch {epoch + 1}: {figures}", flush=True)
        if last:
            break


def keep(student: models.Student, validation: dataset.Pictures, options: argparse.Namespace) -> str:
    """Write the student's folded weights to --out; return figures on the validation split."""
    student.eval()
    with torch.no_grad():
        logits = student(dataset.unit(validation.pixels))
    temperature = learning.best_temperature(logits, validation.labels)
    models.save(models.folded(student, temperature), str(options.out))
    figures = learning.summary(logits / temperature, validation.labels)
    return f"{figures} at temperature {temperature:.2f}"
