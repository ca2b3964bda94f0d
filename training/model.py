"""A compact pre-norm Transformer with one tied embedding table: deep encoder, shallow decoder."""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

PAD, UNKNOWN, BEGIN, END = 0, 1, 2, 3  # the ids the SentencePiece model was trained with


def sinusoids(positions: int, width: int) -> NDArray[np.float32]:
    """Position encodings, (positions, width): sines, then cosines, as CTranslate2 has them."""
    angles = np.arange(positions)[:, None] / np.power(10000.0, 2 * np.arange(width // 2)[None, :] / width)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Attention by plain products: faster on the CPU, at a sentence's length, than the fused kernel's way back."""
    scores = (q * q.size(-1) ** -0.5) @ k.transpose(-1, -2)
    if mask is None:
        future = torch.ones(q.size(-2), q.size(-2), dtype=torch.bool, device=q.device).triu(1)
        scores = scores.masked_fill(future, -1e4)
    else:
        scores = scores.masked_fill(~mask, -1e4)
    return scores.softmax(-1).to(v.dtype) @ v


class Attention(nn.Module):
    """Multi-head attention, to itself or `across` to a memory. Names are those of the starter's checkpoint."""

    def __init__(self, width: int, heads: int, *, across: bool) -> None:
        super().__init__()
        self.heads, self.across = heads, across
        if across:
            self.q, self.kv = nn.Linear(width, width), nn.Linear(width, 2 * width)
        else:
            self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor | None) -> Tensor:
        """(batch, length, width) to the same shape; without a mask, self-attention is causal."""
        batch, _, width = x.shape
        if memory is None:
            q, k, v = self.qkv(x).chunk(3, -1)
        else:
            q, (k, v) = self.q(x), self.kv(memory).chunk(2, -1)
        q, k, v = (t.view(batch, -1, self.heads, width // self.heads).transpose(1, 2) for t in (q, k, v))
        causal = mask is None
        y = F.scaled_dot_product_attention(q, k, v, mask, is_causal=causal) if x.is_cuda else attend(q, k, v, mask)
        out: Tensor = self.o(y.transpose(1, 2).reshape(batch, -1, width))
        return out


class Layer(nn.Module):
    """Norm, attention (twice in a decoder), norm, feed-forward; residual around each."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float, *, decoder: bool) -> None:
        super().__init__()
        self.decoder = decoder
        self.n1, self.sa = nn.LayerNorm(width), Attention(width, heads, across=False)
        if decoder:
            self.n2, self.ca = nn.LayerNorm(width), Attention(width, heads, across=True)
        self.n3, self.f1, self.f2 = nn.LayerNorm(width), nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """(batch, length, width) to the same shape; `mask` hides the source's padding."""
        x = x + self.drop(self.sa(self.n1(x), None, None if self.decoder else mask))
        if self.decoder:
            x = x + self.drop(self.ca(self.n2(x), memory, mask))
        out: Tensor = x + self.drop(self.f2(F.relu(self.f1(self.n3(x)))))
        return out


class Transformer(nn.Module):
    """Source, target and output share one table; `shape` is (width, inner, heads, encoder layers, decoder layers)."""

    def __init__(
        self, vocabulary: int, shape: tuple[int, int, int, int, int], dropout: float, longest: int = 512
    ) -> None:
        super().__init__()
        width, inner, heads, encoder, decoder = shape
        self.width = width
        self.emb = nn.Embedding(vocabulary, width, padding_idx=PAD)
        nn.init.normal_(self.emb.weight, std=width**-0.5)
        self.register_buffer("pos", torch.from_numpy(sinusoids(longest, width)), persistent=False)
        self.enc = nn.ModuleList(Layer(width, inner, heads, dropout, decoder=False) for _ in range(encoder))
        self.dec = nn.ModuleList(Layer(width, inner, heads, dropout, decoder=True) for _ in range(decoder))
        self.ne, self.nd = nn.LayerNorm(width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.drop = nn.Dropout(dropout)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1 and not name.startswith("emb"):
                nn.init.xavier_uniform_(parameter)

    def embed(self, ids: Tensor) -> Tensor:
        """(batch, length) ids to (batch, length, width)."""
        out: Tensor = self.drop(self.emb(ids) * math.sqrt(self.width) + self.pos[: ids.size(1)])
        return out

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Logits (batch, length, vocabulary) of the token after each of `target`."""
        mask = (source != PAD)[:, None, None, :]
        x, y = self.embed(source), self.embed(target)
        for layer in self.enc:
            x = layer(x, mask)
        memory = self.ne(x)
        for layer in self.dec:
            y = layer(y, mask, memory)
        return F.linear(self.nd(y), self.emb.weight, self.bias)

    def loss(self, source: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, int]:
        """Sum the cross-entropy in nats over the target's tokens after the first, and how many there were."""
        expected = target[:, 1:].flatten()
        logits = self(source, target[:, :-1]).flatten(0, 1).float()
        total = F.cross_entropy(logits, expected, reduction="sum", label_smoothing=smoothing, ignore_index=PAD)
        return total, int((expected != PAD).sum())
