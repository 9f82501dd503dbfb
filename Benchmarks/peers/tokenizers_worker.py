"""Hugging Face's tokenizers (Rust) as a worker of `make bench`; the requests are those of Assay's.

    version                              the package's version
    learn texts=FILE size=… path=FILE    learns a vocabulary of WordPiece from texts
    tokenize vocab=FILE texts=FILE       seconds to encode all texts as one batch
    ids vocab=FILE texts=FILE path=FILE  writes ids and types of all texts

`tokenize` takes batch=fast for the batches without offsets, which newer versions have. All take
lowercase=0, strip=0|1, chinese=0, pairs=1 and length=… as in Assay's worker.
"""

import array

import tokenizers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from serving import seconds_per_call, serve

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_calls = {}


def bert(vocabulary, options):
    """What transformers' BertTokenizer sets up."""
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True,
        handle_chinese_chars=options.get("chinese") != "0",
        strip_accents={None: None, "0": False, "1": True}[options.get("strip")],
        lowercase=options.get("lowercase") != "0",
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    if vocabulary:
        tokenizer.add_special_tokens(SPECIALS)
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS]:0 $A:0 [SEP]:0",
            pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
            special_tokens=[(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")],
        )
    if "length" in options:
        tokenizer.enable_truncation(int(options["length"]), strategy="longest_first")
    return tokenizer


def texts(options):
    with open(options["texts"], "rb") as file:
        found = [text.decode() for text in file.read().split(b"\xff")[:-1]]
    if options.get("pairs") == "1":
        return list(zip(found[::2], found[1::2]))
    return found


def vocabulary(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        return {line.rstrip("\n"): index for index, line in enumerate(lines)}


def learn(options):
    tokenizer = bert({}, options)
    trainer = trainers.WordPieceTrainer(
        vocab_size=int(options["size"]), special_tokens=SPECIALS, show_progress=False
    )
    tokenizer.train_from_iterator(texts(options), trainer)
    known = tokenizer.get_vocab()
    with open(options["path"], "w", encoding="utf-8", newline="\n") as file:
        file.writelines(token + "\n" for token in sorted(known, key=known.get))


def write(options):
    tokenizer = bert(vocabulary(options["vocab"]), options)
    words, all_texts = array.array("i"), texts(options)
    # Encodings take much memory: some texts at a time.
    for start in range(0, len(all_texts), 1000):
        for encoding in tokenizer.encode_batch(all_texts[start : start + 1000]):
            words.append(len(encoding.ids))
            words.extend(encoding.ids)
            words.extend(encoding.type_ids)
    with open(options["path"], "wb") as file:
        words.tofile(file)


def batch(options):
    """A call that encodes all texts."""
    tokenizer, batch = bert(vocabulary(options["vocab"]), options), texts(options)
    if options.get("batch") == "fast":
        return lambda: tokenizer.encode_batch_fast(batch)
    return lambda: tokenizer.encode_batch(batch)


def answer(words, options):
    if words == ["version"]:
        return [tokenizers.__version__]
    if words == ["learn"]:
        return [learn(options) or 0]
    if words == ["ids"]:
        return [write(options) or 0]
    if words != ["tokenize"]:
        raise ValueError("no such request")
    key = str(options)
    if key not in _calls:
        _calls.clear()
        _calls[key] = batch(options)
    return [seconds_per_call(_calls[key], options)]


serve(answer)
