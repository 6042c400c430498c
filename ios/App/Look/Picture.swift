import FirebeeCore
import SwiftUI
import UIKit

/// A picture of a file.
struct Picture: View {
    let path: String?
    let label: String

    var body: some View {
        if let image = path.flatMap(UIImage.init(contentsOfFile:)) {
            Image(uiImage: image).resizable().scaledToFit().accessibilityLabel(label)
        } else {
            Image(systemName: "photo").accessibilityLabel(label)
        }
    }
}

/// A photo on a list: what it is for, when, whether the server has it.
struct PhotoRow: View {
    let photo: PhotoView

    var body: some View {
        HStack(alignment: .top, spacing: Space.radius) {
            Picture(path: photo.thumbnail, label: photo.roleWord).frame(width: 96, height: 96)
            VStack(alignment: .leading, spacing: Space.step) {
                Text(photo.roleWord)
                if let what = photo.what { Soft(text: what) }
                Moment(when: photo.taken)
                if let place = photo.placeText { Soft(text: place) }
                ForEach(photo.flags, id: \.self) { Text($0).foregroundStyle(Tokens.waiting) }
            }
        }
    }
}
