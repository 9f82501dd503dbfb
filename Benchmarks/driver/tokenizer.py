"""WordPiece over English and Chinese lines, one thread: against Hugging Face's tokenizers (Rust)."""

import os
import pydoc_data.topics
import random

from driver.rounds import Contestant
from driver.table import number, print_table, ratio_cell, worst_row
from driver.worker import WorkerError

VOCABULARY = 8192
TARGET = 1.0
# The batches that transformers asks for, and those of newer versions that leave offsets out.
PEERS = ("tokenizers", "no offsets")


def measure(machine, rounds, quick):
    peer = machine.tokenizers()
    if peer is None:
        return []
    worker = machine.assay(machine.instruction_sets[0])
    lines, ratios = [], []
    for language, made in (("English", english()), ("Chinese", chinese())):
        case = {"texts": write(machine, language, made), "vocab": path(machine, language, "vocab")}
        peer.ask(request("learn", texts=case["texts"], size=VOCABULARY, path=case["vocab"]))
        tokens = same_ids(machine, worker, peer, language, case)
        megabytes = sum(len(line.encode()) for line in made) / 1e6
        timed = request("tokenize", **case, milliseconds=5 if quick else 200)
        measured = rounds.run(
            language,
            [
                Contestant(name, who, asked, lambda seconds: megabytes / seconds)
                for name, who, asked in (
                    ("assay", worker, timed),
                    (PEERS[0], peer, timed),
                    (PEERS[1], peer, timed + " batch=fast"),
                )
            ],
        )
        speeds = [number(measured.median(name), 2) for name in ("assay", *PEERS)]
        gains = [measured.ratio("assay", name) for name in PEERS]
        lines.append([language, f"{megabytes:.2f}", f"{tokens:,}", *speeds, *map(ratio_cell, gains)])
        ratios += [(f"{language}, {name}", gain) for name, gain in zip(PEERS, gains)]
    print_table(
        "WordPiece, ids equal, one thread (MB a second, medians; ratios of Assay)",
        ["text", "MB", "tokens", "Assay", *PEERS, *("/" + name for name in PEERS)],
        lines,
    )
    return worst_row("tokenizing against tokenizers", "", ratios, TARGET)


def english():
    """The lines of Python's own reference, which every Python has."""
    text = "\n".join(pydoc_data.topics.topics.values())
    return [line.strip() for line in text.split("\n") if line.strip()]


def chinese():
    """Random sentences of the common characters (GB 2312, level 1), some of them much more often."""
    random_lines = random.Random(1)
    codes = [bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    characters = [code.decode("gb2312", "ignore") for code in codes]
    characters = [character for character in characters if character]
    random_lines.shuffle(characters)
    weights = [1 / (rank + 10) for rank in range(len(characters))]
    lines = []
    for _ in range(8000):
        parts = random_lines.choices(characters, weights, k=random_lines.randint(5, 60))
        parts.insert(len(parts) // 2, random_lines.choice("，、；："))
        if random_lines.random() < 0.2:
            parts.insert(len(parts) // 3, random_lines.choice([" BERT ", "2024", " 3.5 ", "API"]))
        lines.append("".join(parts) + random_lines.choice("。！？"))
    return lines


def same_ids(machine, worker, peer, language, case):
    """Ids and types of both must be equal; returns how many tokens there are."""
    answers = []
    for name, who in (("assay", worker), ("tokenizers", peer)):
        out = path(machine, language, name + ".ids")
        who.ask(request("ids", **case, path=out))
        with open(out, "rb") as file:
            answers.append(file.read())
        os.remove(out)
    if answers[0] != answers[1]:
        raise WorkerError(f"tokenizer: ids of the {language} lines differ from those of {peer.name}")
    return len(answers[0]) // 8


def write(machine, language, lines):
    """Texts as the workers read them: each ended by a byte that UTF-8 never has."""
    texts = path(machine, language, "texts")
    with open(texts, "wb") as file:
        file.writelines(line.encode() + b"\xff" for line in lines)
    return texts


def path(machine, language, ending):
    found = os.path.join(machine.build, f"{language.lower()}.{ending}")
    return os.path.relpath(found) if " " in found else found


def request(what, **options):
    return " ".join([what, *(f"{name}={value}" for name, value in options.items())])
