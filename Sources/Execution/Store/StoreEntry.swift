package import Experiments

/// A finished step as the store keeps it.
package struct StoreEntry: Sendable {
  package let fingerprint: Fingerprint
  package let provenance: Provenance
  package let payload: StepPayload
  package let log: StepLog

  package init(
    fingerprint: Fingerprint, provenance: Provenance, payload: StepPayload, log: StepLog
  ) {
    self.fingerprint = fingerprint
    self.provenance = provenance
    self.payload = payload
    self.log = log
  }

  package var kind: Step.Kind { provenance.kind }
}
