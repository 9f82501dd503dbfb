"""What transformers and scikit-learn answer for label sets: bert_multi_label/ and multilabel_metrics.json.

    pip install torch transformers scikit-learn numpy safetensors
    python make_multilabel.py

The BERT, its weights and its batch are those of bert_sequence_classification/; only the targets are
others: a row of 0 and 1 for each sequence. Values are of the same weights in float64.
"""

import copy
import json
import os

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn import metrics
from transformers import BertConfig, BertForSequenceClassification

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = os.path.join(HERE, "bert_sequence_classification")
FOLDER = os.path.join(HERE, "bert_multi_label")
STEPS, LR, WD = 20, 1e-3, 0.01
# All labels, one, none (transformers takes floats).
LABELS = [[1, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1, 1]]

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


def rounded(values, digits=12):
    if isinstance(values, (list, tuple)):
        return [rounded(value, digits) for value in values]
    return float(f"{float(values):.{digits}g}")


def dump(value, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, separators=(",", ":"), allow_nan=False)
        file.write("\n")


def bert():
    os.makedirs(FOLDER, exist_ok=True)
    with open(os.path.join(BASE, "batch.json"), encoding="utf-8") as file:
        batch = json.load(file)
    batch["labels"] = LABELS
    dump(batch, os.path.join(FOLDER, "batch.json"))
    tensors = {name: torch.tensor(value) for name, value in batch.items()}
    tensors["labels"] = tensors["labels"].double()
    config = BertConfig.from_pretrained(BASE, attn_implementation="eager")
    config.problem_type = "multi_label_classification"
    model = BertForSequenceClassification.from_pretrained(BASE, config=config).double().train()
    assert model.config.problem_type == "multi_label_classification"

    output = model(**tensors)
    output.loss.backward()
    dump({"logits_f64": rounded(output.logits.detach().tolist()), "loss_f64": rounded(output.loss.detach(), 15)},
         os.path.join(FOLDER, "outputs.json"))
    save_file({name: weight.grad.float().contiguous() for name, weight in model.named_parameters()},
              os.path.join(FOLDER, "grads.safetensors"))

    trained = copy.deepcopy(model)
    trained.zero_grad()
    optimizer = torch.optim.AdamW(trained.parameters(), lr=LR, weight_decay=WD)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = trained(**tensors).loss
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    dump({"lr": LR, "weight_decay": WD, "loss_before_step_f64": rounded(losses),
          "loss_after_last_step_f64": rounded(trained(**tensors).loss.detach())},
         os.path.join(FOLDER, "train.json"))


def scores():
    random = np.random.default_rng(20240918)

    def case(name, rows, labels, share, right):
        truth = (random.random((rows, labels)) < share).astype(int)
        predicted = np.where(random.random((rows, labels)) < right, truth, 1 - truth)
        return name, truth, predicted

    cases = [case("usual", 60, 4, 0.3, 0.85), case("dense", 40, 3, 0.7, 0.7),
             case("sparse", 80, 6, 0.08, 0.95), case("one label", 30, 1, 0.4, 0.8)]
    name, truth, predicted = case("a label never true, one never predicted", 40, 4, 0.4, 0.8)
    truth[:, 1], predicted[:, 2] = 0, 0
    cases.append((name, truth, predicted))
    cases.append(("no label anywhere", np.zeros((5, 2), int), np.zeros((5, 2), int)))
    cases.append(("perfect", cases[0][1], cases[0][1]))
    found = []
    for name, truth, predicted in cases:
        row = {"name": name, "y_true": truth.tolist(), "y_pred": predicted.tolist(),
               "accuracy": rounded(metrics.accuracy_score(truth, predicted), 15),
               "hamming_loss": rounded(metrics.hamming_loss(truth, predicted), 15)}
        if truth.shape[1] == 1:
            # scikit-learn takes one column for binary targets: say that it is a set of one label.
            matrix = metrics.multilabel_confusion_matrix(truth[:, 0], predicted[:, 0], labels=[1])
        else:
            matrix = metrics.multilabel_confusion_matrix(truth, predicted)
        row["multilabel_confusion_matrix"] = matrix.tolist()
        for average in ("micro", "macro", "weighted", "samples", None):
            if truth.shape[1] == 1:
                if average == "samples":
                    # A row with one label: 1 where label and prediction are there, else 0.
                    hits = float(np.mean(truth[:, 0] & predicted[:, 0]))
                    row["samples"] = {key: rounded(hits, 15) for key in ("precision", "recall", "f1")}
                    continue
                values = metrics.precision_recall_fscore_support(
                    truth[:, 0], predicted[:, 0], labels=[1], average=average, zero_division=0)
            else:
                values = metrics.precision_recall_fscore_support(
                    truth, predicted, average=average, zero_division=0)
            keys = zip(("precision", "recall", "f1"), values)
            row[average or "per_label"] = {
                key: rounded(np.asarray(value, float).tolist(), 15) for key, value in keys}
        found.append(row)
    dump(found, os.path.join(HERE, "multilabel_metrics.json"))


bert()
scores()
