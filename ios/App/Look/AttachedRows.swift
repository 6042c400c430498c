import FirebeeCore
import FirebeeKit
import SwiftUI

/// The files that go with what is said, and the two ways to add one.
struct AttachedRows: View {
    let words: Words
    let camera: CameraAdapter
    let attached: Attached
    @State private var looking = false

    var body: some View {
        ForEach(attached.paths, id: \.self) { path in
            Picture(path: path, label: words.photos).frame(height: 96)
            Soft(text: URL(fileURLWithPath: path).lastPathComponent)
            WideButton(word: words.detach) { attached.remove(path) }
        }
        if looking {
            Viewfinder(camera: camera).frame(height: 360)
            WideButton(word: words.shoot) { looking = await !attached.shoot() }
            WideButton(word: words.cancel) { looking = false }
        } else {
            WideButton(word: words.takePhoto) {
                camera.prepare(.back)
                looking = true
            }
            WideButton(word: words.attach) { await attached.pick() }
        }
    }
}
