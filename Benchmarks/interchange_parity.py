"""Carries BERTs between Assay and transformers, either way, and compares what they answer.

    python Benchmarks/interchange_parity.py --assay .build/release/assay-bench

Needs torch and transformers. A folder that Assay writes must load in transformers without a
remark, give the same logits within 1e-5 and the same ids; read back by Assay and written again, it
must be the same bytes. A folder that transformers writes (one file, shards, half precision) must
give the same logits in Assay, and the copy that Assay writes of it the same again, with the names of
its labels and its problem type. Exit status 1 at the first difference.
"""

import argparse
import os
import random
import sys
import tempfile
import warnings

import numpy
import torch
import transformers

from driver.worker import Worker, WorkerError

RELATIVE, ABSOLUTE = 1e-5, 1e-5
# The class, and the outputs that both can be asked for.
CLASSES = {
    "BertModel": ["hidden"],
    "BertForPreTraining": ["hidden", "masked", "next"],
    "BertForMaskedLM": ["hidden", "masked"],
    "BertForNextSentencePrediction": ["next"],
    "BertForSequenceClassification": ["classifier"],
}
# One class a text, any of the labels, a number: what transformers computes its loss by.
PROBLEM_TYPES = {
    "float32": "multi_label_classification", "shards": "single_label_classification", "float16": "regression",
}
TEXTS = ["the bert 中文模型，bert!", "ÉÈ a\u030a ANGSTROM \u212b [MASK] berting 3.5", "", "'\"\\ x\u2028y"]


class Difference(Exception):
    """Something that is not equal."""


def batch(draw, vocabulary, longest):
    """Sequences of different lengths, types 0 then 1."""
    sequences = []
    for length in (1, 2, 7, 19, longest):
        ids = [draw.randrange(vocabulary) for _ in range(length)]
        first = draw.randint(1, length)
        sequences.append((ids, [0] * first + [1] * (length - first)))
    return sequences


def ours(worker, folder, output, sequences):
    joined = ["/".join(",".join(map(str, sequence[part])) for sequence in sequences) for part in (0, 1)]
    answer = worker.ask(f"pretrained answer path={folder} output={output} ids={joined[0]} types={joined[1]}")
    return numpy.array([float(word) for word in answer])


def theirs(model, output, sequences):
    """In double precision, each sequence alone."""
    parts = []
    with torch.no_grad():
        for ids, types in sequences:
            found = model(
                input_ids=torch.tensor([ids]),
                token_type_ids=torch.tensor([types]),
                output_hidden_states=True,
                return_dict=True,
            )
            if output == "hidden":
                parts.append(found.hidden_states[-1][0])
            elif output == "masked":
                logits = found.prediction_logits if "prediction_logits" in found else found.logits
                parts.append(logits[0])
            elif output == "next":
                logits = found.seq_relationship_logits if "seq_relationship_logits" in found else found.logits
                parts.append(logits[0])
            else:
                parts.append(found.logits[0])
    return torch.cat([part.reshape(-1) for part in parts]).numpy()


def compare(what, mine, other):
    if mine.shape != other.shape:
        raise Difference(f"{what}: {mine.size} numbers, not {other.size}")
    excess = numpy.abs(mine - other) - (ABSOLUTE + RELATIVE * numpy.abs(other))
    if not (excess <= 0).all():
        worst = int(excess.argmax())
        raise Difference(f"{what}: {mine[worst]} is not {other[worst]}")
    return float(numpy.abs(mine - other).max())


def load(name, folder):
    """The model in double precision; missing or surplus weights are differences."""
    model, info = getattr(transformers, name).from_pretrained(folder, output_loading_info=True)
    for key in ("missing_keys", "unexpected_keys", "mismatched_keys", "error_msgs"):
        if info.get(key):
            raise Difference(f"{name}: {key} {info[key]}")
    return model.double().eval()


def same_bytes(first, second):
    names = sorted(os.listdir(first))
    if names != sorted(os.listdir(second)):
        raise Difference(f"{second} has other files than {first}")
    for name in names:
        with open(os.path.join(first, name), "rb") as a, open(os.path.join(second, name), "rb") as b:
            if a.read() != b.read():
                raise Difference(f"{name} was read and written with other bytes")


