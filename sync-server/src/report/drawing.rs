//! The drawing of a track over its fence as a picture that stands by itself.

use crate::view::task::Drawing;
use std::fmt::Write as _;

/// The drawing as SVG, in colours that a printer tells apart.
pub(super) fn svg(map: &Drawing) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" fill=\"none\">",
        map.width, map.height, map.width, map.height
    );
    for fence in &map.fences {
        let _ = write!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"#eef3fa\" stroke=\"#33557f\" stroke-width=\"1.5\"/>",
            fence.x, fence.y, fence.r
        );
    }
    let lines = [
        (&map.holes, "#8a8f98", "2", " stroke-dasharray=\"5 5\""),
        (&map.outside, "#b3261e", "2.5", ""),
        (&map.inside, "#1b6b3a", "2.5", ""),
    ];
    for (paths, colour, width, dash) in lines {
        for path in paths {
            let _ = write!(svg, "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width}\"{dash}/>");
        }
    }
    if let Some(end) = &map.end {
        let _ = write!(svg, "<rect x=\"{}\" y=\"{}\" width=\"10\" height=\"10\" fill=\"#16181d\"/>", end.x, end.y);
    }
    if let Some(begin) = &map.begin {
        let _ = write!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"6\" fill=\"#ffffff\" stroke=\"#16181d\" stroke-width=\"2\"/>",
            begin.x, begin.y
        );
    }
    let _ = write!(
        svg,
        "<path d=\"{}\" stroke=\"#16181d\"/><text x=\"{}\" y=\"{}\" font-size=\"13\" fill=\"#16181d\">{}</text></svg>",
        map.scale.path, map.scale.x, map.scale.y, map.scale.word
    );
    svg
}
