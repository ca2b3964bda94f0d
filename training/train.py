"""Train on prepared epochs until a moment on the clock; stop it, kill it, start it again: it goes on where it was.

The learning rate is a function of the time left, so a run that was paused or slowed still ends annealed.

    python -m training.train --data work/epoch-*.tsv.gz --valid work/valid.tsv --pieces sentencepiece.model \
        --out work/run --minutes 60 [--init starter.pt]
"""

import argparse
import math
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sentencepiece as spm
import torch

from training.batches import Encoded, encode, passes, plan, tensors
from training.model import Transformer
from training.pairs import read_pairs

SHAPE = (256, 1024, 4, 4, 2)  # width, feed-forward, heads, encoder layers, decoder layers
Weights = dict[str, torch.Tensor]


@dataclass(slots=True)
class Progress:
    """Where the run is; saved with every checkpoint."""

    step: int = 0
    number: int = 0  # of the pass over the data
    batch: int = 0  # within the pass
    tokens: int = 0
    started: float = 0.0  # of the whole run, seconds since the epoch
    ema: Weights = field(default_factory=dict)


def learning_rate(progress: Progress, options: argparse.Namespace, now: float) -> float:
    """Give a linear warm-up in steps, and a straight line from the peak to 2 % of it at the deadline."""
    warm = min(1.0, (progress.step + 1) / options.warmup)
    gone = min(1.0, max(0.0, (now - progress.started) / (options.deadline - progress.started)))
    return float(options.peak * warm * (0.02 + 0.98 * (1 - gone)))


