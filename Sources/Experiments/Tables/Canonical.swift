// The form of specs that fingerprints cover: fields that bear on the result, in table order, those
// at their defaults left out, with the version of every table that took part.

extension DatasetSpec {
  package var canonical: FieldValue { Self.tables.type.encode(self) }
}

extension TokenizerSpec {
  package var canonical: FieldValue { Self.tables.type.encode(self) }
}

extension ModelSpec {
  package var canonical: FieldValue { Self.tables.type.encode(self) }
}

extension LossSpec {
  package var canonical: FieldValue { Self.family.type.encode(self) }
}

extension OptimizerSpec {
  package var canonical: FieldValue { Self.family.type.encode(self) }
}

extension ScheduleSpec {
  package var canonical: FieldValue { Self.family.type.encode(self) }
}

extension InitializerSpec {
  package var canonical: FieldValue { Self.family.type.encode(self) }
}

extension LayerSpec {
  package var canonical: FieldValue { Self.family.type.encode(self) }
}

extension MetricSpec {
  package var canonical: FieldValue { Self.family.type.encode(self) }
}

extension TrainSpec {
  /// The names of `model` and `data` are in it as ``FieldValue/reference(_:)``.
  package var canonical: FieldValue { Self.table.canonical(self) }
}

extension TrainSpec {
  /// All that was written, also what bears on no result.
  var written: FieldValue {
    .group(table: Self.table.name, version: Self.table.version, Self.table.entries(self))
  }
}

extension EvaluateSpec {
  package var canonical: FieldValue { Self.table.canonical(self) }
}

extension CompareSpec {
  package var canonical: FieldValue { Self.table.canonical(self) }
}

extension PlotSpec {
  package var canonical: FieldValue { Self.table.canonical(self) }
}

extension FieldTable {
  fileprivate func canonical(_ spec: Spec) -> FieldValue {
    .group(table: name, version: version, entries(spec, bearing: [.result]))
  }
}
