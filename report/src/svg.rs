//! The drawing of a track: only plain shapes of it are taken, so that a drawing cannot read a file or grow without end.

use quick_xml::{Reader, events::Event};

/// The largest drawing.
const BYTES_MAX: usize = 2 << 20;
/// The most elements.
const ELEMENTS_MAX: usize = 20_000;
/// The deepest nesting.
const DEPTH_MAX: usize = 16;
/// Shapes, groups and words.
const ELEMENTS: [&str; 12] =
    ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title"];
/// What draws nothing of its own and refers to nothing.
const ATTRIBUTES: [&str; 34] = [
    "xmlns",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "role",
    "aria-label",
];

/// The entities that XML itself declares.
const PREDEFINED: [&str; 5] = ["amp", "lt", "gt", "quot", "apos"];

/// Whether a drawing is well-formed and holds nothing but plain shapes.
pub fn is_plain(svg: &str) -> bool {
    svg.len() <= BYTES_MAX && read(svg).is_some_and(|elements| elements > 0)
}

/// How many elements it has.
fn read(svg: &str) -> Option<usize> {
    let mut reader = Reader::from_str(svg);
    let (mut depth, mut count) = (0_usize, 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if !ELEMENTS.contains(&tag.name().as_ref()) => return None,
            Event::Start(tag) | Event::Empty(tag) if count == 0 && tag.name().as_ref() != "svg" => return None,
            Event::Start(tag) => {
                plain_attributes(&tag)?;
                (depth, count) = (depth + 1, count + 1);
            }
            Event::Empty(tag) => {
                plain_attributes(&tag)?;
                count += 1;
            }
            Event::End(_) => depth = depth.checked_sub(1)?,
            Event::GeneralRef(name) if !PREDEFINED.contains(&&*name) => return None,
            Event::Text(_) | Event::Comment(_) | Event::GeneralRef(_) => {}
            Event::Eof => return (depth == 0).then_some(count),
            _ => return None,
        }
        if depth > DEPTH_MAX || count > ELEMENTS_MAX {
            return None;
        }
    }
}

fn plain_attributes(tag: &quick_xml::events::BytesStart<'_>) -> Option<()> {
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        if !ATTRIBUTES.contains(&attribute.key.as_ref()) || attribute.value.contains("url(") {
            return None;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_shapes_are_taken_and_nothing_that_refers_or_runs() {
        let of = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inner}</svg>");
        assert!(is_plain(&of(
            "<g fill=\"none\"><path d=\"M1 1L2 2\" stroke=\"#000\"/></g><text x=\"1\" y=\"2\">100 m</text>"
        )));
        assert!(is_plain(&of("<text>A &amp; B</text>")));
        for bad in [
            "<image href=\"/etc/passwd\"/>",
            "<use href=\"#a\"/>",
            "<style>*{}</style>",
            "<path d=\"M0 0\" fill=\"url(#a)\"/>",
            "<path class=\"a\" d=\"M0 0\"/>",
            "<script/>",
            "<g>",
            "&lol;",
            "<text>&#x202e;</text>",
        ] {
            assert!(!is_plain(&of(bad)), "{bad}");
        }
        let deep = format!("{}{}", "<g>".repeat(20), "</g>".repeat(20));
        assert!(!is_plain(&of(&deep)));
        assert!(!is_plain("") && !is_plain("<path/>") && !is_plain("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>"));
    }
}
