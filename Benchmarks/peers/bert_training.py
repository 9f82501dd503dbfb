"""A BERT in training by PyTorch and transformers, in eager mode; batches by Assay's formula."""

import resource
import time

import torch
from transformers import BertConfig, BertForPreTraining, BertForSequenceClassification

# hidden, layers, heads, intermediate, vocabulary, batch
SIZES = {
    "tiny": (128, 2, 2, 512, 8192, 16),
    "small": (256, 4, 4, 1024, 8192, 16),
    "base": (768, 12, 12, 3072, 30522, 8),
}
LENGTH, BATCHES = 128, 4


def bits(index):
    """Thirty-two bits that look random, the same as Assay's worker's."""
    once = (index + 1) * 2654435761 & 0xFFFFFFFF
    return (once ^ once >> 15) * 2246822519 & 0xFFFFFFFF


def batch(work, vocabulary, count, number):
    """A padded batch with its labels."""
    pretrains = work == "pretrain"
    ids, mask, types, labels = [], [], [], []
    for sequence in range(number * count, (number + 1) * count):
        tokens = LENGTH if pretrains else 32 + bits(sequence) % (LENGTH - 31)
        row = [5 + bits(sequence * LENGTH + p) % (vocabulary - 5) for p in range(tokens)]
        aims = [-100] * LENGTH
        if pretrains:
            for p in range(tokens):
                if bits(-1 - sequence * LENGTH - p) % 20 < 3:
                    aims[p], row[p] = row[p], 4
        ids.append(row + [0] * (LENGTH - tokens))
        mask.append([1] * tokens + [0] * (LENGTH - tokens))
        types.append([int(pretrains and p >= LENGTH // 2) for p in range(LENGTH)])
        labels.append(aims)
    classes = torch.tensor([bits(number * count + s) >> 8 & 1 for s in range(count)])
    found = {
        "input_ids": torch.tensor(ids),
        "attention_mask": torch.tensor(mask),
        "token_type_ids": torch.tensor(types),
    }
    if pretrains:
        found["labels"], found["next_sentence_label"] = torch.tensor(labels), classes
    else:
        found["labels"] = classes
    return found


class BertTraining:
    """AdamW on the batches, one after the other."""

    def __init__(self, work, size):
        hidden, layers, heads, inner, vocabulary, count = SIZES[size]
        torch.manual_seed(1)
        config = BertConfig(
            vocab_size=vocabulary,
            hidden_size=hidden,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            intermediate_size=inner,
            num_labels=2,
        )
        kind = BertForPreTraining if work == "pretrain" else BertForSequenceClassification
        self.model = kind(config).train()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-4, weight_decay=0.01)
        self.batches = [batch(work, vocabulary, count, number) for number in range(BATCHES)]
        self.steps = 0

    def run(self, steps):
        """Seconds a step, the last loss, the peak of the process's memory in MB."""
        loss = None
        start = time.perf_counter()
        for _ in range(steps):
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.model(**self.batches[self.steps % BATCHES]).loss
            loss.backward()
            self.optimizer.step()
            self.steps += 1
        seconds = (time.perf_counter() - start) / steps
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        return [seconds, float(loss.detach()), peak]
