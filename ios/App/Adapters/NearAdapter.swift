import CoreNFC
import FirebeeKit
import Foundation

/// NFC tags, one at a time; the system shows its own sheet meanwhile.
@MainActor
final class NearAdapter: NSObject, TagReader, NFCNDEFReaderSessionDelegate {
    private var session: NFCNDEFReaderSession?
    private var waiting: CheckedContinuation<String?, Never>?

    var available: Bool { NFCNDEFReaderSession.readingAvailable }

    func read(hint: String) async -> String? {
        guard available, waiting == nil else { return nil }
        return await withCheckedContinuation { continuation in
            waiting = continuation
            let session = NFCNDEFReaderSession(delegate: self, queue: .main, invalidateAfterFirstRead: true)
            session.alertMessage = hint
            session.begin()
            self.session = session
        }
    }

    nonisolated func readerSession(_ session: NFCNDEFReaderSession, didDetectNDEFs messages: [NFCNDEFMessage]) {
        let texts = messages.flatMap(\.records).map { record in
            TagText.of(
                form: TagText.Form(rawValue: record.typeNameFormat.rawValue), type: record.type, payload: record.payload
            )
        }
        let text = TagText.first(texts)
        // The queue is the main one.
        MainActor.assumeIsolated { answer(text) }
    }

    nonisolated func readerSession(_ session: NFCNDEFReaderSession, didInvalidateWithError error: any Error) {
        MainActor.assumeIsolated { answer(nil) }
    }

    private func answer(_ text: String?) {
        waiting?.resume(returning: text)
        waiting = nil
        session = nil
    }
}
