//! A picture for print: small enough that a report with two hundred of them can be filed.

use fast_image_resize::{
    PixelType, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{DynamicImage, ImageDecoder, Limits, RgbImage, codecs};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// The most pixels that are decoded.
const PIXELS_MAX: u64 = 40_000_000;
/// From the best to the smallest.
const QUALITIES: [u8; 5] = [80, 70, 60, 48, 36];
/// A picture that is still too large gets shorter sides, in hundredths.
const SIDES: [u32; 5] = [100, 75, 50, 33, 20];

/// How large a picture may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Its longer side.
    pub side_px_max: u32,
    /// Its file.
    pub bytes_max: usize,
}

/// The same picture as a JPEG of this size, without metadata; `None` for what cannot be decoded.
pub fn for_print(bytes: &[u8], size: Size) -> Option<Vec<u8>> {
    // A panic in a decoder counts as a defect of the picture.
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(bytes, size.side_px_max))).ok().flatten()?;
    let mut smallest = Vec::new();
    for side in SIDES {
        let scaled = scale(&decoded, (size.side_px_max * side / 100).max(1))?;
        for quality in QUALITIES {
            smallest = encode(&scaled, quality)?;
            if smallest.len() <= size.bytes_max {
                return Some(smallest);
            }
        }
    }
    Some(smallest)
}

fn decode(bytes: &[u8], side_px_max: u32) -> Option<RgbImage> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes, side_px_max),
        [0x89, b'P', b'N', b'G', ..] => whole(codecs::png::PngDecoder::with_limits(Cursor::new(bytes), limits()).ok()?),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            whole(codecs::webp::WebPDecoder::new(Cursor::new(bytes)).ok()?)
        }
        _ => None,
    }
}

/// Decoded at the smallest scale of 1/8, 1/4, 1/2 and 1 that is large enough.
fn jpeg(bytes: &[u8], side_px_max: u32) -> Option<RgbImage> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(usize::try_from(PIXELS_MAX * 4).unwrap_or(usize::MAX));
    decoder.read_info().ok()?;
    let info = decoder.info()?;
    if u64::from(info.width) * u64::from(info.height) > PIXELS_MAX {
        return None;
    }
    let side = u16::try_from(side_px_max).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(side, side).ok()?;
    let pixels = decoder.decode().ok()?;
    let rgb = match info.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => pixels,
        jpeg_decoder::PixelFormat::L8 => pixels.into_iter().flat_map(|luma| [luma; 3]).collect(),
        // Ink and sixteen bits come from no camera of a phone.
        jpeg_decoder::PixelFormat::CMYK32 | jpeg_decoder::PixelFormat::L16 => return None,
    };
    RgbImage::from_raw(width.into(), height.into(), rgb)
}

fn whole(mut decoder: impl ImageDecoder) -> Option<RgbImage> {
    decoder.set_limits(limits()).ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return None;
    }
    let decoded = DynamicImage::from_decoder(decoder).ok()?.into_rgba8();
    let mut flat = RgbImage::new(width, height);
    for (to, from) in flat.pixels_mut().zip(decoded.pixels()) {
        let [r, g, b, alpha] = from.0;
        to.0 = [r, g, b].map(|channel| on_white(channel, alpha));
    }
    Some(flat)
}

/// A see-through sample over white paper.
fn on_white(sample: u8, alpha: u8) -> u8 {
    let sum = u32::from(sample) * u32::from(alpha) + 255 * u32::from(255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
}

/// No side longer than this; never made larger.
fn scale(picture: &RgbImage, side_px_max: u32) -> Option<RgbImage> {
    let (width, height) = picture.dimensions();
    let long = width.max(height);
    if long <= side_px_max {
        return Some(picture.clone());
    }
    let side = |side: u32| {
        let scaled = (u64::from(side) * u64::from(side_px_max) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(scaled).unwrap_or(side_px_max).max(1)
    };
    let (to_width, to_height) = (side(width), side(height));
    let from = ImageRef::new(width, height, picture.as_raw(), PixelType::U8x3).ok()?;
    let mut to = Image::new(to_width, to_height, PixelType::U8x3);
    Resizer::new().resize(&from, &mut to, &ResizeOptions::new()).ok()?;
    RgbImage::from_raw(to_width, to_height, to.into_vec())
}

fn encode(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    let (width, height) = (u16::try_from(picture.width()).ok()?, u16::try_from(picture.height()).ok()?);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).ok()?;
    Some(out)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXELS_MAX * 4);
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(width: u32, height: u32) -> Vec<u8> {
        let mut state = 7_u32;
        let picture = RgbImage::from_fn(width, height, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            image::Rgb(state.to_be_bytes()[..3].try_into().unwrap())
        });
        encode(&picture, 95).unwrap()
    }

    #[test]
    fn r_385_a_picture_is_made_as_small_as_asked_and_never_larger() {
        let large = noise(1600, 1200);
        let printed = for_print(&large, Size { side_px_max: 640, bytes_max: 400_000 }).unwrap();
        assert_eq!(jpeg(&printed, 640).unwrap().dimensions(), (640, 480));
        let printed = for_print(&large, Size { side_px_max: 640, bytes_max: 40_000 }).unwrap();
        assert!(printed.len() <= 40_000, "{}", printed.len());
        let small = for_print(&noise(100, 200), Size { side_px_max: 640, bytes_max: 400_000 }).unwrap();
        assert_eq!(jpeg(&small, 640).unwrap().dimensions(), (100, 200));
    }

    #[test]
    fn what_is_no_picture_is_none() {
        let cut = noise(640, 480);
        for bad in [&b""[..], b"\xff\xd8\xff", b"<svg/>", b"\x89PNG\r\n\x1a\n", &cut[..300]] {
            assert_eq!(for_print(bad, Size { side_px_max: 640, bytes_max: 40_000 }), None);
        }
    }

    #[test]
    fn a_see_through_signature_lies_on_white_paper() {
        let drawn = image::RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 0]));
        let mut png = Vec::new();
        drawn.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
        let printed = for_print(&png, Size { side_px_max: 640, bytes_max: 40_000 }).unwrap();
        assert!(jpeg(&printed, 640).unwrap().pixels().all(|pixel| pixel.0.iter().all(|sample| *sample > 250)));
    }
}
