import Experiments
import Testing

/// The printed reference, made from the tables that decode.
struct LanguageReferenceTests {
  @Test func everyKindComponentAndFamilyIsDescribed() {
    for name in Reference.names { #expect(Reference.text(about: name)?.isEmpty == false) }
    for kind in ExperimentKind.allCases { #expect(Reference.names.contains(kind.rawValue)) }
    #expect(Reference.names.contains("adamw"))
  }

  @Test func fieldIsFoundByItsPath() {
    let text = Reference.text(about: "train.epochs")
    #expect(text?.hasPrefix("train.epochs: passes over the training part\n") == true)
    #expect(text?.contains("num_train_epochs") == true)
  }

  @Test func fieldOfAComponentIsFoundBelowItsKind() {
    let text = Reference.text(about: "train.lr") ?? ""
    #expect(text.contains("train.optimizer.adamw.lr: learning rate, before any schedule"))
    #expect(text.contains("train.optimizer.sgd.lr"))
    #expect(!text.contains("max_lr:"))
    #expect(Reference.text(about: "adamw.weight_decay")?.contains("0.01") == true)
    #expect(Reference.text(about: "train.learning_rate")?.contains("adamw.lr") == true)
  }

  @Test func componentShowsDefaultsAndRanges() {
    let text = Reference.text(about: "adamw") ?? ""
    #expect(text.contains("lr: number, at least 0; default 0.001"))
    #expect(text.contains("version 1"))
  }

  @Test func unknownNameIsNil() {
    #expect(Reference.text(about: "adamx") == nil)
    #expect(Reference.text(about: "train.nothing") == nil)
    #expect(Reference.text(about: "") == nil)
    #expect(Reference.text(about: "..") == nil)
  }
}
