//! From a stored picture to its preview and thumbnail: decoded small, turned upright, never made larger.

use super::{
    need::{self, DECODE_BYTES_MAX, Whole},
    strict::EndStrict,
};
use fast_image_resize::{
    PixelType, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use firebee_picture::sniff::{self, PictureMime};
use image::{ColorType as Channels, DynamicImage, ImageDecoder, Limits, RgbImage, codecs, metadata::Orientation};
use jpeg_decoder::PixelFormat;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::{
    io::{self, BufRead, BufReader, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Longest side of a preview, in pixels.
pub const PREVIEW_SIDE_MAX_PX: u32 = 1600;
/// Longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE_MAX_PX: u32 = 320;

/// Quality of previews and thumbnails: panel lamps and gauge needles stay readable at a tenth of the original's bytes.
const QUALITY: u8 = 80;
/// Colour profiles of cameras and phones have 0.5 to 4 KiB.
const ICC_BYTES_MAX: usize = 64 * 1024;

/// Why a picture could not be decoded.
#[derive(Debug, thiserror::Error)]
pub enum DownscaleError {
    /// The bytes break off or contradict the format.
    #[error("the picture is cut short or damaged")]
    Damaged,
    /// The file seems sound, but its variety of the format is not supported.
    #[error("this variety of the format is not supported")]
    Unsupported,
    /// More memory than [`DECODE_BYTES_MAX`].
    #[error("the picture takes too much memory to decode")]
    NeedsMemory,
    /// The file could not be read.
    #[error("the picture could not be read")]
    Read(#[source] io::Error),
}

/// Pixels in the picture's own colours.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Eight bits a channel.
    pub rgb: RgbImage,
    /// The colour profile that the numbers are meant in; sRGB without one.
    pub icc: Option<Vec<u8>>,
}

/// The two small pictures, each a JPEG without EXIF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previews {
    /// At most [`PREVIEW_SIDE_MAX_PX`] on its long side.
    pub preview: Vec<u8>,
    /// At most [`THUMBNAIL_SIDE_MAX_PX`] on its long side.
    pub thumbnail: Vec<u8>,
}

/// Makes preview and thumbnail of a stored picture whose declared dimensions were found acceptable. What would take more
/// than [`DECODE_BYTES_MAX`] is refused before it is decoded.
pub fn previews(
    source: impl BufRead + Seek,
    mime: PictureMime,
    orientation: Orientation,
) -> Result<Previews, DownscaleError> {
    let preview = decode_within(source, mime, PREVIEW_SIDE_MAX_PX)?.upright(orientation);
    let thumbnail = preview.within(THUMBNAIL_SIDE_MAX_PX)?;
    Ok(Previews { preview: preview.to_jpeg()?, thumbnail: thumbnail.to_jpeg()? })
}

/// Decodes a picture to at most `side_max_px` on its long side. The picture is neither turned nor enlarged.
///
/// A JPEG is decoded at the smallest scale of 1/8, 1/4, 1/2 and 1 that is large enough, so that time and memory do not
/// grow with the camera's resolution; a progressive one takes the memory of all its samples. Other formats are decoded at
/// full size.
pub fn decode_within(
    source: impl BufRead + Seek,
    mime: PictureMime,
    side_max_px: u32,
) -> Result<Picture, DownscaleError> {
    // A panic in a decoder counts as a defect of the picture.
    catch_unwind(AssertUnwindSafe(|| match mime {
        PictureMime::Jpeg => jpeg(source, side_max_px),
        PictureMime::Png => whole(codecs::png::PngDecoder::with_limits(source, limits()), side_max_px, |_| 0),
        PictureMime::Webp => whole(codecs::webp::WebPDecoder::new(source), side_max_px, webp_beside),
    }))
    .unwrap_or(Err(DownscaleError::Damaged))
}

impl Picture {
    /// The picture with at most `side_max_px` on its long side.
    pub fn within(&self, side_max_px: u32) -> Result<Self, DownscaleError> {
        let (width, height) = self.rgb.dimensions();
        let to = fit(width, height, side_max_px);
        let pixels = resize(self.rgb.as_raw(), (width, height), to, PixelType::U8x3)?;
        Ok(Self { rgb: rgb_image(to, pixels)?, icc: self.icc.clone() })
    }

    /// The picture turned and mirrored as EXIF asks, all eight ways.
    pub fn upright(self, orientation: Orientation) -> Self {
        let mut turned = DynamicImage::ImageRgb8(self.rgb);
        turned.apply_orientation(orientation);
        Self { rgb: turned.into_rgb8(), icc: self.icc }
    }

    /// The picture as a JPEG with its colour profile and nothing else.
    fn to_jpeg(&self) -> Result<Vec<u8>, DownscaleError> {
        let (Ok(width), Ok(height)) = (u16::try_from(self.rgb.width()), u16::try_from(self.rgb.height())) else {
            return Err(DownscaleError::NeedsMemory);
        };
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        let profiled = self.icc.as_ref().map_or(Ok(()), |icc| encoder.add_icc_profile(icc));
        let encoded = profiled.and_then(|()| encoder.encode(self.rgb.as_raw(), width, height, ColorType::Rgb));
        encoded.map(|()| out).map_err(|_| DownscaleError::Unsupported)
    }
}

fn jpeg(mut source: impl BufRead + Seek, side_max_px: u32) -> Result<Picture, DownscaleError> {
    let declared = sniff::declared(&mut source, PictureMime::Jpeg).map_err(read_error)?;
    let to = fit(declared.width, declared.height, side_max_px);
    if declared.frame.as_ref().is_none_or(|frame| need::jpeg(&declared, frame, to) > DECODE_BYTES_MAX) {
        return Err(DownscaleError::NeedsMemory);
    }
    source.rewind().map_err(DownscaleError::Read)?;
    let mut decoder = jpeg_decoder::Decoder::new(BufReader::with_capacity(32 * 1024, EndStrict::new(source)));
    decoder.read_info().map_err(jpeg_error)?;
    let stored = decoder.info().ok_or(DownscaleError::Damaged)?;
    let side = |length| u16::try_from(length).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(side(to.0), side(to.1)).map_err(jpeg_error)?;
    let pixels = decoder.decode().map_err(jpeg_error)?;
    let icc = decoder.icc_profile().filter(|icc| is_rgb_profile(icc));
    // The decoder holds all samples of a progressive picture.
    drop(decoder);
    let from = (width.into(), height.into());
    let resized = |pixel| resize(&pixels, from, to, pixel);
    let rgb = match stored.pixel_format {
        PixelFormat::RGB24 => resized(PixelType::U8x3)?,
        PixelFormat::L8 => resized(PixelType::U8)?.into_iter().flat_map(|luma| [luma; 3]).collect(),
        PixelFormat::CMYK32 => resized(PixelType::U8x4)?.as_chunks().0.iter().flat_map(cmyk_to_rgb).collect(),
        PixelFormat::L16 => return Err(DownscaleError::Unsupported),
    };
    Ok(Picture { rgb: rgb_image(to, rgb)?, icc })
}

/// Bytes a pixel that the WebP decoder holds beside the pixels that it gives. A lossless picture needs a second picture
/// of four bytes a pixel; transparency and animation need more.
fn webp_beside<R: BufRead + Seek>(decoder: &codecs::webp::WebPDecoder<R>) -> u64 {
    match (decoder.has_animation(), decoder.color_type().has_alpha()) {
        (true, _) => 12,
        (false, true) => 7,
        (false, false) => 4,
    }
}

fn whole<D: ImageDecoder>(
    decoder: image::ImageResult<D>,
    side_max_px: u32,
    beside: fn(&D) -> u64,
) -> Result<Picture, DownscaleError> {
    let mut decoder = decoder.map_err(image_error)?;
    decoder.set_limits(limits()).map_err(image_error)?;
    let (width, height) = decoder.dimensions();
    let to = fit(width, height, side_max_px);
    let is_plain = matches!(decoder.color_type(), Channels::Rgb8 | Channels::Rgba8);
    let picture = Whole { size: (width, height), decoded: decoder.total_bytes(), is_plain, beside: beside(&decoder) };
    if need::whole(picture, to) > DECODE_BYTES_MAX {
        return Err(DownscaleError::NeedsMemory);
    }
    let icc = decoder.icc_profile().unwrap_or(None).filter(|icc| is_rgb_profile(icc));
    let decoded = DynamicImage::from_decoder(decoder).map_err(image_error)?;
    let rgb = if decoded.color().has_alpha() {
        let pixels = resize(decoded.into_rgba8().as_raw(), (width, height), to, PixelType::U8x4)?;
        pixels.as_chunks().0.iter().flat_map(on_white).collect()
    } else {
        resize(decoded.into_rgb8().as_raw(), (width, height), to, PixelType::U8x3)?
    };
    Ok(Picture { rgb: rgb_image(to, rgb)?, icc })
}

/// The largest dimensions of the same shape within `side_max_px`; no side falls below one pixel.
fn fit(width: u32, height: u32, side_max_px: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= side_max_px {
        return (width, height);
    }
    let scaled = |side: u32| {
        let rounded = (u64::from(side) * u64::from(side_max_px) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(rounded).unwrap_or(side_max_px).max(1)
    };
    (scaled(width), scaled(height))
}

/// Scales by Lanczos-3. The bytes stay unchanged when the size is the same.
fn resize(pixels: &[u8], from: (u32, u32), to: (u32, u32), pixel: PixelType) -> Result<Vec<u8>, DownscaleError> {
    if from == to {
        return Ok(pixels.to_vec());
    }
    let source = ImageRef::new(from.0, from.1, pixels, pixel).map_err(|_| DownscaleError::Damaged)?;
    let mut resized = Image::new(to.0, to.1, pixel);
    Resizer::new().resize(&source, &mut resized, &ResizeOptions::new()).map_err(|_| DownscaleError::Unsupported)?;
    Ok(resized.into_vec())
}

fn rgb_image((width, height): (u32, u32), pixels: Vec<u8>) -> Result<RgbImage, DownscaleError> {
    RgbImage::from_raw(width, height, pixels).ok_or(DownscaleError::Damaged)
}

/// Ink to light; 255 is full ink.
fn cmyk_to_rgb([c, m, y, k]: &[u8; 4]) -> [u8; 3] {
    [c, m, y].map(|ink| mix(255 - ink, 0, 255 - k))
}

/// A see-through pixel over white paper.
fn on_white([r, g, b, alpha]: &[u8; 4]) -> [u8; 3] {
    [r, g, b].map(|channel| mix(*channel, 255, *alpha))
}

/// `over` and `under` mixed in the ratio `share` : 255 − `share`.
fn mix(over: u8, under: u8, share: u8) -> u8 {
    let sum = u32::from(over) * u32::from(share) + u32::from(under) * u32::from(255 - share);
    u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
}

/// ICC.1, 7.2.6: the data colour space stands in bytes 16 to 19. A profile for grey or ink says nothing of RGB numbers.
fn is_rgb_profile(icc: &[u8]) -> bool {
    icc.len() <= ICC_BYTES_MAX && icc.get(16..20) == Some(b"RGB ")
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    limits
}

fn jpeg_error(error: jpeg_decoder::Error) -> DownscaleError {
    match error {
        jpeg_decoder::Error::Unsupported(_) => DownscaleError::Unsupported,
        jpeg_decoder::Error::Io(error) => read_error(error),
        jpeg_decoder::Error::Format(_) | jpeg_decoder::Error::Internal(_) => DownscaleError::Damaged,
    }
}

fn image_error(error: image::ImageError) -> DownscaleError {
    match error {
        image::ImageError::IoError(error) => read_error(error),
        image::ImageError::Limits(_) => DownscaleError::NeedsMemory,
        image::ImageError::Unsupported(_) => DownscaleError::Unsupported,
        _ => DownscaleError::Damaged,
    }
}

/// Decoders report missing and invalid bytes as I/O errors of these two kinds; all other kinds come from the disk.
fn read_error(error: io::Error) -> DownscaleError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            DownscaleError::Damaged
        }
        _ => DownscaleError::Read(error),
    }
}
