// What the adapters call of UIKit. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation
import UniformTypeIdentifiers

@MainActor open class UIResponder: NSObject {}
@MainActor open class UIApplication: UIResponder {
    open class var shared: UIApplication { fatalError() }  // = sharedApplication
    public static let openSettingsURLString = ""  // = UIApplicationOpenSettingsURLString
    open var connectedScenes: Set<UIScene> { fatalError() }
    open func open(_ url: URL) {}  // = openURL
}
@MainActor open class UIScene: UIResponder {}
@MainActor open class UIWindowScene: UIScene {
    open var keyWindow: UIWindow? { fatalError() }
    open var screen: UIScreen { fatalError() }
}
@MainActor open class UIScreen: NSObject {
    open var isCaptured: Bool { fatalError() }  // = captured
    public nonisolated static let capturedDidChangeNotification = Notification.Name("")  // = UIScreenCapturedDidChangeNotification
}
@MainActor open class UIView: UIResponder {
    open class var layerClass: AnyClass { fatalError() }
    open var layer: AnyObject { fatalError() }
}
@MainActor open class UIWindow: UIView {
    open var rootViewController: UIViewController? { fatalError() }
}
@MainActor open class UIViewController: UIResponder {
    open func present(_ viewController: UIViewController, animated: Bool, completion: (() -> Void)?) {}  // = presentViewController
}
@MainActor open class UIActivityViewController: UIViewController {
    public init(activityItems: [Any], applicationActivities: [AnyObject]?) {}
}
@MainActor open class UIDocumentPickerViewController: UIViewController {
    public init(forOpeningContentTypes contentTypes: [UTType], asCopy: Bool) {}
    open weak var delegate: (any UIDocumentPickerDelegate)?
    open var allowsMultipleSelection: Bool = false
}
@MainActor public protocol UIDocumentPickerDelegate: NSObjectProtocol {  // = UIDocumentPickerDelegateProtocol
    func documentPicker(_ controller: UIDocumentPickerViewController, didPickDocumentsAt urls: [URL])
    func documentPickerWasCancelled(_ controller: UIDocumentPickerViewController)
}
open class UIImage: NSObject {
    public init?(contentsOfFile path: String) {}  // = imageWithContentsOfFile
}
open class UIColor: NSObject {
    open class var white: UIColor { fatalError() }  // = whiteColor
    open class var black: UIColor { fatalError() }  // = blackColor
    open func setFill() {}
    open func setStroke() {}
}
open class UIBezierPath: NSObject {
    open var lineWidth: Double = 1
    open func move(to point: CGPoint) {}  // = moveToPoint
    open func addLine(to point: CGPoint) {}  // = addLineToPoint
    open func stroke() {}
}
open class UIGraphicsImageRendererContext: NSObject {
    open func fill(_ rect: CGRect) {}  // = fillRect
}
open class UIGraphicsImageRenderer: NSObject {
    public init(size: CGSize) {}
    open func pngData(actions: (UIGraphicsImageRendererContext) -> Void) -> Data { fatalError() }  // = PNGDataWithActions
}
@MainActor open class UIDevice: NSObject {
    open class var current: UIDevice { fatalError() }  // = currentDevice
    open var model: String { fatalError() }
    open var systemVersion: String { fatalError() }
}
