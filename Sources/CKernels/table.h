// Fills a kernel table with the functions of one prefix: ASSAY_TABLE(avx2, ASSAY_ISA_AVX2).
#ifndef ASSAY_TABLE_H
#define ASSAY_TABLE_H

#define ASSAY_TABLE(PREFIX, ISA)                                         \
  const AssayKernels assay_##PREFIX##_kernels = {                        \
      .isa = ISA,                                                        \
      .name = #PREFIX,                                                   \
      .matmul = PREFIX##_matmul,                                         \
      .map = PREFIX##_map,                                               \
      .fill = PREFIX##_fill,                                             \
      .add = PREFIX##_add,                                               \
      .subtract = PREFIX##_subtract,                                     \
      .multiply = PREFIX##_multiply,                                     \
      .scale = PREFIX##_scale,                                           \
      .add_scaled = PREFIX##_add_scaled,                                 \
      .add_row = PREFIX##_add_row,                                       \
      .relu_backward = PREFIX##_relu_backward,                           \
      .tanh_backward = PREFIX##_tanh_backward,                           \
      .sigmoid_backward = PREFIX##_sigmoid_backward,                     \
      .gelu_backward = PREFIX##_gelu_backward,                           \
      .gelu_tanh_backward = PREFIX##_gelu_tanh_backward,                 \
      .random_words = PREFIX##_random_words,                             \
      .random_uniform = PREFIX##_random_uniform,                         \
      .random_normal = PREFIX##_random_normal,                           \
      .dropout = PREFIX##_dropout,                                       \
      .row_sums = PREFIX##_row_sums,                                     \
      .row_argmax = PREFIX##_row_argmax,                                 \
      .column_sums = PREFIX##_column_sums,                               \
      .softmax = PREFIX##_softmax,                                       \
      .log_softmax = PREFIX##_log_softmax,                               \
      .cross_entropy = PREFIX##_cross_entropy,                           \
      .layer_norm = PREFIX##_layer_norm,                                 \
      .layer_norm_again = PREFIX##_layer_norm_again,                     \
      .layer_norm_backward = PREFIX##_layer_norm_backward,               \
      .layer_norm_parameters = PREFIX##_layer_norm_parameters,           \
      .activation_backward = PREFIX##_activation_backward,               \
      .dropout_rows = PREFIX##_dropout_rows,                             \
      .residual_norm = PREFIX##_residual_norm,                           \
      .residual_norm_backward = PREFIX##_residual_norm_backward,         \
      .attention_softmax = PREFIX##_attention_softmax,                   \
      .attention_backward = PREFIX##_attention_backward,                 \
      .embedding_rows = PREFIX##_embedding_rows,                         \
      .sums_of_rows = PREFIX##_sums_of_rows,                             \
      .sgd = PREFIX##_sgd,                                               \
      .adam = PREFIX##_adam,                                             \
      .rmsprop = PREFIX##_rmsprop,                                       \
      .adagrad = PREFIX##_adagrad,                                       \
      .sum_of_squares = PREFIX##_sum_of_squares,                         \
      .sum_f64 = PREFIX##_sum_f64,                                       \
      .dot_f64 = PREFIX##_dot_f64,                                       \
  }

#endif
