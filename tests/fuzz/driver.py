"""Runs one target under atheris: `python tests/fuzz/tmx.py -max_total_time=60`; see README.md."""

from __future__ import annotations

import contextlib
import copy
import importlib
import random
import sys
import tempfile
from pathlib import Path
from typing import Any


def main(name: str) -> None:
    """Fuzz that target until libFuzzer's options say stop; an input that breaks it is written to `crash-…`."""
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.exit("atheris is not installed: pip install atheris (Python 3.11 to 3.13)")
    with atheris.instrument_imports(include=["normalize"]):
        target = importlib.import_module("targets").TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="normalize-fuzz-") as folder:
        words = Path(folder, "words")
        words.write_text("".join(f'"{_quoted(word)}"\n' for word in target.words), encoding="utf-8")
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, seed in enumerate(target.seeds):
            (seeds / f"{number}").write_bytes(seed)
        arguments = [sys.argv[0], str(seeds), f"-dict={words}", "-max_len=8192", "-timeout=20", *sys.argv[1:]]

        def mutate(data: bytes, size: int, seed: int) -> bytes:
            chance = random.Random(seed)  # noqa: S311 - not for secrets
            changed = transplanted(data, chance, target.words) if chance.random() < 0.5 else b""
            return changed if 0 < len(changed) <= size else bytes(atheris.Mutate(data, size))

        atheris.Setup(arguments, target.run, **({"custom_mutator": mutate} if target.markup else {}))
        atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def transplanted(data: bytes, chance: random.Random, words: tuple[str, ...]) -> bytes:
    """Change an XML document's tree in one to three places, so that it stays well-formed; b"" for what is no XML."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return b""
    for _ in range(chance.randint(1, 3)):
        nodes = list(root.iter(etree.Element))
        node, other = chance.choice(nodes), chance.choice(nodes)
        change = chance.randrange(7)
        if change == 0 and node is not root:
            node.getparent().remove(node)
        elif change == 1 and len(nodes) < 300:
            other.append(copy.deepcopy(node))
        elif change == 2:
            with contextlib.suppress(ValueError):  # a prefix that means nothing
                node.tag = other.tag
        elif change == 3:
            node.text = _possible(chance.choice(words) if chance.random() < 0.7 else other.text or "")
        elif change == 4 and other.attrib:
            key = chance.choice(sorted(other.attrib))
            node.set(key, _possible(chance.choice([*words, other.get(key), ""])))
        elif change == 5 and node.attrib:
            del node.attrib[chance.choice(sorted(node.attrib))]
        else:
            node.append(etree.Comment("c") if chance.random() < 0.5 else etree.ProcessingInstruction("p"))
    encoding = chance.choice(["UTF-8", "UTF-8", "UTF-16", "ISO-8859-1"])
    return bytes(etree.tostring(root, xml_declaration=True, encoding=encoding))


def _possible(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
