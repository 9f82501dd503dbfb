// The float kernels of the engine and the functions of the numeric law (NUMERICS.md).
//
// Every kernel exists once per instruction set; all of them compute the same bits as the scalar
// table, which is the law written as plain loops. Kernels hold no policy and allocate nothing:
// callers own every buffer, share out work, and may run kernels on disjoint outputs at once.
//
// Unless said otherwise: arrays are dense and row-major, counts are elements, any count may be 0,
// no alignment is required, and an elementwise output may be the same array as an input (but must
// not overlap it otherwise).
#ifndef ASSAY_CKERNELS_H
#define ASSAY_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

/// Instruction sets, in the order of preference (the last one that the CPU has is the default).
typedef enum AssayISA {
  ASSAY_ISA_SCALAR = 0,
  ASSAY_ISA_NEON = 1,
  ASSAY_ISA_AVX2 = 2,
  ASSAY_ISA_AVX512 = 3,
} AssayISA;

/// Storage of the two factors of a product C[m×n] = A·B with k terms per element.
typedef enum AssayLayout {
  ASSAY_NN = 0,  // A stored [m×k], B stored [k×n]
  ASSAY_NT = 1,  // A stored [m×k], B stored [n×k]
  ASSAY_TN = 2,  // A stored [k×m], B stored [k×n]
} AssayLayout;

/// Where the chains of a product begin, and what happens to each element after its chain has ended
/// with + 0.
typedef struct AssayEpilogue {
  const float *_Nullable bias;  // n values, added to each row; null for none
  int relu;                     // then 0 > x ? +0 : x
  int continues;                // the chains go on from C, an earlier product, instead of from +0
} AssayEpilogue;

/// Functions of one float, for `map`.
typedef enum AssayFunction {
  ASSAY_EXP = 0,
  ASSAY_EXPM1,
  ASSAY_LOG,
  ASSAY_LOG1P,
  ASSAY_TANH,
  ASSAY_ERF,
  ASSAY_SINPI,
  ASSAY_COSPI,
  ASSAY_SIGMOID,
  ASSAY_RELU,
  ASSAY_GELU,
  ASSAY_GELU_TANH,
  ASSAY_SQRT,
  ASSAY_FUNCTION_COUNT,
} AssayFunction;

/// Where random words come from: Philox key, site and draw (NUMERICS.md rule 6).
typedef struct AssayRandom {
  uint32_t key0, key1;
  uint32_t site;
  uint64_t draw;
} AssayRandom;

/// Random zeros: an element stays, times `scale`, iff its word >= threshold; else it is +0.
typedef struct AssayDropout {
  AssayRandom source;
  uint64_t threshold;  // round(p·2³²) <= 2³²; 0: nothing is drawn, and scale is 1
  float scale;         // float(1/(1−p))
} AssayDropout;

/// Where the rows of a matrix stand in their samples: element j of row r is element
/// positions[r]·columns + j of draw draws[r].
typedef struct AssayPlaces {
  const int32_t *_Nonnull positions;
  const uint64_t *_Nonnull draws;
} AssayPlaces;

/// What the attention of one head over one sequence shares: row r of a tile is the query at
/// queries[r], and its element j has the random element first + queries[r]·span + j.
typedef struct AssayHead {
  float scale;           // float(1/√d)
  AssayDropout dropout;  // of the probabilities, at the sequence's draw
  uint64_t first, span;  // head·S² and S, S being the maximal positions rounded up to 64
} AssayHead;

/// Coefficients of one Adam step; all but `decay` are rounded once from double.
typedef struct AssayAdam {
  float one_minus_beta1;  // 1−β₁
  float beta2;
  float one_minus_beta2;  // 1−β₂
  float rate;             // lr/(1−β₁ᵗ)
  float root_scale;       // 1/√(1−β₂ᵗ)
  float epsilon;
  float weight_decay;     // L2 term added to the gradient (Adam); 0 for none
  float decay;            // factor on p before the step (AdamW: 1−lr·λ); 1 for none
} AssayAdam;

/// Coefficients of one SGD step.
typedef struct AssaySGD {
  float rate;
  float momentum;
  float one_minus_dampening;
  float weight_decay;
  int nesterov;
  int first;  // the velocity is not there yet: v = g
} AssaySGD;

/// Coefficients of one RMSprop step.
typedef struct AssayRMSprop {
  float rate;
  float alpha;
  float one_minus_alpha;
  float epsilon;
  float momentum;
  float weight_decay;
} AssayRMSprop;

