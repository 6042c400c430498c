//! Time and place from an XMP packet (ISO 16684-1): what editors and some phones write instead of EXIF.

use crate::exif::{ExifPosition, moment};
use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::{QName, ResolveResult},
};

/// What a packet says about how the picture was taken. A broken packet says what stands before the break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmpFacts {
    /// The time by the camera's clock, as `YYYY-MM-DD hh:mm:ss`; a zone is dropped as EXIF has none.
    pub taken: Option<String>,
    /// Where, WGS-84.
    pub position: Option<ExifPosition>,
}

/// The namespace of the properties that XMP takes over from EXIF.
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
/// The namespace of `DateCreated`, which stands for the time of taking, too.
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
/// A value that is longer is neither a time nor a coordinate.
const VALUE_BYTES_MAX: usize = 64;

/// The properties that are used. `xmp:CreateDate` is left out: it is when an editor made the file.
#[derive(Clone, Copy)]
enum Property {
    Original,
    Created,
    Latitude,
    Longitude,
}

/// The first value of each property.
#[derive(Default)]
struct Found {
    original: Option<String>,
    created: Option<String>,
    latitude: Option<String>,
    longitude: Option<String>,
}

impl XmpFacts {
    /// Reads a packet, whose size the caller bounds. A property stands in an attribute or in an element of its own.
    /// Entities that the packet declares are not expanded.
    pub fn read(packet: &[u8]) -> Self {
        let text = String::from_utf8_lossy(packet);
        let mut reader = NsReader::from_str(&text);
        let (mut found, mut open) = (Found::default(), None);
        loop {
            // The resolver keeps the names of an element in force until the next event is read.
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    found.keep_attributes(&reader, &tag);
                    open = property(&reader, tag.name(), true);
                }
                Ok(Event::Empty(tag)) => found.keep_attributes(&reader, &tag),
                Ok(Event::Text(text)) => {
                    if let Some(property) = open {
                        found.keep(property, &text.into_inner());
                    }
                }
                Ok(Event::End(_)) => open = None,
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        found.facts()
    }
}

impl Found {
    fn keep_attributes(&mut self, reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) {
        // Without the check for repeated names, whose time grows with the square of their number.
        for attribute in tag.attributes().with_checks(false).flatten() {
            if let Some(property) = property(reader, attribute.key, false)
                && let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0)
            {
                self.keep(property, &value);
            }
        }
    }

    fn keep(&mut self, property: Property, value: &str) {
        let place = match property {
            Property::Original => &mut self.original,
            Property::Created => &mut self.created,
            Property::Latitude => &mut self.latitude,
            Property::Longitude => &mut self.longitude,
        };
        let value = value.trim();
        if place.is_none() && (1..=VALUE_BYTES_MAX).contains(&value.len()) {
            *place = Some(value.to_owned());
        }
    }

    fn facts(self) -> XmpFacts {
        let taken = [self.original, self.created].into_iter().flatten().find_map(|text| moment(text.as_bytes()));
        let latitude = self.latitude.and_then(|text| degrees_e6(&text, 'N', 'S'));
        let longitude = self.longitude.and_then(|text| degrees_e6(&text, 'E', 'W'));
        let position = latitude.zip(longitude).and_then(|(lat_e6, lon_e6)| ExifPosition::new(lat_e6, lon_e6));
        XmpFacts { taken, position }
    }
}

fn property(reader: &NsReader<&[u8]>, name: QName<'_>, is_element: bool) -> Option<Property> {
    let (ResolveResult::Bound(space), local) = reader.resolver().resolve(name, is_element) else { return None };
    match (space.as_ref(), local.as_ref()) {
        (EXIF, "DateTimeOriginal") => Some(Property::Original),
        (PHOTOSHOP, "DateCreated") => Some(Property::Created),
        (EXIF, "GPSLatitude") => Some(Property::Latitude),
        (EXIF, "GPSLongitude") => Some(Property::Longitude),
        _ => None,
    }
}

