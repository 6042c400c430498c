//! What a camera wrote into a picture: dimensions, time, place, camera, program. The phone reads it when a photo is taken in,
//! and the server reads it again from the bytes that arrived. Nothing is decoded here, and nothing is trusted.

mod exif;
mod read;
pub mod sniff;
mod xmp;

pub use exif::{CAMERA_CHARS_MAX, ExifFacts, ExifPosition};
pub use read::read;
pub use sniff::{Declared, JpegFrame, PictureMime};
