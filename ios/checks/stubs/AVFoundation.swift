// What the adapters call of AVFoundation. A comment `= name` says how the probe in ../sdk calls it, where that differs.
@_exported import Foundation

public enum AVAuthorizationStatus: Int, Sendable {
    case notDetermined  // = AVAuthorizationStatusNotDetermined
    case authorized  // = AVAuthorizationStatusAuthorized
}
public struct AVMediaType: Sendable {
    public static let video = AVMediaType()  // = AVMediaTypeVideo
}
public struct AVVideoCodecType: Sendable {
    public static let jpeg = AVVideoCodecType()  // = AVVideoCodecTypeJPEG
}
public let AVVideoCodecKey = ""
open class AVCaptureDevice: NSObject {
    open class func authorizationStatus(for mediaType: AVMediaType) -> AVAuthorizationStatus { fatalError() }  // = authorizationStatusForMediaType
    open class func requestAccess(for mediaType: AVMediaType) async -> Bool { fatalError() }  // = requestAccessForMediaType
    public enum Position: Int, Sendable {
        case back  // = AVCaptureDevicePositionBack
        case front  // = AVCaptureDevicePositionFront
    }
    public struct DeviceType: Sendable {
        public static let builtInWideAngleCamera = DeviceType()  // = AVCaptureDeviceTypeBuiltInWideAngleCamera
    }
    open class func `default`(  // = defaultDeviceWithDeviceType
        _ deviceType: DeviceType, for mediaType: AVMediaType?, position: Position
    ) -> AVCaptureDevice? { fatalError() }
}
open class AVCaptureInput: NSObject {}
open class AVCaptureOutput: NSObject {}
open class AVCaptureDeviceInput: AVCaptureInput {
    public init(device: AVCaptureDevice) throws {}
}
open class AVCapturePhotoSettings: NSObject {
    public init(format: [String: Any]?) {}  // = photoSettingsWithFormat
    open var metadata: [String: Any] = [:]
}
open class AVCapturePhoto: NSObject {
    open func fileDataRepresentation() -> Data? { fatalError() }
}
open class AVCapturePhotoOutput: AVCaptureOutput {
    open func capturePhoto(with settings: AVCapturePhotoSettings, delegate: any AVCapturePhotoCaptureDelegate) {}  // = capturePhotoWithSettings
}
public protocol AVCapturePhotoCaptureDelegate: NSObjectProtocol {  // = AVCapturePhotoCaptureDelegateProtocol
    func photoOutput(  // = captureOutput
        _ output: AVCapturePhotoOutput, didFinishProcessingPhoto photo: AVCapturePhoto, error: (any Error)?)
}
open class AVCaptureConnection: NSObject {}
open class AVMetadataObject: NSObject {
    public struct ObjectType: Equatable, Sendable {
        public static let qr = ObjectType()  // = AVMetadataObjectTypeQRCode
    }
}
open class AVMetadataMachineReadableCodeObject: AVMetadataObject {
    open var stringValue: String? { fatalError() }
}
open class AVCaptureMetadataOutput: AVCaptureOutput {
    open var availableMetadataObjectTypes: [AVMetadataObject.ObjectType] { fatalError() }
    open var metadataObjectTypes: [AVMetadataObject.ObjectType] = []
    open func setMetadataObjectsDelegate(
        _ delegate: (any AVCaptureMetadataOutputObjectsDelegate)?, queue: DispatchQueue?
    ) {}
}
public protocol AVCaptureMetadataOutputObjectsDelegate: NSObjectProtocol {  // = AVCaptureMetadataOutputObjectsDelegateProtocol
    func metadataOutput(  // = captureOutput
        _ output: AVCaptureMetadataOutput, didOutput metadataObjects: [AVMetadataObject],
        from connection: AVCaptureConnection)
}
open class AVCaptureSession: NSObject {
    public struct Preset: Sendable {
        public static let photo = Preset()  // = AVCaptureSessionPresetPhoto
    }
    open var sessionPreset: Preset = .photo
    open var inputs: [AVCaptureInput] { fatalError() }
    open func removeInput(_ input: AVCaptureInput) {}
    open func beginConfiguration() {}
    open func commitConfiguration() {}
    open var isRunning: Bool { fatalError() }  // = running
    open func canAddInput(_ input: AVCaptureInput) -> Bool { fatalError() }
    open func addInput(_ input: AVCaptureInput) {}
    open func canAddOutput(_ output: AVCaptureOutput) -> Bool { fatalError() }
    open func addOutput(_ output: AVCaptureOutput) {}
    open func startRunning() {}
    open func stopRunning() {}
}
public struct AVLayerVideoGravity: Sendable {
    public static let resizeAspect = AVLayerVideoGravity()  // = AVLayerVideoGravityResizeAspect
}
open class AVCaptureVideoPreviewLayer: NSObject {
    open var session: AVCaptureSession?
    open var videoGravity: AVLayerVideoGravity = .resizeAspect
}