/// One instruction set's kernels.
typedef struct AssayKernels {
  AssayISA isa;
  const char *_Nonnull name;

  // C = A·B, each element one fma chain over ascending k from +0 (or from C), then + 0 (rule 2),
  // then the epilogue. `workspace` holds assay_matmul_workspace() floats, 64-byte aligned.
  void (*_Nonnull matmul)(AssayLayout layout, size_t m, size_t n, size_t k,
                          const float *_Nonnull a, size_t lda, const float *_Nonnull b, size_t ldb,
                          float *_Nonnull c, size_t ldc, AssayEpilogue epilogue,
                          float *_Nonnull workspace);

  // Elementwise.
  void (*_Nonnull map)(AssayFunction function, size_t n, const float *_Nonnull x,
                       float *_Nonnull y);
  void (*_Nonnull fill)(size_t n, float value, float *_Nonnull y);
  void (*_Nonnull add)(size_t n, const float *_Nonnull a, const float *_Nonnull b,
                       float *_Nonnull y);  // a + b
  void (*_Nonnull subtract)(size_t n, const float *_Nonnull a, const float *_Nonnull b,
                            float *_Nonnull y);  // a − b
  void (*_Nonnull multiply)(size_t n, const float *_Nonnull a, const float *_Nonnull b,
                            float *_Nonnull y);  // a · b
  void (*_Nonnull scale)(size_t n, float factor, const float *_Nonnull x,
                         float *_Nonnull y);  // x · factor
  void (*_Nonnull add_scaled)(size_t n, float factor, const float *_Nonnull x,
                              float *_Nonnull y);  // y = fma(factor, x, y)
  // y[r][j] = x[r][j] + bias[j]
  void (*_Nonnull add_row)(size_t rows, size_t columns, const float *_Nonnull x,
                           const float *_Nonnull bias, float *_Nonnull y);

  // Derivatives: dx from the gradient g of the output. relu, tanh and sigmoid read the output y,
  // the two GELUs read the input x.
  void (*_Nonnull relu_backward)(size_t n, const float *_Nonnull y, const float *_Nonnull g,
                                 float *_Nonnull dx);
  void (*_Nonnull tanh_backward)(size_t n, const float *_Nonnull y, const float *_Nonnull g,
                                 float *_Nonnull dx);
  void (*_Nonnull sigmoid_backward)(size_t n, const float *_Nonnull y, const float *_Nonnull g,
                                    float *_Nonnull dx);
  void (*_Nonnull gelu_backward)(size_t n, const float *_Nonnull x, const float *_Nonnull g,
                                 float *_Nonnull dx);
  void (*_Nonnull gelu_tanh_backward)(size_t n, const float *_Nonnull x, const float *_Nonnull g,
                                      float *_Nonnull dx);

  // Random numbers for elements first ..< first + n (rule 6). first + n <= 2³⁴.
  void (*_Nonnull random_words)(size_t n, uint64_t first, AssayRandom source,
                                uint32_t *_Nonnull words);
  void (*_Nonnull random_uniform)(size_t n, uint64_t first, AssayRandom source, float low,
                                  float width, float *_Nonnull y);
  void (*_Nonnull random_normal)(size_t n, uint64_t first, AssayRandom source, float mean,
                                 float deviation, float *_Nonnull y);
  // keep iff word >= threshold: x·scale, else +0. threshold = round(p·2³²) <= 2³².
  void (*_Nonnull dropout)(size_t n, uint64_t first, AssayRandom source, uint64_t threshold,
                           float scale, const float *_Nonnull x, float *_Nonnull y);

  // Rows (rule 3, rule 8).
  void (*_Nonnull row_sums)(size_t rows, size_t columns, const float *_Nonnull x,
                            float *_Nonnull sums);
  void (*_Nonnull row_argmax)(size_t rows, size_t columns, const float *_Nonnull x,
                              int32_t *_Nonnull indices);  // columns >= 1
  // Rows begin `stride` floats apart.
  void (*_Nonnull column_sums)(size_t rows, size_t columns, size_t stride,
                               const float *_Nonnull x, float *_Nonnull sums);
  void (*_Nonnull softmax)(size_t rows, size_t columns, const float *_Nonnull x,
                           float *_Nonnull y);
  void (*_Nonnull log_softmax)(size_t rows, size_t columns, const float *_Nonnull x,
                               float *_Nonnull y);
  // Cross-entropy against t_j = off·w_j + (j = target ? on·w_target : 0), w = 1 when `weights` is
  // null; `off_total` = off·Σw. losses[r] = Σ_j t_j·(−log p_j); gradient[r][j] =
  // (p_j·(on·w_target + off_total) − t_j)·factor. A negative target gives loss 0, gradient 0.
  // Where off is 0 the gradient may be written over x.
  void (*_Nonnull cross_entropy)(size_t rows, size_t columns, const float *_Nonnull x,
                                 const int32_t *_Nonnull targets, const float *_Nullable weights,
                                 float on, float off, float off_total, float factor,
                                 float *_Nonnull losses, float *_Nonnull gradient);
  // means[r] = μ, scales[r] = 1/√(v + ε) are kept for the backward pass.
  void (*_Nonnull layer_norm)(size_t rows, size_t columns, const float *_Nonnull x,
                              const float *_Nonnull gain, const float *_Nonnull bias,
                              float epsilon, float *_Nonnull y, float *_Nonnull means,
                              float *_Nonnull scales);
  // y once more, from the means and scales that layer_norm kept.
  void (*_Nonnull layer_norm_again)(size_t rows, size_t columns, const float *_Nonnull x,
                                    const float *_Nonnull gain, const float *_Nonnull bias,
                                    const float *_Nonnull means, const float *_Nonnull scales,
                                    float *_Nonnull y);
  void (*_Nonnull layer_norm_backward)(size_t rows, size_t columns, const float *_Nonnull x,
                                       const float *_Nonnull gain, const float *_Nonnull means,
                                       const float *_Nonnull scales, const float *_Nonnull g,
                                       float *_Nonnull dx);
  // Column chains over the rows: gain_gradient = Σ g·x̂, bias_gradient = Σ g. Rows of x and g begin
  // `stride` floats apart.
  void (*_Nonnull layer_norm_parameters)(size_t rows, size_t columns, size_t stride,
                                         const float *_Nonnull x,
                                         const float *_Nonnull means,
                                         const float *_Nonnull scales, const float *_Nonnull g,
                                         float *_Nonnull gain_gradient,
                                         float *_Nonnull bias_gradient);

  // A transformer's encoder; random elements by rule 6, expressions by rule 8.
  //
  // y = f(x) and dx = g·f′(x), f one of relu, gelu, gelu_tanh; y may be x, dx may be g.
  void (*_Nonnull activation_backward)(AssayFunction function, size_t n, const float *_Nonnull x,
                                       const float *_Nonnull g, float *_Nonnull y,
                                       float *_Nonnull dx);
  // y = dropout(x); y may be x.
  void (*_Nonnull dropout_rows)(size_t rows, size_t columns, AssayDropout dropout,
                                AssayPlaces places, const float *_Nonnull x, float *_Nonnull y);
  // sum = residual + dropout(x), y = layer norm of sum; sum may be x.
  void (*_Nonnull residual_norm)(size_t rows, size_t columns, const float *_Nonnull x,
                                 const float *_Nonnull residual, AssayDropout dropout,
                                 AssayPlaces places, const float *_Nonnull gain,
                                 const float *_Nonnull bias, float epsilon, float *_Nonnull sum,
                                 float *_Nonnull y, float *_Nonnull means,
                                 float *_Nonnull scales);
  // The gradients of `residual` and of x from g, that of y.
  void (*_Nonnull residual_norm_backward)(size_t rows, size_t columns, const float *_Nonnull sum,
                                          const float *_Nonnull gain,
                                          const float *_Nonnull means,
                                          const float *_Nonnull scales, const float *_Nonnull g,
                                          AssayDropout dropout, AssayPlaces places,
                                          float *_Nonnull residual_gradient,
                                          float *_Nonnull gradient);
  // p holds products of queries and keys and becomes softmax(p·scale); kept = dropout(p), unless
  // its threshold is 0: then `kept` is left alone.
  void (*_Nonnull attention_softmax)(size_t rows, size_t columns, AssayHead head,
                                     const int32_t *_Nonnull queries, float *_Nonnull p,
                                     float *_Nonnull kept);
  // g holds the gradient of `kept` and becomes that of the products:
  // d = kept ≠ 0 ? g·dropout : +0, then (p·(d − Σ d·p))·scale. `kept` may be p.
  void (*_Nonnull attention_backward)(size_t rows, size_t columns, float scale, float dropout,
                                      const float *_Nonnull p, const float *_Nonnull kept,
                                      float *_Nonnull g);
  // y[r] = (words[ids[r]] + types[segments[r]]) + positions[places[r]]. No index is checked.
  void (*_Nonnull embedding_rows)(size_t rows, size_t columns, const int32_t *_Nonnull ids,
                                  const uint8_t *_Nonnull segments,
                                  const int32_t *_Nonnull places, const float *_Nonnull words,
                                  const float *_Nonnull types, const float *_Nonnull positions,
                                  float *_Nonnull y);
  // Row i of y: one chain per column over the rows rows[starts[i]] ..< rows[starts[i + 1]] of x, in
  // that order. No index is checked.
  void (*_Nonnull sums_of_rows)(size_t count, size_t columns, const int32_t *_Nonnull starts,
                                const int32_t *_Nonnull rows, const float *_Nonnull x,
                                float *_Nonnull y);

  // Optimiser steps, one pass over memory (rule 8).
  void (*_Nonnull sgd)(size_t n, AssaySGD step, const float *_Nonnull g, float *_Nullable velocity,
                       float *_Nonnull p);
  void (*_Nonnull adam)(size_t n, AssayAdam step, const float *_Nonnull g, float *_Nonnull m,
                        float *_Nonnull v, float *_Nonnull p);
  // `average` is given for the centred variant, `buffer` when momentum is not 0.
  void (*_Nonnull rmsprop)(size_t n, AssayRMSprop step, const float *_Nonnull g,
                           float *_Nonnull square, float *_Nullable average,
                           float *_Nullable buffer, float *_Nonnull p);
  void (*_Nonnull adagrad)(size_t n, float rate, float epsilon, float weight_decay,
                           const float *_Nonnull g, float *_Nonnull sum, float *_Nonnull p);

  // Double sums by rule 3 with double lanes.
  double (*_Nonnull sum_of_squares)(size_t n, const float *_Nonnull x);
  double (*_Nonnull sum_f64)(size_t n, const double *_Nonnull x);
  double (*_Nonnull dot_f64)(size_t n, const double *_Nonnull x, const double *_Nonnull y);
} AssayKernels;

