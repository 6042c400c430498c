//! The QR code on the cover, as vector squares.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// White around the code, in squares: ISO 18004 asks for four.
const QUIET: i32 = 4;

/// The code of a text as an SVG; `None` for a text that is too long for any.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run + 1;
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\">\
         <path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_square_is_drawn_once() {
        let text = "https://reports.example.cn/v/WERC8GMRZGE196QV";
        let drawn = svg(text).unwrap();
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = places.filter(|(x, y)| code.get_module(*x, *y)).count();
        let (_, path) = drawn.split_once(" d=\"").unwrap();
        let width = |run: &str| run.split_once('h')?.1.split_once('v')?.0.parse::<usize>().ok();
        let widths = path.split('M').skip(1).map(|run| width(run).unwrap());
        assert_eq!(widths.sum::<usize>(), dark);
        assert!(svg(&"x".repeat(5000)).is_none());
    }
}
