// Every call of Apple's SDK that the adapters in ios/App/Adapters make, for the compiler of Kotlin/Native, which has the
// SDK's signatures. It is compiled, never run and never shipped.
@file:OptIn(ExperimentalForeignApi::class, BetaInteropApi::class)
@file:Suppress("UNUSED_PARAMETER", "unused")

package firebee.probe

import kotlinx.cinterop.*
import platform.AVFoundation.*
import platform.BackgroundTasks.*
import platform.CoreFoundation.*
import platform.CoreGraphics.*
import platform.CoreLocation.*
import platform.CoreNFC.*
import platform.Foundation.*
import platform.ImageIO.*
import platform.Network.*
import platform.Security.*
import platform.UIKit.*
import platform.UniformTypeIdentifiers.*
import platform.UserNotifications.*
import platform.darwin.*
import platform.posix.size_tVar

class Locations : NSObject(), CLLocationManagerDelegateProtocol {
    private val manager = CLLocationManager()

    fun begin() {
        manager.delegate = this
        manager.desiredAccuracy = kCLLocationAccuracyBest
        manager.distanceFilter = kCLDistanceFilterNone
        manager.pausesLocationUpdatesAutomatically = false
        manager.showsBackgroundLocationIndicator = true
        manager.allowsBackgroundLocationUpdates = true
        val last: CLLocation? = manager.location
        println(last)
        manager.requestWhenInUseAuthorization()
        manager.requestAlwaysAuthorization()
        manager.startUpdatingLocation()
        manager.stopUpdatingLocation()
    }

    // The numbers by which Gap.Allowed is read.
    fun order(): Boolean = listOf(
        kCLAuthorizationStatusNotDetermined, kCLAuthorizationStatusRestricted, kCLAuthorizationStatusDenied,
        kCLAuthorizationStatusAuthorizedAlways, kCLAuthorizationStatusAuthorizedWhenInUse,
    ) == listOf(0, 1, 2, 3, 4) && manager.authorizationStatus == kCLAuthorizationStatusDenied

    fun precise(): Boolean = CLLocationManager.locationServicesEnabled() &&
        manager.accuracyAuthorization == CLAccuracyAuthorization.CLAccuracyAuthorizationFullAccuracy

    override fun locationManager(manager: CLLocationManager, didUpdateLocations: List<*>) {
        val location = didUpdateLocations.firstOrNull() as? CLLocation ?: return
        val numbers: List<Double> = location.coordinate.useContents { listOf(latitude, longitude) } +
            listOf(location.horizontalAccuracy, location.verticalAccuracy, location.speedAccuracy)
        val at: NSDate = location.timestamp
        val invented: Boolean? = location.sourceInformation?.isSimulatedBySoftware
        println("$numbers ${at.timeIntervalSinceNow} $invented ${NSProcessInfo.processInfo.isLowPowerModeEnabled()}")
    }

    override fun locationManager(manager: CLLocationManager, didFailWithError: NSError) = Unit

    override fun locationManagerDidChangeAuthorization(manager: CLLocationManager) = Unit
}

class Pictures : NSObject(), AVCapturePhotoCaptureDelegateProtocol, AVCaptureMetadataOutputObjectsDelegateProtocol {
    private val session = AVCaptureSession()
    private val output = AVCapturePhotoOutput()
    private val seen = AVCaptureMetadataOutput()

    fun allowed(): Boolean {
        AVCaptureDevice.requestAccessForMediaType(AVMediaTypeVideo) { granted: Boolean -> println(granted) }
        val now = AVCaptureDevice.authorizationStatusForMediaType(AVMediaTypeVideo)
        return now == AVAuthorizationStatusAuthorized && now != AVAuthorizationStatusNotDetermined
    }