/// The kernels of one instruction set, or null when this program or this CPU has none.
const AssayKernels *_Nullable assay_kernels_for(AssayISA isa);

/// The best instruction set of this CPU.
AssayISA assay_best_isa(void);

/// Floats of scratch memory that `matmul` needs, for any instruction set and size.
size_t assay_matmul_workspace(void);

/// Copies rows of `width` floats: row r of y is row rows[r] of x. No index is checked.
void assay_gather_rows(size_t count, size_t width, const ptrdiff_t *_Nonnull rows,
                       const float *_Nonnull x, float *_Nonnull y);

/// Tells the core that a thread waits in a loop.
void assay_pause(void);

/// Sleeps as long as the word holds `seen`, and may return sooner.
void assay_sleep_while(const void *_Nonnull word, uint32_t seen);

/// Wakes up to `count` threads that sleep because of the word.
void assay_wake(const void *_Nonnull word, int count);

/// One block of Philox4x32-10 (Salmon et al. 2011): four words for a counter and a key.
void assay_philox4x32(const uint32_t counter[_Nonnull 4], const uint32_t key[_Nonnull 2],
                      uint32_t words[_Nonnull 4]);

/// Sum of n values by the index tree; 0 for none (rule 3).
float assay_tree_sum(size_t n, const float *_Nonnull values);
double assay_tree_sum_f64(size_t n, const double *_Nonnull values);

/// Float functions of one number: the scalar oracle of `map`.
float assay_expf(float x);
float assay_expm1f(float x);
float assay_logf(float x);
float assay_log1pf(float x);
float assay_tanhf(float x);
float assay_erff(float x);
float assay_sinpif(float x);
float assay_cospif(float x);

/// Double functions (rule 5); bounds are in NUMERICS.md.
double assay_exp(double x);
double assay_expm1(double x);
double assay_log(double x);
double assay_log1p(double x);
double assay_pow(double x, double y);
double assay_sinpi(double x);
double assay_cospi(double x);
double assay_erf(double x);
double assay_erfc(double x);
double assay_erfcx(double x);
double assay_lgamma(double x);
double assay_incomplete_beta(double x, double a, double b);
double assay_normal_quantile(double p);
double assay_student_quantile(double p, double degrees);

#if defined(__cplusplus)
}
#endif

#endif
