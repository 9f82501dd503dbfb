// swift-tools-version: 6.1
import PackageDescription

/// Every target compiles under the same rules.
///
/// Existentials are written `any`, imports are
/// internal unless a public declaration needs them, and members come only from imported modules.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Links Swift's own libraries into the program.
///
/// It starts in a third of the time and needs no Swift where it runs. Done here and not by `--static-swift-stdlib`, which would change the flags of every
/// module, so that the program and its tests could not share one build.
let staticRuntime = [
  "-static-stdlib", "-lFoundation", "-lCoreFoundation", "-l_CFXMLInterface",
  "-lFoundationInternationalization", "-lFoundationEssentials", "-l_FoundationCShims",
  "-l_FoundationCollections", "-l_FoundationICU", "-lstdc++",
]

/// One entry per concept of the design: two columns (document, engine) and one bridge (Execution).
let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["assay"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // The document column: Markdown in, documents out.
    .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .target(name: "Diagnostics", swiftSettings: strict),
    // SHA-256 for both columns; the only importer of swift-crypto.
    .target(
      name: "Digests", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    // Reads and writes JSON for both columns.
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "Notebooks", dependencies: ["CCmark", "Diagnostics"], swiftSettings: strict),
    .target(
      name: "Experiments",
      dependencies: [
        "Diagnostics", "Digests", "JSON", "Notebooks",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: [
        "Diagnostics", "Digests", "JSON", "Notebooks", "Experiments",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),

    // The engine column: numbers in, numbers out. It never sees Markdown or YAML.
    .target(name: "CKernels"),
    .target(name: "Tensors", dependencies: ["CKernels", "Digests"], swiftSettings: strict),
    .target(
      name: "Learning", dependencies: ["Digests", "JSON", "Tensors"], swiftSettings: strict),

    // The bridge, and the command.
    .target(
      name: "Execution",
      dependencies: [
        "Diagnostics", "Digests", "JSON", "Notebooks", "Experiments", "Learning", "Tensors",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "assay",
      dependencies: [
        "Diagnostics", "Digests", "JSON", "Notebooks", "Experiments", "Execution", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(staticRuntime)]),

    // Measures the engine for `make bench`; see Benchmarks/README.md.
    .executableTarget(
      name: "assay-bench", dependencies: ["Tensors", "Learning"], path: "Benchmarks/assay-bench",
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    // Random cases of every kernel against its oracle, in C: also run under sanitizers and on ARM.
    .target(name: "KernelCases", dependencies: ["CKernels"], path: "Tests/KernelCases"),
  ],
  swiftLanguageModes: [.v6]
)

/// One test target per target, with what its tests name besides the target itself.
let tests: [(target: String, besides: [Target.Dependency])] = [
  ("Diagnostics", []),
  ("JSON", []),
  ("Notebooks", ["Diagnostics"]),
  ("Experiments", ["Diagnostics", "Digests", "Notebooks"]),
  ("Reports", ["Diagnostics", "Digests", "Notebooks", "Experiments"]),
  ("Tensors", ["CKernels", "Digests", "KernelCases"]),
  ("Learning", ["Tensors", "Digests", "JSON"]),
  (
    "Execution",
    [
      "Diagnostics", "Digests", "JSON", "Notebooks", "Experiments", "Learning", "Reports",
      "Tensors",
    ]
  ),
]
for (target, besides) in tests {
  package.targets.append(
    .testTarget(
      name: target + "Tests", dependencies: [.byName(name: target), "TestSupport"] + besides,
      swiftSettings: strict))
}

// Tests of the command run the built program, as a user would.
package.targets.append(
  .testTarget(
    name: "CommandTests", dependencies: ["TestSupport", "Digests"], swiftSettings: strict))
