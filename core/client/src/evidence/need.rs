//! How much memory a decoder takes for a picture, told from its header before anything is decoded.

use firebee_picture::{Declared, JpegFrame};

/// The most memory that the decoding of a picture may take, in bytes. With the program itself, a file's segments and the
/// two small pictures, a phone spends at most 150 MB.
pub const DECODE_BYTES_MAX: u64 = 120_000_000;

/// Bytes of the coefficients of a block of 8 × 8 samples.
const BLOCK_BYTES: u64 = 64 * 2;
/// Rows of blocks that wait for their transformation while the next ones are read.
const WAITING_ROWS: u64 = 4;

/// The need of a JPEG that is decoded to at least `to` pixels a side, in bytes.
pub fn jpeg(declared: &Declared, frame: &JpegFrame, to: (u32, u32)) -> u64 {
    let most = |side: fn(&(u8, u8)) -> u8| u64::from(frame.sampling.iter().map(side).max().unwrap_or(1).max(1));
    let (width, height) = (u64::from(declared.width), u64::from(declared.height));
    let columns = width.div_ceil(8 * most(|(across, _)| *across));
    let rows = height.div_ceil(8 * most(|(_, down)| *down));
    let in_unit: u64 = frame.sampling.iter().map(|(across, down)| u64::from(*across) * u64::from(*down)).sum();
    let blocks = columns * rows * in_unit;
    let scale = scale((width, height), (to.0.into(), to.1.into()));
    let components = frame.sampling.len() as u64;
    let planes = blocks * scale * scale;
    let pixels = (width * scale).div_ceil(8) * (height * scale).div_ceil(8) * components;
    // Finished coefficients are copied for the threads that transform them, at worst all before the first is done.
    let coefficients =
        if frame.sequential { columns * in_unit * BLOCK_BYTES * WAITING_ROWS } else { 2 * blocks * BLOCK_BYTES };
    coefficients + planes + pixels
}

/// In how many eighths of its size the decoder gives the picture: the smallest of 1, 2, 4 and 8 that is large enough on
/// one side.
fn scale(from: (u64, u64), to: (u64, u64)) -> u64 {
    let enough = |scale: &u64| (from.0 * scale).div_ceil(8) >= to.0 || (from.1 * scale).div_ceil(8) >= to.1;
    [1, 2, 4].into_iter().find(enough).unwrap_or(8)
}

/// What the decoder of another format gives and holds.
#[derive(Clone, Copy, Debug)]
pub struct Whole {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Bytes of all decoded pixels.
    pub decoded: u64,
    /// Whether they are eight bits a channel in red, green and blue, so that no second copy is made.
    pub is_plain: bool,
    /// Bytes a pixel that the decoder holds beside them.
    pub beside: u64,
}

/// The need of a picture that is decoded at full size and then scaled to `to` pixels, in bytes.
pub fn whole(picture: Whole, to: (u32, u32)) -> u64 {
    let (width, height) = (u64::from(picture.size.0), u64::from(picture.size.1));
    let pixels = width.saturating_mul(height);
    let converted = if picture.is_plain { 0 } else { pixels.saturating_mul(4) };
    // Scaling goes through the new width at the old height.
    let scaled = u64::from(to.0).saturating_mul(4 * (height + u64::from(to.1)));
    let held = picture.decoded.saturating_add(pixels.saturating_mul(picture.beside));
    held.saturating_add(converted.max(scaled))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(width: u32, height: u32, sequential: bool, sampling: &[(u8, u8)]) -> u64 {
        let frame = JpegFrame { sequential, sampling: sampling.to_vec() };
        let declared = Declared { width, height, exif: None, xmp: None, frame: Some(frame.clone()) };
        jpeg(&declared, &frame, (1600, 1200))
    }

    #[test]
    fn a_sequential_picture_is_cheap_at_any_size_and_a_progressive_one_costs_its_samples() {
        let half = [(2, 2), (1, 1), (1, 1)];
        let full = [(1, 1); 3];
        assert!(need(11_500, 8_625, true, &full) < 40_000_000);
        assert!(need(4_000, 3_000, true, &half) < 20_000_000);
        // Two copies of 12 million pixels with 1.5 samples of two bytes, and a picture of half the size.
        assert_eq!(need(4_000, 3_000, false, &half), 2 * 250 * 188 * 6 * 128 + 250 * 188 * 6 * 16 + 2_000 * 1_500 * 3);
        assert!(need(4_000, 3_000, false, &half) <= DECODE_BYTES_MAX);
        assert!(need(4_000, 3_000, false, &full) > DECODE_BYTES_MAX);
        assert!(need(11_500, 8_625, false, &half) > DECODE_BYTES_MAX);
    }

    #[test]
    fn no_header_makes_the_sum_overflow() {
        assert!(need(65_535, 65_535, false, &[(15, 15); 255]) > DECODE_BYTES_MAX);
        assert!(need(1, 1, true, &[]) < DECODE_BYTES_MAX);
        assert!(need(1, 1, true, &[(0, 0)]) < DECODE_BYTES_MAX);
        let huge = Whole { size: (u32::MAX, u32::MAX), decoded: u64::MAX, is_plain: false, beside: 12 };
        assert_eq!(whole(huge, (1600, 1600)), u64::MAX);
    }
}
