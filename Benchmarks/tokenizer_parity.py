"""Compares Assay's ids with those of Hugging Face's tokenizers, over texts that nobody would write.

    python Benchmarks/tokenizer_parity.py --assay .build/release/assay-bench [--texts 100000] [--seed 1]

Needs the package tokenizers. Every scalar value of Unicode stands in some text; the other texts
are random mixtures. Vocabularies hold each character that normalised texts have, so that any
difference of normalisation shows in the ids. Exit status 1 at the first difference.
"""

import argparse
import os
import random
import sys
import tempfile

from tokenizers import normalizers

from driver.worker import Worker

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SETTINGS = [
    {"lowercase": lower, "chinese": chinese, **({} if strip is None else {"strip": strip})}
    for lower in (1, 0)
    for strip in (None, 0, 1)
    for chinese in (1, 0)
]
SCALARS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
# Where scripts, marks, spaces and controls are close together, by how much they are drawn.
POOLS = [
    (30, "abcdefgz ABCIZ"),
    (12, "  \t\n\r\u00a0\u2003\u3000\u2028\u0085\u200b"),
    (8, ".,!?-'[]()#@_¿…—“”。，、「」\u037e\u0387\u1fef"),
    (12, [chr(c) for c in range(0x300, 0x370)] + list("\u0344\u0f73\u0f75\u0f81\u0c48\u1dfa\u20d0\u3099\u302e")),
    (8, [chr(c) for c in [*range(0x8D4, 0x8F0), 0x1B44, 0x1BAA, 0x1BF2, 0xA953, 0x1D165, 0x1D16D, 0x1D160]]),
    (10, "ÀÉİıßſẞǅǄΣσςϴÅΩKﬁŉǰẖΐ½²"),
    (8, "한국어가각힣뙇\u1100\u1161\u11a8"),
    (14, "中文学习模型豈更\ufa0e\U0002f800\U00020000\U0002b820\U0002ceb0㐀"),
    (6, [chr(c) for c in range(0xA0)] + ["\ufffd", "\ufeff", "\u00ad", "\ue000", "\U000e0001"]),
    (4, SPECIALS + ["[MASK", "[mask]", "[[SEP]"]),
    (8, [chr(c) for c in range(0x400, 0x600)] + [chr(c) for c in range(0x900, 0xE00)]),
    (6, SCALARS),
]


class Difference(Exception):
    """Ids that are not equal."""


def random_text(draw):
    weights = [weight for weight, _ in POOLS]
    kept = draw.sample(range(len(POOLS)), draw.randint(1, len(POOLS)))
    pools = draw.choices([POOLS[i][1] for i in kept], [weights[i] for i in kept], k=draw.randint(0, 40))
    return "".join(draw.choice(pool) for pool in pools) * draw.choice([1] * 20 + [7])


def scalar_texts(scalars, draw):
    """Each scalar alone, within a word, and among marks; eight of them to a text."""
    for start in range(0, len(scalars), 8):
        some = scalars[start : start + 8]
        yield " ".join(some)
        yield " ".join(f"a{scalar}b{scalar}{scalar}" for scalar in some)
        yield " ".join(f"A\u0301{scalar}\u1b44\u08d4{scalar}\u0328{draw.choice(scalars)}" for scalar in some)


def vocabulary(texts, settings, draw):
    """The special tokens and the characters of the normalised texts, alone and continuing, some joined."""
    normalizer = normalizers.BertNormalizer(
        clean_text=True,
        handle_chinese_chars=bool(settings["chinese"]),
        strip_accents=None if "strip" not in settings else bool(settings["strip"]),
        lowercase=bool(settings["lowercase"]),
    )
    found, joined = set(), set()
    for text in texts:
        normal = normalizer.normalize_str(text)
        found.update(normal)
        if draw.random() < 0.3 and len(normal) > 3:
            at = draw.randrange(len(normal) - 3)
            joined.add(normal[at : at + draw.randint(2, 3)])
    # Some characters have no token, so that words become [UNK].
    kept = [c for c in sorted(found) if draw.random() < 0.98 and c not in "\n\r"]
    tokens = SPECIALS + kept + sorted(j for j in joined if not set(j) & set("\n\r"))
    tokens += ["##" + token for token in tokens[len(SPECIALS) :]]
    return list(dict.fromkeys(tokens))


