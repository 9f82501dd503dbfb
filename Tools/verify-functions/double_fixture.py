"""Writes Tests/Fixtures/numerics/double-functions.csv: samples by mpmath at 50 digits.

A line is: function, arguments and result as hexadecimal floats. The seed is fixed.
"""

import math
import random

import mpmath as M
from mpmath import mp, mpf

mp.dps = 50
R = random.Random(11)


def log_uniform(low, high):
    return math.exp(R.uniform(low, high))


def write(name, arguments, result):
    print(",".join([name] + [float(a).hex() for a in arguments] + [float(result).hex()]))


def sample(name, reference, generators, count):
    for generator in generators:
        for _ in range(count):
            x = generator()
            write(name, [x], reference(mpf(x)))


U = R.uniform
SIGN = lambda: R.choice((-1, 1))

sample("exp", M.exp, [lambda: U(-745, 709.7), lambda: U(-1, 1)], 40)
sample("expm1", M.expm1, [lambda: SIGN() * log_uniform(-40, 6), lambda: U(-1, 1)], 40)
sample("log", M.log, [lambda: log_uniform(-740, 709), lambda: U(0.9, 1.1)], 40)
sample("log1p", M.log1p, [lambda: log_uniform(-40, 700), lambda: -log_uniform(-40, -0.01)], 40)
sample("sinpi", M.sinpi, [lambda: U(-10, 10), lambda: SIGN() * log_uniform(-30, 20)], 40)
sample("cospi", M.cospi, [lambda: U(-10, 10), lambda: SIGN() * log_uniform(-30, 20)], 40)
sample("erf", M.erf, [lambda: U(-6, 6), lambda: SIGN() * log_uniform(-30, 0)], 40)
sample("erfc", M.erfc, [lambda: U(-6, 27), lambda: U(-1, 1)], 40)
sample("erfcx", lambda x: M.exp(x * x) * M.erfc(x), [lambda: U(-5, 25), lambda: log_uniform(-5, 5)], 40)
sample("lgamma", M.loggamma, [lambda: log_uniform(-30, 20), lambda: U(0.1, 12)], 40)
for _ in range(80):
    x, y = log_uniform(-20, 20), U(-30, 30)
    write("pow", [x, y], M.power(mpf(x), mpf(y)))
for _ in range(60):
    a, b = log_uniform(-1, 6), log_uniform(-1, 6)
    x = R.betavariate(a, b)
    if 0 < x < 1:
        write("incomplete_beta", [x, a, b], M.betainc(a, b, 0, mpf(x), regularized=True))
for _ in range(60):
    p = R.choice([U(0, 1), log_uniform(-600, -1), 1 - log_uniform(-30, -1)])
    z = M.findroot(lambda z: M.log(M.erfc(-z / M.sqrt(2)) / 2) - M.log(mpf(p)),
                   M.sqrt(2) * M.erfinv(2 * mpf(p) - 1) if 1e-15 < p < 1 - 1e-15
                   else (-1 if p < 0.5 else 1) * M.sqrt(-2 * M.log(min(p, 1 - p))))
    write("normal_quantile", [p], z)
for degrees in [1, 2, 3, 4, 5, 7, 9, 19, 29, 99, 0.7, 12.5, 400, 2500, 100000]:
    for p in [0.975, 0.995, 0.025, 0.6, 0.999]:
        v, q = mpf(degrees), mpf(p)

        def below(t):
            tail = M.betainc(v / 2, mpf(1) / 2, 0, v / (v + t * t), regularized=True) / 2
            return (1 - tail if t > 0 else tail) - q

        # A bracket, then bisection and secant steps by mpmath.
        low, high = mpf(-1), mpf(1)
        while below(low) > 0:
            low *= 2
        while below(high) < 0:
            high *= 2
        write("student_quantile", [p, degrees], M.findroot(below, (low, high), solver="anderson",
                                                           tol=mpf(10) ** -40, maxsteps=400))