def same_ids(folder):
    """The fast tokenizer of tokenizer.json against one made from vocab.txt alone."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    plain = transformers.BertTokenizer(os.path.join(folder, "vocab.txt"), do_lower_case=True)
    with open(os.path.join(folder, "vocab.txt"), encoding="utf-8", newline="\n") as lines:
        tokens = [line.rstrip("\n") for line in lines]
    if tokenizer.convert_tokens_to_ids(tokens) != list(range(len(tokens))):
        raise Difference("tokenizer.json has other ids than vocab.txt")
    for text in TEXTS:
        for pair in (None, TEXTS[0]):
            made, expected = tokenizer(text, pair), plain(text, pair)
            for key in ("input_ids", "token_type_ids"):
                if made[key] != expected[key]:
                    raise Difference(f"{text!r}: {made[key]}, not {expected[key]}")
    if tokenizer.model_max_length != 40 or tokenizer.mask_token != "[MASK]":
        raise Difference("tokenizer_config.json was not read")


def ours_to_theirs(worker, root, draw):
    for name, outputs in CLASSES.items():
        folder, again = os.path.join(root, name), os.path.join(root, name + ".again")
        worker.ask(f"pretrained write class={name} path={folder}")
        worker.ask(f"pretrained copy path={folder} to={again}")
        same_bytes(folder, again)
        model = load(name, folder)
        sequences = batch(draw, model.config.vocab_size, model.config.max_position_embeddings)
        for output in outputs:
            off = compare(f"{name} {output}", ours(worker, folder, output, sequences), theirs(model, output, sequences))
            print(f"{name}, {output}: written by Assay, {off:.1e} off at most")
        same_ids(folder)


def theirs_to_ours(worker, root, draw):
    for name, outputs in CLASSES.items():
        for kind in ("float32", "shards", "float16", "bfloat16"):
            folder, copy = (os.path.join(root, f"{name}.{kind}{end}") for end in ("", ".copy"))
            config = transformers.BertConfig(
                vocab_size=70, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
                intermediate_size=64, max_position_embeddings=24, hidden_act="gelu",
                id2label={index: f"label {index}" for index in range(4)},
                label2id={f"label {index}": index for index in range(4)},
                problem_type=PROBLEM_TYPES.get(kind),
            )
            torch.manual_seed(draw.randrange(1 << 30))
            model = getattr(transformers, name)(config)
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter.add_(torch.randn_like(parameter) * 0.2)
            if kind != "shards":
                model = model.to(getattr(torch, kind))
            model.save_pretrained(folder, max_shard_size="20KB" if kind == "shards" else "1GB")
            if kind == "shards" and not os.path.exists(os.path.join(folder, "model.safetensors.index.json")):
                raise Difference("transformers wrote no shards")
            model = model.double().eval()
            worker.ask(f"pretrained copy path={folder} to={copy}")
            carried = load(name, copy)
            for key in ("problem_type", "id2label"):
                kept, made = getattr(carried.config, key), getattr(config, key)
                if name == "BertForSequenceClassification" and kept != made:
                    raise Difference(f"{name}: {key} {kept}, not {made}")
            sequences = batch(draw, config.vocab_size, config.max_position_embeddings)
            for output in outputs:
                expected = theirs(model, output, sequences)
                off = compare(f"{name} {kind} {output}", ours(worker, folder, output, sequences), expected)
                compare(f"{name} {kind} {output}, copied", theirs(carried, output, sequences), expected)
                print(f"{name}, {output}: written by transformers ({kind}), {off:.1e} off at most")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--assay", required=True, help="the program assay-bench")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    print(f"transformers {transformers.__version__}, torch {torch.__version__}, seed {arguments.seed}")
    worker = Worker("assay", [os.path.abspath(arguments.assay)])
    draw = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as root:
        try:
            ours_to_theirs(worker, root, draw)
            theirs_to_ours(worker, root, draw)
        except (Difference, WorkerError) as failure:
            print(f"NOT EQUAL: {failure}")
            return 1
        finally:
            worker.close()
    print("all equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