def compare(assay, peer, folder, texts, settings, draw):
    """Both tokenize the texts; returns how many tokens there were."""
    files = {name: os.path.join(folder, name) for name in ("vocab", "texts", "ours", "theirs")}
    with open(files["vocab"], "w", encoding="utf-8", newline="\n") as file:
        file.writelines(token + "\n" for token in vocabulary(texts, settings, draw))
    with open(files["texts"], "wb") as file:
        file.writelines(text.encode() + b"\xff" for text in texts)
    # A peer that is asked for less than its special tokens refuses.
    shape = draw.choice([{}, {}, {"pairs": 1}, {"length": draw.randint(3, 30), "pairs": 1}])
    options = {**settings, **shape, "vocab": files["vocab"], "texts": files["texts"]}
    words = " ".join(f"{name}={value}" for name, value in options.items())
    assay.ask(f"ids {words} path={files['ours']}")
    peer.ask(f"ids {words} path={files['theirs']}")
    answers = []
    for name in ("ours", "theirs"):
        with open(files[name], "rb") as file:
            answers.append(memoryview(file.read()).cast("i"))
    if answers[0] != answers[1]:
        raise Difference(f"{settings} {shape}: {first_difference(*answers, texts, shape)}")
    return len(answers[0]) // 2


def first_difference(ours, theirs, texts, shape):
    step = 2 if "pairs" in shape else 1
    texts = texts[: len(texts) // step * step]
    place = [0, 0]
    for index in range(0, len(texts), step):
        found = []
        for side, answer in enumerate((ours, theirs)):
            count = answer[place[side]]
            found.append(answer[place[side] + 1 : place[side] + 1 + 2 * count].tolist())
            place[side] += 1 + 2 * count
        if found[0] != found[1]:
            return f"{texts[index : index + step]!a}\n  Assay      {found[0]}\n  tokenizers {found[1]}"
    return "another number of texts"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assay", required=True, help="the built worker assay-bench")
    parser.add_argument("--texts", type=int, default=100_000, help="random texts; default 100000")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    here = os.path.dirname(os.path.abspath(__file__))
    assay = Worker("assay", [os.path.abspath(options.assay)])
    peer = Worker("tokenizers", [sys.executable, "-B", os.path.join(here, "peers", "tokenizers_worker.py")])
    print(f"Assay beside tokenizers {peer.ask('version')[0]}, seed {options.seed}")
    texts = tokens = 0
    with tempfile.TemporaryDirectory() as folder:
        for settings in SETTINGS:
            for start in range(0, len(SCALARS), 1 << 15):
                # Planes that no version of Unicode fills are all the same: one setting will do.
                batch = SCALARS[start : start + (1 << 15)]
                if ord(batch[-1]) >= 0x38000 and settings is not SETTINGS[0]:
                    continue
                made = list(scalar_texts(batch, draw))
                tokens += compare(assay, peer, folder, made, settings, draw)
                texts += len(made)
        done = 0
        while done < options.texts:
            batch = [random_text(draw) for _ in range(2000)]
            tokens += compare(assay, peer, folder, batch, draw.choice(SETTINGS), draw)
            done += len(batch)
    assay.close()
    peer.close()
    print(f"all {len(SCALARS):,} scalar values in {texts:,} texts, {done:,} random texts: {tokens:,} tokens, all equal")


if __name__ == "__main__":
    try:
        main()
    except Difference as difference:
        sys.exit(f"tokenizer_parity: {difference}")