    fun shoot() {
        val position = if (session.running) AVCaptureDevicePositionFront else AVCaptureDevicePositionBack
        val type = AVCaptureDeviceTypeBuiltInWideAngleCamera
        val device = AVCaptureDevice.defaultDeviceWithDeviceType(type, AVMediaTypeVideo, position) ?: return
        session.beginConfiguration()
        for (held in session.inputs) session.removeInput(held as AVCaptureInput)
        val input = AVCaptureDeviceInput(device = device, error = null)
        if (session.canAddInput(input) && session.canAddOutput(output)) {
            session.sessionPreset = AVCaptureSessionPresetPhoto
            session.addInput(input)
            session.addOutput(output)
            session.addOutput(seen)
            seen.setMetadataObjectsDelegate(this, dispatch_get_main_queue())
            println(AVMetadataObjectTypeQRCode in seen.availableMetadataObjectTypes)
            seen.metadataObjectTypes = listOf(AVMetadataObjectTypeQRCode)
        }
        session.commitConfiguration()
        if (!session.running) session.startRunning()
        val layer = AVCaptureVideoPreviewLayer()
        layer.session = session
        layer.videoGravity = AVLayerVideoGravityResizeAspect
        val settings = AVCapturePhotoSettings.photoSettingsWithFormat(mapOf(AVVideoCodecKey to AVVideoCodecTypeJPEG))
        // The names of ImageIO, as texts.
        val place: Map<Any?, Any?> = listOf(
            kCGImagePropertyGPSLatitude, kCGImagePropertyGPSLatitudeRef, kCGImagePropertyGPSLongitude,
            kCGImagePropertyGPSLongitudeRef, kCGImagePropertyGPSHPositioningError, kCGImagePropertyGPSDateStamp,
            kCGImagePropertyGPSTimeStamp,
        ).associate { key: CFStringRef? -> CFBridgingRelease(key) to 1.0 }
        settings.metadata = mapOf(CFBridgingRelease(kCGImagePropertyGPSDictionary) to place)
        output.capturePhotoWithSettings(settings, this)
        session.stopRunning()
    }

    override fun captureOutput(
        output: AVCaptureOutput, didOutputMetadataObjects: List<*>, fromConnection: AVCaptureConnection,
    ) {
        val code = didOutputMetadataObjects.firstOrNull() as? AVMetadataObject
        println((code as? AVMetadataMachineReadableCodeObject)?.stringValue)
    }

    override fun captureOutput(output: AVCapturePhotoOutput, didFinishProcessingPhoto: AVCapturePhoto, error: NSError?) {
        val bytes: NSData? = didFinishProcessingPhoto.fileDataRepresentation()
        println(bytes)
    }
}

fun jobs() {
    BGTaskScheduler.sharedScheduler.registerForTaskWithIdentifier("name", dispatch_get_main_queue()) { task: BGTask? ->
        task?.expirationHandler = { }
        task?.setTaskCompletedWithSuccess(true)
    }
    val refresh = BGAppRefreshTaskRequest(identifier = "name")
    val upload = BGProcessingTaskRequest(identifier = "name")
    upload.requiresNetworkConnectivity = true
    val requests: List<BGTaskRequest> = listOf(refresh, upload)
    for (request in requests) BGTaskScheduler.sharedScheduler.submitTaskRequest(request, null)
}

fun keys(query: CFDictionaryRef?, text: CFDataRef?) = memScoped {
    val trouble = alloc<CFErrorRefVar>()
    val access: SecAccessControlRef? = SecAccessControlCreateWithFlags(
        null, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, kSecAccessControlPrivateKeyUsage, trouble.ptr,
    )
    val names: List<CFStringRef?> = listOf(
        kSecAttrIsPermanent, kSecAttrApplicationTag, kSecAttrAccessControl, kSecAttrKeyType,
        kSecAttrKeyTypeECSECPrimeRandom, kSecAttrKeySizeInBits, kSecAttrTokenID, kSecAttrTokenIDSecureEnclave,
        kSecPrivateKeyAttrs, kSecClass, kSecClassKey, kSecReturnRef,
    )
    val made: SecKeyRef? = SecKeyCreateRandomKey(query, trouble.ptr)
    val open: SecKeyRef? = SecKeyCopyPublicKey(made)
    val point: CFDataRef? = SecKeyCopyExternalRepresentation(open, trouble.ptr)
    val signed: CFDataRef? =
        SecKeyCreateSignature(made, kSecKeyAlgorithmECDSASignatureMessageX962SHA256, text, trouble.ptr)
    val found = alloc<CFTypeRefVar>()
    val status: OSStatus = SecItemCopyMatching(query, found.ptr)
    val gone = status == errSecItemNotFound && SecItemDelete(query) != errSecSuccess
    println("$access $names $point $signed $gone ${CFErrorGetDomain(trouble.value)} ${CFErrorGetCode(trouble.value)}")
}

