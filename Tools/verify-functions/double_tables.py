"""Writes Sources/CKernels/double_tables.h: the constants of the double functions (mpmath)."""

import sys

from mpmath import mp, mpf, chebyt, erf, erfc, exp, log, loggamma, pi, sqrt, taylor, factorial, cos

mp.dps = 60


def hexadecimal(x):
    return float(x).hex()


def array(name, values, comment):
    print(f"// {comment}")
    print(f"static const double {name}[{len(values)}] = {{")
    for v in values:
        print(f"    {hexadecimal(v)},")
    print("};\n")


def interpolate(f, low, high, degree):
    """Monomial coefficients in x of the Chebyshev interpolant of f on [low, high]."""
    n = degree + 1
    centre, half = (low + high) / 2, (high - low) / 2
    nodes = [cos(pi * (i + mpf(1) / 2) / n) for i in range(n)]
    values = [f(centre + half * t) for t in nodes]
    cheb = [
        2 / mpf(n) * sum(v * cos(k * pi * (i + mpf(1) / 2) / n) for i, v in enumerate(values))
        for k in range(n)
    ]
    cheb[0] /= 2
    # Chebyshev to monomials in t, then t = (x - centre)/half.
    previous, current = [mpf(1)], [mpf(0), mpf(1)]
    total = [mpf(0)] * n
    polys = [previous, current]
    for k in range(2, n):
        nxt = [mpf(0)] + [2 * c for c in polys[-1]]
        for i, c in enumerate(polys[-2]):
            nxt[i] -= c
        polys.append(nxt)
    for k in range(n):
        for i, c in enumerate(polys[k]):
            total[i] += cheb[k] * c
    # substitute t = (x - centre)/half
    result = [mpf(0)] * n
    power = [mpf(1)]
    for k in range(n):
        for i, c in enumerate(power):
            result[i] += total[k] * c
        nxt = [mpf(0)] * (len(power) + 1)
        for i, c in enumerate(power):
            nxt[i + 1] += c / half
            nxt[i] -= c * centre / half
        power = nxt
    return result


def main():
    print("// Constants of the double functions, written by Tools/verify-functions/double_tables.py.")
    print("#ifndef ASSAY_DOUBLE_TABLES_H\n#define ASSAY_DOUBLE_TABLES_H\n")
    ln2 = log(2)
    hi = mpf(int(ln2 * 2**42)) / 2**42
    print(f"#define LN2_HIGH {hexadecimal(hi)}  // 42 bits: n·LN2_HIGH is exact for |n| < 2¹¹")
    print(f"#define LN2_REST {hexadecimal(ln2 - hi)}")
    print(f"#define LOG2_E {hexadecimal(1 / ln2)}\n")

    # log: sixteenth-bit intervals of z in [0x1.69p-1, 0x1.69p+0), 1/c and log c as two doubles.
    offset = 0x3FE6900000000000
    import struct

    def to_double(bits):
        return struct.unpack("<d", struct.pack("<Q", bits))[0]

    inverse, high, low = [], [], []
    for i in range(128):
        start = offset + (i << 45)
        # The exponent of z is that of the unshifted bits.
        a, b = to_double(start), to_double(start + (1 << 45))
        centre = (mpf(a) + mpf(b)) / 2
        if a <= 1.0 < b or b == 1.0 or (a - 1.0) * (b - 1.0) <= 0:
            c = mpf(1)
        else:
            c = mpf(float(1 / centre))
        inverse.append(c)
        value = -log(c) if c != 1 else mpf(0)
        h = mpf(float(value))
        high.append(h)
        low.append(value - h)
    array("log_inverse", inverse, "1/c for the centre c of each interval")
    array("log_high", high, "log c")
    array("log_low", low, "log c − its double")

    array("exp_terms", [1 / factorial(k) for k in range(2, 15)], "1/k! from k = 2")
    array("sinpi_terms", [(-1) ** k * pi ** (2 * k + 1) / factorial(2 * k + 1) for k in range(1, 10)],
          "sin(πr)/r in r², from r²")
    array("cospi_terms", [(-1) ** k * pi ** (2 * k) / factorial(2 * k) for k in range(2, 11)],
          "cos(πr) in r², from r⁴")
    p = mpf(float(pi))
    print(f"#define PI_HIGH {hexadecimal(p)}\n#define PI_REST {hexadecimal(pi - p)}")
    c = -pi**2 / 2
    h = mpf(float(c))
    print(f"#define COS_HIGH {hexadecimal(h)}\n#define COS_REST {hexadecimal(c - h)}\n")

    array("erf_terms",
          interpolate(lambda s: erf(sqrt(s)) / sqrt(s) - 1 if s > mpf(10) ** -40 else 2 / sqrt(pi) - 1,
                      mpf(0), mpf("0.2501"), 10), "erf(x)/x − 1 in x² for |x| <= 1/2")
    rows = []
    for i in range(64):
        centre = (mpf(i) + mpf(1) / 2) / 8
        rows += interpolate(lambda t: exp((centre + t) ** 2) * erfc(centre + t), -mpf(1) / 16,
                            mpf(1) / 16, 12)
    array("erfcx_terms", rows, "erfcx around (i + 1/2)/8, thirteen terms each, 0 <= x < 8")
    array("erfcx_tail",
          interpolate(lambda w: exp(1 / w) * erfc(1 / sqrt(w)) / sqrt(w), mpf(10) ** -7,
                      mpf(1) / 64, 12), "x·erfcx(x) in 1/x², x >= 8")
    array("lgamma_terms",
          interpolate(lambda z: loggamma(2 + z) / z if abs(z) > mpf(10) ** -30 else 1 - mp.euler,
                      mpf("-0.5"), mpf("0.5"), 21), "log Γ(2+z)/z, |z| <= 1/2")
    print(f"#define HALF_LOG_2PI {hexadecimal(log(2 * pi) / 2)}")
    print(f"#define LOG_PI {hexadecimal(log(pi))}\n")
    print("#endif")


main()
