//! Pictures that are kept and cannot be decoded here: a phone's own system shows them and brings a preview.

use firebee_protocol::fact::Mime;

/// What a file's first bytes show it to be (ISO/IEC 23008-12, 10.2; AVIF 1.2, 6): HEIC or AVIF. The brands that it
/// claims decide, the first one and those that it is compatible with.
pub fn sniff(head: &[u8]) -> Option<Mime> {
    let (length, rest) = head.split_first_chunk::<4>()?;
    let rest = rest.strip_prefix(b"ftyp")?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?.checked_sub(8)?;
    let brands = rest.get(..length.min(BRANDS_BYTES_MAX)).unwrap_or(rest).as_chunks::<4>().0;
    // The second word is a version and no brand.
    let claims = |names: &[&[u8; 4]]| (0..).zip(brands).any(|(at, brand)| at != 1 && names.contains(&brand));
    if claims(&[b"avif", b"avis"]) {
        Some(Mime::Avif)
    } else if claims(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"]) {
        Some(Mime::Heic)
    } else {
        None
    }
}

/// Real files claim fewer than ten brands.
const BRANDS_BYTES_MAX: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brands_tell_heic_and_avif_from_films_and_raw_pictures() {
        for (head, expected) in [
            (&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], Some(Mime::Heic)),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf", Some(Mime::Heic)),
            (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", Some(Mime::Avif)),
            (b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf", Some(Mime::Avif)),
            (b"\0\0\0\x18ftypisom\0\0\0\0mp41avc1", None),
            (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", None),
            (b"\0\0\0\x10ftypisomheicmif1heic", None),
            (b"\0\0\0\x02ftypheic", None),
            (b"\0\0\0\x18ftyp", None),
            (b"\0\0", None),
        ] {
            assert_eq!(sniff(head), expected, "{head:?}");
        }
    }
}