fun network() {
    val monitor: nw_path_monitor_t = nw_path_monitor_create()
    nw_path_monitor_set_update_handler(monitor) { path: nw_path_t ->
        println(nw_path_get_status(path) == nw_path_status_satisfied)
        println(nw_path_is_expensive(path) || nw_path_is_constrained(path))
    }
    nw_path_monitor_set_queue(monitor, dispatch_get_main_queue())
    nw_path_monitor_start(monitor)
    nw_path_monitor_cancel(monitor)
}

class Viewfinder : UIView(frame = CGRectMake(0.0, 0.0, 1.0, 1.0)) {
    fun preview(): Any = layer

    companion object : UIViewMeta() {
        override fun layerClass(): ObjCClass = AVCaptureVideoPreviewLayer
    }
}

fun files(picture: String) {
    val bytes: NSData = UIGraphicsImageRenderer(size = CGSizeMake(960.0, 480.0)).PNGDataWithActions { context ->
        UIColor.whiteColor.setFill()
        context?.fillRect(CGRectMake(0.0, 0.0, 960.0, 480.0))
        UIColor.blackColor.setStroke()
        val path = UIBezierPath()
        path.lineWidth = 4.0
        path.moveToPoint(CGPointMake(0.0, 0.0))
        path.addLineToPoint(CGPointMake(1.0, 1.0))
        path.stroke()
    }
    val image: UIImage? = UIImage.imageWithContentsOfFile(picture)
    val sheet = UIActivityViewController(activityItems = listOf(bytes, image), applicationActivities = null)
    val scenes: Set<*> = UIApplication.sharedApplication.connectedScenes
    val window: UIWindow? = scenes.mapNotNull { (it as? UIWindowScene)?.keyWindow }.firstOrNull()
    window?.rootViewController?.presentViewController(sheet, animated = true, completion = null)
    NSURL.URLWithString(UIApplicationOpenSettingsURLString)?.let { UIApplication.sharedApplication.openURL(it) }
    println("${UIDevice.currentDevice.model} ${UIDevice.currentDevice.systemVersion}")
    val defaults = NSUserDefaults.standardUserDefaults
    defaults.setObject(defaults.stringForKey("server"), forKey = "server")
}

fun captured(): Boolean {
    val centre = NSNotificationCenter.defaultCenter
    val observer: Any = centre.addObserverForName(UIScreenCapturedDidChangeNotification, null, NSOperationQueue.mainQueue) { }
    centre.removeObserver(observer)
    val screens: List<UIScreen> =
        UIApplication.sharedApplication.connectedScenes.mapNotNull { (it as? UIWindowScene)?.screen }
    return screens.any { it.captured }
}

fun boot() = memScoped {
    val size = alloc<size_tVar>()
    println(sysctlbyname("kern.bootsessionuuid", allocArray<kotlinx.cinterop.ByteVar>(37), size.ptr, null, 0u) == 0)
}

class Tags : NSObject(), NFCNDEFReaderSessionDelegateProtocol {
    fun read() {
        if (!NFCNDEFReaderSession.readingAvailable) return
        val queue = dispatch_get_main_queue()
        val session = NFCNDEFReaderSession(delegate = this, queue = queue, invalidateAfterFirstRead = true)
        session.alertMessage = "text"
        session.beginSession()
    }

