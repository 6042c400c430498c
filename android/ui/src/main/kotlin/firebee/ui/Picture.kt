package firebee.ui

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import firebee.PhotoView
import firebee.Tone

/** Reads the picture of a file; nothing where there is none. Each platform has its own decoder. */
val LocalPictures: ProvidableCompositionLocal<suspend (String) -> ImageBitmap?> = staticCompositionLocalOf { { null } }

/** What the lens sees, in the room that it is given; the lens in front looks at the person who holds the phone. */
val LocalViewfinder: ProvidableCompositionLocal<@Composable (Modifier, Boolean) -> Unit> =
    staticCompositionLocalOf { { room, _ -> Box(room.background(night.paper)) } }

@Composable
fun Picture(path: String?, what: String?, modifier: Modifier, scale: ContentScale = ContentScale.Crop) {
    val read = LocalPictures.current
    val bitmap by produceState<ImageBitmap?>(null, path) { value = path?.let { read(it) } }
    val seen = bitmap
    if (seen == null) {
        Box(modifier.background(LocalPalette.current.untestableTint))
    } else {
        Image(seen, what, modifier.testTag("picture"), contentScale = scale)
    }
}

/** A photo on a list: its thumbnail, what it is for, when, and what is to be said of it. */
@Composable
fun PhotoRow(photo: PhotoView, open: () -> Unit) = Row(
    Modifier.fillMaxWidth().clickable(role = Role.Button, onClick = open).testTag("photo-row").padding(vertical = Space.step),
    Arrangement.spacedBy(Space.step * 3),
) {
    Picture(photo.thumbnail, photo.roleWord, Modifier.size(72.dp).clip(corner))
    Column {
        Plain(photo.roleWord)
        Small(photo.taken.text)
        photo.flags.forEach { Small(it, Tone.WAITING.ink()) }
    }
}
