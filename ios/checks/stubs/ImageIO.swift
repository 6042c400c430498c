// What the adapters call of ImageIO. On Debian no text of Core Foundation becomes a String, so that they are texts at once.
@_exported import Foundation

public let kCGImagePropertyGPSDictionary = ""
public let kCGImagePropertyGPSLatitude = ""
public let kCGImagePropertyGPSLatitudeRef = ""
public let kCGImagePropertyGPSLongitude = ""
public let kCGImagePropertyGPSLongitudeRef = ""
public let kCGImagePropertyGPSHPositioningError = ""
public let kCGImagePropertyGPSDateStamp = ""
public let kCGImagePropertyGPSTimeStamp = ""
