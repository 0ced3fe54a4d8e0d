"""The network: a BERT encoder of six layers, two steps along the parse, a tag head and two pointer heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from quotes.errors import ConfigError
from quotes.reader.features import SIZES
from quotes.reader.windows import PAIR_CODES

TAGS = ("O", "content", "cue", "cue-in", "source", "source-in")
DISTANCES = (1, 2, 3, 4, 6, 9, 14, 20, 30, 50, 80)


class Layer(nn.Module):
    """One encoder layer, as in BERT (post-norm)."""

    def __init__(self, hidden: int, heads: int, inner: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.query, self.key, self.value, self.out = (nn.Linear(hidden, hidden) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return new states. `bias` [b, 1, 1, t] is 0 or a large negative number."""
        b, t, h = x.shape
        q, k, v = (f(x).view(b, t, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        drop = self.drop if self.training else 0.0
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=drop)
        mixed = self.out(mixed.transpose(1, 2).reshape(b, t, h))
        x = self.norm1(x + F.dropout(mixed, self.drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.drop, self.training))


class Encoder(nn.Module):
    """Word pieces and features to states."""

    def __init__(self, vocab: int, hidden: int, layers: int, heads: int, drop: float) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(vocab, hidden), nn.Embedding(512, hidden)
        self.kind = nn.Parameter(torch.zeros(hidden))
        self.norm, self.drop = nn.LayerNorm(hidden, eps=1e-12), drop
        self.layers = nn.ModuleList(Layer(hidden, heads, 4 * hidden, drop) for _ in range(layers))

    def forward(self, ids: Tensor, mask: Tensor, extra: Tensor) -> Tensor:
        """Return states [b, t, h]; `extra` is added to the piece embeddings."""
        places = self.places(torch.arange(ids.shape[1], device=ids.device))
        x = F.dropout(self.norm(self.pieces(ids) + places + self.kind + extra), self.drop, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


class ParseStep(nn.Module):
    """Mix each word's state with its head's state."""

    def __init__(self, hidden: int, drop: float) -> None:
        super().__init__()
        self.up, self.down, self.norm, self.drop = (
            nn.Linear(2 * hidden, hidden),
            nn.Linear(hidden, hidden),
            nn.LayerNorm(hidden),
            drop,
        )

    def forward(self, x: Tensor, head: Tensor) -> Tensor:
        """Return new states; `head` [b, w] is an index of words."""
        above = torch.gather(x, 1, head[:, :, None].expand(-1, -1, x.shape[2]))
        new = self.down(F.gelu(self.up(torch.cat([x, above], -1))))
        return self.norm(x + F.dropout(new, self.drop, self.training))


class Pointer(nn.Module):
    """Scores from each word to each word of the window, and to none (the last column)."""

    def __init__(self, hidden: int, rank: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.ask, self.answer = nn.Linear(hidden, rank), nn.Linear(hidden, rank)
        self.none = nn.Linear(hidden, 1)
        self.code = nn.Embedding(PAIR_CODES, 1)
        self.away = nn.Embedding(2 * len(DISTANCES) + 3, 1)
        nn.init.zeros_(self.code.weight)
        nn.init.zeros_(self.away.weight)

    def forward(self, x: Tensor, codes: Tensor, real: Tensor) -> Tensor:
        """Return scores [b, w, w + 1]; `real` [b, w] is 1 for words, 0 for padding."""
        x = F.dropout(x, self.drop, self.training)
        scores = torch.matmul(self.ask(x), F.gelu(self.answer(x)).transpose(1, 2))
        place = torch.arange(x.shape[1], device=x.device)
        gap = place[None, :] - place[:, None]
        size = sum((gap.abs() >= d).long() for d in DISTANCES)
        bucket = torch.where(gap < 0, size + len(DISTANCES) + 1, size)
        scores = scores + self.code(codes).squeeze(-1) + self.away(bucket).squeeze(-1)[None]
        scores = scores + (1.0 - real[:, None, :].to(scores.dtype)) * -1e4
        return torch.cat([scores, self.none(x).to(scores.dtype)], -1)


class ReaderNet(nn.Module):
    """The whole network. Sizes come from `settings` (the `[model]` table of the configuration)."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        hidden, drop = settings.get("hidden", 384), settings.get("dropout", 0.1)
        width, rank = settings.get("width", 256), settings.get("rank", 128)
        self.encoder = Encoder(
            settings.get("vocab", 30522), hidden, settings.get("layers", 6), settings.get("heads", 12), drop
        )
        self.early = nn.ModuleList(nn.Embedding(n, hidden) for n in SIZES)
        self.late = nn.ModuleList(nn.Embedding(n, 16) for n in SIZES)
        for table in self.early:
            nn.init.zeros_(table.weight)
        self.enter = nn.Linear(hidden + 16 * len(SIZES), width)
        self.norm = nn.LayerNorm(width)
        self.steps = nn.ModuleList(ParseStep(width, drop) for _ in range(settings.get("parse_steps", 2)))
        self.tags = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(drop), nn.Linear(width, len(TAGS)))
        self.to_cue, self.to_source = Pointer(width, rank, drop), Pointer(width, rank, drop)
        self.drop = drop

    def forward(
        self, ids: Tensor, mask: Tensor, feats: Tensor, words: Tensor, head: Tensor, codes: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return tag logits [b, w, 6], pointers content -> cue and cue -> source, each [b, w, w + 1]."""
        extra = sum(table(feats[:, :, i]) for i, table in enumerate(self.early))
        states = self.encoder(ids, mask, extra)
        x = torch.gather(states, 1, words[:, :, None].expand(-1, -1, states.shape[2]))
        own = torch.gather(feats, 1, words[:, :, None].expand(-1, -1, feats.shape[2]))
        late = [table(own[:, :, i]) for i, table in enumerate(self.late)]
        x = self.norm(self.enter(F.dropout(torch.cat([x, *late], -1), self.drop, self.training)))
        for step in self.steps:
            x = step(x, head)
        real = (torch.arange(words.shape[1], device=words.device)[None] < lengths[:, None]).long()
        return self.tags(x), self.to_cue(x, codes, real), self.to_source(x, codes, real)


def load_encoder(net: ReaderNet, folder: Path) -> None:
    """Copy the weights of a BERT model (`model.safetensors`, Hugging Face names) into the encoder.

    Raises `ConfigError` where the file is no such model, or one of other sizes than the network's.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    path = folder / "model.safetensors"
    try:
        given = {k.removeprefix("bert."): v for k, v in load_file(str(path)).items()}
        _fill(net.encoder, given)
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise ConfigError(
            f"The weights in {path} don't fit [model] ({error}). Set vocab, hidden and layers to the encoder's sizes."
        ) from error


def _fill(enc: Encoder, given: dict[str, Tensor]) -> None:
    with torch.no_grad():
        enc.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
        enc.places.weight.copy_(given["embeddings.position_embeddings.weight"])
        enc.kind.copy_(given["embeddings.token_type_embeddings.weight"][0])
        _copy(enc.norm, given, "embeddings.LayerNorm")
        for i, layer in enumerate(enc.layers):
            root = f"encoder.layer.{i}."
            for ours, theirs in _NAMES.items():
                _copy(getattr(layer, ours), given, root + theirs)


_NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
    "down": "output.dense", "norm2": "output.LayerNorm",
}  # fmt: skip


def _copy(module: Any, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
