"""Trains the network that the page shows; PyTorch on one processor core is enough.

    python weights/train.py --data tiny-imagenet-200.zip                  # everything, in order
    python weights/train.py --data tiny-imagenet-200.zip --stage student  # one step of it

Steps, each reading what the one before left in the --work folder:

1. teacher   trains larger networks on the training pictures;
2. views     makes many varied views of each training picture, with the teachers' opinion of each;
3. student   trains the network of 19,920 parameters to agree with it, and writes --out;
4. report    prints accuracy, likelihood and confusions on the pictures kept back;
5. fixtures  stores PyTorch's activations for one synthetic picture, for the tests.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path

import dataset
import models
import numpy as np
import report
import torch
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
CHUNK = 250  # pictures at a time where nothing is learnt
MIXED_SHARE = {"teacher": 0.5, "views": 0.25}  # of the pictures: blended with another one
LABEL_SMOOTHING = 0.05
TEACHER_RATE = 0.1  # peak learning rate of SGD with momentum
STUDENT_RATE = 5e-3  # peak learning rate of AdamW
TEACHER_DECAY, STUDENT_DECAY = 5e-4, 0.02  # weight decay
WARM_UP = 0.05  # of the steps
SOFTNESS = 2.0  # the temperature at which teachers and student are compared
LABEL_WEIGHT = 0.1  # of the true labels in the student's loss, beside the teachers' opinion
AVERAGE_EPOCHS = 5.0  # the memory of the averaged weights


def main() -> None:
    """Run the steps that the command line asks for."""
    options = _options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    steps = {
        "teacher": train_teachers,
        "views": make_views,
        "student": train_student,
        "report": show_report,
        "fixtures": make_fixtures,
    }
    for name in steps if options.stage == "all" else [options.stage]:
        started = time.monotonic()
        steps[name](options)
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, help="Tiny ImageNet: folder or zip with train/WNID/images/*.JPEG")
    add("--stage", default="all", help="all (default) or one of the steps above",
        choices=["all", "teacher", "views", "student", "report", "fixtures"])  # fmt: skip
    add("--work", type=Path, default=Path(".cache/train"), help="folder for what lies between")
    add("--out", type=Path, default=HERE / "tiny_vgg.npz", help="the weights to write or to judge")
    add("--fixtures", type=Path, help="the activations to write",
        default=HERE.parent / "tests" / "fixtures" / "tiny_vgg_activations.npz")  # fmt: skip
    add("--teachers", type=int, default=2, help="how many networks teach (default 2)")
    add("--teacher-epochs", type=int, default=45, help="passes over the pictures (default 45)")
    add("--views", type=int, default=24, help="views made of each picture (default 24)")
    add("--epochs", type=int, default=320, help="the student's passes (default 320)")
    add("--minutes", type=float, default=math.inf, help="shorten the student's training to this")
    add("--batch", type=int, default=64, help="pictures per step (default 64)")
    add("--kept-back", type=int, default=50, help="pictures a class to report on (default 50)")
    add("--tuning", type=int, default=20, help="a class, to set the temperature by (default 20)")
    add("--seed", type=int, default=1, help="of every random number (default 1)")
    add("--threads", type=int, default=1, help="processor threads (default 1)")
    return parser.parse_args()


def _parts(options: argparse.Namespace) -> dataset.Parts:
    if options.data is None:
        raise SystemExit(f"--stage {options.stage} reads the pictures: say where, with --data")
    pictures = dataset.read_pictures(options.data, dataset.read_classes(HERE / "classes.json"))
    return dataset.split(pictures, options.kept_back, options.tuning)


def _class_count() -> int:
    return len(dataset.read_classes(HERE / "classes.json"))


def train_teachers(options: argparse.Namespace) -> None:
    """Train the teachers one after the other, on fresh views each time."""
    parts = _parts(options)
    for number in range(options.teachers):
        teacher = _train_teacher(parts, options, options.seed + number)
        torch.save(teacher.state_dict(), options.work / f"teacher_{number}.pt")


def _train_teacher(parts: dataset.Parts, options: argparse.Namespace, seed: int) -> models.Teacher:
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    teacher = models.Teacher(_class_count()).to(memory_format=torch.channels_last)
    training = parts.training
    batches = len(training.labels) // options.batch
    steps = options.teacher_epochs * batches
    optimizer = torch.optim.SGD(
        teacher.parameters(), TEACHER_RATE, momentum=0.9, weight_decay=TEACHER_DECAY, nesterov=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps))
    truth = functional.one_hot(training.labels, _class_count()).float()
    truth = truth * (1 - LABEL_SMOOTHING) + LABEL_SMOOTHING / truth.shape[1]
    for epoch in range(options.teacher_epochs):
        teacher.train()
        for index in _batches(len(truth), options.batch, generator):
            x = dataset.augmented(training.pixels[index], generator)
            x, target = dataset.mixed(x, truth[index], MIXED_SHARE["teacher"], generator)
            loss = functional.cross_entropy(_half_precision(teacher, x), target)
            _step(loss, teacher, optimizer, schedule)
        logits = predict(teacher, parts.tuning.pixels)
        print(
            f"teacher {seed}, epoch {epoch + 1}: {_summary(logits, parts.tuning.labels)}",
            flush=True,
        )
    return teacher


def make_views(options: argparse.Namespace) -> None:
    """Store `--views` views of each training picture and the teachers' logits for them.

    Writes views.npy (view, picture, 3, 64, 64) uint8 and opinions.npy (view, picture, teacher,
    class) float32.
    """
    training = _parts(options).training
    generator = torch.Generator().manual_seed(options.seed)
    teachers = []
    for number in range(options.teachers):
        teacher = models.Teacher(_class_count()).to(memory_format=torch.channels_last)
        teacher.load_state_dict(torch.load(options.work / f"teacher_{number}.pt"))
        teachers.append(teacher)
    count = len(training.labels)
    views = np.lib.format.open_memmap(
        options.work / "views.npy",
        "w+",
        np.uint8,
        (options.views, count, *training.pixels.shape[1:]),
    )
    opinions = np.zeros((options.views, count, len(teachers), _class_count()), np.float32)
    nothing = torch.zeros(count, 1)
    for view in range(options.views):
        for index in _batches(count, CHUNK, generator, whole=False):
            x = dataset.augmented(training.pixels[index], generator)
            x, _ = dataset.mixed(x, nothing[index], MIXED_SHARE["views"], generator)
            pixels = (x * 255).round().byte()
            views[view, index] = pixels.numpy()
            for number, teacher in enumerate(teachers):
                opinions[view, index, number] = predict(teacher, pixels).numpy()
    np.save(options.work / "opinions.npy", opinions)


def train_student(options: argparse.Namespace) -> None:
    """Train the small network on the stored views; write its folded weights to --out."""
    parts = _parts(options)
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    views = np.load(options.work / "views.npy", mmap_mode="r")
    opinions = torch.from_numpy(np.load(options.work / "opinions.npy"))
    # The mean of the teachers' probabilities, each softened: (view, picture, class)
    targets = (opinions / SOFTNESS).softmax(-1).mean(2)
    student = models.Student(_class_count()).to(memory_format=torch.channels_last)
    average = copy.deepcopy(student).eval()
    batches = len(parts.training.labels) // options.batch
    steps = options.epochs * batches
    optimizer = torch.optim.AdamW(
        student.parameters(), STUDENT_RATE, weight_decay=STUDENT_DECAY, fused=True
    )
    started = time.monotonic()

    def progress(step: int) -> float:
        return max(step / steps, (time.monotonic() - started) / (options.minutes * 60))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(progress(step)))
    memory = 1 - 1 / (AVERAGE_EPOCHS * batches)
    for epoch in range(options.epochs):
        if epoch % len(views) == 0:
            order = torch.randperm(len(views), generator=generator)
        view = int(order[epoch % len(views)])
        student.train()
        for index in _batches(len(parts.training.labels), options.batch, generator):
            x = _flipped(torch.from_numpy(views[view, index]), generator)
            logits = _half_precision(student, dataset.unit(x))
            loss = _agreement(logits, targets[view, index], parts.training.labels[index])
            _step(loss, student, optimizer, schedule)
            student.keep_scales_positive()
            _follow(average, student, memory)
        last = progress((epoch + 1) * batches) >= 1
        if last or (epoch + 1) % 10 == 0:
            logits = predict(average, parts.tuning.pixels)
            temperature = best_temperature(logits, parts.tuning.labels)
            models.save(models.folded(average, temperature), str(options.out))
            print(
                f"student, epoch {epoch + 1}: {_summary(logits, parts.tuning.labels)}, "
                f"loss {loss.item():.3f}, temperature {temperature:.2f}",
                flush=True,
            )
        if last:
            break


def _agreement(logits: Tensor, target: Tensor, labels: Tensor) -> Tensor:
    """Return the student's loss: against the softened opinions, and a little against the truth.

    The square of the softness keeps the gradient's size the same whatever the softness is.
    Source: Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015.
    """
    against_teachers = functional.cross_entropy(logits / SOFTNESS, target) * SOFTNESS**2
    return against_teachers + LABEL_WEIGHT * functional.cross_entropy(logits, labels)


def best_temperature(logits: Tensor, labels: Tensor) -> float:
    """Return the number that the logits are best divided by, to 0.01 in 0.50..2.00."""
    candidates = [i / 100 for i in range(50, 201)]
    return min(candidates, key=lambda t: float(functional.cross_entropy(logits / t, labels)))


def predict(network: nn.Module, pixels: Tensor) -> Tensor:
    """Return float32 logits of uint8 pictures, without learning from them."""
    network.eval()
    with torch.no_grad():
        return torch.cat([_half_precision(network, dataset.unit(c)) for c in pixels.split(CHUNK)])


def _half_precision(network: nn.Module, x: Tensor) -> Tensor:
    """Run the network in bfloat16, three times as fast where the processor has it."""
    with torch.autocast("cpu", torch.bfloat16):
        logits: Tensor = network(x.contiguous(memory_format=torch.channels_last))
    return logits.float()


def _rate(progress: float) -> float:
    """Return the share of the peak learning rate: a linear rise, then half a cosine to zero."""
    if progress < WARM_UP:
        return max(progress, WARM_UP / 100) / WARM_UP
    return (1 + math.cos(math.pi * (min(progress, 1) - WARM_UP) / (1 - WARM_UP))) / 2


def _batches(count: int, size: int, generator: torch.Generator, whole: bool = True) -> list[Tensor]:
    """Return positions in random order, in batches; `whole` drops a smaller last one."""
    chunks = torch.randperm(count, generator=generator).split(size)
    return [chunk for chunk in chunks if len(chunk) == size or not whole]


def _flipped(pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Mirror every other batch, which costs next to nothing and doubles the views."""
    return pixels.flip(3) if torch.rand(1, generator=generator) < 0.5 else pixels


def _step(
    loss: Tensor,
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> None:
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimizer.step()
    schedule.step()


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, memory: float) -> None:
    """Move the averaged weights and statistics a little towards the network's."""
    for kept, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if kept.is_floating_point():
            kept.lerp_(new, 1 - memory)


def _summary(logits: Tensor, labels: Tensor) -> str:
    accuracy = float((logits.argmax(1) == labels).float().mean())
    return f"{accuracy:.1%} right, NLL {float(functional.cross_entropy(logits, labels)):.3f}"


def show_report(options: argparse.Namespace) -> None:
    """Print the figures of --out on the pictures kept back, as the model card has them."""
    held = _parts(options).kept_back
    classes = [entry["name"] for entry in dataset.read_classes(HERE / "classes.json")]
    with torch.no_grad():
        trace = models.plain_forward(models.load(str(options.out)), dataset.unit(held.pixels))
    print(report.tables(trace["logits"], held.labels, classes))


def make_fixtures(options: argparse.Namespace) -> None:
    """Store what PyTorch computes on one synthetic picture with the weights of --out."""
    report.save_activations(models.load(str(options.out)), options.fixtures)


if __name__ == "__main__":
    main()
