/// What a model is trained to make small (PyTorch's definitions unless said otherwise).
package enum Loss: Sendable, Hashable {
  /// `−log softmax(x)_y` (torch `CrossEntropyLoss`).
  case crossEntropy(CrossEntropy)
  /// Margin losses over classes.
  case hinge(Hinge)
  /// `(x − y)²`, the mean over all elements.
  case meanSquaredError
  /// `|x − y|`, the mean over all elements.
  case absoluteError
  /// `½d²` for `|d| < δ`, else `δ(|d| − ½δ)`; torch δ 1.
  case huber(delta: Double)
  /// `½d²/β` for `|d| < β`, else `|d| − ½β`; torch β 1, and β 0 is the absolute error.
  case smoothL1(beta: Double)
  /// `−(w·y·log σ(x) + (1 − y)·log(1 − σ(x)))` (torch `BCEWithLogitsLoss`).
  case binaryCrossEntropy(BinaryCrossEntropy)

  /// Settings of the cross-entropy.
  package struct CrossEntropy: Sendable, Hashable {
    /// Share ε of every target spread over all classes: `(1 − ε)·nll + ε/C·Σ −log p`; torch 0.
    package var labelSmoothing: Double
    package var classWeights: ClassWeights
    /// Rows with this target count nothing; torch −100.
    package var ignoredIndex: Int32

    package init(
      labelSmoothing: Double = 0, classWeights: ClassWeights = .none, ignoredIndex: Int32 = -100
    ) {
      self.labelSmoothing = labelSmoothing
      self.classWeights = classWeights
      self.ignoredIndex = ignoredIndex
    }
  }

  /// How much a row counts by its class.
  package enum ClassWeights: Sendable, Hashable {
    case none
    /// One positive number a class, in index order.
    case values([Double])
    /// `n / (C · n_c)` over the training rows (scikit-learn's `balanced`).
    case balanced
  }

  /// Settings of the hinge losses.
  package struct Hinge: Sendable, Hashable {
    /// Which margin loss.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
      /// `Σ_{i≠y} max(0, m − x_y + x_i)^p / C` (torch `MultiMarginLoss`).
      case multiMargin = "multi_margin"
      /// `max(0, m − s·x)^p` with `s = ±1`, one output (scikit-learn `hinge_loss` for m 1, p 1).
      case binary
      /// `max(0, m − x_y + max_{i≠y} x_i)^p` (Crammer & Singer 2001; scikit-learn `hinge_loss`).
      case crammerSinger = "crammer_singer"
    }

    package var kind: Kind
    /// The margin m; 1.
    package var margin: Double
    /// The power p, 1 or 2; 1.
    package var power: Int
    /// Multiplies a row's loss (torch `weight`); the mean still divides by the number of rows.
    package var classWeights: ClassWeights

    package init(
      kind: Kind = .multiMargin, margin: Double = 1, power: Int = 1,
      classWeights: ClassWeights = .none
    ) {
      self.kind = kind
      self.margin = margin
      self.power = power
      self.classWeights = classWeights
    }
  }

  /// Settings of the binary cross-entropy.
  package struct BinaryCrossEntropy: Sendable, Hashable {
    package var positiveWeights: PositiveWeights

    package init(positiveWeights: PositiveWeights = .none) {
      self.positiveWeights = positiveWeights
    }
  }

  /// The weight w of positive targets (torch `pos_weight`).
  package enum PositiveWeights: Sendable, Hashable {
    /// 1.
    case none
    /// One number for all outputs, or one an output.
    case values([Double])
    /// Of each output `(n − n₊) / n₊` over the training rows: positive and negative ones weigh
    /// alike; 1 where none is positive.
    case balanced
  }

  /// What the loss is called in a notebook.
  package var name: String {
    switch self {
    case .crossEntropy: "cross_entropy"
    case .hinge: "hinge"
    case .meanSquaredError: "mse"
    case .absoluteError: "l1"
    case .huber: "huber"
    case .smoothL1: "smooth_l1"
    case .binaryCrossEntropy: "bce_with_logits"
    }
  }
}
