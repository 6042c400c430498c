//! Test pictures of any size. The number makes their bytes differ.
#![expect(clippy::expect_used, reason = "a test without its picture must fail, loudly")]

use image::{ExtendedColorType, ImageEncoder as _, codecs::jpeg::JpegEncoder};

/// Pixels each way of a small picture, which is its own preview and thumbnail.
const SMALL: u32 = 48;
/// Pixels each way of a picture whose preview and thumbnail differ.
const LARGE: u32 = 480;
/// Blocks each way.
const BLOCKS: u32 = 6;
/// The most bytes in a comment of a JPEG.
const COMMENT_BYTES_MAX: usize = 65_000;

/// A JPEG of at least `bytes_min` bytes; the same number and size are the same bytes, others are others, their
/// previews as well.
///
/// # Panics
/// Never: the picture is small and sound.
pub fn jpeg(number: u32, bytes_min: usize) -> Vec<u8> {
    of_side(SMALL, number, bytes_min)
}

/// As [`jpeg`], large enough to have a preview and a thumbnail of its own.
///
/// # Panics
/// Never: the picture is sound.
pub fn large(number: u32, bytes_min: usize) -> Vec<u8> {
    of_side(LARGE, number, bytes_min)
}

fn of_side(side: u32, number: u32, bytes_min: usize) -> Vec<u8> {
    let mut state = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    // Blocks of flat colour, so that even the smallest preview differs.
    let colours: Vec<[u8; 8]> = (0..36).map(|_| next()).collect();
    let pixel = |n: u32| {
        let (x, y) = (n % side / (side / BLOCKS), n / side / (side / BLOCKS));
        let colour = usize::try_from(y * BLOCKS + x).ok().and_then(|at| colours.get(at)).copied().unwrap_or_default();
        let [r, g, b, ..] = colour;
        [r, g, b]
    };
    let pixels: Vec<u8> = (0..side * side).flat_map(pixel).collect();
    let mut plain = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut plain, 90);
    encoder.write_image(&pixels, side, side, ExtendedColorType::Rgb8).expect("a picture");
    let (start, rest) = plain.split_at(2);
    let mut out = start.to_vec();
    while out.len() + rest.len() < bytes_min {
        let wanted = (bytes_min - out.len() - rest.len()).clamp(8, COMMENT_BYTES_MAX);
        let mut comment: Vec<u8> = Vec::with_capacity(wanted + 8);
        while comment.len() < wanted {
            comment.extend(next());
        }
        let length = u16::try_from(comment.len() + 2).expect("short");
        out.extend([0xff, 0xfe]);
        out.extend(length.to_be_bytes());
        out.extend(comment);
    }
    [out.as_slice(), rest].concat()
}
