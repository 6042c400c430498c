// What the adapters call of CoreNFC. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation

public enum NFCTypeNameFormat: UInt8, Sendable {
    case empty  // = NFCTypeNameFormatEmpty
}
open class NFCNDEFPayload: NSObject {
    open var typeNameFormat: NFCTypeNameFormat { fatalError() }
    open var type: Data { fatalError() }
    open var payload: Data { fatalError() }
}
open class NFCNDEFMessage: NSObject {
    open var records: [NFCNDEFPayload] { fatalError() }
}
open class NFCNDEFReaderSession: NSObject {
    open class var readingAvailable: Bool { fatalError() }
    public init(delegate: any NFCNDEFReaderSessionDelegate, queue: DispatchQueue?, invalidateAfterFirstRead: Bool) {}
    open var alertMessage: String = ""
    open func begin() {}  // = beginSession
}
public protocol NFCNDEFReaderSessionDelegate: NSObjectProtocol {  // = NFCNDEFReaderSessionDelegateProtocol
    func readerSession(_ session: NFCNDEFReaderSession, didDetectNDEFs messages: [NFCNDEFMessage])
    func readerSession(_ session: NFCNDEFReaderSession, didInvalidateWithError error: any Error)
}
