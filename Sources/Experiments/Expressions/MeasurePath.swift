internal import Diagnostics

/// A path that a comparison lists under `metrics`: what to read from each run.
enum MeasurePath {
  /// What is wrong with the path in some of the runs; each problem once.
  static func check(
    _ text: String, of runs: [String], _ outlines: ResultOutlines, at range: SourceRange
  ) -> [Diagnostic] {
    let source = ExpressionSource(Expectation(text: text, range: range, isVerbatim: false))
    let (path, problems) = parse(source)
    guard let path else { return problems }
    for run in runs {
      let resolver = PathResolver(text: source, outlines: outlines.seen(from: run))
      let (target, problem) = resolver.resolve(path)
      if let problem { return [problem] }
      if let target, target.block != run {
        return [
          Diagnostic(
            .error, "plan.compare", "A metric of a comparison is a path within its runs", at: range)
        ]
      }
    }
    return []
  }

  static func parse(_ source: ExpressionSource) -> (path: ResultPath?, diagnostics: [Diagnostic]) {
    let (expression, diagnostics) = Expression.parse(source)
    guard let expression else { return (nil, diagnostics) }
    guard expression.paths.count == 1, expression.instructions.count == 1 else {
      return (
        nil,
        [
          Diagnostic(
            .error, "plan.compare", "A metric of a comparison is one path, such as `test.accuracy`",
            at: source.range(0..<source.text.utf8.count))
        ]
      )
    }
    return (expression.paths[0], [])
  }
}

extension ResultScope {
  /// What a path such as `test.accuracy`, `test.f1[setosa]` or `train.loss[-1]` measures in a run,
  /// over its repeats; nil where the run has no such number.
  package func measure(_ metric: String, of run: String) -> (
    statistic: Statistic, quantity: Quantity
  )? {
    let place = SourceRange(SourceFile(path: "", text: ""), 0..<0)
    let source = ExpressionSource(Expectation(text: metric, range: place, isVerbatim: false))
    guard let path = MeasurePath.parse(source).path else { return nil }
    let resolver = PathResolver(text: source, outlines: outlines.seen(from: run))
    guard let target = resolver.resolve(path).target, target.block == run else { return nil }
    if case .scalar(let name, let key, .mean) = target.number {
      return scalar(run, name, key).map { ($0.statistic, $0.quantity) }
    }
    guard case .success(let (value, quantity)) = value(of: path, resolver) else { return nil }
    return (Statistic(value), quantity)
  }
}