def optimizers(model: Transformer, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    """Muon for the layers' matrices and Adam for the rest, or Adam for all."""
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and not n.startswith("emb")]
    others = [p for n, p in model.named_parameters() if p.dim() != 2 or n.startswith("emb")]
    if options.optimizer == "adam":
        matrices, others = [], matrices + others
    adam = torch.optim.AdamW(others, lr=options.peak, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    if not matrices:
        return [adam]
    muon = torch.optim.Muon(matrices, lr=options.peak, weight_decay=0.01, adjust_lr_fn="match_rms_adamw")
    return [muon, adam]


def average(progress: Progress, model: Transformer, decay: float) -> None:
    """Move the running mean of the weights a little towards them; young means move faster."""
    weights = {name: value.detach().float() for name, value in model.state_dict().items()}
    if not progress.ema:
        progress.ema = {name: value.clone() for name, value in weights.items()}
    for name, value in weights.items():
        progress.ema[name].lerp_(value, 1 - decay)


def validate(model: Transformer, data: Encoded, device: str, tokens: int) -> float:
    """Cross-entropy in nats a token on held-back pairs."""
    model.eval()
    total = count = 0.0
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
        for members in plan(data, tokens, seed=0):
            source, target = tensors(data, members)
            loss, n = model.loss(source.to(device), target.to(device), 0.0)
            total, count = total + float(loss), count + n
    model.train()
    return total / count


def save(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint so that a kill in the middle leaves the one before."""
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    os.replace(partial, path)  # noqa: PTH105 - the atomic one


class Threads:
    """One thread or all, whichever is faster now.

    On a shared machine a starved thread holds up all others at every kernel's end; then one is faster.
    """

    def __init__(self, most: int, period: float = 60.0, trial: int = 2) -> None:
        self.choices = sorted({1, most})
        self.speed = dict.fromkeys(self.choices, 0.0)
        self.period, self.trial = period, trial
        self.current, self.count, self.since = most, 0, 0.0
        torch.set_num_threads(most)

    def record(self, tokens: int, seconds: float) -> None:
        """After each step: keep a running speed, try the other choice now and then, stay with the better."""
        speed = tokens / seconds
        fresh = self.count == 0
        self.speed[self.current] = speed if fresh else 0.6 * self.speed[self.current] + 0.4 * speed
        self.count += 1
        if len(self.choices) == 1 or self.count < self.trial:
            return
        best = max(self.choices, key=lambda choice: self.speed[choice])
        if self.current != best or time.time() - self.since > self.period:
            probe = self.current == best
            self.current = next(c for c in self.choices if c != self.current) if probe else best
            self.count, self.since = 0, time.time()
            torch.set_num_threads(self.current)


class Run:
    """One training run: model, optimizers, progress."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        self.options = options
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.pieces = spm.SentencePieceProcessor(model_file=str(options.pieces))
        self.model = Transformer(self.pieces.get_piece_size(), SHAPE, options.dropout).to(self.device)
        self.optimizers = optimizers(self.model, options)
        self.threads = Threads(torch.get_num_threads())
        self.progress = Progress(started=time.time())
        self.checkpoint = options.out / "last.pt"
        if self.checkpoint.exists():
            self.resume()
        elif options.init:
            self.model.load_state_dict(torch.load(options.init, map_location=self.device)["model"])
        self.valid = encode(read_pairs(options.valid), self.pieces, options.longest)

    def resume(self) -> None:
        """Take up the last checkpoint's weights, optimizer states and place in the data."""
        content = torch.load(self.checkpoint, map_location=self.device)
        self.model.load_state_dict(content["model"])
        for optimizer, state in zip(self.optimizers, content["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        self.progress = Progress(**content["progress"])

    def save(self) -> None:
        """`last.pt` to go on from."""
        names = Progress.__slots__
        save(
            self.checkpoint,
            {
                "model": self.model.state_dict(),
                "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
                "progress": {name: getattr(self.progress, name) for name in names},
            },
        )

    def update(self, data: Encoded, members: Any) -> float:  # noqa: ANN401
        """One step on one batch; the loss in nats a token."""
        began = time.time()
        rate = learning_rate(self.progress, self.options, began)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        source, target = tensors(data, members)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            loss, n = self.model.loss(source.to(self.device), target.to(self.device), self.options.smoothing)
        (loss / n).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += n
        if self.progress.step % 10 == 0:
            average(self.progress, self.model, self.options.ema)
        nats: float = float(loss.detach()) / n
        self.threads.record(n, time.time() - began)
        return nats

    def report(self, since: tuple[float, int], losses: list[float]) -> None:
        """Write a line for the log."""
        seconds, tokens = time.time() - since[0], self.progress.tokens - since[1]
        nats = validate(self.model, self.valid, self.device, self.options.tokens)
        print(
            f"{datetime.now(UTC):%H:%M:%S} pass {self.progress.number} step {self.progress.step} "
            f"{tokens / seconds:.0f} tok/s threads {self.threads.current} "
            f"loss {sum(losses) / max(1, len(losses)):.3f} valid {nats:.4f} ppl {math.exp(nats):.2f}",
            flush=True,
        )

    def train(self) -> None:
        """Until the deadline; checkpoints and a line of the log every `every` seconds."""
        mark, losses = (time.time(), self.progress.tokens), list[float]()
        for number, path in passes(self.options.data, self.progress.number):
            data = encode(read_pairs(path), self.pieces, self.options.longest)
            batches = plan(data, self.options.tokens, self.options.seed + number)
            print(f"pass {number}: {path.name}, {len(data)} pairs, {len(batches)} batches", flush=True)
            first = self.progress.batch if number == self.progress.number else 0
            self.progress.number = number
            for at in range(first, len(batches)):
                if time.time() >= self.options.deadline:
                    return
                losses.append(self.update(data, batches[at]))
                self.progress.batch = at + 1
                if time.time() - mark[0] > self.options.every:
                    self.report(mark, losses)
                    self.save()
                    mark, losses = (time.time(), self.progress.tokens), []
            self.progress.batch = 0

    def finish(self) -> None:
        """Write `final.pt`: the better of the last weights and their running mean on the held-back pairs."""
        candidates = {"last": {k: v.clone() for k, v in self.model.state_dict().items()}}
        if self.progress.ema:
            candidates["mean"] = self.progress.ema
        scores = {}
        for name, weights in candidates.items():
            self.model.load_state_dict(weights)
            scores[name] = validate(self.model, self.valid, self.device, self.options.tokens)
        best = min(scores, key=lambda name: scores[name])
        print(f"steps {self.progress.step} target tokens {self.progress.tokens} valid {scores} keep {best}", flush=True)
        save(self.options.out / "final.pt", {"model": candidates[best], "shape": SHAPE})


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="prepared epochs")
    parser.add_argument("--valid", type=Path, required=True, help="held-back pairs")
    parser.add_argument("--pieces", type=Path, required=True, help="SentencePiece model")
    parser.add_argument("--out", type=Path, required=True, help="folder for last.pt and final.pt")
    parser.add_argument("--init", type=Path, help="weights to start from")
    parser.add_argument("--minutes", type=float, help="how long from now")
    parser.add_argument("--until", help="or when it must have ended: ISO 8601 with offset")
    parser.add_argument("--peak", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--warmup", type=int, default=200, help="steps")
    parser.add_argument("--optimizer", choices=("adam", "muon"), default="muon")
    parser.add_argument("--tokens", type=int, default=2500, help="padded tokens a batch")
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--ema", type=float, default=0.98, help="decay of the weights' running mean, each ten steps")
    parser.add_argument("--longest", type=int, default=160, help="tokens a side")
    parser.add_argument("--every", type=float, default=300, help="seconds between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if (options.minutes is None) == (options.until is None):
        parser.error("give --minutes or --until")
    if options.until is None:
        options.deadline = time.time() + 60 * options.minutes
    else:
        options.deadline = datetime.fromisoformat(options.until).timestamp()
    return options


def main() -> None:
    """Train, then write the weights to export."""
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    run.train()
    run.save()
    run.finish()


if __name__ == "__main__":
    main()