/// `DDD,MM,SSk` or `DDD,MM.mmk` with the letter of the side, in 10^-6 degree.
fn degrees_e6(text: &str, positive: char, negative: char) -> Option<i32> {
    let (numbers, sign) = match text.strip_suffix(positive) {
        Some(numbers) => (numbers, 1.0),
        None => (text.strip_suffix(negative)?, -1.0),
    };
    let mut degrees = 0.0;
    for (part, share) in numbers.splitn(3, ',').zip([1.0, 60.0, 3600.0]) {
        let value: f64 = part.parse().ok().filter(|value| (0.0..=360.0).contains(value))?;
        degrees += value / share;
    }
    Some((sign * degrees * 1e6).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(inside: &str) -> Vec<u8> {
        format!(
            r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ns.adobe.com/exif/1.0/"
             xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:p="http://ns.adobe.com/photoshop/1.0/">{inside}</rdf:RDF>
            </x:xmpmeta><?xpacket end="w"?>"#
        )
        .into_bytes()
    }

    fn place(lat_e6: i32, lon_e6: i32) -> Option<ExifPosition> {
        Some(ExifPosition { lat_e6, lon_e6 })
    }

    #[test]
    fn attributes_and_elements_are_read_under_any_prefix() {
        let attributes = packet(
            r#"<rdf:Description e:DateTimeOriginal="2014-09-21T16:00:56.000+02:00" e:GPSLatitude="36,37.2N" e:GPSLongitude="101,46,30W"/>"#,
        );
        let found = XmpFacts::read(&attributes);
        assert_eq!(found.taken.as_deref(), Some("2014-09-21 16:00:56"));
        assert_eq!(found.position, place(36_620_000, -101_775_000));
        let elements = packet(
            "<rdf:Description><p:DateCreated>2014-09-21T16:00:56</p:DateCreated>\
             <e:GPSLatitude>36,37.2S</e:GPSLatitude><e:GPSLongitude>101,46.5E</e:GPSLongitude></rdf:Description>",
        );
        assert_eq!(XmpFacts::read(&elements).taken.as_deref(), Some("2014-09-21 16:00:56"));
        assert_eq!(XmpFacts::read(&elements).position, place(-36_620_000, 101_775_000));
    }

    #[test]
    fn what_an_editor_wrote_about_itself_and_what_is_no_value_says_nothing() {
        for inside in [
            r#"<rdf:Description xmp:CreateDate="2014-09-21T16:00:56"/>"#,
            r#"<rdf:Description DateTimeOriginal="2014-09-21T16:00:56"/>"#,
            r#"<rdf:Description e:DateTimeOriginal="2014-13-21T16:00:56"/>"#,
            r#"<rdf:Description e:DateTimeOriginal="yesterday"/>"#,
            r#"<rdf:Description e:GPSLatitude="36,37.2N"/>"#,
            r#"<rdf:Description e:GPSLatitude="0,0,0N" e:GPSLongitude="0,0,0E"/>"#,
            r#"<rdf:Description e:GPSLatitude="91,0,0N" e:GPSLongitude="0,0,0E"/>"#,
            r#"<rdf:Description e:GPSLatitude="36,37.2" e:GPSLongitude="101,46"/>"#,
            r#"<rdf:Description e:GPSLatitude="NaNN" e:GPSLongitude="infE"/>"#,
        ] {
            assert_eq!(XmpFacts::read(&packet(inside)), XmpFacts::default(), "{inside}");
        }
    }

    #[test]
    fn no_damage_to_a_packet_breaks_the_reader() {
        let good = packet(r#"<rdf:Description e:DateTimeOriginal="2014-09-21T16:00:56">&x;<a/></rdf:Description>"#);
        for cut in 0..good.len() {
            XmpFacts::read(&good[..cut]);
            let mut broken = good.clone();
            broken[cut] ^= 0x1f;
            XmpFacts::read(&broken);
        }
        let deep = "<a>".repeat(20_000);
        assert_eq!(XmpFacts::read(deep.as_bytes()), XmpFacts::default());
        let bomb = b"<!DOCTYPE a [<!ENTITY x 'xxxxxxxx'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
        assert_eq!(XmpFacts::read(bomb), XmpFacts::default());
    }
}
