// Quantiles of the normal and of Student's distribution in double (NUMERICS.md rule 5).
#include "CKernels.h"
#include "double_parts.h"
#include "double_tables.h"

#pragma STDC FP_CONTRACT OFF

// Wichura, "Algorithm AS 241: The percentage points of the normal distribution", 1988, PPND16.
static const double central_top[8] = {
    3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
    1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
    3.3430575583588128105e+4, 2.5090809287301226727e+3,
};
static const double central_bottom[8] = {
    1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
    2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
    5.2264952788528545610e+3,
};
static const double middle_top[8] = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
};
static const double middle_bottom[8] = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
};
static const double tail_top[8] = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
};
static const double tail_bottom[8] = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
};

double assay_normal_quantile(double p) {
  if (!(p >= 0.0 && p <= 1.0)) return double_nan();
  if (p == 0.0) return -double_infinity();
  if (p == 1.0) return double_infinity();
  double q = p - 0.5;
  if (double_abs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    return q * double_polynomial(central_top, 8, r) / double_polynomial(central_bottom, 8, r);
  }
  double r = __builtin_sqrt(-assay_log(q < 0.0 ? p : 1.0 - p));
  double z;
  if (r <= 5.0) {
    r = r - 1.6;
    z = double_polynomial(middle_top, 8, r) / double_polynomial(middle_bottom, 8, r);
  } else {
    r = r - 5.0;
    z = double_polynomial(tail_top, 8, r) / double_polynomial(tail_bottom, 8, r);
  }
  return q < 0.0 ? -z : z;
}

// The expansion of the t quantile around the normal one (Abramowitz and Stegun 26.7.5).
static double student_expansion(double z, double degrees) {
  double s = z * z;
  double g1 = (s + 1.0) / 4.0;
  double g2 = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
  double g3 = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
  double g4 = ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
  double w = 1.0 / degrees;
  return z + z * w * (g1 + w * (g2 + w * (g3 + w * g4)));
}

// The probability beyond t > 0.
static double student_tail(double t, double degrees) {
  return 0.5 * assay_incomplete_beta(degrees / (degrees + t * t), 0.5 * degrees, 0.5);
}

// The t > 0 beyond which lies probability q in (0, 1/2), by Newton's method kept inside a bracket.
static double student_upper(double q, double degrees) {
  double low = 0.0, high = 1.0;
  while (high < 0x1p500 && student_tail(high, degrees) > q) {
    low = high;
    high = high * 2.0;
  }
  double log_scale = assay_lgamma(0.5 * (degrees + 1.0)) - assay_lgamma(0.5 * degrees) -
                     0.5 * (assay_log(degrees) + LOG_PI);
  double t = student_expansion(-assay_normal_quantile(q), degrees);
  if (!(t > low && t < high)) t = 0.5 * (low + high);
  for (int round = 0; round < 200; round++) {
    double excess = student_tail(t, degrees) - q;
    if (excess > 0.0) {
      low = t;
    } else {
      high = t;
    }
    double density =
        assay_exp(log_scale - 0.5 * (degrees + 1.0) * assay_log1p(t * t / degrees));
    double next = t + excess / density;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    double change = double_abs(next - t);
    t = next;
    if (change <= 0x1p-52 * t || high - low <= 0x1p-52 * high) break;
  }
  return t;
}

double assay_student_quantile(double p, double degrees) {
  if (!(p >= 0.0 && p <= 1.0) || !(degrees > 0.0)) return double_nan();
  if (p == 0.0) return -double_infinity();
  if (p == 1.0) return double_infinity();
  if (p == 0.5) return 0.0;
  if (degrees == double_infinity()) return assay_normal_quantile(p);
  if (degrees == 1.0) return -assay_cospi(p) / assay_sinpi(p);
  if (degrees == 2.0) return (2.0 * p - 1.0) / __builtin_sqrt(2.0 * p * (1.0 - p));
  if (degrees > 1000.0) return student_expansion(assay_normal_quantile(p), degrees);
  double t = student_upper(p < 0.5 ? p : 1.0 - p, degrees);
  return p < 0.5 ? -t : t;
}
