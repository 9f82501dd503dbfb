"""What Hugging Face makes of wordpiece/vocab.txt: wordpiece/tokenizer.json and wordpiece/decoded.json.

    pip install tokenizers==0.23.3 transformers
    python make_tokenizer.py
"""

import json
import os

from transformers import BertTokenizer

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wordpiece")


def path(name):
    return os.path.join(FOLDER, name)


with open(path("vocab.txt"), encoding="utf-8") as lines:
    vocabulary = {line.rstrip("\n"): index for index, line in enumerate(lines)}
tokenizer = BertTokenizer(vocab=vocabulary).backend_tokenizer
tokenizer.save(path("tokenizer.json"))
with open(path("wordpiece.json"), encoding="utf-8") as file:
    sequences = json.load(file)["uncased"]
decoded = [
    {
        "whole": tokenizer.decode(ids, skip_special_tokens=False),
        "skipping": tokenizer.decode(ids, skip_special_tokens=True),
    }
    for ids in sequences
]
with open(path("decoded.json"), "w", encoding="utf-8") as file:
    json.dump(decoded, file, separators=(",", ":"))
    file.write("\n")
