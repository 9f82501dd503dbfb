internal import CKernels

/// How the two factors of a product are stored.
package enum MatrixLayout: Sendable, CaseIterable {
  /// A [m, k] · B [k, n].
  case nn
  /// A [m, k] · Bᵀ with B stored [n, k].
  case nt
  /// Aᵀ with A stored [k, m] · B [k, n].
  case tn

  var code: AssayLayout {
    switch self {
    case .nn: ASSAY_NN
    case .nt: ASSAY_NT
    case .tn: ASSAY_TN
    }
  }
}

extension Compute {
  /// The product of two matrices, each element one ascending fma chain (rule 2).
  package func matmul(_ a: Tensor, _ b: Tensor, layout: MatrixLayout = .nn) -> Tensor {
    let (m, k) = layout == .tn ? (a.columns, a.rows) : (a.rows, a.columns)
    let (n, inner) = layout == .nt ? (b.rows, b.columns) : (b.columns, b.rows)
    precondition(k == inner, "product of \(a.shape) and \(b.shape) as \(layout)")
    var c = Tensor(uninitialized: .matrix(m, n))
    matmul(
      layout, m: m, n: n, k: k, a.elements, a.columns, b.elements, b.columns,
      into: c.mutableElements, n)
    withExtendedLifetime((a, b)) {}
    return c
  }

  /// The products of as many pairs of matrices, [.., m, k] · [.., k, n] each stored as `layout` says;
  /// both have rank 2 to 4 and as many matrices.
  package func batchedMatmul(_ a: Tensor, _ b: Tensor, layout: MatrixLayout = .nn) -> Tensor {
    let (left, right) = (a.shape.matrix, b.shape.matrix)
    let (m, k) = layout == .tn ? (left.columns, left.rows) : (left.rows, left.columns)
    let (n, inner) = layout == .nt ? (right.rows, right.columns) : (right.columns, right.rows)
    precondition(
      k == inner && a.shape.batch == b.shape.batch,
      "products of \(a.shape) and \(b.shape) as \(layout)")
    var c = Tensor(uninitialized: a.shape.replacingMatrix(rows: m, columns: n))
    let (first, second, target) = (a.elements, b.elements, c.mutableElements)
    let grain = max(1, Compute.leastPart / max(1, m * n * k))
    threads.split(a.shape.batch, grain: grain) { range in
      withWorkspace { workspace in
        for index in range {
          kernels.pointee.matmul(
            layout.code, m, n, k, first + index * m * k, left.columns, second + index * k * n,
            right.columns, target + index * m * n, n, AssayEpilogue(), workspace)
        }
      }
    }
    withExtendedLifetime((a, b)) {}
    return c
  }

  /// Multiplications below which a part is not worth another thread: a few microseconds.
  private static var leastPart: Int { 1 << 18 }

  func matmul(
    _ layout: MatrixLayout, m: Int, n: Int, k: Int, _ a: UnsafePointer<Float>, _ lda: Int,
    _ b: UnsafePointer<Float>, _ ldb: Int, into c: UnsafeMutablePointer<Float>, _ ldc: Int,
    epilogue: AssayEpilogue = AssayEpilogue()
  ) {
    let cut = ProductCut(m: m, n: n, k: k, threads: threads.count, least: Compute.leastPart)
    guard cut.parts > 1 else {
      withWorkspace { workspace in
        kernels.pointee.matmul(layout.code, m, n, k, a, lda, b, ldb, c, ldc, epilogue, workspace)
      }
      return
    }
    threads.run(cut.parts) { part in
      let (rows, columns) = cut[part]
      let (row, column) = (rows.lowerBound, columns.lowerBound)
      withWorkspace { workspace in
        kernels.pointee.matmul(
          layout.code, rows.count, columns.count, k, a + (layout == .tn ? row : row * lda), lda,
          b + (layout == .nt ? column * ldb : column), ldb, c + row * ldc + column, ldc,
          AssayEpilogue(
            bias: epilogue.bias.map { $0 + column }, relu: epilogue.relu,
            continues: epilogue.continues), workspace)
      }
    }
  }

  private func withWorkspace(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    let workspace = TensorStorage(capacity: Compute.workspaceSize)
    withExtendedLifetime(workspace) { body(workspace.elements) }
  }

  private static let workspaceSize = assay_matmul_workspace()
}
