"""Trains the network that the page shows; PyTorch on one processor core is enough.

    python weights/train.py --data tiny-imagenet-200.zip                  # everything, in order
    python weights/train.py --data tiny-imagenet-200.zip --stage student  # one step of it

Steps, each reading what the one before left in the --work folder:

1. teacher   trains larger networks on the training pictures;
2. views     makes many varied views of each training picture, with the teachers' opinion of each;
3. student   trains the network of 19,920 parameters to agree with it, and writes --out;
4. finish    goes on from --out, at a low rate, with weakly augmented pictures;
5. report    measures --out on the test split: prints tables, writes evaluation.json;
6. fixtures  stores PyTorch's activations for one synthetic picture, for the tests.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import dataset
import evaluation
import finish
import learning
import models
import numpy as np
import report
import stages
import torch
from torch.nn import functional

HERE = Path(__file__).resolve().parent
MIXED_SHARE = {"teacher": 0.5, "views": 0.25}  # of the pictures: blended with another one
LABEL_SMOOTHING = 0.05
TEACHER_RATE = 0.1  # peak learning rate of SGD with momentum
STUDENT_RATE = 5e-3  # peak learning rate of AdamW
TEACHER_DECAY, STUDENT_DECAY = 5e-4, 0.02  # weight decay
FINISH_SEED = 10  # added to --seed, for views other than those of before
REPORT_EPOCHS = 10  # of the student: passes between two lines of figures
DISTILLATION_TEMPERATURE = 2.0  # at which teachers and student are compared


def main() -> None:
    """Run the steps that the command line asks for."""
    options = _options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    steps = {
        "teacher": train_teachers,
        "views": make_views,
        "student": train_student,
        "finish": finish_student,
        "report": show_report,
        "fixtures": make_fixtures,
    }
    stages.run(steps, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, help="Tiny ImageNet: folder or zip with train/WNID/images/*.JPEG")
    add("--stage", default="all", help="all (default) or one of the steps above",
        choices=["all", "teacher", "views", "student", "finish", "report", "fixtures"])  # fmt: skip
    add("--work", type=Path, default=Path(".cache/train"), help="folder for what lies between")
    add("--out", type=Path, default=HERE / "tiny_vgg.npz", help="the weights to write or to judge")
    add("--fixtures", type=Path, help="the activations to write",
        default=HERE.parent / "tests" / "fixtures" / "tiny_vgg_activations.npz")  # fmt: skip
    add("--teachers", type=int, default=2, help="how many networks teach (default 2)")
    add("--teacher-epochs", type=int, default=45, help="passes over the pictures (default 45)")
    add("--views", type=int, default=24, help="views made of each picture (default 24)")
    add("--epochs", type=int, default=320, help="the student's passes (default 320)")
    add("--finish-epochs", type=int, default=60, help="the last step's passes (default 60)")
    add("--minutes", type=float, default=math.inf, help="shorten each of the two to this")
    add("--batch", type=int, default=64, help="pictures per step (default 64)")
    add("--test-pictures", type=int, default=50, help="pictures a class to report on (default 50)")
    add("--validation-pictures", type=int, default=20, help="a class, to calibrate by (default 20)")
    add("--seed", type=int, default=1, help="of every random number (default 1)")
    add("--threads", type=int, default=1, help="processor threads (default 1)")
    return parser.parse_args()


def _splits(options: argparse.Namespace) -> dataset.Splits:
    if options.data is None:
        raise SystemExit(f"--stage {options.stage} reads the pictures: say where, with --data")
    pictures = dataset.read_pictures(options.data, dataset.read_classes(HERE / "classes.json"))
    return dataset.split(pictures, options.test_pictures, options.validation_pictures)


def _class_count() -> int:
    return len(dataset.read_classes(HERE / "classes.json"))


def train_teachers(options: argparse.Namespace) -> None:
    """Train the teachers one after the other, on fresh views each time."""
    splits = _splits(options)
    for number in range(options.teachers):
        teacher = _train_teacher(splits, options, options.seed + number)
        torch.save(teacher.state_dict(), options.work / f"teacher_{number}.pt")


def _train_teacher(
    splits: dataset.Splits, options: argparse.Namespace, seed: int
) -> models.Teacher:
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    teacher = models.Teacher(_class_count()).to(memory_format=torch.channels_last)
    training = splits.training
    batches = len(training.labels) // options.batch
    steps = options.teacher_epochs * batches
    optimizer = torch.optim.SGD(
        teacher.parameters(), TEACHER_RATE, momentum=0.9, weight_decay=TEACHER_DECAY, nesterov=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: learning.rate(n / steps))
    truth = functional.one_hot(training.labels, _class_count()).float()
    truth = truth * (1 - LABEL_SMOOTHING) + LABEL_SMOOTHING / truth.shape[1]
    for epoch in range(options.teacher_epochs):
        teacher.train()
        for index in learning.batches(len(truth), options.batch, generator):
            x = dataset.augmented(training.pixels[index], generator)
            x, target = dataset.mixed(x, truth[index], MIXED_SHARE["teacher"], generator)
            loss = functional.cross_entropy(learning.half_precision(teacher, x), target)
            learning.step(loss, teacher, optimizer, schedule)
        logits = learning.predict(teacher, splits.validation.pixels)
        figures = learning.summary(logits, splits.validation.labels)
        print(f"teacher {seed}, epoch {epoch + 1}: {figures}", flush=True)
    return teacher


def make_views(options: argparse.Namespace) -> None:
    """Store `--views` views of each training picture and the teachers' logits for them.

    Writes views.npy (view, picture, 3, 64, 64) uint8 and opinions.npy (view, picture, teacher,
    class) float32.
    """
    training = _splits(options).training
    generator = torch.Generator().manual_seed(options.seed)
    teachers = learning.load_teachers(options.work, options.teachers, _class_count())
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
        for index in learning.batches(count, learning.CHUNK, generator, whole=False):
            x = dataset.augmented(training.pixels[index], generator)
            x, _ = dataset.mixed(x, nothing[index], MIXED_SHARE["views"], generator)
            pixels = (x * 255).round().byte()
            views[view, index] = pixels.numpy()
            for number, teacher in enumerate(teachers):
                opinions[view, index, number] = learning.predict(teacher, pixels).numpy()
    np.save(options.work / "opinions.npy", opinions)


def train_student(options: argparse.Namespace) -> None:
    """Train the small network on the stored views; write its folded weights to --out."""
    splits = _splits(options)
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    views, targets = _stored_views(options.work)
    labels = splits.training.labels
    batches = len(labels) // options.batch
    progress = learning.clock(options.epochs * batches, options.minutes)
    student = models.Student(_class_count())
    learner = learning.Learner.of(student, STUDENT_RATE, STUDENT_DECAY, batches, progress)
    for epoch in range(options.epochs):
        if epoch % len(views) == 0:
            order = torch.randperm(len(views), generator=generator)
        view = int(order[epoch % len(views)])
        learner.student.train()
        for index in learning.batches(len(labels), options.batch, generator):
            pixels = learning.flipped(torch.from_numpy(views[view, index]), generator)
            loss = learner.learn(
                pixels, targets[view, index], labels[index], DISTILLATION_TEMPERATURE
            )
        last = progress((epoch + 1) * batches) >= 1
        if last or (epoch + 1) % REPORT_EPOCHS == 0:
            figures = _keep(learner.average, splits.validation, options.out)
            print(f"student, epoch {epoch + 1}: {figures}, loss {loss:.3f}", flush=True)
        if last:
            break


def _stored_views(folder: Path) -> tuple[np.ndarray, torch.Tensor]:
    """Return (view, picture, 3, 64, 64) uint8, and what the student shall say of each.

    That is the mean of the teachers' probabilities, each softened: (view, picture, class).
    """
    opinions = torch.from_numpy(np.load(folder / "opinions.npy"))
    targets = (opinions / DISTILLATION_TEMPERATURE).softmax(-1).mean(2)
    return np.load(folder / "views.npy", mmap_mode="r"), targets


def _keep(student: models.Student, validation: dataset.Pictures, out: Path) -> str:
    """Write the student's folded weights; return figures on the validation split."""
    logits = learning.predict(student, validation.pixels)
    temperature = learning.best_temperature(logits, validation.labels)
    models.save(models.folded(student, temperature), str(out))
    return f"{learning.summary(logits, validation.labels)}, temperature {temperature:.2f}"


def finish_student(options: argparse.Namespace) -> None:
    """Train the network in --out a little more, on weak augmentations; write it to --out again."""
    teachers = learning.load_teachers(options.work, options.teachers, _class_count())
    splits = _splits(options)
    generator = torch.Generator().manual_seed(options.seed + FINISH_SEED)
    lessons = finish.make_lessons(splits.training, teachers, generator)
    finish.train(lessons, splits.validation, options)


def show_report(options: argparse.Namespace) -> None:
    """Print the figures of --out on the test split, and store their counts beside it."""
    test_split = _splits(options).test
    classes = [entry["name"] for entry in dataset.read_classes(HERE / "classes.json")]
    with torch.no_grad():
        trace = models.plain_forward(models.load(str(options.out)), dataset.unit(test_split.pixels))
    print(report.tables(trace["logits"], test_split.labels, classes))
    measured = evaluation.evaluate(models.load(str(options.out)), test_split, classes)
    evaluation.save(measured, options.out.with_name("evaluation.json"))


def make_fixtures(options: argparse.Namespace) -> None:
    """Store what PyTorch computes on one synthetic picture with the weights of --out."""
    report.save_activations(models.load(str(options.out)), options.fixtures)


if __name__ == "__main__":
    main()
