//! Pictures that are made and not kept: photos with light, edges and grain, signatures, tracks.

use firebee_domain::id::ContentId;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The id of a picture.
pub fn id(bytes: &[u8]) -> ContentId {
    ContentId(Sha256::digest(bytes).into())
}

/// A JPEG. Another seed gives another picture.
pub fn photo(seed: usize, width: u16, height: u16) -> Vec<u8> {
    let mut state = u32::try_from(seed).unwrap().wrapping_mul(2_654_435_761) | 1;
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for y in 0..usize::from(height) {
        for x in 0..usize::from(width) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let grain = usize::try_from(state % 24).unwrap();
            let block = ((x / 40 + seed) * 37 + (y / 40) * 91) % 120;
            for light in [x / 8 + block, y / 6 + block, (x + y) / 12 + seed % 60] {
                pixels.push(u8::try_from((light + grain).min(255)).unwrap());
            }
        }
    }
    jpeg(&pixels, width, height)
}

/// A line of ink.
pub fn signature(seed: usize) -> Vec<u8> {
    let (width, height) = (500_usize, 180_usize);
    let mut pixels = vec![255_u8; width * height * 3];
    for x in 20..480 {
        let y = 90 + (x * (seed + 2) / 9 % 120) - 60;
        for thick in 0..5 {
            let at = ((y + thick).min(height - 1) * width + x) * 3;
            pixels[at..at + 3].fill(20);
        }
    }
    jpeg(&pixels, 500, 180)
}

/// A walk over a fence as SVG, as the server draws it.
pub fn track(seed: usize) -> String {
    let mut path = String::new();
    for at in 0..700_usize {
        let turn = f64::from(u32::try_from(at + seed * 40).unwrap()) / 60.0;
        let (x, y) = (320.0 + 180.0 * turn.cos(), 200.0 + 110.0 * (turn * 1.4).sin());
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 424\" width=\"640\" height=\"424\">\
         <circle cx=\"320\" cy=\"200\" r=\"172\" fill=\"#eef2f7\" stroke=\"#5b6b7f\" stroke-dasharray=\"6 4\"/>\
         <path d=\"{path}\" fill=\"none\" stroke=\"#1f6f4a\" stroke-width=\"2\"/>\
         <path d=\"M28 404v8H228v-8\" fill=\"none\" stroke=\"#333\"/><text x=\"238\" y=\"413\" font-size=\"14\">100 米</text></svg>"
    )
}

fn jpeg(pixels: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 85);
    encoder.encode(pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    out
}
