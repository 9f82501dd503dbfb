"""Make optimizers.json: what PyTorch's optimisers and a small training run answer, in float64.

    python make_optimizers.py        (needs torch; CPU, one thread, fixed seeds)

Writes beside itself.  `sequences`: an optimiser with its settings is fed 25 fixed gradients of two
parameters; `parameters` holds their values after every step.  `clipping`: clip_grad_norm_ and
clip_grad_value_ on fixed gradients.  `plateau`: ReduceLROnPlateau's rate after each of 40 values.
`training`: a 4-6-3 network (tanh, layer norm, gelu, relu) under cross entropy, batches in row order;
`loss` is each batch's mean before its step, `parameters` the weights after steps 1, 10 and 30.
All inputs are exactly float32.
"""
import json
import os

os.environ["OMP_NUM_THREADS"] = "1"
import torch
import torch.nn as nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = 25


def exact(tensor):
    """Rounds to float32 so that a float32 engine starts from the very same numbers."""
    return tensor.to(torch.float32).to(torch.float64)


def digits(value, count=15):
    if isinstance(value, list):
        return [digits(item, count) for item in value]
    return float(f"{value:.{count}g}")


def flat(tensors, count=15):
    return [digits(t.detach().reshape(-1).tolist(), count) for t in tensors]


def sequences():
    g = torch.Generator().manual_seed(20240917)
    shapes = [(3, 4), (5,)]
    start = [exact(torch.randn(s, generator=g)) for s in shapes]
    gradients = [[exact(torch.randn(s, generator=g) * (0.2 + 0.1 * k)) for s in shapes] for k in range(STEPS)]
    gradients[7] = [torch.zeros_like(x) for x in gradients[7]]
    settings = {
        "sgd": [{"lr": 0.1}, {"lr": 0.05, "momentum": 0.9}, {"lr": 0.05, "momentum": 0.9, "nesterov": True},
                {"lr": 0.05, "momentum": 0.9, "dampening": 0.3}, {"lr": 0.1, "weight_decay": 0.05},
                {"lr": 0.05, "momentum": 0.8, "nesterov": True, "weight_decay": 0.01}],
        "adam": [{"lr": 1e-3}, {"lr": 0.05, "betas": [0.8, 0.99], "eps": 1e-6}, {"lr": 0.01, "weight_decay": 0.1}],
        "adamw": [{"lr": 1e-3}, {"lr": 0.05, "betas": [0.7, 0.95], "eps": 1e-7, "weight_decay": 0.2}, {"lr": 0.01, "weight_decay": 0.0}],
        "rmsprop": [{"lr": 0.01}, {"lr": 0.01, "alpha": 0.9, "eps": 1e-6}, {"lr": 0.01, "momentum": 0.9},
                    {"lr": 0.01, "centered": True}, {"lr": 0.005, "momentum": 0.5, "centered": True, "weight_decay": 0.05}],
        "adagrad": [{"lr": 0.01}, {"lr": 0.1, "lr_decay": 0.05}, {"lr": 0.1, "initial_accumulator_value": 0.5, "weight_decay": 0.02},
                    {"lr": 0.1, "eps": 1e-3}],
    }
    make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW,
            "rmsprop": torch.optim.RMSprop, "adagrad": torch.optim.Adagrad}
    cases = []
    for name, variants in settings.items():
        for options in variants:
            parameters = [nn.Parameter(x.clone()) for x in start]
            kw = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
            optimizer = make[name](parameters, **kw)
            trace = []
            for step in gradients:
                for p, gradient in zip(parameters, step):
                    p.grad = gradient.clone()
                optimizer.step()
                trace.append(flat(parameters))
            cases.append({"optimizer": name, "options": options, "parameters": trace})
    return {"shapes": [list(s) for s in shapes], "start": flat(start, 17), "gradients": [flat(s, 17) for s in gradients], "cases": cases}


def clipping():
    g = torch.Generator().manual_seed(5)
    gradients = [exact(torch.randn(s, generator=g)) for s in ((4, 3), (7,))]
    cases = []
    for limit in (0.5, 1.0, 100.0):
        parameters = [nn.Parameter(torch.zeros_like(x)) for x in gradients]
        for p, x in zip(parameters, gradients):
            p.grad = x.clone()
        norm = nn.utils.clip_grad_norm_(parameters, limit)
        cases.append({"max_norm": limit, "norm": digits(norm.item()), "gradients": flat([p.grad for p in parameters])})
    for limit in (0.3, 5.0):
        parameters = [nn.Parameter(torch.zeros_like(x)) for x in gradients]
        for p, x in zip(parameters, gradients):
            p.grad = x.clone()
        nn.utils.clip_grad_value_(parameters, limit)
        cases.append({"max_value": limit, "gradients": flat([p.grad for p in parameters])})
    return {"shapes": [[4, 3], [7]], "gradients": flat(gradients, 17), "cases": cases}


def plateau():
    g = torch.Generator().manual_seed(11)
    values = digits([1.0 / (1 + 0.3 * min(k, 9)) + 0.02 * torch.rand(1, generator=g).item() for k in range(40)])
    cases = []
    for options in ({"patience": 2}, {"factor": 0.5, "patience": 3, "cooldown": 2, "threshold": 0.01}, {"factor": 0.3, "patience": 0, "min_lr": 0.004},
                    {"mode": "max", "patience": 4}, {"patience": 1, "threshold": 0.05, "threshold_mode": "abs", "factor": 0.7}):
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
        schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **options)
        rates = []
        for value in values:
            schedule.step(value)
            rates.append(digits(optimizer.param_groups[0]["lr"]))
        cases.append({"options": options, "rates": rates})
    return {"base_lr": 0.1, "values": values, "cases": cases}


def training():
    g = torch.Generator().manual_seed(31)
    x = exact(torch.randn(24, 4, generator=g))
    y = torch.randint(0, 3, (24,), generator=g)
    cases = []
    for name, make in {"sgd": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), "adam": lambda p: torch.optim.Adam(p, lr=0.01)}.items():
        model = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.LayerNorm(6), nn.Linear(6, 5), nn.GELU(), nn.Linear(5, 5),
                              nn.GELU(approximate="tanh"), nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3), nn.Sigmoid(), nn.Linear(3, 3))
        with torch.no_grad():
            for key, p in model.named_parameters():
                p.copy_(exact(0.5 * torch.randn(p.shape, generator=g) + (1 if key == "2.weight" else 0)))
        start = {k: digits(p.detach().reshape(-1).tolist(), 17) for k, p in model.named_parameters()}
        optimizer = make(model.parameters())
        losses, snapshots = [], {}
        for step in range(30):
            rows = slice(8 * (step % 3), 8 * (step % 3) + 8)
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            if step + 1 in (1, 10, 30):
                snapshots[str(step + 1)] = {k: digits(p.detach().reshape(-1).tolist()) for k, p in model.named_parameters()}
        cases.append({"optimizer": name, "start": start, "loss": digits(losses), "parameters": snapshots,
                      "outputs": digits(model(x).detach().reshape(-1).tolist())})
    return {"x": digits(x.reshape(-1).tolist(), 17), "y": y.tolist(), "batch_size": 8, "cases": cases}


if __name__ == "__main__":
    out = {"torch": torch.__version__, "sequences": sequences(), "clipping": clipping(), "plateau": plateau(), "training": training()}
    with open(os.path.join(HERE, "optimizers.json"), "w", encoding="utf-8") as f:
        json.dump(out, f, separators=(",", ":"), allow_nan=False)
        f.write("\n")