    override fun readerSession(session: NFCNDEFReaderSession, didDetectNDEFs: List<*>) {
        for (record in didDetectNDEFs.flatMap { (it as NFCNDEFMessage).records }) {
            val payload = record as NFCNDEFPayload
            // The numbers by which TagText.Form is read, from 0.
            val forms: List<NFCTypeNameFormat> = listOf(
                NFCTypeNameFormatEmpty, NFCTypeNameFormatNFCWellKnown, NFCTypeNameFormatMedia,
                NFCTypeNameFormatAbsoluteURI, NFCTypeNameFormatNFCExternal, NFCTypeNameFormatUnknown,
                NFCTypeNameFormatUnchanged,
            )
            val (type: NSData, text: NSData) = payload.type to payload.payload
            println("${forms.indexOf(payload.typeNameFormat)} $type $text")
        }
    }

    override fun readerSession(session: NFCNDEFReaderSession, didInvalidateWithError: NSError) = Unit
}

class Notices : NSObject(), UNUserNotificationCenterDelegateProtocol {
    fun post() {
        val center = UNUserNotificationCenter.currentNotificationCenter()
        center.delegate = this
        center.getNotificationSettingsWithCompletionHandler { settings: UNNotificationSettings? ->
            val status = settings?.authorizationStatus
            println(status == UNAuthorizationStatusAuthorized || status == UNAuthorizationStatusNotDetermined)
        }
        val options = UNAuthorizationOptionAlert or UNAuthorizationOptionSound
        center.requestAuthorizationWithOptions(options) { granted: Boolean, _: NSError? -> println(granted) }
        val content = UNMutableNotificationContent()
        content.setTitle("title")
        content.setBody("body")
        content.setThreadIdentifier("key")
        content.setUserInfo(mapOf("link" to "firebee://sync", "presses" to true))
        val held: UNNotificationContent = content
        val later: UNNotificationTrigger = UNTimeIntervalNotificationTrigger.triggerWithTimeInterval(60.0, repeats = false)
        for (trigger in listOf(null, later)) {
            val request = UNNotificationRequest.requestWithIdentifier("name", content = held, trigger = trigger)
            center.addNotificationRequest(request, withCompletionHandler = null)
        }
        center.removeAllPendingNotificationRequests()
        center.removeAllDeliveredNotifications()
        center.removeDeliveredNotificationsWithIdentifiers(listOf("name"))
    }

    override fun userNotificationCenter(
        center: UNUserNotificationCenter,
        willPresentNotification: UNNotification,
        withCompletionHandler: (UNNotificationPresentationOptions) -> Unit,
    ) {
        val info: Map<Any?, *> = willPresentNotification.request.content.userInfo
        val shown = UNNotificationPresentationOptionBanner or UNNotificationPresentationOptionList
        withCompletionHandler(if (info["presses"] == true) shown or UNNotificationPresentationOptionSound else 0u)
    }

    override fun userNotificationCenter(
        center: UNUserNotificationCenter,
        didReceiveNotificationResponse: UNNotificationResponse,
        withCompletionHandler: () -> Unit,
    ) {
        val notification: UNNotification = didReceiveNotificationResponse.notification
        println(notification.request.content.userInfo["link"])
        withCompletionHandler()
    }
}

class Choice : NSObject(), UIDocumentPickerDelegateProtocol {
    fun show(above: UIViewController) {
        val types: List<UTType> = listOf(UTTypeJPEG, UTTypePNG, UTTypePDF)
        val picker = UIDocumentPickerViewController(forOpeningContentTypes = types, asCopy = true)
        picker.delegate = this
        picker.allowsMultipleSelection = true
        above.presentViewController(picker, animated = true, completion = null)
    }

    override fun documentPicker(controller: UIDocumentPickerViewController, didPickDocumentsAtURLs: List<*>) = Unit

    override fun documentPickerWasCancelled(controller: UIDocumentPickerViewController) = Unit
}
